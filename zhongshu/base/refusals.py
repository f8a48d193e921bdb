"""Why the office says no: a code of the rule book, a sentence that says what to do, the field it concerns."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True)
class Refusal:
    """One reason."""

    code: str
    message: str
    field: str = ""


class Refused(Exception):  # noqa: N818 - the word of the house
    """An act was refused; nothing of it was written."""

    status = 422

    def __init__(self, *refusals: Refusal) -> None:
        if not refusals:
            raise ValueError("a refusal gives at least one reason")
        super().__init__("；".join(refusal.message for refusal in refusals))
        self.refusals = refusals

    @classmethod
    def one(cls, code: str, message: str, field: str = "") -> Self:
        """Refuse for a single reason."""
        return cls(Refusal(code, message, field))

    @property
    def codes(self) -> list[str]:
        """Return the codes, in order."""
        return [refusal.code for refusal in self.refusals]

    def __reduce__(self) -> tuple[type[Self], tuple[Refusal, ...]]:
        return type(self), self.refusals


class Stale(Refused):
    """Somebody else was faster: what the form was read from is no longer so."""

    status = 409

    @classmethod
    def by(cls, name: str) -> Self:
        """Say who was faster."""
        return cls.one("FLOW-STALE", f"已由{name}处理，请刷新后再看")


class NotFoundHere(Refused):
    """There is no such thing, or none that this person may know of."""

    status = 404

    def __init__(self, *refusals: Refusal) -> None:
        super().__init__(*(refusals or (Refusal("NOT-FOUND", "没有找到，或者您无权查看"),)))


class Repeated(Exception):  # noqa: N818 - not an error: the same form came twice
    """The same form came twice; the first time it was done, and `reference` says where the result is."""

    def __init__(self, reference: str = "") -> None:
        super().__init__(reference)
        self.reference = reference

    @property
    def result(self) -> str:
        """Return the stored reference."""
        return self.reference
