"""What proofreading says: a finding with its place, kind, severity, correction, rule and source."""

from dataclasses import asdict, dataclass
from typing import Any, Literal

Severity = Literal["错误", "建议"]
ERROR: Severity = "错误"
ADVICE: Severity = "建议"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at.

    `start` and `end` count characters of the whole text from 0; `para` counts its lines from 0, empty ones too.
    `suggestion` is what to write instead of `wrong`, "" where only a person can say it, `DELETE` to take it out.
    """

    start: int
    end: int
    para: int
    kind: str
    severity: Severity
    wrong: str
    suggestion: str
    rule: str
    source: str
    reason: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the finding as plain data."""
        return asdict(self)


DELETE = "（删去）"
