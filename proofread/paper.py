"""A text as paragraphs that know their place and what part of an official paper they are."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Role = Literal[
    "security", "urgency", "copy", "mark", "number", "signer", "title", "recipients", "body", "attachment",
    "signature", "date", "note", "annex", "imprint",
]  # fmt: skip
BLANKS = " \t\r\u3000\u2002\u2003\xa0\ufeff"
MOST_CHARACTERS = 3_000_000


@dataclass(slots=True)
class Paragraph:
    """A line of the text without the blanks around it; `start` counts from the beginning of the whole text."""

    index: int
    start: int
    text: str
    role: Role = "body"

    @property
    def end(self) -> int:
        """Return the place behind the last character."""
        return self.start + len(self.text)


@dataclass(slots=True)
class Paper:
    """The whole text, its paragraphs that are not empty, and what its parts say."""

    text: str
    paragraphs: list[Paragraph]
    genre: str = ""
    title: str = ""
    issuer: str = ""
    day: date | None = None
    recipients: list[str] = field(default_factory=list)
    attachments: list[str] = field(default_factory=list)

    def having(self, *roles: str) -> list[Paragraph]:
        """Return the paragraphs of these parts."""
        return [each for each in self.paragraphs if each.role in roles]

    def first(self, role: str) -> Paragraph | None:
        """Return the first paragraph of a part."""
        return next((each for each in self.paragraphs if each.role == role), None)

    def paragraph_at(self, place: int) -> int:
        """Return the number of the line a place of the whole text lies in."""
        return self.text.count("\n", 0, place)

    @property
    def is_upward(self) -> bool:
        """Say whether the paper goes up to whom its office obeys (条例第八条)."""
        return self.genre in ("请示", "报告") and "关于" in self.title

    @property
    def own(self) -> str:
        """Return the paper's own running text, without head, tail and annexes."""
        return "\n".join(each.text for each in self.having("body"))


def paragraphs_of(text: str) -> list[Paragraph]:
    """Cut a text at its line feeds; empty lines are counted and left out. Raises `ValueError` when it is too long."""
    if len(text) > MOST_CHARACTERS:
        raise ValueError(f"文字超过 {MOST_CHARACTERS // 10_000} 万字，请分开校对")
    return list(_cut(text))


def _cut(text: str) -> Iterator[Paragraph]:
    start = 0
    for index, line in enumerate(text.split("\n")):
        bare = line.strip(BLANKS)
        if bare:
            yield Paragraph(index, start + len(line) - len(line.lstrip(BLANKS)), bare)
        start += len(line) + 1
