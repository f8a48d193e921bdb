"""What the limited process answers: plain data that survives JSON."""

from typing import Any, TypedDict, cast

MAX_TEXT = 300_000
MAX_FIRST = 1_500
MAX_BLOCKS = 4_000
CHARACTERS_A_PAGE = 1_400


class Run(TypedDict, total=False):
    """A stretch of text in one style."""

    text: str
    bold: bool
    italic: bool
    underline: bool
    red: bool
    face: str
    size: int


class Paragraph(TypedDict, total=False):
    """A paragraph: `level` 1–6 for headings, `indent` when its first line stands in."""

    kind: str
    align: str
    indent: bool
    level: int
    runs: list[Run]


class Cell(TypedDict, total=False):
    """A cell of a table with how many columns and rows it spans."""

    cols: int
    rows: int
    paragraphs: list[Paragraph]


class Table(TypedDict):
    """A table as rows of cells."""

    kind: str
    rows: list[list[Cell]]


Block = Paragraph | Table


class Look(TypedDict, total=False):
    """What a first look at a file finds.

    `camera` where a camera took it; of a package `pictures` where it is little else. `scans`: how many pictures of a
    package may be a page, or how many pages of a PDF have words and a picture that covers them.
    """

    camera: bool
    pictures: bool
    scans: int
    pages: int
    has_text: bool
    first_text: str
    meta_text: str
    text: str


class Blocks(TypedDict):
    """A document as pages of blocks; `cut` when the end was left out."""

    pages: list[list[Any]]
    cut: bool


def look_of(text: str, *, pages: int, first: str = "", meta: str = "") -> Look:
    """Bound the texts of a look."""
    return Look(
        pages=pages,
        has_text=bool(text.strip()),
        first_text=(first or text)[:MAX_FIRST],
        meta_text=meta[:MAX_FIRST],
        text=text[:MAX_TEXT],
    )


def plain(text: str, *, align: str = "", level: int = 0, indent: bool = False) -> Paragraph:
    """Make a paragraph of one plain run."""
    return Paragraph(kind="p", align=align, indent=indent, level=level, runs=[Run(text=text)])


def paginate(blocks: list[Block], *, per_page: int = CHARACTERS_A_PAGE) -> list[list[Any]]:
    """Cut a flow of blocks into pages of about a sheet of paper."""
    pages: list[list[Any]] = [[]]
    filled = 0
    for block in blocks:
        weight = weight_of(block)
        if pages[-1] and filled + weight > per_page:
            pages.append([])
            filled = 0
        pages[-1].append(block)
        filled += weight
    return pages


def weight_of(block: Block) -> int:
    """Estimate the room a block takes, in characters; a line counts as 28."""
    if "rows" in block:
        return sum(max(28, sum(len(text_in(cell)) for cell in row)) for row in cast(Table, block)["rows"])
    return (len(_words(block)) // 28 + 1) * 28


def text_in(cell: Cell) -> str:
    """Return the text of a cell."""
    return "".join(_words(paragraph) for paragraph in cell.get("paragraphs", []))


def _words(paragraph: Paragraph) -> str:
    return "".join(run.get("text", "") for run in paragraph.get("runs", []))
