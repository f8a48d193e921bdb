"""A document of `typeset.model` as a paper: its parts are known and need not be guessed."""

import re
from collections.abc import Iterator

from proofread.outline import read_parts
from proofread.paper import Paper, Paragraph, Role
from typeset.model import (
    URGENCIES,
    Block,
    Document,
    Figure,
    Formula,
    Heading,
    Imprint,
    ListItem,
    Table,
    day_words,
    text_of,
)

Line = tuple[Role, str]


def paper_of_document(document: Document) -> Paper:
    """Return the paper with the marks that the layout sets: colon after 主送, brackets round 附注, 。 behind 抄送."""
    lines = [(role, row) for role, text in _lines(document) for row in text.split("\n") if row.strip()]
    text = "\n".join(row for _, row in lines)
    paragraphs, start = [], 0
    for index, (role, row) in enumerate(lines):
        bare = row.strip()
        paragraphs.append(Paragraph(index, start + len(row) - len(row.lstrip()), bare, role))
        start += len(row) + 1
    paper = Paper(text, paragraphs)
    read_parts(paper)
    return paper


def _lines(document: Document) -> Iterator[Line]:
    yield from _head(document)
    yield "title", document.title
    yield "note", document.title_note
    if document.main_recipients:
        yield "recipients", re.sub(r"[：:]?$", "：", document.main_recipients)
    for block in document.body:
        yield from (("body", row) for row in _rows(block))
    yield from _attachment_notes(document)
    for signature in document.signatures:
        yield "signature", signature.issuer or f"{signature.post}　{signature.name}"
    if document.doc_date:
        yield "date", day_words(document.doc_date)
    if document.note:
        yield "note", f"（{document.note}）"
    yield from _attached(document)
    if document.imprint:
        yield from _imprint(document.imprint)


def _head(document: Document) -> Iterator[Line]:
    head = document.head
    yield "copy", head.copy_no
    yield "urgency", URGENCIES[head.urgency]
    yield "mark", document.mark
    yield "number", head.doc_number
    if head.signers:
        yield "signer", "签发人：" + "　".join(signer.name for signer in head.signers)


def _attachment_notes(document: Document) -> Iterator[Line]:
    names = document.named_attachments
    for at, name in enumerate(names, 1):
        number = f"{at}." if len(names) > 1 else ""
        yield "attachment", f"{'附件：' if at == 1 else ''}{number}{name}"


def _attached(document: Document) -> Iterator[Line]:
    several = sum(not each.is_enclosure for each in document.attachments) > 1
    number = 0
    for attachment in document.attachments:
        if not attachment.is_enclosure:
            number += 1
            yield "annex", f"附件{number if several else ''}"
        yield "annex", attachment.title
        for block in attachment.body:
            yield from (("annex", row) for row in _rows(block))


def _imprint(imprint: Imprint) -> Iterator[Line]:
    if imprint.cc:
        yield "imprint", f"抄送：{imprint.cc.rstrip('。')}。"
    if imprint.issuer and imprint.print_date:
        yield "imprint", f"{imprint.issuer}　{day_words(imprint.print_date)}印发"


def _rows(block: Block) -> Iterator[str]:
    if isinstance(block, Table):
        yield block.caption
        for row in block.rows:
            yield "\t".join(text_of(cell.runs).replace("\n", " ") for cell in row)
    elif isinstance(block, Heading):
        yield block.text + text_of(block.body)
    elif isinstance(block, ListItem):
        yield block.marker + text_of(block.runs)
    elif isinstance(block, Figure):
        yield block.caption
    elif isinstance(block, Formula):
        yield ""
    else:
        yield block.text
