"""Measures a PDF against GB/T 9704-2012: each figure with what was measured, what is allowed, clause and verdict.

The measuring knows nothing of how a page was made: PDFium gives glyphs, lines and pictures, and the elements are found
by where they stand and what they say. Scans, which have no letters, are refused; joint seals and landscape tables are
said not to apply.
"""

from pathlib import Path

from typeset.checking.findings import Finding, told
from typeset.checking.pdf import ending, head, matter, paper
from typeset.checking.pdf.figures import Figures
from typeset.checking.pdf.parts import FORMATS, Parts
from typeset.checking.pdf.reading import MAX_MEASURED, sheets_of
from typeset.checking.pdf.troubles import NotMeasured
from typeset.profiles import Profile, load_profile

__all__ = ["FORMATS", "NotMeasured", "check_pdf"]


def check_pdf(source: Path | bytes, profile: Profile | None = None, *, kind: str = "") -> list[Finding]:
    """Return the findings on a PDF, one a figure; `kind` is one of FORMATS where it shall not be guessed.

    Raises `NotMeasured` with a code and a plain message, `OSError` where the file cannot be opened.
    """
    sheets, count = sheets_of(source)
    if not any(sheet.glyphs for sheet in sheets):
        raise NotMeasured("no_text")
    parts = Parts(sheets, count, Figures(profile or load_profile()), kind)
    found = [each for room in (paper, head, matter, ending) for each in room.check(parts)]
    if len(sheets) < count:
        measured = f"前 {MAX_MEASURED // 2} 页和后 {MAX_MEASURED // 2} 页"
        found.append(told("page.count", "页数", "", False, measured, f"共 {count} 页", otherwise="warn"))
    return found
