"""Finds the elements of an official paper among its lines: head, title, body, ending, annexes, imprint, page numbers."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from itertools import pairwise

from typeset.checking.pdf.low_parts import FOLIO, LowParts
from typeset.checking.pdf.sheets import (
    Box,
    Line,
    Shape,
    Sheet,
    is_black,
    is_chinese,
    is_red,
    middle_of,
    usual,
)

FORMATS = ("file", "letter", "order", "minutes", "plain")
NUMBER = re.compile(r"[\[（(【〔［]\s*[\d０-９]{2,4}\s*[\]）)】〕］]\s*第?[\d０-９]+\s*号")
DATE = re.compile(r"^(?:\d{4}年\d{1,2}月\d{1,2}日|[一二三四五六七八九〇○Ｏ零二十]{4}年.{1,3}月.{1,3}日)$")
ANNEX = re.compile(r"^(?:附件|附：|附表|附录)[一二三四五六七八九十\d]{0,3}[：:]?$")
MARGINAL = ("特急", "加急", "特提", "平急", "急件", "火急", "绝密", "机密", "秘密")
ENDS = "。；：！？）"
LEVEL = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．])")
CLOSING = "，。、；：！？）〕》”’…—"
OPENING = "（〔《“‘"
BIG = 18.0
LETTER_HEAD = 20.0
BODY = (9.0, 18.0)
NEAR = 1.2


@dataclass
class Parts(LowParts):
    """The elements; what a paper does not have is None or empty."""

    mark: list[Line] = field(default_factory=list)
    title: list[Line] = field(default_factory=list)
    number: Line | None = None
    signers: list[Line] = field(default_factory=list)
    marginal: list[Line] = field(default_factory=list)

    def __post_init__(self) -> None:
        first = self.sheets[0]
        self.mark = [line for line in first.lines if line.size > BIG and is_red(line.glyphs[0].colour)]
        self.kind = self.kind or self._kind()
        above = self._head_end()
        head = [
            cell for line in first.lines if line.foot < above and line not in self.mark for cell in line.cells
        ]
        self.number = next((line for line in head if NUMBER.search(line.text)), None)
        if self.kind == "order" and self.mark:
            self.number = next((line for line in first.lines if re.fullmatch(r"第\d+号", line.text)), None)
        self.signers = self._signers(head)
        top = self.mark[0].ink.top if self.mark else 0.0
        self.marginal = [
            line for line in head if is_marginal(line) and (line.foot < top or self.kind == "letter")
        ]
        self.title = self._title()

    def _signers(self, head: list[Line]) -> list[Line]:
        """Return 签发人 and the names under the first one, from top to bottom."""
        first = next((line for line in head if "签发人" in line.text), None)
        if first is None:
            return []
        return [
            line
            for line in head
            if line.left >= first.left - 1 and first.foot - 1 < line.foot and line is not self.number
        ]

    def _kind(self) -> str:
        words = "".join(line.text for line in self.mark)
        if not self.mark:
            return "plain"
        if len(self.red_rules) >= 2 and middle_of([rule.box.width for rule in self.red_rules]) > 163:
            return "letter"
        if words.endswith(("命令", "令")):
            return "order"
        return "minutes" if words.endswith("纪要") else "file"

    @cached_property
    def red_rules(self) -> list[Shape]:
        """Return the red level lines of the first page."""
        return [rule for rule in self.sheets[0].rules if is_red(rule.colour) and rule.box.width > 80]

    @property
    def rule(self) -> Shape | None:
        """Return the red line under the head, or a line of another colour in its place."""
        low = self.mark[-1].ink.bottom if self.mark else 0.0
        other = [
            rule for rule in self.sheets[0].rules if rule.box.width > 100 and low < rule.box.top < low + 70
        ]
        below = [rule for rule in self.red_rules if rule.box.top > low] or (other if self.mark else [])
        return below[0] if below else None

    def _head_end(self) -> float:
        """Return down to where the head reaches."""
        if self.kind == "order":
            return max(line.bottom for line in self.mark)
        if self.kind == "letter" and self.mark:
            return max(line.bottom for line in self.mark) + LETTER_HEAD
        return self.rule.box.top if self.rule else max((line.bottom for line in self.mark), default=0.0)

    def _title(self) -> list[Line]:
        floor = self._head_end()
        if self.kind == "order":
            return []
        start = floor if self.kind != "plain" else 0.0
        middle = self.figures.middle
        found: list[Line] = []
        own = {id(line) for line in self.mark}
        for line in self.sheets[0].lines:
            if line.foot <= start or id(line) in own or (self.kind == "letter" and self._in_head(line)):
                continue
            is_big = line.size > BIG and not is_red(line.glyphs[0].colour) and not LEVEL.match(line.text)
            is_bold_middle = (
                not found and abs(line.middle - middle) < 4 and not line.text.endswith(("。", "："))
            )
            if is_big or (is_bold_middle and line.left > self.figures.left + 8 and line.foot < start + 60):
                found.append(line)
            elif found or line.foot > start + 70:
                break
        return found

    def _in_head(self, line: Line) -> bool:
        return any(cell is self.number or is_marginal(cell) for cell in line.cells)

    # body

    @cached_property
    def annex_pages(self) -> list[int]:
        """Return the numbers of the pages on which an annex begins."""
        found = []
        for sheet in self.sheets[1:]:
            first = next(iter(self.text_lines(sheet)), None)
            if first and ANNEX.match(first.text) and first.left < self.figures.left + 8:
                found.append(sheet.number)
        return found

    @cached_property
    def main_pages(self) -> list[Sheet]:
        """Return the pages of the document itself, without its annexes."""
        end = self.annex_pages[0] if self.annex_pages else self.count + 1
        return [sheet for sheet in self.sheets if sheet.number < end]

    def text_lines(self, sheet: Sheet) -> list[Line]:
        """Return the lines of a page without page number and without what stands in the head or the imprint."""
        bottom = self.figures.area_bottom + 2.5
        head = self._head_end() if sheet.number == 1 else 0.0
        imprint = self.imprint_top if sheet.number == self.imprint_page else sheet.height
        own = {id(line) for line in self.mark} if sheet.number == 1 else set()
        return [
            line
            for line in sheet.lines
            if head <= line.top + 2 and line.foot < min(imprint, sheet.height) and id(line) not in own
            and not (line.foot > bottom and FOLIO.match(line.text)) and line.size > 6
            and not (sheet.number == 1 and self._in_head(line))
        ]  # fmt: skip

    @cached_property
    def body_size(self) -> float:
        """Return the size of running text in points: that of most black Chinese characters."""
        lines = [
            line for sheet in self.main_pages for line in self.text_lines(sheet) if not sheet.in_table(line)
        ]
        sizes = [
            glyph.size
            for line in lines
            for glyph in line.glyphs
            if is_chinese(glyph.text) and is_black(glyph.colour)
        ]
        return usual(size for size in sizes if BODY[0] <= size <= BODY[1])

    def is_body(self, line: Line) -> bool:
        """Say whether a line has the size of running text."""
        is_heading = LEVEL.match(line.text) is not None and line.size < BIG + 2
        return (is_heading or abs(line.size - self.body_size) <= NEAR) and is_black(line.glyphs[0].colour)

    @cached_property
    def body(self) -> list[Line]:
        """Return the lines of running text, title and annexes left out."""
        titles = {id(line) for line in self.title}
        after = self.title[-1].foot if self.title else 0.0
        return [
            line
            for sheet in self.main_pages if not sheet.is_landscape
            for line in self.text_lines(sheet)
            if id(line) not in titles and (sheet.number > 1 or line.foot > after) and self.is_body(line)
            and not sheet.in_table(line)
        ]  # fmt: skip

    @cached_property
    def recipients(self) -> list[Line]:
        """Return the lines of 主送机关: flush left right after the title, up to the colon."""
        found: list[Line] = []
        for line in self.body[:6]:
            is_first = not found and line.text.endswith(("：", ":")) and line.left < self.figures.left + 16
            if line.page != 1 or not (is_first or line.left <= self.figures.left + 4):
                break
            found.append(line)
            if line.text.endswith(("：", ":")):
                return found
        return (
            found[:1] if found and found[0].left < self.figures.left + 4 and len(found[0].text) < 26 else []
        )

    @cached_property
    def running(self) -> list[Line]:
        """Return the body without 主送机关."""
        own = {id(line) for line in self.recipients}
        return [line for line in self.body if id(line) not in own]

    @cached_property
    def date(self) -> Line | None:
        """Return 成文日期: the first that stands alone; those of enclosures come later."""
        lines = [line for line in self.body if DATE.match(line.text) and line.left > self.figures.left + 40]
        return lines[0] if lines else None

    @cached_property
    def signature(self) -> list[Line]:
        """Return the lines of 署名 above the date; those of a joint paper stand in columns."""
        if self.date is None:
            return []
        found: list[Line] = []
        for line in reversed(self.body[: self.body.index(self.date)]):
            is_far = (
                line.page != self.date.page or (found or [self.date])[-1].foot - line.foot > 6 * self.pitch
            )
            middle = self.figures.middle
            is_left = line.left < self.figures.left + 3.2 * self.figures.square or line.middle < middle + 5
            is_text = line.text[-1] in ENDS or LEVEL.match(line.text) or (is_left and len(line.cells) == 1)
            if is_far or is_text:
                break
            found.append(line)
        return found[::-1]

    @property
    def is_joint(self) -> bool:
        """Say whether several organs sign."""
        return len(self.signature) > 1 or any(
            len(line.cells) > 1 for line in (*self.signature, *filter(None, [self.date]))
        )

    @cached_property
    def annex_note(self) -> list[Line]:
        """Return the lines of 附件说明."""
        ending = [self.running.index(line) for line in (*self.signature, self.date) if line in self.running]
        lines = self.running[: min(ending, default=len(self.running))]
        start = next((at for at, line in enumerate(lines) if re.match(r"^附件?[：:]", line.text)), None)
        if start is None:
            return []
        found = [lines[start]]
        for line in lines[start + 1 :]:
            is_far = line.foot - found[-1].foot > 1.4 * self.pitch or line.page != found[0].page
            if is_far or line.left < found[0].left + 10:
                break
            found.append(line)
        return found

    @cached_property
    def note(self) -> Line | None:
        """Return 附注, under the date; what follows without brackets and goes on is an enclosure."""
        if self.date is None:
            return None
        after = self.body[self.body.index(self.date) + 1 :]
        first = after[0] if after else None
        if first is None or first.page != self.date.page or first.left > self.figures.left + 20:
            return None
        is_near = first.foot - self.date.foot < 3.2 * self.pitch
        return first if first.text[0] in "（(" or (is_near and len(after) == 1) else None

    @cached_property
    def paragraphs_end(self) -> Line | None:
        """Return the last line before 署名 and date."""
        if self.date is None:
            return None
        before = self.body[: self.body.index(self.signature[0] if self.signature else self.date)]
        return before[-1] if before else None

    @cached_property
    def pitch(self) -> float:
        """Return the usual way from one line to the next."""
        steps = [
            two.foot - one.foot for one, two in pairwise(self._plain_lines) if one.page == two.page and 6 < two.foot - one.foot < 15
        ]  # fmt: skip
        return usual(steps, digits=2) or self.figures.pitch

    @cached_property
    def _plain_lines(self) -> list[Line]:
        titles = {id(line) for line in self.title}
        return [
            line
            for sheet in self.main_pages
            for line in self.text_lines(sheet)
            if id(line) not in titles and self.is_body(line) and not sheet.in_table(line)
        ]

    @cached_property
    def seals(self) -> list[Box]:
        """Return round red things and pictures of a seal's size near the date."""
        if self.date is None:
            return []
        sheet = next(sheet for sheet in self.sheets if sheet.number == self.date.page)
        boxes = [*sheet.pictures, *(shape.box for shape in sheet.shapes if is_red(shape.colour))]
        x, y = self.date.middle, self.date.foot
        near = [
            box for box in boxes
            if 20 < box.width < 60 and abs(box.width - box.height) < 8
            and abs(box.middle[0] - x) < 70 and abs(box.middle[1] - y) < 60
        ]  # fmt: skip
        return near[:1] if near and all(abs(box.middle[0] - near[0].middle[0]) < 8 for box in near) else near


def is_marginal(line: Line) -> bool:
    """Say whether a line is 份号, 密级 or 紧急程度."""
    return re.fullmatch(r"\d{4,8}", line.text) is not None or (
        len(line.text) < 12 and line.text.startswith(MARGINAL)
    )
