"""What a viewer sees of a file: pages as images, or a document as pages of blocks; the pane of a matter."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.urls import reverse
from django.utils.text import Truncator
from PIL import Image

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.files import access, derived, leaves, names, office, queries, texts, watermark
from zhongshu.files.dress import dressed
from zhongshu.files.leaves import Source
from zhongshu.files.models import Attachment, AttachmentKind
from zhongshu.matters.models import Matter

WIDTHS = (640, 960, 1440, 2000)
USUAL_WIDTH = 960
PRINT_WIDTH = 1440
THUMB_WIDTH = 160
MOST_IN_PANE = 400
TAB_CHARACTERS = 8
ZOOMS = (50, 75, 100, 125, 150, 200)


@dataclass(frozen=True)
class PageImage:
    """One page as the pane asks for it."""

    number: int
    url: str
    srcset: str = ""
    thumb: str = ""


@dataclass(frozen=True)
class Tab:
    """One file among the tabs of a pane."""

    attachment: Attachment
    label: str
    url: str
    is_current: bool


@dataclass(frozen=True)
class Opened:
    """What opening a file came to: images of pages, or blocks of letters, or why neither."""

    images: list[PageImage] = field(default_factory=list)
    blocks: dict[str, Any] | None = None
    note: str = ""
    pages: int = 0


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
    page_count: int = 0
    can_copy: bool = False
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
    can_copy = access.can_copy_text(actor, shown)
    opened = _opened(shown, in_letters=can_copy)
    return Pane(
        matter,
        tabs,
        shown,
        opened.images,
        opened.blocks,
        opened.note,
        zoom,
        page_count=opened.pages,
        can_copy=can_copy,
        can_download=access.can_download(actor, shown),
        can_print=access.can_print(actor, shown),
        can_arrange=access.can_arrange(actor, matter),
        watermark_url=reverse("files:watermark", args=[shown.public_id]) if watermark.is_due(shown) else "",
    )


def images_of(attachment: Attachment, pages: int) -> list[PageImage]:
    """Return the addresses of the pages of a file that is shown as images."""
    return [_page_image(attachment, number) for number in range(1, min(pages, MOST_IN_PANE) + 1)]


def _page_image(attachment: Attachment, number: int) -> PageImage:
    base = reverse("files:page", args=[attachment.public_id, number])
    srcset = ", ".join(f"{base}?w={other} {other}w" for other in WIDTHS)
    return PageImage(number, f"{base}?w={USUAL_WIDTH}", srcset, f"{base}?w={THUMB_WIDTH}")


def page_png(attachment: Attachment, number: int, width: int, *, by: Actor, turn: int = 0) -> bytes:
    """Return a page as this viewer may see it: the kept page, turned clockwise, with the viewer's mark laid over."""
    lines = watermark.lines_for(attachment, by) if watermark.is_due(attachment) else None
    return watermark.png(marked_page(attachment, number, width, lines, turn=turn))


def marked_page(
    attachment: Attachment, number: int, width: int, lines: tuple[str, str] | None, *, turn: int = 0
) -> Image.Image:
    """Return a page with the lines across it; a small one is made of a larger one that is kept anyway."""
    drawn = base_page(attachment, number, USUAL_WIDTH if width <= THUMB_WIDTH else width)
    with Image.open(drawn) as image:
        page = image.convert("L" if image.mode == "L" else "RGB")
    if width <= THUMB_WIDTH:
        page.thumbnail((THUMB_WIDTH, 4 * THUMB_WIDTH))
    if turn % 360:
        page = page.rotate(-turn, expand=True)
    return watermark.marked(page, lines) if lines else page


def base_page(attachment: Attachment, number: int, width: int) -> Path:
    """Return the unmarked page of one of the few widths."""
    return leaves.drawn(attachment, number, min(WIDTHS, key=lambda known: abs(known - width)))


def blocks_of(attachment: Attachment) -> dict[str, Any]:
    """Return a document as pages of blocks, read once and kept."""
    path = derived.folder(attachment.tenant_id, attachment.sm3_digest) / "blocks.json"
    kept: dict[str, Any] | None = derived.read_json(path)
    if kept is None:
        with leaves.one_at_a_time(str(path)), leaves.opened(attachment) as file:
            kept = dressed(leaves.read("blocks", file))
            derived.write_json(path, kept)
    return kept


def text_alternative(attachment: Attachment) -> str:
    """Return the text for eyes that cannot see the page."""
    return texts.text_of(attachment)


def _opened(shown: Attachment, *, in_letters: bool) -> Opened:
    """Open a file as pages; as letters only for those who may copy them, and while no better pages are there."""
    source = leaves.source_of(shown)
    office.ask_for(shown)
    if not source:
        return Opened(note=_why_not(shown))
    try:
        if source == Source.LAID and in_letters:
            return Opened(blocks=blocks_of(shown))
        pages = leaves.count(shown)
        return Opened(images=images_of(shown, pages), pages=pages)
    except Refused as refused:
        return Opened(note=str(refused))


def _why_not(shown: Attachment) -> str:
    label = shown.file_type.label
    if office.has_failed(shown):
        return f"{label}没有转换成功，请下载后查看"
    if office.can_convert(shown):
        return f"正在把{label}转换成页面，请过一会儿再打开"
    return f"{label}不能在线预览，请下载后查看；请管理员在服务器上安装 LibreOffice 后可以在线看"


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
