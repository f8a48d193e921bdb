"""The office's own papers: what each says, as the plain data that the Typst source of its kind reads."""

from collections.abc import Callable
from typing import Any

from typeset.fonts import Faces
from typeset.fonts.coverage import cover
from typeset.layout.papers.cells import Cells
from typeset.layout.papers.desk import Desk
from typeset.layout.papers.lists import archive_catalog, duty_roster, receipt_slip
from typeset.layout.papers.plates import name_plates
from typeset.layout.papers.sheet import handling_sheet
from typeset.layout.papers.slips import return_slip, supervision_notice
from typeset.layout.pictures import Pictures
from typeset.layout.preparing import Prepared, shared
from typeset.model import (
    ArchiveCatalog,
    DutyRoster,
    HandlingSheet,
    NamePlates,
    Paper,
    ReceiptSlip,
    ReturnSlip,
    SupervisionNotice,
)
from typeset.model.storing import KIND_OF
from typeset.profiles import Profile

MAKERS: dict[type, Callable[[Any, Desk], dict[str, Any]]] = {
    ArchiveCatalog: archive_catalog,
    DutyRoster: duty_roster,
    HandlingSheet: handling_sheet,
    NamePlates: name_plates,
    ReceiptSlip: receipt_slip,
    ReturnSlip: return_slip,
    SupervisionNotice: supervision_notice,
}


def prepare_paper(paper: Paper, profile: Profile, faces: Faces, pictures: Pictures) -> Prepared:
    """Return the data of a paper; characters that no font has are asked for first and shown as their codes."""
    make = MAKERS[type(paper)]
    words = Cells()
    data = make(paper, Desk(words, pictures))
    coverage = cover(faces, words.texts)
    if coverage.missing:
        data = make(paper, Desk(Cells(frozenset(coverage.missing)), pictures))
    return Prepared({**shared(profile, faces), "paper": KIND_OF[type(paper)], **data}, coverage)
