"""Runs the rules over a paper and gathers what they find."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from proofread.checks import CHECKS
from proofread.documents import paper_of_document
from proofread.findings import ADVICE, ERROR, Finding, Severity
from proofread.hits import Given, Hit
from proofread.lists import Lists
from proofread.outline import paper_of
from proofread.paper import Paper, Paragraph
from proofread.rules import Rule, all_rules, pattern_of
from proofread.settings import DEFAULT, Settings
from typeset.model import Document

QUOTED = re.compile(r"《[^《》]*(?:《[^《》]*》[^《》]*)*》")
MASK = "\ue000"
OFFICE = "本单位设置"
MOST_SLIPS = 3
SPELLING = "SPELL-01"


def check(
    text: "str | Paper | Document", settings: Settings = DEFAULT, lists: Lists | None = None
) -> list[Finding]:
    """Proofread a text; return the findings in the order of their places.

    `text` is plain text with a line a paragraph, or a document of `typeset.model`, whose places are those of
    `paper_of_document(document).text`. Raises `ValueError` when it is longer than three million characters.
    """
    paper = paper_of_document(text) if isinstance(text, Document) else text
    paper = paper_of(paper) if isinstance(paper, str) else paper
    given = Given(settings, lists or Lists())
    found = list(_found(paper, given))
    found += _own_words(paper, settings)
    return _tidy(paper, found, settings)


def rules_for(settings: Settings) -> list[Rule]:
    """Return the rules that the office has not switched off."""
    return [rule for rule in all_rules() if not {rule.id, rule.kind} & settings.off]


def _found(paper: Paper, given: Given) -> Iterator[Finding]:
    masked = [QUOTED.sub(lambda match: MASK * len(match[0]), line.text) for line in paper.paragraphs]
    for rule in rules_for(given.settings):
        if rule.since and paper.day and paper.day < rule.since:
            continue
        hits = _by_check(rule, paper, given) if rule.check else _by_pattern(rule, paper.paragraphs, masked)
        found = [_finding(paper, rule, hit) for hit in hits]
        yield from _softened(found) if rule.habit and len(found) > MOST_SLIPS else found


def _by_check(rule: Rule, paper: Paper, given: Given) -> Iterable[Hit]:
    run: Callable[[Paper, Given], Iterable[Hit]] = CHECKS[rule.check]
    return run(paper, given)


def _by_pattern(rule: Rule, lines: list[Paragraph], masked: list[str]) -> Iterator[Hit]:
    assert rule.pattern is not None
    for line, mask in zip(lines, masked, strict=True):
        if (rule.roles and line.role not in rule.roles) or line.role in rule.not_roles:
            continue
        for match in rule.pattern.finditer(line.text if rule.quoted else mask):
            group = "wrong" if "wrong" in rule.pattern.groupindex else 0
            start, end = match.span(group)
            yield Hit(line.start + start, line.start + end, _suggested(rule, match))


def _suggested(rule: Rule, match: "re.Match[str]") -> str:
    if rule.words:
        return rule.words[match[0]]
    return match.expand(rule.suggestion) if rule.suggestion else ""


def _finding(paper: Paper, rule: Rule, hit: Hit) -> Finding:
    return Finding(
        start=hit.start,
        end=hit.end,
        para=paper.paragraph_at(hit.start),
        kind=rule.kind,
        severity=hit.severity or rule.severity,
        wrong=paper.text[hit.start : hit.end],
        suggestion=hit.suggestion,
        rule=rule.id,
        source=rule.source,
        reason=hit.reason or rule.reason,
    )


def _softened(found: list[Finding]) -> list[Finding]:
    """Return as advice what stands so all over the text: a converted file, not a slip of the pen."""
    reason = f"{found[0].reason}（全文{len(found)}处，可能是转换格式所致）"
    return [replace(each, severity=ADVICE, reason=reason) for each in found]


def _own_words(paper: Paper, settings: Settings) -> Iterator[Finding]:
    tables: tuple[tuple[str, dict[str, str], Severity], ...] = (
        ("OWN-01", dict(settings.words), ERROR),
        ("OWN-02", dict(settings.cautious), "建议"),
    )
    for name, words, severity in tables:
        if not words or name in settings.off:
            continue
        pattern = re.compile(pattern_of({re.escape(word): right for word, right in words.items()}))
        for line in paper.paragraphs:
            for match in pattern.finditer(line.text):
                own = words[match[0]]
                yield Finding(
                    line.start + match.start(), line.start + match.end(), line.index, "用语", severity, match[0],
                    own if severity == ERROR else "", name, OFFICE, own if severity != ERROR else "本单位规定的写法",
                )  # fmt: skip


def _tidy(paper: Paper, found: list[Finding], settings: Settings) -> list[Finding]:
    """Drop what is allowed, the milder of two findings on one place, and likely slips where a rule has spoken."""
    free = [
        match.span()
        for word in settings.allowed
        for match in re.finditer(re.escape(word), paper.text)
        if word
    ]
    known = [(each.start, each.end) for each in found if each.rule != SPELLING]
    kept: dict[tuple[int, int], Finding] = {}
    for each in sorted(found, key=lambda each: (each.start, each.end, each.severity != ERROR)):
        if any(start <= each.start and each.end <= end for start, end in free):
            continue
        if each.rule == SPELLING and any(start < each.end and each.start < end for start, end in known):
            continue
        kept.setdefault((each.start, each.end), each)
    return list(kept.values())
