"""Writes OFD (GB/T 33190) from a PDF with embedded fonts: the same pages, real text, the same bytes each time.

A PDF typeset here is read back object by object, so that OFD and PDF cannot differ: glyphs keep their places, fonts
become TrueType with a Unicode map, and bookmarks, title and attached files come along.
"""

from dataclasses import replace

from typeset.model import Content
from typeset.profiles import Profile
from typeset.writing.ofd.extras import About, Attached, about, attached, bookmarks
from typeset.writing.ofd.interpreting import Store, sheet_of
from typeset.writing.ofd.package import Whole, parts_of, zipped
from typeset.writing.ofd.papers import MAX_PAGES, Paper
from typeset.writing.ofd.sealing import PLACE, Sealer, SealPlace, seal
from typeset.writing.ofd.troubles import NotConverted
from typeset.writing.pdf import write_pdf

__all__ = ["About", "Attached", "NotConverted", "SealPlace", "Sealer", "ofd_of", "seal", "write_ofd"]


def write_ofd(content: Content, profile: Profile | None = None) -> bytes:
    """Return the paper as OFD: its PDF, page by page."""
    return ofd_of(write_pdf(content, profile))


def ofd_of(
    pdf: bytes,
    *,
    title: str = "",
    author: str = "",
    files: tuple[Attached, ...] = (),
    seal_place: SealPlace | None = None,
    custom: dict[str, str] | None = None,
) -> bytes:
    """Return the OFD of a PDF; title and author, where given, come before those of the PDF.

    `files` are attached besides those of the PDF; `seal_place` is kept as a property for the sealing service, which
    `seal` takes. Raises `NotConverted` with a code and a plain message.
    """
    try:
        return _written(Paper(pdf), title, author, files, seal_place, custom or {})
    except (
        RecursionError,
        ValueError,
        TypeError,
        KeyError,
        IndexError,
        AttributeError,
        OverflowError,
    ) as error:
        raise NotConverted("broken", f"{type(error).__name__}: {error}") from error


def _written(
    paper: Paper, title: str, author: str, files: tuple[Attached, ...], place: SealPlace | None, custom: dict[str, str]
) -> bytes:  # fmt: skip
    pages = list(paper.pages())
    if not 0 < len(pages) <= MAX_PAGES:
        raise NotConverted("too_many_pages" if pages else "broken", f"{len(pages)} pages")
    store = Store(paper)
    sheets = [sheet_of(store, page) for page in pages]
    found = about(paper)
    known = replace(found, title=title or found.title, author=author or found.author)
    more = {PLACE: place.as_text()} | custom if place else custom
    listed = (*attached(paper), *files)
    whole = Whole(sheets, store.faces, store.pictures, known, bookmarks(paper, pages), listed, more)
    return zipped(parts_of(whole))
