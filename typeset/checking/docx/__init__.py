"""Measures a DOCX against a rule profile, styles resolved first: margins, grid, faces, places, forms of each element.

What Word only decides when it lays pages out (heights, the place of a seal) is estimated from line heights and said so.
"""

from pathlib import Path

from typeset.checking.docx import heads, pages, tails, texts, titles
from typeset.checking.docx.paper import Paper
from typeset.checking.findings import Finding
from typeset.profiles import Profile, load_profile
from typeset.reading.troubles import MAX_BYTES
from typeset.reading.wordml import open_word

__all__ = ["check_docx"]


def check_docx(source: Path | bytes, profile: Profile | None = None) -> list[Finding]:
    """Return the findings of a DOCX, one a figure, in the order of the standard.

    Lengths are millimetres, sizes points, indents characters; the clause stands in each finding. Raises `Unreadable`
    where the file cannot be read, `OSError` where it cannot be opened.
    """
    if isinstance(source, Path):
        with source.open("rb") as file:
            source = file.read(MAX_BYTES + 1)
    paper = Paper(open_word(source), profile or load_profile())
    return [finding for part in (pages, heads, titles, texts, tails) for finding in part.check(paper)]
