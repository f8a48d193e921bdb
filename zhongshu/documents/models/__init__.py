"""Tables of the 收文 room."""

from zhongshu.documents.models.handling import Feedback, LegalReview, UnitHandling
from zhongshu.documents.models.importing import ColumnHabit, ImportRow, RegisterImport
from zhongshu.documents.models.incoming import (
    ChannelKind,
    Direction,
    DocType,
    HandlingType,
    IncomingChannel,
    IncomingDocument,
    InitialReview,
    Proposal,
    ReturnSlip,
    TelephoneRecord,
)
from zhongshu.documents.models.opinions import (
    Box,
    LeaderInstruction,
    Meaning,
    Opinion,
    OpinionDraft,
    OpinionForm,
    TypicalPhrase,
)
from zhongshu.documents.models.records import (
    BaselineHours,
    ConfidentialEntry,
    FigureCorrection,
    ReportedFigure,
)
from zhongshu.documents.models.taking import TakenItem, Taker, TakerKind

__all__ = [
    "BaselineHours",
    "Box",
    "ChannelKind",
    "ColumnHabit",
    "ConfidentialEntry",
    "Direction",
    "DocType",
    "Feedback",
    "FigureCorrection",
    "HandlingType",
    "ImportRow",
    "IncomingChannel",
    "IncomingDocument",
    "InitialReview",
    "LeaderInstruction",
    "LegalReview",
    "Meaning",
    "Opinion",
    "OpinionDraft",
    "OpinionForm",
    "Proposal",
    "RegisterImport",
    "ReportedFigure",
    "ReturnSlip",
    "TakenItem",
    "Taker",
    "TakerKind",
    "TelephoneRecord",
    "TypicalPhrase",
    "UnitHandling",
]
