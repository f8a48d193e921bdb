"""Text inside a line: runs, and the pictures that stand in for it."""

from dataclasses import dataclass
from typing import Annotated, Literal

Position = Literal["", "super", "sub"]


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text of one look; the face and size come from the element it stands in."""

    text: Annotated[str, "文字"]
    bold: Annotated[bool, "加粗"] = False
    italic: Annotated[bool, "倾斜"] = False
    underline: Annotated[bool, "下划线"] = False
    position: Annotated[Position, "上标下标"] = ""
    footnote: Annotated[str, "脚注"] = ""

    @property
    def is_plain(self) -> bool:
        """Say whether it is text and nothing else, which JSON writes as a bare string."""
        return not (self.bold or self.italic or self.underline or self.position or self.footnote)


Runs = tuple[Run, ...]


def plain(text: str) -> Runs:
    """Return text without any marks as runs; none for an empty text."""
    return (Run(text),) if text else ()


def text_of(runs: Runs) -> str:
    """Return the bare text of runs; footnotes are left out."""
    return "".join(run.text for run in runs)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture by its bytes: PNG, JPEG, GIF, WEBP or SVG, told from the bytes.

    In JSON `data` is base64. `path` instead of it is read at loading, and only below the folder the caller allows.
    """

    data: Annotated[bytes, "图片"]
