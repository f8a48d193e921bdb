"""Forms of the room: what is typed becomes the plain data that actions take."""

from zhongshu.documents.forms.base import (
    ActForm,
    UnitChoice,
    UnitChoices,
    handling_units,
    leaders,
    local_minute,
    moment_field,
)
from zhongshu.documents.forms.handling import (
    CallForm,
    ChannelForm,
    FeedbackForm,
    RemindForm,
    ReplyForm,
    ReturnFeedbackForm,
)
from zhongshu.documents.forms.registering import (
    CorrectionForm,
    DroppedForm,
    DroppedReceiveForm,
    EnterForm,
    ReceiveForm,
    RegistrationForm,
)
from zhongshu.documents.forms.reviewing import LegalForm, ReviewActForm, TextForm
from zhongshu.documents.forms.routing import AssignForm, ProposeForm, RouteForm
from zhongshu.documents.forms.words import (
    AmendForm,
    InstructForm,
    LateForm,
    ReadForm,
    RecordForm,
    ScanForm,
    TranscribeForm,
    WordsForm,
)

__all__ = [
    "ActForm",
    "AmendForm",
    "AssignForm",
    "CallForm",
    "ChannelForm",
    "CorrectionForm",
    "DroppedForm",
    "DroppedReceiveForm",
    "EnterForm",
    "FeedbackForm",
    "InstructForm",
    "LateForm",
    "LegalForm",
    "ProposeForm",
    "ReadForm",
    "ReceiveForm",
    "RecordForm",
    "RegistrationForm",
    "RemindForm",
    "ReplyForm",
    "ReturnFeedbackForm",
    "ReviewActForm",
    "RouteForm",
    "ScanForm",
    "TextForm",
    "TranscribeForm",
    "UnitChoice",
    "UnitChoices",
    "WordsForm",
    "handling_units",
    "leaders",
    "local_minute",
    "moment_field",
]
