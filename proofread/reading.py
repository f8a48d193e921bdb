"""Files as lines of text: TXT, and DOCX with a row of a table a line, its cells set apart by tabs."""

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import PackageNotFoundError

MOST_BYTES = 100_000_000
MOST_UNPACKED = 300_000_000
ENCODINGS = ("utf-8-sig", "gb18030")
UTF_16 = (b"\xff\xfe", b"\xfe\xff")


class Unreadable(ValueError):  # noqa: N818 - the word of the library
    """A file that cannot be proofread; says in plain Chinese why, and what to do."""


def text_of_file(path: Path) -> str:
    """Return the text of a .docx or .txt file; raises `Unreadable` or `OSError`."""
    with path.open("rb") as file:
        data = file.read(MOST_BYTES + 1)
    if len(data) > MOST_BYTES:
        raise Unreadable(f"文件超过 {MOST_BYTES // 1_000_000} MB，请拆开再校对")
    return text_of_docx(data) if data.startswith(b"PK\x03\x04") else text_of_bytes(data)


def text_of_bytes(data: bytes) -> str:
    """Decode plain text, UTF-8, UTF-16 or GB 18030."""
    if data.startswith((b"%PDF", b"\xd0\xcf\x11\xe0", b"{\\rtf")):
        raise Unreadable("只能校对 DOCX 和纯文本；PDF、旧版 DOC 请先另存为 DOCX")
    for encoding in ("utf-16",) if data.startswith(UTF_16) else ENCODINGS:
        try:
            return data.decode(encoding).replace("\r\n", "\n").replace("\r", "\n")
        except UnicodeDecodeError:
            continue
    raise Unreadable("读不出这个文件的文字编码，请另存为 UTF-8 的纯文本或 DOCX")


def text_of_docx(data: bytes) -> str:
    """Return the paragraphs and tables of a Word file in their order; raises `Unreadable`."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(entry.file_size for entry in package.infolist()) > MOST_UNPACKED:
                raise Unreadable("文件展开后过大，不予校对")
        document = docx.Document(io.BytesIO(data))
    except (zipfile.BadZipFile, PackageNotFoundError, KeyError, ValueError, SyntaxError) as error:
        if isinstance(error, Unreadable):
            raise
        raise Unreadable("这个文件不是完好的 DOCX，请用 Word 或 WPS 打开后另存再试") from error
    return "\n".join(_rows(document))


def _rows(document: Any) -> Iterator[str]:
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield "\t".join(" ".join(cell.text.split()) for cell in row.cells)
        else:
            yield from block.text.split("\n")
