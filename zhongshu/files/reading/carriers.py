"""Everything in a file that can carry a mark of secrecy, with the place it stands in; hidden corners included."""

import importlib
from collections.abc import Iterator
from typing import IO

from zhongshu.files.reading import inside
from zhongshu.files.reading.inside import Piece
from zhongshu.files.reading.shapes import MAX_TEXT, Look
from zhongshu.files.reading.sniff import encoding_of


def pieces(file: IO[bytes], code: str, look: Look) -> Iterator[Piece]:
    """Yield places and texts of a file whose first look went well."""
    yield "文档属性", look["meta_text"]
    yield "正文", look["first_text"]
    yield "正文", look["text"]
    if code == "pdf":
        # By name: no other type waits for the engine.
        pdf = importlib.import_module("zhongshu.files.reading.pdf")
        yield from pdf.pieces(file, pages=len(look["text"]) >= MAX_TEXT)
    file.seek(0)
    data = file.read()
    if code == "txt":
        yield "正文", data.decode(encoding_of(data) or "gb18030", errors="ignore")
        return
    yield from inside.pieces(data)
