"""附件说明 and 版记 from their lines (GB/T 9704 7.3.4, 7.4)."""

import re

from typeset.model.document import Imprint
from typeset.reading import words
from typeset.reading.words import close

ITEMS = re.compile(r"(?:^|(?<=\s))(?:附件)?\d{1,2}\s?[.．、：:]\s?(?!\d(?!\d{3}))")


def names_of_list(lines: list[str]) -> tuple[str, ...]:
    """Return the names in 附件说明: without 附件： and numbers, those that wrap made whole."""
    names: list[str] = []
    for line in lines:
        text = words.ATTACHMENT_NOTE.sub("", line) if words.ATTACHMENT_NOTE.match(line) else line
        text = re.sub(r"^附\s?件?\s?[：:]\s?$", "", text)
        pieces = [piece.strip() for piece in ITEMS.split(text) if piece.strip()]
        if names and not words.ITEM.match(text) and pieces:
            names[-1] += pieces.pop(0)
        names += pieces
    return tuple(names)


def imprint_of(lines: list[str]) -> tuple[Imprint | None, list[str]]:
    """Return 版记 and the lines that are neither 抄送 nor 印发; a line that goes on from 抄送 belongs to it."""
    cc, issuer, day, moved, left = "", "", None, False, []
    for line in lines:
        text = line.strip(words.BLANKS)
        copied = words.CC.match(text)
        printed = re.search(r"印\s?发?\s*$", text) and words.PRINTED.fullmatch(text)
        if copied and copied["word"].startswith("主"):
            moved = True
        elif copied:
            cc += text[copied.end() :]
        elif printed:
            issuer, day = close(printed["issuer"]), words.date_in(printed["date"])
        elif cc and not issuer and text:
            cc += text
        elif text:
            left.append(text)
    if not (cc or issuer or day or moved):
        return None, left
    return Imprint(cc.rstrip("。"), issuer, day, moved), left
