"""One finding for many paragraphs: what the first that differs measures, and how many do."""

from collections.abc import Callable, Iterable

from typeset.checking.docx.paper import Item
from typeset.checking.findings import Finding, Verdict

# Nothing where a paragraph is as it should be; else what was measured.
Measure = Callable[[Item], str]


def over(
    code: str,
    what: str,
    clause: str,
    items: Iterable[Item],
    measure: Measure,
    expected: str,
    *,
    otherwise: Verdict = "fail",
) -> list[Finding]:
    """Measure paragraphs; return one finding, none where there are no paragraphs."""
    measured = [(item, measure(item)) for item in items]
    if not measured:
        return []
    wrong = [(item, text) for item, text in measured if text]
    if not wrong:
        return [Finding(code, clause, what, "pass", f"{len(measured)} 处都合", expected)]
    first, text = wrong[0]
    said = text if len(wrong) == 1 else f"{text}，这样的共 {len(wrong)} 处"
    return [Finding(code, clause, what, otherwise, said, expected, where=first.quoted)]
