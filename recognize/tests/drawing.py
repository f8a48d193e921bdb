"""Draws papers as pictures from our own words."""

import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont

FONTS = (
    "/usr/share/fonts/opentype/noto/NotoSerifCJK-Regular.ttc",
    "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/google-noto-cjk/NotoSansCJK-Regular.ttc",
    "/usr/share/fonts/truetype/wqy/wqy-microhei.ttc",
)
SIMPLIFIED = 2
FONT = next((path for path in FONTS if Path(path).exists()), "")
# A4 at 100 dpi.
SIZE = (827, 1_169)
HEAD = 40
needs_font = pytest.mark.skipif(not FONT, reason="没有中文字体（Debian: fonts-noto-cjk），画不出测试用的纸")

# x, y, size in pixels.
LETTER = (
    (150, 120, 56, "云岭县水务局文件"),
    (110, 230, 24, "云水发〔2026〕18号"),
    (520, 230, 24, "签发人：赵小云"),
    (190, 320, 34, "关于汛期水库巡查的请示"),
    (110, 420, 24, "县人民政府："),
    (158, 470, 24, "为保障安全度汛，拟于六月开展水库巡查。"),
    (158, 520, 24, "妥否，请批示。"),
    (500, 620, 24, "云岭县水务局"),
    (510, 670, 24, "2026年5月12日"),
)


def drawn(rows: tuple[tuple[int, int, int, str], ...] = LETTER, head: str = "black") -> Image.Image:
    """Return a white page with these rows on it, those larger than the rest in the head's colour."""
    page = Image.new("RGB", SIZE, "white")
    pen = ImageDraw.Draw(page)
    for x, y, size, text in rows:
        font = ImageFont.truetype(FONT, size, index=SIMPLIFIED if "Noto" in FONT else 0)
        pen.text((x, y), text, head if size > HEAD else "black", font)
    return page


def saved(*pages: Image.Image, form: str = "PNG", **given: object) -> bytes:
    """Return the bytes of a picture file; several pages need TIFF or PDF."""
    file = io.BytesIO()
    more = {"save_all": True, "append_images": list(pages[1:])} if len(pages) > 1 or form == "PDF" else {}
    pages[0].save(file, form, **more, **given)
    return file.getvalue()


def sealed(page: Image.Image, x: int, y: int, size: int = 166) -> Image.Image:
    """Return the page with a round red seal upon it, its star in the middle, a word around it."""
    seal = Image.new("RGBA", (size, size))
    pen = ImageDraw.Draw(seal)
    pen.ellipse((2, 2, size - 3, size - 3), outline=(214, 24, 30, 235), width=6)
    font = ImageFont.truetype(FONT, size // 5, index=SIMPLIFIED if "Noto" in FONT else 0)
    pen.text((size / 2, size / 2), "★", (214, 24, 30, 235), font, anchor="mm")
    pen.text((size / 2, size / 4), "水务局", (214, 24, 30, 235), font, anchor="mm")
    pen.text((size / 2, size * 0.78), "公章用印", (214, 24, 30, 235), font, anchor="mm")
    stamped = page.copy()
    stamped.paste(seal, (x, y), seal)
    return stamped
