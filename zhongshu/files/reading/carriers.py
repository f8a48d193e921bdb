"""Everything in a file that can carry a mark of secrecy, with the place it stands in."""

from collections.abc import Iterator
from typing import IO

from zhongshu.files.reading.shapes import Look

Piece = tuple[str, str]


def pieces(file: IO[bytes], code: str, look: Look) -> Iterator[Piece]:
    """Yield places and texts; the bytes are read as they are, whatever they are called."""
    yield "文档属性", look["meta_text"]
    yield "正文", look["first_text"]
    yield "正文", look["text"]
