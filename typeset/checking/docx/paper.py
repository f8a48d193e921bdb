"""A DOCX told apart for checking: which paragraph is which element, and how far down the page each stands."""

from collections import Counter
from dataclasses import dataclass

from typeset.checking.docx.faces import ROLES, is_kind
from typeset.profiles import Profile
from typeset.reading.heads import head_of, kind_of
from typeset.reading.outline import Outline, Role, Row, outline_of
from typeset.reading.rows import block_begins_page, block_ends_page, marks_in_header, row_of, table_row
from typeset.reading.wordml import Para, Piece, Section, Table, WordFile
from typeset.reading.words import BLANKS, doc_type_of

POINT = 25.4 / 72
# In an exactly spaced line Word lays the base line at four fifths of its height; ink reaches 0.86 of the size above it.
BASE, INK_TOP, INK_BOTTOM = 0.8, 0.86, 0.12
NATURAL = 1.3
UPWARD = ("report", "request_for_instructions", "motion")


@dataclass
class Item:
    """A paragraph with its role, or a table; its place in the file counts from 0."""

    row: Row
    para: Para
    table: Table | None = None

    @property
    def quoted(self) -> str:
        """The beginning of its text, for pointing at it."""
        text = self.row.text.replace("\n", " ").strip(BLANKS)
        return f"“{text[:16]}{'…' if len(text) > 16 else ''}”"


class Paper:
    """The items of a file by role, its format, and estimates of heights."""

    def __init__(self, file: WordFile, profile: Profile) -> None:
        self.file = file
        self.profile = profile
        self.items = _items(file)
        header = [Item(row_of(para, -1, para.text), para) for para in marks_in_header(file)]
        self.has_header_mark = bool(header)
        self.items = header + self.items
        self.outline: Outline = outline_of([item.row for item in self.items])
        self.title = "".join(item.row.text for item in self.of("title"))
        marks = [item.row.text for item in self.of("mark")]
        numbers = [item.row.text for item in self.of("number")]
        self.head = head_of(marks, numbers, [item.row.text for item in self.of("signers")], [], [])
        self.kind = kind_of(self.head, marks, self.title)
        self.doc_type = doc_type_of(self.title)
        self.is_upward = self.doc_type in UPWARD

    def of(self, *roles: Role, part: int | None = 0) -> list[Item]:
        """Return the items of some roles; in every part with `part=None`."""
        return [
            item for item in self.items if item.row.role in roles and (part is None or item.row.part == part)
        ]

    def section_of(self, item: Item) -> Section:
        """Return the section a paragraph or table stands in."""
        at = item.table.section if item.table else item.para.section
        return self.file.sections[min(at, len(self.file.sections) - 1)]

    def is_face(self, face: str, kind: str) -> bool:
        """Say whether a face is 仿宋, 小标宋, …, by the profile's names too."""
        return is_kind(face, kind, self.profile.faces.get(ROLES[kind], []))

    def pitch(self, para: Para) -> float:
        """Return the distance of a paragraph's lines in points."""
        section = self.file.sections[min(para.section, len(self.file.sections) - 1)]
        size = para.size or self.file.base_size
        if para.rule == "exact":
            return para.line
        natural = size * NATURAL
        if section.grid and section.pitch and para.snaps:
            natural = section.pitch * max(1, -(-natural // section.pitch))
        return max(para.line, natural) if para.rule == "atLeast" else natural * para.line

    def height(self, item: Item) -> float:
        """Return the height of a paragraph in millimetres: its lines, and the space before and after."""
        if item.table:
            return sum(max(self._cell_height(cell.paras) for cell in row) for row in item.table.rows if row)
        return self._height(item.para, self.section_of(item).text_width)

    def _cell_height(self, paras: list[Para]) -> float:
        return sum(self._height(para, 1000.0) for para in paras)

    def _height(self, para: Para, width: float) -> float:
        if para.floats:
            return 0.0
        lines = sum(
            max(1, -(-_length(line, para) // max(width / POINT, 1.0))) for line in para.text.split("\n")
        )
        return float((lines * self.pitch(para) + para.before + para.after) * POINT)

    def down_to(self, wanted: Item) -> float:
        """Return how far under the head of the text area the ink of a paragraph on the first page begins, in mm."""
        above = 0.0
        for item in self.items:
            if item is wanted:
                break
            if item.row.at >= 0:
                above += self.height(item)
        para = self.first_para(wanted)
        return above + (para.before + self.pitch(para) * BASE - para.size * INK_TOP) * POINT

    def first_para(self, item: Item) -> Para:
        """Return an item's paragraph; of a table the first that has text."""
        if item.table is None:
            return item.para
        paras = [para for row in item.table.rows for cell in row for para in cell.paras]
        return next((para for para in paras if para.text.strip()), item.para)

    def blanks_above(self, item: Item) -> float:
        """Return how much empty space stands above a paragraph, in lines of the text: empty ones and spacing."""
        points = item.para.before
        for other in reversed(self.items[: self.items.index(item)]):
            if other.table or other.row.role != "blank" or other.para.pictures or other.para.rings:
                points += other.para.after if not other.table else 0.0
                break
            points += self.pitch(other.para) + other.para.before + other.para.after
        return points / (self.profile_pitch or 1.0)

    @property
    def profile_pitch(self) -> float:
        """The pitch of the text as the file has it most often, in points."""
        counted = Counter(
            round(self.pitch(item.para), 2) for item in self.texts() if item.row.role in ("body", "heading")
        )
        return counted.most_common(1)[0][0] if counted else self.profile.pitch / POINT

    def texts(self) -> list[Item]:
        """Return the paragraphs of the text, attachments included, that are neither centred nor in tables."""
        found = self.of("body", "heading", part=None)
        return [item for item in found if item.table is None and item.para.align not in ("center", "right")]


def _items(file: WordFile) -> list[Item]:
    items, breaks = [], False
    for at, block in enumerate(file.blocks):
        item = _item(block, at)
        if item.table is None:
            item.row.breaks = breaks or block_begins_page(item.para)
            breaks = block_ends_page(item.para) or (item.row.breaks and not item.row.text.strip(BLANKS))
        items.append(item)
    return items


def _item(block: Para | Table, at: int) -> Item:
    if isinstance(block, Table):
        return Item(table_row(block, at), Para(section=block.section), block)
    return Item(row_of(block, at, block.text), block)


def _length(line: str, para: Para) -> float:
    return sum(0.5 if letter.isascii() else 1.0 for letter in line) * (para.size or 16.0)


def solid(para: Para) -> list[Piece]:
    """Return the runs that show letters."""
    return [piece for piece in para.pieces if piece.text.strip(BLANKS)]


def share(para: Para, good: "Counter[bool]") -> float:
    """Return which part of the letters is good."""
    whole = sum(good.values())
    return good[True] / whole if whole else 1.0
