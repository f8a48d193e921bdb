"""PDF: searchable, fonts embedded, bookmarks, PDF/A-2b; the same content gives the same bytes."""

import logging

from typeset.fonts import Coverage
from typeset.layout.compiling import press_for
from typeset.model import Content
from typeset.profiles import Profile, load_profile

log = logging.getLogger("typeset")


def write_pdf(content: Content, profile: Profile | None = None) -> bytes:
    """Return the paper as PDF/A-2b."""
    return write_pdf_and_coverage(content, profile)[0]


def write_pdf_and_coverage(content: Content, profile: Profile | None = None) -> tuple[bytes, Coverage]:
    """Return the paper as PDF/A-2b, and which characters other faces than those meant had to draw, or none."""
    wanted = profile or load_profile()
    made, coverage = press_for(wanted).set(content, wanted, format="pdf", pdf_standards=["a-2b"])
    for line in coverage.report():
        log.warning("%s", line)
    return made, coverage
