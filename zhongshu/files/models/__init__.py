"""Tables of files: attachments, drops that wait to become some, and what leaves the house on paper."""

from zhongshu.files.models.attachments import Attachment, AttachmentKind, AttachmentWords
from zhongshu.files.models.drops import DigestRelease, Drop, DropSource, DropState
from zhongshu.files.models.prints import PrintRequest, PrintRun, PrintState

__all__ = [
    "Attachment",
    "AttachmentKind",
    "AttachmentWords",
    "DigestRelease",
    "Drop",
    "DropSource",
    "DropState",
    "PrintRequest",
    "PrintRun",
    "PrintState",
]
