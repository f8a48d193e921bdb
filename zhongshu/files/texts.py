"""The text of attachments, for search and for eyes that cannot see the page."""

from zhongshu.files import blobs, derived, sandbox
from zhongshu.files.models import Attachment, AttachmentWords
from zhongshu.files.reading.troubles import Trouble

MOST = 200_000


def text_of(attachment: Attachment, most: int = MOST) -> str:
    """Return the text of an attachment, "" where none can be read; bounded."""
    path = derived.folder(attachment.tenant_id, attachment.sm3_digest) / "text.txt"
    if not path.exists():
        derived.write(path, (_extract(attachment) or _read_before(attachment)).encode())
    return path.read_text(encoding="utf-8")[:most]


def kept(tenant_id: int, digest: str, most: int = MOST) -> str:
    """Return the text that the first look has found, "" where there was none."""
    path = derived.folder(tenant_id, digest) / "text.txt"
    return path.read_text(encoding="utf-8")[:most] if path.exists() else ""


def keep(tenant_id: int, digest: str, text: str) -> None:
    """Keep a text that the first look has found."""
    derived.write(derived.folder(tenant_id, digest) / "text.txt", _storable(text).encode())


def _extract(attachment: Attachment) -> str:
    try:
        with blobs.opened(attachment.tenant_id, attachment.sm3_digest) as file:
            return _storable(str(sandbox.read("look", file)["text"]))
    except (Trouble, FileNotFoundError):
        return ""


def _read_before(attachment: Attachment) -> str:
    """Return the words that were read by eye when the file came in; they are not read again for a cache."""
    words = AttachmentWords.objects.filter(attachment=attachment).values_list("words", flat=True).first()
    return words or ""


def _storable(text: str) -> str:
    """Drop what no database takes: zero bytes and lone surrogates."""
    return text.replace("\x00", "").encode("utf-8", "ignore").decode()
