"""DOCX into the content model; what it could not carry is reported."""

import io
import re
from dataclasses import replace

from PIL import Image, UnidentifiedImageError

from typeset.model import blocks as model
from typeset.model.formula import parse
from typeset.model.inline import Picture, Position, Run, Runs
from typeset.reading.building import built
from typeset.reading.given import Given, Reading, Shown, joined
from typeset.reading.rows import MARK_SIZE, marks_in_header, row_of, table_row
from typeset.reading.troubles import Unreadable
from typeset.reading.wordml import Cell, Oddity, Para, Table, WordFile, open_word
from typeset.reading.wordml.things import Picture as FilePicture
from typeset.reading.words import BLANKS, FORMS, level_of

KEPT = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF")
MOST_BYTES = 20_000_000
POSITIONS: dict[str, Position] = {"superscript": "super", "subscript": "sub"}
NUMBERED = re.compile(r"[（(][0-9A-Za-z.\-—－]{1,8}[）)]")
LEADING = ("黑体", "楷体", "SimHei", "KaiTi", "FandolHei", "FandolKai")


def read(data: bytes) -> Reading:
    """Read a DOCX. Raises `Unreadable`."""
    return read_word(open_word(data))


def read_word(file: WordFile) -> Reading:
    """Build the document of a DOCX that was opened."""
    oddities = list(file.oddities)
    given = rows_of(file, oddities)
    oddities += _running(file)
    if not any(each.row.text or each.table or each.shown for each in given):
        raise Unreadable("empty")
    return built(given, oddities)


def rows_of(file: WordFile, oddities: list[Oddity]) -> list[Given]:
    """Return the rows of a file: paragraphs cut at their line breaks, tables whole."""
    given = [Given(row_of(para, -1, para.text), _runs(para)) for para in marks_in_header(file)]
    breaks = False
    for at, block in enumerate(file.blocks):
        if isinstance(block, Table):
            given.append(Given(table_row(block, at), table=_table(block, file)))
            continue
        breaks = breaks or block.breaks_before
        given += _of_para(block, at, oddities, breaks=breaks)
        text = "".join(piece.text for piece in block.pieces)
        breaks = text.endswith("\f") or block.ends_section or (breaks and not text.strip(BLANKS))
    return given


def _of_para(para: Para, at: int, oddities: list[Oddity], *, breaks: bool) -> list[Given]:
    runs, look = _runs(para), row_of(para, at, "")
    made: list[Given] = []
    for line in _lines(runs):
        text = "".join(run.text for run in line)
        begins = breaks or text.lstrip(BLANKS).startswith("\f")
        row = replace(look, text=text.replace("\f", ""), breaks=begins)
        breaks = False
        made.append(Given(row, tuple(replace(run, text=run.text.replace("\f", "")) for run in line)))
    made[0].shown = [shown for each in para.pictures if (shown := _shown(each, oddities))]
    made[0].formula, made[0].formula_number = _formula(para)
    made[0].rings = para.rings
    return made


def _lines(runs: Runs) -> list[Runs]:
    """Cut runs at their line breaks."""
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first, footnote="" if others else run.footnote))
        lines += [[replace(run, text=text, footnote="")] for text in others]
        if others and run.footnote:
            lines[-1][-1] = replace(run, text=others[-1])
    return [joined(line) for line in lines]


def _runs(para: Para) -> Runs:
    """Return the runs; in a heading the face that leads is marked bold, so that its end can be seen."""
    text = para.text.strip(BLANKS).translate(FORMS)
    level = level_of(text)[0]
    runs = [Run(para.label)] if para.label else []
    for piece in para.pieces:
        leads = (
            piece.east.startswith(LEADING) if level else piece.bold and para.align not in ("center", "right")
        )
        runs.append(
            Run(
                piece.text, leads, piece.italic, piece.underlined, POSITIONS.get(piece.raised, ""), piece.note
            )
        )
    if level and para.label and len(runs) > 1:
        runs[0] = replace(runs[0], bold=runs[1].bold)
    return joined(runs)


def _formula(para: Para) -> tuple[str, str]:
    """Return a formula that stands alone on its line, and its number; empty where the model cannot say it."""
    solid = [piece for piece in para.pieces if piece.text.strip()]
    number = "".join(piece.text for piece in solid if not piece.is_formula).strip()
    source = "".join(piece.note for piece in solid if piece.is_formula).strip()
    if not source or (number and not NUMBERED.fullmatch(number)):
        return "", ""
    try:
        parse(source)
    except ValueError:
        return "", ""
    return source, number


def _shown(picture: FilePicture, oddities: list[Oddity]) -> Shown | None:
    data = picture.data
    if not data.startswith(KEPT):
        data = _as_png(data)
    if not data or len(data) > MOST_BYTES:
        oddities.append(
            Oddity("picture", picture.name or picture.part, "图片格式认不出（如 EMF、WMF）或过大，已略去")
        )
        return None
    return Shown(Picture(data), picture.width, picture.floats)


def _as_png(data: bytes) -> bytes:
    out = io.BytesIO()
    try:
        with Image.open(io.BytesIO(data), formats=["BMP", "TIFF"]) as image:
            image.save(out, "PNG")
    except (UnidentifiedImageError, OSError, ValueError, Image.DecompressionBombError):
        return b""
    return out.getvalue()


def _table(table: Table, file: WordFile) -> model.Table:
    """Return the model's table: cells that are covered by a merge are left out, the one above counts them."""
    rows: list[tuple[model.Cell, ...]] = []
    for number, row in enumerate(table.rows):
        column, cells = 0, []
        for cell in row:
            if not cell.continues:
                depth = _depth(table, number, column) if cell.starts_merge else 1
                cells.append(model.Cell(_cell_runs(cell), cell.span, depth, _cell_align(cell)))
            column += cell.span
        rows.append(tuple(cells))
    section = file.sections[min(table.section, len(file.sections) - 1)]
    whole = sum(table.widths)
    widths = tuple(round(width / whole, 4) for width in table.widths) if whole else ()
    heads = min(table.header_rows or (len(rows) > 1), len(rows))
    return model.Table(tuple(rows), heads, widths, is_landscape=section.width > section.height)


def _depth(table: Table, number: int, column: int) -> int:
    depth = 1
    for row in table.rows[number + 1 :]:
        start = 0
        for cell in row:
            if start == column and cell.continues:
                depth += 1
                break
            start += cell.span
        else:
            return depth
    return depth


def _cell_runs(cell: Cell) -> Runs:
    runs: list[Run] = []
    for para in cell.paras:
        if runs and para.text:
            runs.append(Run("\n"))
        runs += [replace(run, text=run.text.replace("\f", "")) for run in _runs(para)]
    return joined(runs)


def _cell_align(cell: Cell) -> model.Align:
    align = next((para.align for para in cell.paras if para.text), "")
    return "center" if align == "center" else "right" if align == "right" else ""


def _running(file: WordFile) -> list[Oddity]:
    """Report running heads and feet that are more than a page number."""
    found = {}
    for section in file.sections:
        for kind, parts in (("header", section.headers), ("footer", section.footers)):
            for paras in parts.values():
                text = " ".join(para.text.strip() for para in paras if para.text.strip())
                numbered = any(para.has_page_number for para in paras)
                is_mark = all(para.size >= MARK_SIZE for para in paras if para.text.strip())
                if (
                    text
                    and not (kind == "header" and is_mark)
                    and not (numbered and re.fullmatch(r"[-—－–\s\d]*", text))
                ):
                    done = "页脚里页码以外的字不入正文" if kind == "footer" else "页眉不入正文"
                    found[kind, text] = Oddity("header" if kind == "header" else "footer", text[:200], done)
    return list(found.values())
