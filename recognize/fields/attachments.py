"""附件说明: the list below the body (GB/T 9704 7.3.4)."""

import re

from recognize.fields.outline import Outline
from recognize.fields.rows import Row, found
from recognize.fields.tail import Signature
from recognize.found import NOTHING, Found

BEGIN = re.compile(r"附\s?件\s?：|附件(?=[1１一]?[.．、：])|附：")
ITEM = re.compile(r"(?:附件)?(\d{1,2})\s?[.．、：]\s?(?!\d)")
MOST = 40


def attachments(outline: Outline, signature: Signature) -> Found:
    """Return the names in their order, without numbers, wrapped ones whole; None without an 附件说明."""
    rows = outline.rows
    end = signature.organs[0] if signature.organs else signature.at if signature.at > 0 else outline.imprint
    end = max(end, outline.body)
    begin = next((at for at in range(outline.body, end) if BEGIN.match(rows[at].text)), -1)
    if begin < 0:
        return _after_signature(outline, signature)
    return _listed(rows[begin : min(end, begin + MOST)], known_end=bool(signature.organs))


def _after_signature(outline: Outline, signature: Signature) -> Found:
    """Some offices name the attachments below the date; a heading 附件 alone says only that there is one."""
    if signature.at < 0:
        return NOTHING
    for at in range(signature.at + 1, min(len(outline.rows), signature.at + 6)):
        if re.match(r"附\s?件\s?：.", outline.rows[at].text):
            return _listed(outline.rows[at : at + MOST], known_end=False)
    return NOTHING


def _listed(rows: list[Row], *, known_end: bool) -> Found:
    names: list[str] = []
    taken: list[Row] = []
    for row in rows:
        begins = BEGIN.match(row.text) if not taken else None
        text = row.shown[begins.end() :].lstrip("：: ") if begins else row.shown
        pieces = [
            piece.strip() for piece in re.split(r"(?:(?<=\s)|^)(?:附件)?\d{1,2}\s?[.．、:：]\s?(?!\d)", text)
        ]
        numbered = bool(ITEM.match(text))
        if taken and not numbered and (not known_end or not names):
            break
        if taken and not numbered:
            names[-1] += text
        else:
            names += [piece for piece in pieces if piece]
        taken.append(row)
    names = [name.rstrip("；;。") for name in names]
    return found(names, 0.9 if known_end else 0.7, taken, "附件说明") if names else NOTHING
