"""Drawing a paper as it lies on the table: red head, title, text, seal over the date, the office's receiving stamp."""

import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from demo.papers import seasons
from demo.papers.bodies import ORDER
from demo.papers.paper import Paper
from demo.pdf import A4, Page, Words, document

DPI = 118
MM = DPI / 25.4
SIZE = (round(210 * MM), round(297 * MM))
LEFT, RIGHT, TOP, BOTTOM = 28 * MM, 184 * MM, 37 * MM, 262 * MM
LINE = 225 * MM / 22
RED, INK = (200, 24, 30), (28, 28, 30)
SERIF = "/usr/share/fonts/opentype/noto/NotoSerifCJK-{}.ttc"
SANS = "/usr/share/fonts/opentype/noto/NotoSansCJK-{}.ttc"
SIMPLIFIED = 2
BODY, TITLE, HEAD = 16.0, 22.0, 36.0
NO_START = set("，。、；：！？”）》〕")


@cache
def face(kind: str, points: float) -> ImageFont.FreeTypeFont:
    """A font of the machine: 宋 for text, 标 for heads and titles, 黑 for headings."""
    path = {"宋": SERIF.format("Regular"), "标": SERIF.format("Bold"), "黑": SANS.format("Regular")}[kind]
    return ImageFont.truetype(path, round(points * DPI / 72), index=SIMPLIFIED)


def can_draw() -> bool:
    """Say whether the machine has the fonts."""
    return all(Path(path.format(weight)).exists() for path, weight in ((SERIF, "Bold"), (SANS, "Regular")))


def pdf_of(paper: Paper, number: str) -> tuple[bytes, int]:
    """Return the paper as a PDF and how many pages it has."""
    desk = _Desk(paper, number)
    pages = [Page(sheet.image, sheet.words) for sheet in desk.sheets()]
    return document(pages, paper.title), len(pages)


@dataclass
class _Sheet:
    """One page in the making."""

    image: Image.Image = field(default_factory=lambda: Image.new("RGB", SIZE, "white"))
    words: list[Words] = field(default_factory=list)
    y: float = TOP

    @property
    def pen(self) -> ImageDraw.ImageDraw:
        return ImageDraw.Draw(self.image)

    def write(
        self, x: float, text: str, kind: str, points: float, colour: tuple[int, int, int] = INK
    ) -> None:
        self.pen.text((x, self.y), text, font=face(kind, points), fill=colour)
        scale = 72 / DPI
        baseline = A4[1] - (self.y * scale + points * 1.15)
        self.words.append(Words(x * scale, baseline, points, text))

    def centred(self, text: str, kind: str, points: float, colour: tuple[int, int, int] = INK) -> None:
        self.write((SIZE[0] - face(kind, points).getlength(text)) / 2, text, kind, points, colour)


class _Desk:
    def __init__(self, paper: Paper, number: str) -> None:
        self.paper = paper
        self.number = number
        self.done: list[_Sheet] = []
        self.sheet = _Sheet()

    def sheets(self) -> list[_Sheet]:
        """Draw everything."""
        self._head()
        self._title()
        *text, issuer, date = self._paragraphs()
        for paragraph in text:
            self._paragraph(paragraph)
        self._close(issuer, date)
        if self.number:
            _stamp(self.done[0] if self.done else self.sheet, self.paper, self.number)
        self.done.append(self.sheet)
        for at, sheet in enumerate(self.done, start=1):
            sheet.y = BOTTOM + 7 * MM
            label = f"— {at} —"
            x = RIGHT - face("宋", 14).getlength(label) - 5 * MM if at % 2 else LEFT + 5 * MM
            sheet.write(x, label, "宋", 14)
        return self.done

    def _paragraphs(self) -> list[str]:
        lines = self.paper.body.split("\n")
        self.note = lines.pop() if lines[-1].startswith("（联系人") else ""
        return lines

    def _head(self) -> None:
        """The mark of the issuer in red, the number, for a paper upward the signer, and the red line."""
        mark = self.paper.sender.name + ("文件" if self.paper.kind not in {"函", "纪要"} else "")
        if self.paper.kind == "纪要":
            mark += "会议纪要"
        points = min(HEAD, 150 * 72 / 25.4 / len(mark))
        self.sheet.y = 58 * MM
        self.sheet.centred(mark, "标", points, RED)
        self.sheet.y = 82 * MM
        if self.paper.direction == "upward":
            self.sheet.write(LEFT + 6 * MM, self.paper.doc_number, "宋", BODY)
            if self.paper.signer:
                signer = f"签发人：{self.paper.signer}"
                self.sheet.write(RIGHT - face("宋", BODY).getlength(signer) - 6 * MM, signer, "宋", BODY)
        else:
            self.sheet.centred(self.paper.doc_number, "宋", BODY)
        self._urgency()
        self.sheet.pen.line([(LEFT, 92 * MM), (RIGHT, 92 * MM)], fill=RED, width=3)
        self.sheet.y = 92 * MM + LINE * 1.6

    def _urgency(self) -> None:
        word = {"extra_urgent": "特急", "urgent": "加急"}.get(self.paper.urgency)
        if word:
            at, self.sheet.y = self.sheet.y, TOP
            self.sheet.write(LEFT, word, "黑", BODY)
            self.sheet.y = at

    def _title(self) -> None:
        full = self.paper.title
        for line in _title_lines(f"{self.paper.sender.name}{full}" if full.startswith("关于") else full):
            self.sheet.centred(line, "标", TITLE)
            self.sheet.y += LINE * 1.15
        self.sheet.y += LINE * 0.7

    def _paragraph(self, text: str) -> None:
        first = self.sheet.words and text.endswith("：") and len(text) < 60 and not self._has_begun
        indent = 0.0 if first else 2 * face("宋", BODY).getlength("国")
        kind = "黑" if text[:1] in ORDER and text[1:2] == "、" and len(text) < 30 else "宋"
        self._has_begun = True
        for at, line in enumerate(_wrapped(text, kind, indent)):
            self._room(1)
            self.sheet.write(LEFT + (indent if at == 0 else 0), line, kind, BODY)
            self.sheet.y += LINE

    _has_begun = False

    def _room(self, lines: float) -> None:
        if self.sheet.y + LINE * lines > BOTTOM:
            self.done.append(self.sheet)
            self.sheet = _Sheet()

    def _close(self, issuer: str, date: str) -> None:
        """Signature and date to the right, the seal over both, the note below."""
        self._room(5)
        self.sheet.y += LINE
        wide = max(face("宋", BODY).getlength(issuer), face("宋", BODY).getlength(date))
        centre = RIGHT - 4 * face("宋", BODY).getlength("国") - wide / 2 + LINE
        top = self.sheet.y
        for text in (issuer, date):
            self.sheet.write(centre - face("宋", BODY).getlength(text) / 2, text, "宋", BODY)
            self.sheet.y += LINE
        if not (self.paper.fault and self.paper.fault.label == "未加盖公章"):
            _seal(self.sheet.image, (centre, top + LINE * 0.75), issuer)
        if self.note:
            self.sheet.y += LINE * 0.4
            self.sheet.write(LEFT + 2 * face("宋", BODY).getlength("国"), self.note, "宋", BODY)


def _title_lines(title: str) -> list[str]:
    """Break a title into lines of like length, but not inside a number or before a closing mark."""
    most = int((RIGHT - LEFT) / face("标", TITLE).getlength("国")) - 1
    count = math.ceil(len(title) / most)
    each = math.ceil(len(title) / count)
    lines, rest = [], title
    while rest:
        cut = min(each, len(rest))
        while cut < len(rest) and (rest[cut] in NO_START or _is_one_word(rest[cut - 1 : cut + 1])):
            cut += 1
        lines.append(rest[:cut])
        rest = rest[cut:]
    return lines


def _is_one_word(pair: str) -> bool:
    """A number stays whole, and with its year or month."""
    return pair[0].isdigit() and (pair[1].isdigit() or pair[1] in "年月日—")


def _wrapped(text: str, kind: str, indent: float) -> Iterator[str]:
    """Set lines to the width of the page, keeping closing marks from the beginning of a line."""
    font, start, room = face(kind, BODY), 0, RIGHT - LEFT - indent
    while start < len(text):
        end = start + 1
        while end < len(text) and font.getlength(text[start : end + 1]) <= room:
            end += 1
        while end < len(text) and text[end] in NO_START and end - start > 1:
            end += 1
        yield text[start:end]
        start, room = end, RIGHT - LEFT


def _seal(image: Image.Image, centre: tuple[float, float], name: str) -> None:
    """The round seal as a scan shows it: ring, star, and the name along the ring."""
    side, half = round(42 * MM), 21 * MM
    layer = Image.new("L", (side, side), 0)
    pen = ImageDraw.Draw(layer)
    pen.ellipse([2, 2, side - 3, side - 3], outline=215, width=round(1.1 * MM))
    star = [_polar(half, half, (6.4 if n % 2 == 0 else 2.5) * MM, -90 + n * 36) for n in range(10)]
    pen.polygon(star, fill=215)
    letters, font = name[-16:], face("宋", min(15.0, 150 / len(name[-16:]) + 4))
    spread = min(270.0, 26.0 * len(letters))
    for at, char in enumerate(letters):
        angle = -90 - spread / 2 + spread * (at + 0.5) / len(letters)
        _put_turned(layer, char, font, _polar(half, half, 16.3 * MM, angle), angle + 90)
    place = (round(centre[0] - half), round(centre[1] - half))
    image.paste(Image.new("RGB", layer.size, RED), place, layer)


def _polar(x: float, y: float, radius: float, degrees: float) -> tuple[float, float]:
    turn = math.radians(degrees)
    return x + radius * math.cos(turn), y + radius * math.sin(turn)


def _put_turned(
    layer: Image.Image, char: str, font: ImageFont.FreeTypeFont, at: tuple[float, float], degrees: float
) -> None:
    side = round(font.size * 1.5)
    small = Image.new("L", (side, side), 0)
    ImageDraw.Draw(small).text((side / 2, side / 2), char, font=font, fill=215, anchor="mm")
    turned = small.rotate(-degrees, resample=Image.Resampling.BILINEAR)
    layer.paste(215, (round(at[0] - side / 2), round(at[1] - side / 2)), turned)


def _stamp(sheet: _Sheet, paper: Paper, number: str) -> None:
    """收文章: office, date and number in a red frame, a little askew."""
    wide, high = round(62 * MM), round(17 * MM)
    layer = Image.new("L", (wide, high), 0)
    pen = ImageDraw.Draw(layer)
    pen.rectangle([1, 1, wide - 2, high - 2], outline=205, width=2)
    pen.line([(0, high / 2), (wide, high / 2)], fill=205, width=2)
    pen.line([(wide * 0.56, high / 2), (wide * 0.56, high)], fill=205, width=2)
    office = "云岭县人民政府办公室收文"
    pen.text((wide / 2, high * 0.25), office, font=face("黑", 11.5), fill=215, anchor="mm")
    day = seasons.full(paper.received_at.date())
    pen.text((wide * 0.28, high * 0.75), day, font=face("黑", 10), fill=215, anchor="mm")
    digits = "".join(char for char in number.partition("〕")[2] if char.isdigit())
    pen.text(
        (wide * 0.78, high * 0.75), f"第 {int(digits):04d} 号", font=face("黑", 10), fill=215, anchor="mm"
    )
    turned = layer.rotate(1.6, expand=True, resample=Image.Resampling.BILINEAR)
    place = (round(RIGHT - wide - 2 * MM), round(16 * MM))
    sheet.image.paste(Image.new("RGB", turned.size, RED), place, turned)
