"""Single sentences: the words and letters that are surely wrong are put right, nothing else is touched."""

import re
from functools import partial

from proofread.findings import ERROR
from proofread.rules import Rule, all_rules
from proofread.slips import spelt_wrong

SURE = tuple(
    rule for rule in all_rules() if rule.kind == "错别字" and rule.severity == ERROR and rule.pattern
)


def mended(sentence: str) -> str:
    """Return a sentence with its misspelt words put right."""
    for rule in SURE:
        assert rule.pattern is not None
        sentence = rule.pattern.sub(partial(_right, rule), sentence)
    for slip in reversed(spelt_wrong(sentence)):
        sentence = sentence[: slip.start] + slip.suggestion + sentence[slip.end :]
    return sentence


def _right(rule: Rule, match: "re.Match[str]") -> str:
    if rule.words:
        return rule.words[match[0]]
    start, end = (at - match.start() for at in match.span("wrong"))
    return match[0][:start] + match.expand(rule.suggestion) + match[0][end:]
