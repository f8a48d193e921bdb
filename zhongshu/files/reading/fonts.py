"""Fonts of this machine for faces that a file names but does not carry."""

import re
from functools import lru_cache
from pathlib import Path

from PIL import ImageFont

FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts", "~/.fonts", "~/.local/share/fonts")
# The office's own faces first; where they are not installed, the nearest free one.
FILES = {
    "fang": ("simfang.ttf", "FangSong*.ttf", "STFANGSO.TTF", "FandolFang*.otf"),
    "kai": ("simkai.ttf", "KaiTi*.ttf", "STKAITI.TTF", "FandolKai*.otf"),
    "hei": ("simhei.ttf", "NotoSansCJK-Regular.ttc", "NotoSansCJKsc-Regular.otf", "SourceHanSans*-Regular.*",
            "wqy-zenhei.ttc", "wqy-microhei.ttc"),
    "title": ("FZXBS*.TTF", "NotoSerifCJK-Bold.ttc", "SourceHanSerif*-Bold.*"),
    "song": ("simsun.ttc", "NotoSerifCJK-Regular.ttc", "NotoSerifCJKsc-Regular.otf", "SourceHanSerif*-Regular.*",
             "FandolSong*.otf", "uming.ttc"),
}  # fmt: skip
INSTEAD = {"fang": "song", "kai": "song", "title": "song", "song": "hei", "hei": "song"}
FACES = (
    ("title", re.compile(r"标宋|XBS|XiaoBiao", re.IGNORECASE)),
    ("fang", re.compile(r"仿宋|Fang ?Song|FZFS", re.IGNORECASE)),
    ("kai", re.compile(r"楷|Kai", re.IGNORECASE)),
    ("hei", re.compile(r"黑|Hei|Arial|Sans|Helvetica|Calibri", re.IGNORECASE)),
)
TTC = b"ttcf"


def face_of(name: str) -> str:
    """Return which of the office's faces a font's name means; 宋体 when it tells nothing."""
    return next((face for face, pattern in FACES if pattern.search(name)), "song")


@lru_cache(maxsize=8)
def data_of(face: str) -> bytes:
    """Return the bytes of a font for the face, its Chinese variant first; b"" when the machine has none."""
    path = _path_of(face) or _path_of(INSTEAD[face]) or _path_of("hei")
    return _chinese_first(path) if path else b""


def _path_of(face: str) -> Path | None:
    folders = [path for folder in FOLDERS if (path := Path(folder).expanduser()).is_dir()]
    for pattern in FILES[face]:
        for folder in folders:
            if found := sorted(folder.rglob(pattern)):
                return found[0]
    return None


def _chinese_first(path: Path) -> bytes:
    """Read a font; of a collection the simplified Chinese one comes first, which is the one that is drawn."""
    data = bytearray(path.read_bytes())
    if data[:4] != TTC:
        return bytes(data)
    for index in range(int.from_bytes(data[8:12], "big")):
        if "SC" in str(ImageFont.truetype(str(path), 10, index=index).getname()[0]).split():
            data[12:16] = data[12 + 4 * index : 16 + 4 * index]
            break
    return bytes(data)
