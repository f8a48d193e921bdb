"""What a viewer sees of a file: pages as images, or a document as pages of blocks; the pane of a matter."""

import itertools
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import NotFoundHere, Refused
from zhongshu.files import access, blobs, derived, names, queries, sandbox, texts, watermark
from zhongshu.files.dress import dressed
from zhongshu.files.models import Attachment, AttachmentKind
from zhongshu.files.reading.troubles import Trouble
from zhongshu.matters.models import Matter

WIDTHS = (640, 960, 1440, 2000)
USUAL_WIDTH = 960
PRINT_WIDTH = 1440
AT_ONCE = 4
MOST_IN_PANE = 400
TAB_CHARACTERS = 8
ZOOMS = (50, 75, 100, 125, 150, 200)


@dataclass(frozen=True)
class PageImage:
    """One page as the pane asks for it."""

    number: int
    url: str
    srcset: str = ""


@dataclass(frozen=True)
class Tab:
    """One file among the tabs of a pane."""

    attachment: Attachment
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Pane:
    """The preview pane of one matter for one viewer."""

    matter: Matter
    tabs: list[Tab]
    shown: Attachment | None = None
    images: list[PageImage] = field(default_factory=list)
    blocks: dict[str, Any] | None = None
    note: str = ""
    zoom: int = 100
    can_download: bool = False
    can_print: bool = False
    can_arrange: bool = False
    watermark_url: str = ""

    @property
    def url(self) -> str:
        """Return where this pane can be asked for again."""
        return reverse("files:pane", args=[self.matter.public_id])

    @property
    def wider(self) -> int | None:
        """Return the next larger zoom."""
        return next((zoom for zoom in ZOOMS if zoom > self.zoom), None)

    @property
    def narrower(self) -> int | None:
        """Return the next smaller zoom."""
        return next((zoom for zoom in reversed(ZOOMS) if zoom < self.zoom), None)


def pane_of(matter: Matter, actor: Actor, *, chosen: str = "", zoom: int = 100) -> Pane:
    """Return the pane: tabs for body and attachments, and the chosen file (else the first) opened."""
    attachments = list(queries.attachments_of(matter, with_void=True))
    standing = [attachment for attachment in attachments if not attachment.is_void]
    shown = next((a for a in attachments if a.public_id == chosen), None)
    shown = shown or (standing[0] if standing else None)
    tabs = _tabs(matter, attachments, shown)
    zoom = min(ZOOMS, key=lambda known: abs(known - zoom))
    if shown is None:
        return Pane(matter, tabs, can_arrange=access.can_arrange(actor, matter))
    shown.matter = matter
    images, blocks, note = _opened(shown)
    return Pane(
        matter,
        tabs,
        shown,
        images,
        blocks,
        note,
        zoom,
        can_download=access.can_download(actor, shown),
        can_print=access.can_print(actor, shown),
        can_arrange=access.can_arrange(actor, matter),
        watermark_url=reverse("files:watermark", args=[shown.public_id]) if watermark.is_due(shown) else "",
    )


def images_of(attachment: Attachment, width: int) -> list[PageImage]:
    """Return the addresses of all pages of a file that is shown as images."""
    pages = range(1, min(attachment.page_count, MOST_IN_PANE) + 1)
    return [_page_image(attachment, number, width) for number in pages]


def _page_image(attachment: Attachment, number: int, width: int) -> PageImage:
    base = reverse("files:page", args=[attachment.public_id, number])
    srcset = ", ".join(f"{base}?w={other} {other}w" for other in WIDTHS)
    return PageImage(number, f"{base}?w={width}", srcset)


def page_png(attachment: Attachment, number: int, width: int, *, by: Actor) -> bytes:
    """Return a page as this viewer may see it: the kept page with the viewer's mark laid over."""
    if attachment.file_type.showing != "pages" or not 1 <= number <= attachment.page_count:
        raise NotFoundHere
    page = base_page(attachment, number, min(WIDTHS, key=lambda known: abs(known - width)))
    if watermark.is_due(attachment):
        return watermark.laid_over(page, watermark.lines_for(attachment, by))
    return page.read_bytes()


def base_page(attachment: Attachment, number: int, width: int) -> Path:
    """Return the unmarked page, drawn now with its neighbours if nobody has seen it yet."""
    folder = derived.folder(attachment.tenant_id, attachment.sm3_digest, f"w{width}")
    page = folder / f"page-{number}.png"
    if not page.exists():
        with _one_at_a_time(f"{folder}:{(number - 1) // AT_ONCE}"):
            if not page.exists():
                _draw(attachment, number, width, folder)
    if not page.exists():
        raise NotFoundHere
    return page


def blocks_of(attachment: Attachment) -> dict[str, Any]:
    """Return a document as pages of blocks, read once and kept."""
    path = derived.folder(attachment.tenant_id, attachment.sm3_digest) / "blocks.json"
    kept: dict[str, Any] | None = derived.read_json(path)
    if kept is None:
        with _one_at_a_time(str(path)), opened(attachment) as file:
            kept = dressed(_read("blocks", file))
            derived.write_json(path, kept)
    return kept


@contextmanager
def opened(attachment: Attachment) -> Iterator[Any]:
    """Open the bytes of an attachment; refuse in words if they are gone."""
    try:
        file = blobs.opened(attachment.tenant_id, attachment.sm3_digest)
    except FileNotFoundError as error:
        raise Refused.one("FILE-22", "文件的内容在存储中找不到了，已不能打开。请告知系统管理员") from error
    with file:
        yield file


def text_alternative(attachment: Attachment) -> str:
    """Return the text for eyes that cannot see the page."""
    return texts.text_of(attachment)


def _opened(shown: Attachment) -> tuple[list[PageImage], dict[str, Any] | None, str]:
    showing = shown.file_type.showing
    if showing == "pages":
        return images_of(shown, USUAL_WIDTH), None, ""
    if showing == "":
        return [], None, f"{shown.file_type.label}不能在线预览，请下载后查看"
    try:
        return [], blocks_of(shown), ""
    except Refused as refused:
        return [], None, str(refused)


def _tabs(matter: Matter, attachments: list[Attachment], shown: Attachment | None) -> list[Tab]:
    base = reverse("files:pane", args=[matter.public_id])
    numbers = itertools.count(1)
    return [Tab(a, _label(a, numbers), f"{base}?file={a.public_id}", a == shown) for a in attachments]


def _label(attachment: Attachment, numbers: Iterator[int]) -> str:
    kind = str(attachment.get_kind_display())
    if attachment.kind != AttachmentKind.ATTACHMENT:
        return kind
    stem, _ = names.split(attachment.name)
    return f"{kind}{next(numbers)} {Truncator(stem).chars(TAB_CHARACTERS)}"


def _draw(attachment: Attachment, number: int, width: int, folder: Path) -> None:
    first = (number - 1) // AT_ONCE * AT_ONCE + 1
    numbers = [n for n in range(first, first + AT_ONCE) if n <= attachment.page_count]
    with opened(attachment) as file:
        _read("draw", file, numbers=numbers, width=width, folder=str(folder))


def _read(task: str, file: Any, **given: Any) -> dict[str, Any]:
    try:
        return sandbox.read(task, file, **given)
    except sandbox.Busy as error:
        raise Refused.one("FILE-08", "正在打开的文件太多，请过一分钟再看") from error
    except Trouble as trouble:
        raise Refused.one("FILE-05", "这份文件打不开，可能已损坏，请下载后查看") from trouble


_gates: dict[str, threading.Lock] = {}
_door = threading.Lock()


@contextmanager
def _one_at_a_time(name: str) -> Iterator[None]:
    """Let one thread of this process derive a thing while the others wait for it."""
    with _door:
        gate = _gates.setdefault(name, threading.Lock())
    with gate:
        yield
    with _door:
        if not gate.locked():
            _gates.pop(name, None)
