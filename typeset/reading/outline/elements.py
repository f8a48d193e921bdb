"""Rows to be told apart, their roles, and the outline they make."""

import re
from dataclasses import dataclass, field
from typing import Literal

from typeset.reading import words
from typeset.reading.words import BLANKS, close

Role = Literal[
    "", "blank", "copy_no", "secrecy", "urgency", "mark", "number", "signers", "title", "title_note", "recipients",
    "body", "heading", "attachment_notes", "roll_call", "signature", "date", "note", "attachment_mark",
    "attachment_title", "attachment", "imprint",
]  # fmt: skip


MOST_NUMBER = 120


@dataclass(slots=True)
class Row:
    """A paragraph (or a whole table) to be told apart; `size` is 0 and `align` empty in plain text."""

    text: str
    at: int = 0
    size: float = 0.0
    align: str = ""
    face: str = ""
    is_red: bool = False
    is_table: bool = False
    breaks: bool = False
    indent: float = 0.0
    outline: int | None = None
    role: Role = ""
    level: int = 0
    part: int = 0

    @property
    def close(self) -> str:
        return close(self.text)

    @property
    def is_number(self) -> bool:
        """Say whether it is 发文字号, the number of an order or of an issue, 签发人 beside it left aside."""
        if len(self.text) > MOST_NUMBER:
            return False
        text = re.sub(r"\s*签\s?发\s?人?\s?[：:].*$", "", self.text.replace("\n", " ")).split("\t")[0]
        tight = close(text.strip(BLANKS))
        return any(each.fullmatch(tight) for each in (words.NUMBER, words.ORDER_NUMBER, words.ISSUE))

    @property
    def is_note(self) -> bool:
        """Say whether it stands in brackets as a whole."""
        return (
            not self.is_table
            and self.text.startswith(("（", "("))
            and self.text.endswith(("）", ")", "。）"))
        )

    @property
    def is_centred(self) -> bool:
        return self.align in ("center", "distribute")


@dataclass(slots=True)
class Outline:
    """Rows with their roles; `part` of a row is 0 in the paper itself, 1… in its attachments and enclosures."""

    rows: list[Row]
    enclosures: set[int] = field(default_factory=set)
    _sorted: dict[int, list[Row]] | None = None

    def of(self, *roles: Role, part: int = 0) -> list[Row]:
        """Return the rows of some roles in a part."""
        return [row for row in self.of_part(part) if row.role in roles]

    def of_part(self, part: int) -> list[Row]:
        """Return the rows of a part; they are sorted out once, after their parts are told."""
        if self._sorted is None:
            self._sorted = {}
            for row in self.rows:
                self._sorted.setdefault(row.part, []).append(row)
        return self._sorted.get(part, [])

    def forget(self) -> None:
        """Sort the rows out anew: their parts were told."""
        self._sorted = None

    def first(self, role: Role, part: int = 0) -> Row | None:
        """Return the first row of a role."""
        return next(iter(self.of(role, part=part)), None)

    @property
    def parts(self) -> int:
        """How many attachments and enclosures follow."""
        return max((row.part for row in self.rows), default=0)
