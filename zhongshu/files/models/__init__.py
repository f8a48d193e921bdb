"""Tables of files: attachments, and what leaves the house on paper."""

from zhongshu.files.models.attachments import Attachment, AttachmentKind, AttachmentWords
from zhongshu.files.models.prints import PrintRequest, PrintRun, PrintState

__all__ = [
    "Attachment",
    "AttachmentKind",
    "AttachmentWords",
    "PrintRequest",
    "PrintRun",
    "PrintState",
]
