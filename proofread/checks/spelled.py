"""Spelling by the model of `proofread.spelling`: letters that are likely slips, for a person to judge."""

from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.spelling import Slip, find

# Which of these is meant is a matter of fact, not of spelling: 全县 is never a misspelt 全省.
FACTS = tuple(
    map(
        frozenset,
        ("省市县区州旗乡镇村", "和或与及", "东西南北", "男女", "春夏秋冬", "甲乙丙丁", "年月日时", "他她它"),
    )
)


def slips(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find likely slips; names of the lists are left alone."""
    names = [person.name for person in given.lists.people] + [unit.name for unit in given.lists.units]
    for slip in spelt_wrong(paper.text):
        around = paper.text[max(0, slip.start - 20) : slip.end + 20]
        if not any(slip.wrong in name and name in around for name in names):
            reason = f"疑似错别字（把握{slip.confidence:.0%}）"
            yield Hit(slip.start, slip.end, slip.suggestion, reason)


def spelt_wrong(text: str) -> list[Slip]:
    """Return the slips of a text without those that would change a fact."""
    return [slip for slip in find(text) if not _changes_a_fact(slip)]


def _changes_a_fact(slip: Slip) -> bool:
    pairs = zip(slip.wrong, slip.suggestion, strict=False)
    return any({wrong, right} <= group for wrong, right in pairs if wrong != right for group in FACTS)
