"""Where the parts of a paper begin and end: head, title, those addressed, body, signature, imprint (GB/T 9704 第7章)."""

import re
from dataclasses import dataclass, field
from itertools import takewhile
from statistics import median

from recognize.fields import vocabulary as words
from recognize.fields.dates import DATE
from recognize.fields.numbers import Number, number_on, number_read
from recognize.fields.rows import FORMS, Row, joined

HEAD_ROWS = 40
MOST_LOOSE = 14
MOST_TITLE = 7
BODY_ROWS = 40
LARGER = 1.15
ALIKE = 0.15
# Sizes measured on a picture are less exact than those of a text layer.
MEASURED_ALIKE = 0.3
COPY_NO = re.compile(r"(?:份号：?|№|No\.?)?[0-9]{6}|(?:份号：?|№|No\.?)[0-9]{1,6}")
SECRECY = re.compile(r"(?:绝密|机密|秘密)(?:级)?(?:[★☆*※✩⭐].*|[0-9一二三四五六七八九十]+年|特急|加急)?")
URGENCY = re.compile(r"(?:紧急程度：?|等级：?)?(?:特提|特急|加急|平急|急件|紧急|平件)")
SIGNER = re.compile(r"签\s?发\s?人?\s?：")
NAMES = re.compile(
    r"(?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff])(?: (?:[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff] [\u4e00-\u9fff])){0,2}"
)
MARK_END = re.compile(r"文件$|(?:命令|令)$|纪要$|电报$|明电$|函$|简报$|通报$")
IMPRINT = re.compile(r"(?:抄\s?送|抄\s?报|分\s?送|主\s?送)\s?：|主题词：|.{0,40}\d日\s?印发$")
TITLE_BEGIN = re.compile(r"关于|对(?!外)|转发|印发|批转|公布")


@dataclass(slots=True)
class Outline:
    """Indices into `rows`; `body` is the first row of the body, `imprint` that of 版记 (or the number of rows)."""

    rows: list[Row]
    number: Number | None = None
    number_at: int = -1
    marks: list[int] = field(default_factory=list)
    notes: dict[str, int] = field(default_factory=dict)
    title: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    body: int = 0
    imprint: int = 0

    def of(self, indices: list[int]) -> list[Row]:
        """Return the rows at these indices."""
        return [self.rows[at] for at in indices]

    @property
    def mark(self) -> str:
        """发文机关标志 without blanks."""
        return "".join(self.rows[at].close for at in self.marks)


def outline_of(rows: list[Row]) -> Outline:
    """Read the head of a paper row by row, then find the imprint."""
    outline = Outline(rows)
    _find_number(outline)
    loose = _walk_head(outline)
    _split(outline, loose)
    _move_marks(outline)
    outline.imprint = next(
        (at for at in range(outline.body, len(rows)) if IMPRINT.match(rows[at].text)), len(rows)
    )
    return outline


def _find_number(outline: Outline) -> None:
    candidates = [
        (number.confidence, -at, number)
        for at, row in enumerate(outline.rows[:HEAD_ROWS])
        if (number := number_on(row.text) or (number_read(row.text) if row.is_measured else None))
    ]
    if candidates:
        _, at, number = max(candidates, key=lambda each: each[:2])
        outline.number, outline.number_at = number, -at


def _walk_head(outline: Outline) -> list[int]:
    """Return the rows of the head that are title or 主送; set `body` to the row after them."""
    loose: list[int] = []
    for at, row in enumerate(outline.rows[:HEAD_ROWS]):
        outline.body = at
        if at == outline.number_at or _noted(outline, at, row) or _is_mark(outline, at, row):
            continue
        ordered = bool(outline.marks) and outline.mark.endswith("令") and at > outline.number_at
        if ordered or _begins_body(row, loose) or len(loose) >= MOST_LOOSE:
            return loose
        loose.append(at)
        if row.text.endswith("：") and not _goes_on(outline, at):
            outline.body = at + 1
            return loose
        outline.body = at + 1
    return loose


def _noted(outline: Outline, at: int, row: Row) -> bool:
    """Note 份号, 密级, 紧急程度 and 签发人, which stand on rows of their own."""
    if at > outline.number_at + 6 and outline.number_at >= 0:
        return False
    for name, pattern in (("copy_no", COPY_NO), ("secrecy", SECRECY), ("urgency", URGENCY)):
        if pattern.fullmatch(row.close):
            outline.notes.setdefault(name, at)
            return True
    if SIGNER.search(row.text):
        outline.notes.setdefault("signer", at)
        return True
    if _names_follow(outline, at, row):
        outline.notes["signer_more"] = at
        return True
    return False


def _names_follow(outline: Outline, at: int, row: Row) -> bool:
    """Say whether a row goes on with the names of 签发人, which stand on the row above, alone or beside the number."""
    above = outline.rows[at - 1].text if at else ""
    if "签发" not in above or TITLE_BEGIN.match(row.close) or not NAMES.fullmatch(row.text):
        return False
    if row.line.box is not None and row.line.box.left < 0.4:
        return False
    return not words.is_organ(row.close) and not words.TITLE_END.search(row.close)


def _is_mark(outline: Outline, at: int, row: Row) -> bool:
    """Take a row as 发文机关标志: ends in 文件, or is an organ's name (or …令) above the number."""
    text = row.close
    if at > 12 or TITLE_BEGIN.match(text) or "关于" in text or len(text) > 40:
        return False
    names = re.sub(r"(?:文件|命令|令|纪要)$", "", text).split("、")
    organ = all(map(words.is_organ, names)) or text == "文件"
    named = bool(MARK_END.search(text)) and (organ or text.endswith(("纪要", "简报", "电报", "明电")))
    above = outline.number_at > at
    if text.endswith("文件") and organ and (above or outline.number_at < 0):
        outline.marks.append(at)
        return True
    if above and (named or words.is_organ(text)) and not _title_goes_on(outline, at):
        outline.marks.append(at)
        return True
    return False


def _title_goes_on(outline: Outline, at: int) -> bool:
    """Say whether the row below, still above the number, begins with 关于: then this organ belongs to the title."""
    below = outline.rows[at + 1].close if at + 1 < outline.number_at else ""
    return bool(TITLE_BEGIN.match(below))


def _begins_body(row: Row, loose: list[int]) -> bool:
    text = row.text.rstrip("：")
    if words.SENTENCE.search(row.text.replace("；", "，")) or words.HEADING.match(row.text):
        return True
    if DATE.fullmatch(row.close) or row.close.startswith("附件"):
        return True
    if re.match(r"为(?:了|深入|进一步|贯彻|切实|全面|加强|做好|认真|扎实)|根据|按照|现将|经研究", text):
        return True
    return "，" in text and not loose and not row.text.endswith("：") and not _may_be_addressed(text)


def _may_be_addressed(text: str) -> bool:
    return text.startswith("各") or words.is_addressed(text)


def _goes_on(outline: Outline, at: int) -> bool:
    """Say whether a colon closes only a part of the title (rare: 题记：…)."""
    return (
        not words.is_addressed(outline.rows[at].text.rstrip("："))
        and len(outline.rows[at].close) < 4
        and at == 0
    )


def _split(outline: Outline, loose: list[int]) -> None:
    """Part the loose rows into title and 主送; what is neither goes back to the body."""
    rows = outline.rows
    ends = [at for at in loose[: MOST_TITLE + 2] if _ends_title(outline, loose, at)]
    last = loose[-1] if loose else -1
    closed = last >= 0 and rows[last].text.endswith("：")
    if large := _large(outline, loose):
        outline.title = large
        rest = [at for at in loose if at > large[-1]]
    elif ends:
        end = ends[-1]
        outline.title = [at for at in loose if at <= end]
        rest = [at for at in loose if at > end]
    else:
        outline.title, rest = _by_place(outline, loose, closed=closed)
    if closed and rest and words.is_addressed(joined(rows[at] for at in rest).rstrip("：:").translate(FORMS)):
        outline.recipients = rest
    elif rest:
        outline.body = rest[0]


def _ends_title(outline: Outline, loose: list[int], at: int) -> bool:
    """Say whether the rows up to here end in a 文种, be it broken over two of them."""
    text = "".join(outline.rows[each].close for each in loose if each <= at)
    return bool(words.TITLE_END.search(text))


def _large(outline: Outline, loose: list[int]) -> list[int]:
    """Return the rows set clearly larger than the body, where sizes are known: the title, all in one size."""
    sizes = [row.line.size for row in outline.rows[outline.body : outline.body + BODY_ROWS] if row.line.size]
    if not sizes:
        return []
    least = median(sizes) * LARGER
    large = list(takewhile(lambda at: outline.rows[at].line.size > least, loose))
    last = outline.rows[large[-1]].line if large else None
    if last is None:
        return []
    slack = ALIKE if last.confidence == 1 else MEASURED_ALIKE
    return [at for at in large if abs(outline.rows[at].line.size - last.size) < slack * last.size]


def _by_place(outline: Outline, loose: list[int], *, closed: bool) -> tuple[list[int], list[int]]:
    """Without 文种 at its end a title is what stands above a number, or is centred or larger than what follows."""
    above = [at for at in loose if at < outline.number_at]
    below = [at for at in loose if at > outline.number_at]
    if above and (not closed or below):
        return above, below
    everyone = next((at for at in loose if outline.rows[at].close.startswith("各")), 0)
    if closed and everyone:
        return [at for at in loose if at < everyone], [at for at in loose if at >= everyone]
    title = []
    for at in loose:
        line = outline.rows[at].line
        if line.align != "center" and line.part != "heading":
            break
        title.append(at)
    return title[:MOST_TITLE], loose[len(title[:MOST_TITLE]) :]


def _move_marks(outline: Outline) -> None:
    """A mark above a title that begins with the same organ stays a mark; a title's first row may repeat it."""
    if len(outline.title) > 1 and outline.marks:
        first = outline.rows[outline.title[0]].close
        if first == outline.mark and outline.number_at < outline.title[0]:
            return
    if not outline.title and outline.marks and outline.mark.endswith(("纪要", "令")):
        outline.title = list(outline.marks)
