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
from zhongshu.documents.models.intake import DropPlace, PaperSignature, RecognitionCorrection, SignatureBand
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
    "DropPlace",
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
    "PaperSignature",
    "Proposal",
    "RecognitionCorrection",
    "RegisterImport",
    "ReportedFigure",
    "ReturnSlip",
    "SignatureBand",
    "TakenItem",
    "Taker",
    "TakerKind",
    "TelephoneRecord",
    "TypicalPhrase",
    "UnitHandling",
]
