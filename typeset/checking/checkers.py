"""The checkers by the ending of a file's name, and how each says that it cannot read a file."""

from collections.abc import Callable
from pathlib import Path

from typeset.checking.docx import check_docx
from typeset.checking.findings import Finding
from typeset.checking.pdf import NotMeasured, check_pdf
from typeset.profiles import Profile
from typeset.reading.troubles import Unreadable

CHECKERS: dict[str, Callable[[Path, Profile], list[Finding]]] = {
    "docx": check_docx,
    "dotx": check_docx,
    "pdf": check_pdf,
}
# Each has a `code` for programs and a plain `message`.
REFUSALS = (Unreadable, NotMeasured)
