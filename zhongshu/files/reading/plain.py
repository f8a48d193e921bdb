"""Plain text in UTF-8, UTF-16 or GBK: a first look, and pages of lines."""

from typing import IO

from zhongshu.files.reading.shapes import MAX_BLOCKS, MAX_TEXT, Block, Blocks, Look, look_of, paginate, plain
from zhongshu.files.reading.sniff import encoding_of
from zhongshu.files.reading.troubles import Trouble

MAX_BYTES = MAX_TEXT * 4


def look(file: IO[bytes]) -> Look:
    """Return the text; what is not text all through is not a text file."""
    text = read(file)
    return look_of(text, pages=1)


def blocks(file: IO[bytes]) -> Blocks:
    """Return the lines as pages of paragraphs."""
    text = read(file)
    lines = text.splitlines() or [""]
    pieces: list[Block] = [plain(line.expandtabs(4)) for line in lines[:MAX_BLOCKS]]
    file.seek(0, 2)
    return Blocks(pages=paginate(pieces), cut=len(lines) > MAX_BLOCKS or file.tell() > MAX_BYTES)


def read(file: IO[bytes]) -> str:
    """Decode the beginning of the file."""
    file.seek(0)
    data = file.read(MAX_BYTES)
    whole = not file.read(1)
    encoding = encoding_of(data, whole=whole)
    if not encoding:
        raise Trouble("broken", "not text")
    return data.decode(encoding, errors="ignore")[:MAX_TEXT]
