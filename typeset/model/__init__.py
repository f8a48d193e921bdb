"""The content model of official papers, version 1: dataclasses, their JSON form (`from_json`, `as_json`) and its schema."""

from typeset.model.blocks import Block, Blocks, Cell, Figure, Formula, Heading, ListItem, Paragraph, Table
from typeset.model.document import (
    SUFFIXES,
    URGENCIES,
    Attachment,
    Document,
    Head,
    Imprint,
    RollCall,
    Seal,
    Signature,
    Signer,
    day_words,
)
from typeset.model.inline import Picture, Run, Runs, plain, text_of
from typeset.model.papers import (
    ArchiveCatalog,
    ArchiveEntry,
    DutyRoster,
    DutyShift,
    HandlingSheet,
    NamePlate,
    NamePlates,
    Opinion,
    OpinionBox,
    Paper,
    Receipt,
    ReceiptSlip,
    ReturnSlip,
    SupervisionNotice,
    UnitHandling,
)
from typeset.model.storing import VERSION, Content, as_json, from_json
from typeset.model.troubles import NotAModel

__all__ = [
    "SUFFIXES", "URGENCIES", "VERSION", "ArchiveCatalog", "ArchiveEntry", "Attachment", "Block", "Blocks", "Cell",
    "Content", "Document", "DutyRoster", "DutyShift", "Figure", "Formula", "HandlingSheet", "Head", "Heading", "Imprint",
    "ListItem", "NamePlate", "NamePlates", "NotAModel", "Opinion", "OpinionBox", "Paper", "Paragraph", "Picture",
    "Receipt", "ReceiptSlip", "ReturnSlip", "RollCall", "Run", "Runs", "Seal", "Signature", "Signer",
    "SupervisionNotice", "Table", "UnitHandling", "as_json", "day_words", "from_json", "plain", "text_of",
]  # fmt: skip
