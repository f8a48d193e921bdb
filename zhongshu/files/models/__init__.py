"""Tables of files: attachments, and drops that wait to become some."""

from zhongshu.files.models.attachments import Attachment, AttachmentKind, AttachmentWords
from zhongshu.files.models.drops import DigestRelease, Drop, DropSource, DropState

__all__ = [
    "Attachment",
    "AttachmentKind",
    "AttachmentWords",
    "DigestRelease",
    "Drop",
    "DropSource",
    "DropState",
]
