"""Word, Excel and PowerPoint of 1997: no preview, but their text is searched for marks of secrecy."""

from typing import IO

from zhongshu.files.reading.inside import stretches
from zhongshu.files.reading.shapes import Look, look_of

MAX_BYTES = 30 * 2**20


def look(file: IO[bytes]) -> Look:
    """Return the stretches that read as Chinese."""
    file.seek(0)
    found = stretches(file.read(MAX_BYTES))
    telling = "\n".join(piece for piece in found if "密" in piece)
    return look_of("\n".join(found), pages=1, first=telling or " ")
