"""Personal data in what is to be published: identity numbers, telephones, bank cards, addresses of homes."""

import re
from collections.abc import Iterator

from proofread.findings import ADVICE, ERROR, Severity
from proofread.hits import Given, Hit
from proofread.paper import Paper

IDENTITY = re.compile(
    r"(?<![\dA-Za-z])[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?![\dA-Za-z])"
)
MOBILE = re.compile(r"(?<![\d.-])1[3-9]\d(?:[\s-]?\d{4}){2}(?!\d)")
CARD = re.compile(r"(?<![\dA-Za-z.])(?:6\d|[345]\d)\d{2}(?:\s?\d{4}){2,3}\s?\d{2,4}(?![\dA-Za-z])")
HOME = re.compile(
    r"(?:[\u4e00-\u9fff]{2,8}(?:路|街|巷|小区|花园|社区|村|组|屯|苑))[^，。；、\n]{0,12}?\d{1,4}\s?(?:号楼|栋|幢|号院)\s?(?:\d{1,2}\s?单元)?\s?\d{1,4}\s?(?:室|号|户)|"
    r"[\u4e00-\u9fff]{1,6}[乡镇村][\u4e00-\u9fff]{1,8}[村组屯]\s?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?组\s?\d{1,4}\s?号"
)
PUBLISHED = re.compile(r"此件(?:公开|主动公开)发布|此件公开|主动公开|公开发布|向社会公开")
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
BIRTHDAYS = 18


def identity(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find identity numbers whose check digit holds (GB 11643)."""
    for match in IDENTITY.finditer(paper.text):
        if _is_identity(match[0]):
            yield Hit(
                match.start(),
                match.end(),
                f"{match[0][:6]}********{match[0][-4:]}",
                severity=_grade(paper, given, ERROR),
            )


def wrong_identity(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find identity numbers whose check digit does not hold."""
    for match in IDENTITY.finditer(paper.text):
        if not _is_identity(match[0]) and not _is_card(match[0]):
            yield Hit(match.start(), match.end())


def mobile(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find mobile telephones."""
    for match in MOBILE.finditer(paper.text):
        digits = re.sub(r"\D", "", match[0])
        severity = _grade(paper, given, ADVICE)
        yield Hit(match.start(), match.end(), f"{digits[:3]}****{digits[-4:]}", severity=severity)


def card(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find numbers of bank cards (Luhn)."""
    for match in CARD.finditer(paper.text):
        digits = re.sub(r"\s", "", match[0])
        if (
            16 <= len(digits) <= 19
            and _is_card(digits)
            and not (len(digits) == BIRTHDAYS and _is_identity(digits))
        ):
            yield Hit(
                match.start(),
                match.end(),
                f"{digits[:4]}********{digits[-4:]}",
                severity=_grade(paper, given, ERROR),
            )


def home(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find addresses of homes down to the door."""
    for match in HOME.finditer(paper.text):
        yield Hit(match.start(), match.end(), severity=_grade(paper, given, ADVICE))


def _grade(paper: Paper, given: Given, otherwise: Severity) -> Severity:
    """Return how grave it is: an error in what is published, else what the rule says."""
    public = given.settings.is_public
    if public is None:
        public = bool(PUBLISHED.search(paper.text))
    return ERROR if public else otherwise


def _is_identity(text: str) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(text[:17], WEIGHTS, strict=True))
    return text[17].upper() == "10X98765432"[total % 11]


def _is_card(text: str) -> bool:
    if not text.isdigit():
        return False
    total = 0
    for at, digit in enumerate(reversed(text)):
        value = int(digit) * (1 + at % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
