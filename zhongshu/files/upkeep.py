"""What the ticker and the outbox do for files: index words, sweep orphans and caches, verify digests."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from zhongshu.files import derived, expiry, inspection, integrity, sandbox
from zhongshu.files.actions import INDEX
from zhongshu.files.drops import INSPECT, READ_AGAIN
from zhongshu.files.models import Attachment, AttachmentWords, Drop
from zhongshu.matters import search
from zhongshu.matters.models import Matter
from zhongshu.matters.outbox import TryLater, describe, handler
from zhongshu.matters.ticker import every

Indexer = Callable[[Matter], object]
_indexers: dict[str, Indexer] = {}

KEEP_DERIVED = timedelta(days=7)


@handler(INDEX, atomic=True)
def index_words(payload: dict[str, Any]) -> None:
    """Make an attachment's words findable by its matter."""
    attachment = Attachment.objects.filter(pk=payload["attachment"]).select_related("matter").first()
    if attachment is None or attachment.is_void:
        return
    search.hold([attachment.matter_id])
    if indexer := _indexers.get(attachment.matter.kind):
        indexer(attachment.matter)
        return
    words = AttachmentWords.objects.filter(attachment=attachment).values_list("words", flat=True).first()
    search.add_words(attachment.matter, f"{attachment.name}\n{words or ''}")


@handler(INSPECT, lease=3600, tries=4, slow=True)
def inspect_drop(payload: dict[str, Any]) -> None:
    """Bring a drop to its verdict; what goes wrong is told without a word of the file."""
    drop = Drop.objects.filter(pk=payload["drop"]).first()
    if drop is None:
        return
    try:
        inspection.inspect(drop)
    except sandbox.Busy:
        raise TryLater("正在检查的文件太多") from None
    except Exception as error:
        # The traceback of a parser may quote the suspect; only its kind and place go into the log.
        raise TryLater(describe(error)) from None


@handler(READ_AGAIN, lease=3600, tries=4, slow=True)
def read_again(payload: dict[str, Any]) -> None:
    """Read a scan anew whose reading the cache has lost."""
    drop = Drop.objects.filter(pk=payload["drop"]).first()
    if drop is None:
        return
    try:
        inspection.read_again(drop)
    except sandbox.Busy:
        raise TryLater("正在识别的文件太多") from None


def register_indexer(kind: str, indexer: Indexer) -> None:
    """Let a room write all words of its matter anew (with `queries.words_of`) when a file joined it."""
    _indexers[kind] = indexer


@every("files.expire_drops", seconds=900, label="清除到期的上传篮文件和隔离区残留", lease=600)
def expire_drops(now: datetime) -> int:
    """Let go of drops that nobody took, and of what is stuck or left over in the quarantine."""
    return expiry.expire_drops(now)


@every("files.sweep_blobs", at="03:40", label="清理没有登记的附件内容", lease=3600)
def sweep_blobs(now: datetime) -> int:
    """Delete orphans once a night."""
    return integrity.sweep_blobs(now)


@every("files.sweep_previews", at="04:10", label="清除预览缓存", lease=3600)
def sweep_previews(now: datetime) -> int:
    """Throw away pages and texts that nobody derived in a week."""
    return derived.sweep(now - KEEP_DERIVED)


@every("files.verify", at="02:20", weekday=5, label="核对附件摘要", lease=6 * 3600)
def verify(now: datetime) -> int:
    """Prove once a week that nothing was changed behind our back."""
    return len(integrity.verify())
