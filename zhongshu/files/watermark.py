"""The visible watermark: who looks, of which unit, when, at which number, across every page image."""

import io
import math
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.files.limits import WATERMARK_PUBLIC
from zhongshu.files.models import Attachment
from zhongshu.matters import settings as office_settings
from zhongshu.matters.models import SecurityLabel

INK = (104, 112, 124)
GREY = 110
STRENGTH = 62
SLANT = 24
FOLDERS = (
    "/usr/share/fonts",
    "/usr/local/share/fonts",
    "~/.fonts",
    "~/.local/share/fonts",
    "/System/Library/Fonts",
    "C:/Windows/Fonts",
)
FONTS = (
    "NotoSansCJK-Regular.ttc",
    "NotoSansCJKsc-Regular.otf",
    "NotoSansSC-Regular.*",
    "SourceHanSans*-Regular.*",
    "wqy-microhei.ttc",
    "wqy-zenhei.ttc",
    "DroidSansFallback*.ttf",
    "msyh.tt*",
    "simhei.ttf",
    "simsun.tt*",
    "PingFang.ttc",
)


def lines_for(attachment: Attachment, by: Actor, copy: str = "") -> tuple[str, str]:
    """Return the two lines of the mark; `copy` is the number of a printed copy."""
    matter = attachment.matter
    number = matter.number or matter.public_id[:8]
    moment = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    label = "" if matter.label == SecurityLabel.PUBLIC else str(SecurityLabel(matter.label).label)
    last = "　".join(part for part in (label, moment, number, copy) if part)
    return f"{by.display}　{by.unit_name}", last


def is_due(attachment: Attachment) -> bool:
    """Say whether pages carry the mark; only public papers may go without, if the office says so."""
    if attachment.matter.label != SecurityLabel.PUBLIC:
        return True
    return bool(office_settings.get(WATERMARK_PUBLIC, attachment.tenant_id))


def laid_over(page: Path, lines: tuple[str, str]) -> bytes:
    """Return the page as PNG with the mark across it."""
    with Image.open(page) as image:
        return png(marked(image, lines))


def marked(page: Image.Image, lines: tuple[str, str]) -> Image.Image:
    """Return the page with the mark across it."""
    marked_page = page.convert("L" if page.mode == "L" else "RGB")
    ink = GREY if marked_page.mode == "L" else INK
    marked_page.paste(ink, mask=mask_of(lines, marked_page.size))
    return marked_page


def laid_over_bytes(page: bytes, lines: tuple[str, str]) -> bytes:
    """Return a page that lies in memory as PNG with the mark across it."""
    with Image.open(io.BytesIO(page)) as image:
        marked = image.convert("RGB")
    marked.paste(INK, mask=mask_of(lines, marked.size))
    return png(marked)


def sheet_of(lines: tuple[str, str], size: tuple[int, int]) -> bytes:
    """Return the mark alone on a clear sheet, to lie over pages that are not images."""
    sheet = Image.new("RGBA", size, (*INK, 0))
    sheet.putalpha(mask_of(lines, size))
    return png(sheet)


@lru_cache(maxsize=32)
def mask_of(lines: tuple[str, str], size: tuple[int, int]) -> Image.Image:
    """Return how strongly each point of a page is inked; the same viewer's next page takes it again."""
    width, height = size
    tile = _tile(lines, max(14, round(min(width, height) / 48)))
    # Pasted through its own outline: through itself the ink would fade twice.
    turned = tile.rotate(SLANT, expand=True, resample=Image.Resampling.BICUBIC)
    outline = turned.point([0] + [255] * 255)
    mask = Image.new("L", size, 0)
    step_x, step_y = max(1, round(turned.width * 0.86)), max(1, round(turned.height * 1.05))
    for row in range(math.ceil(height / step_y) + 1):
        shift = -(step_x // 2) if row % 2 else 0
        for column in range(math.ceil(width / step_x) + 2):
            place = (column * step_x + shift - step_x // 4, row * step_y - step_y // 4)
            mask.paste(turned, place, outline)
    return mask


def font_path() -> Path | None:
    """Return a font that holds Chinese: the configured one, else the first known one of this machine."""
    if given := getattr(settings, "ZHONGSHU_FONT", ""):
        return Path(given)
    return _found_font()


@lru_cache(maxsize=1)
def _found_font() -> Path | None:
    folders = [path for folder in FOLDERS if (path := Path(folder).expanduser()).is_dir()]
    for pattern in FONTS:
        for folder in folders:
            if found := sorted(folder.rglob(pattern)):
                return found[0]
    return None


@lru_cache(maxsize=16)
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    path = font_path()
    return ImageFont.truetype(str(path), size, index=0) if path else ImageFont.load_default(size)


def _tile(lines: tuple[str, str], size: int) -> Image.Image:
    font = _font(size)
    boxes = [font.getbbox(line) for line in lines]
    width = math.ceil(max(box[2] for box in boxes)) + 3 * size
    height = round(3.1 * size)
    tile = Image.new("L", (width, height), 0)
    pen = ImageDraw.Draw(tile)
    for number, line in enumerate(lines):
        pen.text((size, round(number * 1.45 * size)), line, font=font, fill=STRENGTH)
    return tile


def png(image: Image.Image) -> bytes:
    """Return an image as PNG, quickly rather than small."""
    out = io.BytesIO()
    image.save(out, "PNG", compress_level=1)
    return out.getvalue()
