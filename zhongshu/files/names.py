"""File names: made harmless, kept readable."""

import re
import unicodedata
from pathlib import PurePosixPath

from zhongshu.files.reading.types import FileType

LONGEST = 120
FORBIDDEN = re.compile(r'[\x00-\x1f\x7f<>:"|?*/\\]')
RESERVED = re.compile(r"^(?:con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


def clean(name: str) -> str:
    """Return a name without folders, control or direction marks, not too long, never hidden."""
    name = name.replace("\\", "/").rsplit("/", 1)[-1]
    name = "".join(
        c
        for c in unicodedata.normalize("NFC", name)
        if unicodedata.category(c) not in ("Cf", "Cc", "Co", "Cs")
    )
    name = FORBIDDEN.sub("_", name).strip(" .")
    stem, extension = split(name)
    stem = stem[: LONGEST - len(extension) - 1].strip(" .") or "未命名"
    stem = f"_{stem}" if RESERVED.match(stem) else stem
    return f"{stem}.{extension}" if extension else stem


def split(name: str) -> tuple[str, str]:
    """Return stem and extension in small letters, without the dot."""
    path = PurePosixPath(name)
    extension = path.suffix.lower().lstrip(".")
    return (path.stem, extension) if extension and len(extension) <= 8 else (name, "")


def with_extension_of(name: str, file_type: FileType) -> str:
    """Return the name with an extension that tells the truth (a PNG called .jpg is renamed)."""
    stem, extension = split(name)
    return name if extension in file_type.extensions else f"{stem}.{file_type.extensions[0]}"
