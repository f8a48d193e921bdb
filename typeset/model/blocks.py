"""What a text consists of: paragraphs, headings, tables, figures, formulas (7.3.3)."""

from dataclasses import dataclass
from typing import Annotated, Literal

from typeset.model.inline import Picture, Runs, text_of

Align = Literal["", "left", "center", "right"]
Level = Literal[1, 2, 3, 4]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph: two characters in at its head, justified, unless it says otherwise."""

    runs: Annotated[Runs, "文字"]
    align: Annotated[Align, "对齐"] = ""
    is_indented: Annotated[bool, "首行缩进"] = True

    @property
    def text(self) -> str:
        """Return the bare text."""
        return text_of(self.runs)


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading with its number as written: 1 一、 2 （一） 3 1. 4 （1）; `body` runs on in the same line."""

    level: Annotated[Level, "层次"]
    runs: Annotated[Runs, "文字"]
    body: Annotated[Runs, "接排正文"] = ()

    @property
    def text(self) -> str:
        """Return the bare text of the heading alone."""
        return text_of(self.runs)


@dataclass(frozen=True, slots=True)
class ListItem:
    """An item with a mark of its own (①, —, 1)): set as a paragraph, told apart for writers that keep lists."""

    marker: Annotated[str, "项目符号"]
    runs: Annotated[Runs, "文字"]


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `columns` and `rows` say how many it spans. Lines in it are parted by a line feed."""

    runs: Annotated[Runs, "文字"] = ()
    columns: Annotated[int, "跨列"] = 1
    rows: Annotated[int, "跨行"] = 1
    align: Annotated[Align, "对齐"] = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table; its first `header_rows` rows are repeated on every page it runs over.

    `widths` are the columns' shares of the width, empty for shares by content. `unit` stands at the right above it.
    """

    rows: Annotated[tuple[tuple[Cell, ...], ...], "行"]
    header_rows: Annotated[int, "表头行数"] = 1
    widths: Annotated[tuple[float, ...], "列宽"] = ()
    caption: Annotated[str, "表题"] = ""
    unit: Annotated[str, "计量单位"] = ""
    note: Annotated[str, "表注"] = ""
    is_landscape: Annotated[bool, "横排"] = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture in the text, centred; `width_mm` is at most the width of the text area."""

    picture: Annotated[Picture, "图片"]
    caption: Annotated[str, "图题"] = ""
    width_mm: Annotated[float, "宽度（毫米）"] = 120.0


@dataclass(frozen=True, slots=True)
class Formula:
    r"""A formula on a line of its own, in the small notation of `typeset.model.formula`: \frac{甲}{乙} x^{2} \sum."""

    source: Annotated[str, "公式"]
    number: Annotated[str, "编号"] = ""


Block = Paragraph | Heading | ListItem | Table | Figure | Formula
Blocks = tuple[Block, ...]
