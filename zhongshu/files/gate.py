"""The gate before 涉密: marks of secrecy in whatever a file says, and whether they stop it (domain 2.14).

Pure text in, reasons out; it runs in the limited process as well. A reason names a place and a rule, never a word of
the file.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from itertools import pairwise
from typing import Any, Literal

Weight = Literal["stop", "doubt"]
Kind = Literal["clean", "doubtful", "classified"]

NAME = "文件名"
ROOM_FOR_REASONS = 20
SHORT = 12
SHORT_LINE = 16
LONG_LINE = 200
# Blanks, and the marks of direction, joining and hyphenation that no reader sees.
UNSEEN = re.compile(
    r"[\s\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff\U000e0000-\U000e007f]+"
)

BARS = r"[·•・_.\-\s]?"
# 商业秘密 and 工作秘密 are none of the three grades; 国家秘密 is.
GRADE = rf"(?:[绝絕]{BARS}密|[机機]{BARS}密|(?<!商业)(?<!工作)秘{BARS}密)"
STAR = "[★☆✩✪⭐✭✮✯⋆∗*※]"
FIGURES = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
PERIOD = rf"(?:{FIGURES}(?:年|个月|月|天|日)|长期|永久|(?:启封|公布|公开|解密)前)"
HASTE = "(?:特急|加急|急件|平急|特提|平件)"
START = r"(?:^|(?<=[^\u4e00-\u9fff]))"
END = rf"(?=$|[^\u4e00-\u9fff]|{HASTE})"
LABEL = "(?:(?<![绝絕机機秘])密级(?:和保密期限)?|(?:保密|秘密|涉密|定密)(?:等级|级别))"
PAPER = "(?:此|本|该|以上|上述)(?:件|文|文件|材料|资料|内容|附件|会议材料)"
OPTIONS = r"[□☐○◯、/或和及与,]?"
OPEN_BOX, TICK = "[□☐○◯]", "[☑☒✓✔√■]"

QUOTED = re.compile(rf"[“\"「『‘'《]{GRADE}级?{STAR}[^”\"」』’'》]{{0,12}}[”\"」』’'》]")
RULES: tuple[tuple[str, Weight, re.Pattern[str]], ...] = (
    ("密级与星号", "stop", re.compile(rf"{GRADE}级?{STAR}")),
    ("密级与期限", "stop", re.compile(rf"{START}{GRADE}级?[:(·•・,、-]?{PERIOD}{END}")),
    ("密级与紧急程度", "stop", re.compile(rf"{START}{GRADE}级?{HASTE}{END}")),
    ("括号内的密级", "stop", re.compile(rf"^[【\[(<〔{{]{GRADE}级?(?:件|文件)?[】\])>〕}}]")),
    ("括号内的密级", "stop", re.compile(rf"[【\[(<〔{{]{GRADE}级?(?:件|文件)?[】\])>〕}}]$")),
    ("括号内的密级", "doubt", re.compile(rf"[【〔]{GRADE}级?(?:件|文件)?[】〕]")),
    ("密级栏", "stop", re.compile(rf"{LABEL}[:为]?[“\"]?{GRADE}(?!级?{OPTIONS}{GRADE})")),
    (
        "声明为国家秘密",
        "stop",
        re.compile(rf"(?<![如若凡倘]){PAPER}(?:系|为|属于|属|是)(?:国家秘密|{GRADE})(?!的)"),
    ),
)
OF_NAMES: tuple[tuple[str, Weight, re.Pattern[str]], ...] = (
    ("文件名以密级开头", "stop", re.compile(rf"^{GRADE}(?:级|件|文件|材料|资料)*(?:[_\-—·.\s(（\[【\d]|$)")),
    (
        "文件名以密级结尾",
        "stop",
        re.compile(rf"[_\-—·.\s(（\[【]{GRADE}(?:级|件|文件|材料)?[)）\]】]?(?:\.\w+)?$"),
    ),
)
# A tick stands before what it chooses where the first box does, else behind it.
BOX_FIRST = re.compile(rf"^(?:(?!{GRADE}).)*?(?:{OPEN_BOX}|{TICK})(?=[^□☐○◯]*密)")
TICKED = re.compile(rf"{TICK}{GRADE}")
TICKED_BEHIND = re.compile(rf"{GRADE}级?{TICK}")
ALONE = re.compile(rf"^[【\[(]?({GRADE})(?:级|件|文件)?[】\])]?$")

# What a poor picture makes of the marks: the star another sign or nothing, 密 a look-alike, figures letters.
LOOKALIKES = frozenset("密蜜宓窑")
BLURRED_GRADE = "(?:[绝絕][密蜜宓窑]|[机機杌][密蜜宓窑]|[秘祕必][密蜜宓])"
BLURRED_PERIOD = r"(?:[\dlIOoZzS一二三四五六七八九十]{1,3}(?:年|午|牛|个月)|长期)"
BLURRED: tuple[tuple[str, Weight, re.Pattern[str]], ...] = (
    (
        "识别出的密级与期限",
        "stop",
        re.compile(rf"^\W{{0,2}}{BLURRED_GRADE}级?[^\d]{{0,2}}{BLURRED_PERIOD}"),
    ),
    ("识别出的密级", "doubt", re.compile(rf"^\W{{0,2}}{BLURRED_GRADE}级?[大太女文六*x★☆·.]?$")),
)
INTERNAL = re.compile(
    r"^[【\[(]?内部(?:资料|文件|材料|使用|★|[,，;；·]?注意保存|[】\])])*(?:长期|\d{1,2}年)?$"
)
WORK_SECRET = re.compile(rf"^[【\[(]?工作秘密(?:{STAR}|级|[】\])]|{PERIOD})*$")


@dataclass(frozen=True)
class Reason:
    """A mark: where it stands, by which rule, and whether it stops the file or only makes it doubtful."""

    place: str
    rule: str
    weight: Weight

    def as_json(self) -> dict[str, Any]:
        """Return plain data; it holds no word of the file."""
        return asdict(self)


def judge(pieces: Iterable[tuple[str, str]], *, name: str = "", is_blurred: bool = False) -> list[Reason]:
    """Return why a file is stopped or doubtful: its name, and texts with the places they stand in."""
    found = dict.fromkeys(in_name(name))
    for place, text in pieces:
        found |= dict.fromkeys(in_text(place, text, is_blurred=is_blurred))
        if len(found) >= ROOM_FOR_REASONS:
            break
    return list(found)[:ROOM_FOR_REASONS]


def kind_of(reasons: Iterable[Reason]) -> Kind:
    """Return the verdict that the reasons give."""
    weights = {reason.weight for reason in reasons}
    return "classified" if "stop" in weights else "doubtful" if weights else "clean"


def in_name(name: str, place: str = NAME) -> Iterator[Reason]:
    """Yield the marks in a file's name."""
    plain = _plain(name)
    stem = plain.rsplit(".", 1)[0]
    for rule, weight, sign in (*RULES, *OF_NAMES):
        if sign.search(plain) or sign.search(stem):
            yield Reason(place, rule, weight)


def in_text(place: str, text: str, *, is_blurred: bool = False) -> Iterator[Reason]:
    """Yield the marks in a text."""
    lines = list(_lines(text))
    for line in lines:
        # Every rule needs this letter, or what a poor picture makes of it.
        if "密" in line:
            yield from _in_line(place, line, RULES)
        if is_blurred and len(line) <= SHORT_LINE and not LOOKALIKES.isdisjoint(line):
            yield from _in_line(place, line, BLURRED)
    yield from _across(place, lines)
    alone = {match[1] for line in lines if (match := ALONE.match(line))}
    # A table or a law that names several grades one below the other speaks of them; a mark is one.
    if len(alone) == 1:
        yield Reason(place, "单独成行的密级", "doubt")


def marks_in(text: str) -> bool:
    """Say whether a text carries a mark that stops a file."""
    return any(reason.weight == "stop" for reason in in_text("", text))


def suggested_label(texts: Iterable[str]) -> str:
    """Return work_secret or internal where a paper is marked so, else ""; neither is a state secret."""
    found = ""
    for text in texts:
        for line in _lines(text):
            if WORK_SECRET.match(line):
                return "work_secret"
            if INTERNAL.match(line):
                found = "internal"
    return found


def _in_line(place: str, line: str, rules: Iterable[tuple[str, Weight, re.Pattern[str]]]) -> Iterator[Reason]:
    quoted = bool(QUOTED.search(line))
    rest = QUOTED.sub("", line) if quoted else line
    if quoted:
        yield Reason(place, "引号内的密级标志", "doubt")
    for rule, weight, sign in rules:
        if sign.search(rest):
            yield Reason(place, rule, weight)
    if (TICKED if BOX_FIRST.search(rest) else TICKED_BEHIND).search(rest):
        yield Reason(place, "勾选的密级", "stop")


def _across(place: str, lines: list[str]) -> Iterator[Reason]:
    """Look at short neighbours together: a mark is often broken into two lines or two cells."""
    for number, (one, two) in enumerate(pairwise(lines)):
        if len(one) > SHORT or len(two) > SHORT or not ("密" in one or "密" in two):
            continue
        following = lines[number + 2] if number + 2 < len(lines) else ""
        if ALONE.match(two) and ALONE.match(following):
            continue
        yield from _in_line(place, one + two, RULES)


def _lines(text: str) -> Iterator[str]:
    """Yield lines without blanks; letters set one below the other are a line as well."""
    pillar = ""
    for line in unicodedata.normalize("NFKC", text).splitlines():
        plain = _plain(line) if len(line) <= LONG_LINE or "密" in line else line
        if len(plain) == 1:
            pillar += plain
            continue
        if len(pillar) > 1:
            yield pillar
        pillar = ""
        if plain:
            yield plain
    if len(pillar) > 1:
        yield pillar


def _plain(text: str) -> str:
    """Return the text in its plain letters: no blanks, nothing that is not seen."""
    return UNSEEN.sub("", unicodedata.normalize("NFKC", text))
