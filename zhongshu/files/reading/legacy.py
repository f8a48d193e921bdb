"""Word, Excel and PowerPoint of 1997: no preview, but their text is searched for marks of secrecy."""

import re
from typing import IO

from zhongshu.files.reading.shapes import Look, look_of

MAX_BYTES = 30 * 2**20
READABLE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9★☆〔〕()：:,.，。\-]{3,}")


def look(file: IO[bytes]) -> Look:
    """Return the stretches that read as Chinese in UTF-16, at both alignments."""
    file.seek(0)
    data = file.read(MAX_BYTES)
    found: list[str] = []
    for shift in (0, 1):
        text = data[shift:].decode("utf-16-le", errors="replace")
        found += [piece for piece in READABLE.findall(text) if _is_common(piece)]
    return look_of(
        "\n".join(found), pages=1, first="\n".join(piece for piece in found if "密" in piece) or " "
    )


def _is_common(piece: str) -> bool:
    """Bytes read as UTF-16 give rare characters; GB 2312 holds the ones an office uses."""
    try:
        piece.replace("★", "").encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
