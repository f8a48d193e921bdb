"""What a DOCX consists of, once styles are resolved. Lengths are points unless they say otherwise."""

from dataclasses import dataclass, field
from typing import Literal

Kind = Literal[
    "textbox", "comment", "inserted", "deleted", "field", "toc", "numbering", "picture", "object", "footnote", "endnote",
    "formula", "header", "footer", "hidden", "table", "element", "secrecy", "cut", "unread",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Oddity:
    """Something a paragraph's plain text cannot carry: its kind, its own text, and what was done with it."""

    kind: Kind
    text: str
    done: str
    where: str = ""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the file; sizes in millimetres; `floats` when anchored instead of standing in the line."""

    part: str
    data: bytes
    width: float
    height: float
    floats: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Border:
    """A rule: its style, width in points, colour as RRGGBB or `auto`, distance from the text in points."""

    style: str
    width: float
    color: str = "auto"
    space: float = 0.0

    @property
    def is_drawn(self) -> bool:
        return self.style not in ("", "none", "nil") and self.width > 0


@dataclass(frozen=True, slots=True)
class Piece:
    """A run: its text (`\\n` line break, `\\f` page break) and the face that takes effect; a formula's source in `note`."""

    text: str
    east: str = ""
    latin: str = ""
    size: float = 10.0
    bold: bool = False
    italic: bool = False
    color: str = "auto"
    raised: Literal["", "superscript", "subscript"] = ""
    underlined: bool = False
    spacing: float = 0.0
    scale: float = 100.0
    note: str = ""
    picture: Picture | None = None
    is_formula: bool = False

    @property
    def is_red(self) -> bool:
        """Say whether the colour is clearly red."""
        if len(self.color) != 6:
            return False
        try:
            red, green, blue = (int(self.color[at : at + 2], 16) for at in (0, 2, 4))
        except ValueError:
            return False
        return red >= 150 and green < 110 and blue < 110


@dataclass(frozen=True, slots=True)
class Rule:
    """A line drawn as a shape, as many offices draw the red rule: length in millimetres, weight in points."""

    length: float
    weight: float
    color: str


@dataclass(slots=True)
class Para:
    """A paragraph; indents in characters of its own size (`first` negative when hanging)."""

    label: str = ""
    pieces: list[Piece] = field(default_factory=list)
    style: str = ""
    align: str = "left"
    first: float = 0.0
    left: float = 0.0
    right: float = 0.0
    before: float = 0.0
    after: float = 0.0
    line: float = 0.0
    rule: Literal["auto", "exact", "atLeast"] = "auto"
    outline: int | None = None
    breaks_before: bool = False
    snaps: bool = True
    borders: dict[str, Border] = field(default_factory=dict)
    section: int = 0
    floats: bool = False
    in_table: bool = False
    is_listed: bool = False
    has_page_number: bool = False
    ends_section: bool = False
    mark_size: float = 10.0
    rules: list[Rule] = field(default_factory=list)
    rings: int = 0

    @property
    def text(self) -> str:
        """The text with its number, without breaks of pages."""
        return self.label + "".join(piece.text for piece in self.pieces).replace("\f", "")

    @property
    def size(self) -> float:
        """The size that most of the letters have."""
        counts: dict[float, int] = {}
        for piece in self.pieces:
            counts[piece.size] = counts.get(piece.size, 0) + len(piece.text.strip())
        return max(counts, key=lambda each: counts[each]) if any(counts.values()) else self.mark_size

    @property
    def pictures(self) -> list[Picture]:
        """The pictures that stand in, or are anchored to, the paragraph."""
        return [piece.picture for piece in self.pieces if piece.picture]


@dataclass(slots=True)
class Cell:
    """A cell: how many columns it spans, and whether it continues the one above."""

    paras: list[Para]
    span: int = 1
    continues: bool = False
    starts_merge: bool = False


@dataclass(slots=True)
class Table:
    """A table; widths in millimetres; `floats` when positioned apart from the text."""

    rows: list[list[Cell]]
    header_rows: int = 0
    widths: list[float] = field(default_factory=list)
    floats: bool = False
    section: int = 0
    borders: dict[str, Border] = field(default_factory=dict)
    has_splitting_rows: bool = False

    @property
    def text(self) -> str:
        """Rows as lines, cells parted by tabs."""
        return "\n".join(
            "\t".join("\n".join(p.text for p in cell.paras) for cell in row) for row in self.rows
        )


@dataclass(slots=True)
class Section:
    """A section's page; all in millimetres but the grid, which is points."""

    width: float = 0.0
    height: float = 0.0
    top: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    right: float = 0.0
    gutter: float = 0.0
    header: float = 0.0
    footer: float = 0.0
    columns: int = 1
    grid: str = ""
    pitch: float = 0.0
    char_space: float = 0.0
    has_title_page: bool = False
    headers: dict[str, list[Para]] = field(default_factory=dict)
    footers: dict[str, list[Para]] = field(default_factory=dict)

    @property
    def text_width(self) -> float:
        return self.width - self.left - self.right - self.gutter

    @property
    def text_height(self) -> float:
        return self.height - self.top - self.bottom


@dataclass(slots=True)
class WordFile:
    """A DOCX as it takes effect; `boxes` are the paragraphs of each text box."""

    blocks: list[Para | Table] = field(default_factory=list)
    sections: list[Section] = field(default_factory=list)
    boxes: list[list[Para]] = field(default_factory=list)
    oddities: list[Oddity] = field(default_factory=list)
    odd_and_even: bool = False
    base_size: float = 10.0
    title: str = ""

    @property
    def paras(self) -> list[Para]:
        """The paragraphs outside tables."""
        return [block for block in self.blocks if isinstance(block, Para)]
