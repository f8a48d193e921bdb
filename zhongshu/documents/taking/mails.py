"""What lies in a mail: its attachments, else its text; sender and subject as hints."""

import email
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.policy import default
from email.utils import parseaddr

from zhongshu.documents.taking.entering import Hint

MOST_PARTS = 200
MOST_FILES = 30
TEXT_NAME = "邮件正文.txt"


class Unreadable(Exception):  # noqa: N818 - what is said of the mail
    """A mail that cannot be taken apart."""


@dataclass(frozen=True)
class Enclosed:
    """One file of a mail."""

    name: str
    data: bytes


@dataclass(frozen=True)
class Mail:
    """A mail taken apart."""

    message_id: str
    hint: Hint
    files: tuple[Enclosed, ...]

    @property
    def address(self) -> str:
        """Return the sender's address in small letters."""
        return parseaddr(self.hint.sender)[1].lower()


def read(raw: bytes) -> Mail:
    """Take a mail apart; strangers write them, so anything may be wrong with it."""
    try:
        message = email.message_from_bytes(raw, policy=default)
        hint = Hint(sender=_header(message, "From"), subject=_header(message, "Subject"))
        return Mail(_header(message, "Message-ID"), hint, tuple(_files(message)))
    except Exception as error:  # the parser of strangers' mail may break in any way
        raise Unreadable(type(error).__name__) from error


def _header(message: Message, name: str) -> str:
    return " ".join(str(message.get(name, "")).split())


def _files(message: EmailMessage) -> Iterator[Enclosed]:
    """Yield the attachments; a mail without any is its own text."""
    found = 0
    for count, part in enumerate(message.walk()):
        if count >= MOST_PARTS or found >= MOST_FILES:
            raise Unreadable("parts")
        name = part.get_filename()
        if not name or part.is_multipart():
            continue
        data = part.get_payload(decode=True)
        if isinstance(data, bytes) and data:
            found += 1
            yield Enclosed(name, data)
    if not found and (text := _text(message)):
        yield Enclosed(TEXT_NAME, text.encode())


def _text(message: EmailMessage) -> str:
    body = message.get_body(preferencelist=("plain",))
    content = body.get_content() if body is not None else ""
    return content.strip() if isinstance(content, str) else ""
