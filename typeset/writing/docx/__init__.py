"""DOCX that Word and WPS open and edit: 28 × 22 grid, real heading levels, styles with Chinese names."""

from typeset.model import Content, Document, Heading
from typeset.profiles import Profile, load_profile
from typeset.writing.docx.blocks import blocks
from typeset.writing.docx.faces import font_table
from typeset.writing.docx.heads import head, letter_feet, letter_headroom
from typeset.writing.docx.measures import measures_of
from typeset.writing.docx.pages import add_folios, section, settings_part
from typeset.writing.docx.papers import TITLES, paper
from typeset.writing.docx.pen import Pen
from typeset.writing.docx.styles import styles_part
from typeset.writing.docx.tails import attachments, imprint, tail
from typeset.writing.docx.titles import title, title_note
from typeset.writing.docx.xml import Node, node

__all__ = ["write_docx"]


def write_docx(content: Content, profile: Profile | None = None) -> bytes:
    """Return the DOCX of a document or of one of the office's own papers; the same content gives the same bytes.

    Raises `UnusablePicture` and, for a formula that cannot be read, `ValueError`.
    """
    pen = Pen(measures_of(profile or load_profile()))
    pen.package.add("styles.xml", "styles", styles_part(pen.measures))
    pen.package.add("fontTable.xml", "fontTable", font_table(pen.measures))
    add_folios(pen)
    headroom = None
    if isinstance(content, Document):
        if content.kind == "letter":
            letter_feet(pen, content)
            headroom = letter_headroom(pen, content)
        heading, made = content.title.replace("\n", ""), _document(pen, content)
    else:
        heading, made = TITLES[type(content).__name__], paper(pen, content)
    if pen.footnotes:
        pen.package.add("footnotes.xml", "footnotes", pen.footnotes_part())
    pen.package.add("settings.xml", "settings", settings_part(has_footnotes=bool(pen.footnotes)))
    body = node("body", *made, section(pen, first=True, headroom=headroom))
    return pen.package.zipped(node("document", body), heading)


def _document(pen: Pen, document: Document) -> list[Node]:
    made = [*head(pen, document), *title(pen, document.title), *title_note(pen, document.title_note)]
    if document.title:
        made += pen.blank()
    moved = document.imprint is not None and document.imprint.has_main_recipients
    if document.main_recipients and not moved:
        made.append(pen.para("GwRecipients", pen.write(f"{document.main_recipients}：")))
    text = blocks(pen, document.body)
    # 署名 and 日期 never stand on a page without text, nor does that text leave its heading behind.
    kept = text[-2:] if len(document.body) > 1 and isinstance(document.body[-2], Heading) else text[-1:]
    for element in kept:
        if element.tag.endswith("}p"):
            pen.keep_with_next(element)
    made += [*text, *tail(pen, document), *attachments(pen, document), *imprint(pen, document)]
    # A table may not end the text of a document.
    if made and made[-1].tag.endswith("}tbl"):
        made.append(pen.para("GwImprint", props=(node("spacing", line=20, lineRule="exact"),)))
    return made
