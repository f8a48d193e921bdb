"""Cut Chinese text into character bigrams: they find every true hit, also inside longer words."""

import re
import unicodedata
from collections.abc import Iterator

_RUN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+|[0-9]+|[a-z]+")

_YEAR = re.compile(r"(19|20)\d\d")


def normal(text: str) -> str:
    """Fold width and case, so that ２０２６ and 2026 are one."""
    return unicodedata.normalize("NFKC", text).lower()


def runs(text: str) -> list[str]:
    """Return the runs of Chinese characters, digits and Latin letters; brackets and spaces separate."""
    return _RUN.findall(normal(text))


def _is_chinese(run: str) -> bool:
    return not run.isascii()


def tokens(text: str) -> Iterator[str]:
    """Yield what is written into the index: bigrams, the last character of each run, words, numbers."""
    for run in runs(text):
        if _is_chinese(run):
            yield from (run[i : i + 2] for i in range(len(run)))
        else:
            yield run


def telling(terms: list[str]) -> list[str]:
    """Leave out years and single characters where other terms tell more: nearly every paper has them.

    Who searches by the terms that remain has to look at the text itself afterwards.
    """
    sharp = [term for term in terms if not _YEAR.fullmatch(term) and not (len(term) == 2 and term[1] == "*")]
    return sharp if any(term.isdigit() for term in sharp) or len(sharp) > 1 else terms


def query_terms(query: str, limit: int = 24) -> list[str]:
    """Return the terms all of which must occur; a trailing `*` asks for a prefix."""
    terms: list[str] = []
    for run in runs(query):
        if not _is_chinese(run):
            terms.append(run if run.isdigit() else f"{run}*")
        elif len(run) == 1:
            terms.append(f"{run}*")
        else:
            terms.extend(run[i : i + 2] for i in range(len(run) - 1))
    return list(dict.fromkeys(terms))[:limit]
