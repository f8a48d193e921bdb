"""Proofreads Chinese official papers: words, 文种, 行文规则, dates, numbering, numbers, punctuation, figures that do not add up.

`check(text)` returns findings with place, kind, severity, correction, rule and source. The rules are data in
`proofread/rules`. A pure library: it imports nothing of the office and no Django. `python -m proofread FILE --json` is
its command line.
"""

from proofread.documents import paper_of_document
from proofread.engine import check, rules_for
from proofread.findings import DELETE, Finding
from proofread.lists import Division, Lists, Person, Quoted, Unit
from proofread.outline import paper_of
from proofread.paper import Paper, Paragraph
from proofread.rules import Rule, all_rules
from proofread.settings import Settings

__all__ = [
    "DELETE", "Division", "Finding", "Lists", "Paper", "Paragraph", "Person", "Quoted", "Rule", "Settings", "Unit", "all_rules",
    "check", "paper_of", "paper_of_document", "rules_for",
]  # fmt: skip
