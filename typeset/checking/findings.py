"""What a check of layout says: one figure of the standard, what was measured, what is allowed, and the verdict."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any, Literal

Verdict = Literal["pass", "warn", "fail", "na"]
WORDS: dict[Verdict, str] = {"pass": "合格", "warn": "提示", "fail": "不合格", "na": "不适用"}
SLACK = 1e-6


@dataclass(frozen=True, slots=True)
class Finding:
    """One checked figure.

    `code` names the check for programs (`page.margin.top`), `clause` the source (`GB/T 9704 5.2`), `what` the thing in
    plain words, `measured` and `expected` texts with their units, `tolerance` what may differ. `page` counts from 1; 0
    where pages are not known, as in a DOCX. `where` quotes the beginning of the paragraph meant.
    """

    code: str
    clause: str
    what: str
    verdict: Verdict
    measured: str = ""
    expected: str = ""
    tolerance: str = ""
    page: int = 0
    where: str = ""

    def as_line(self) -> str:
        """Return the finding as one line, tabs between its parts."""
        place = "，".join(part for part in (f"第{self.page}页" if self.page else "", self.where) if part)
        allowed = " ".join(part for part in (self.expected, self.tolerance) if part)
        parts = (WORDS[self.verdict], self.code, self.what, self.measured, allowed, self.clause, place)
        return "\t".join(" ".join(part.split()) for part in parts)

    def as_json(self) -> dict[str, Any]:
        """Return plain data."""
        return asdict(self)


def figure(
    code: str,
    what: str,
    clause: str,
    value: float,
    expected: float,
    tolerance: float,
    *,
    unit: str = "mm",
    lenient: tuple[float, float] | None = None,
    page: int = 0,
    where: str = "",
) -> Finding:
    """Judge a measured figure: pass within ± tolerance, warn within the wider `lenient` bounds, else fail."""
    verdict: Verdict = "fail"
    if abs(value - expected) <= tolerance + SLACK:
        verdict = "pass"
    elif lenient is not None and lenient[0] - SLACK <= value <= lenient[1] + SLACK:
        verdict = "warn"
    return Finding(
        code, clause, what, verdict, f"{value:.4g} {unit}", f"{expected:.4g} {unit}", f"±{tolerance:.3g} {unit}", page, where
    )  # fmt: skip


def told(
    code: str,
    what: str,
    clause: str,
    good: bool,
    measured: str,
    expected: str,
    *,
    otherwise: Verdict = "fail",
    page: int = 0,
    where: str = "",
) -> Finding:
    """Judge what is not a figure: pass when `good`, else `otherwise`."""
    verdict: Verdict = "pass" if good else otherwise
    return Finding(code, clause, what, verdict, measured, expected, "", page, where)


def not_applicable(code: str, what: str, clause: str, why: str) -> Finding:
    """Say that a paper has no such element, and why."""
    return Finding(code, clause, what, "na", why)


def failed(findings: Iterable[Finding]) -> list[Finding]:
    """Return the findings that fail: any makes the command exit with 1."""
    return [finding for finding in findings if finding.verdict == "fail"]
