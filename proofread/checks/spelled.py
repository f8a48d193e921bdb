"""Spelling by the model of `proofread.spelling`: letters that are likely slips, for a person to judge."""

from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.slips import spelt_wrong


def slips(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find likely slips; names of the lists are left alone."""
    names = [person.name for person in given.lists.people] + [unit.name for unit in given.lists.units]
    for slip in spelt_wrong(paper.text):
        around = paper.text[max(0, slip.start - 20) : slip.end + 20]
        if not any(slip.wrong in name and name in around for name in names):
            reason = f"疑似错别字（把握{slip.confidence:.0%}）"
            yield Hit(slip.start, slip.end, slip.suggestion, reason)
