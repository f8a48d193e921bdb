"""What stands below the body: 署名, 成文日期, 附注, 抄送, 联系人和电话 (GB/T 9704 7.3.5–6, 7.4)."""

import re
from dataclasses import dataclass, field
from datetime import date

from recognize.fields import vocabulary as words
from recognize.fields.dates import DATE, as_date, date_in
from recognize.fields.outline import Outline
from recognize.fields.rows import Row, found, joined
from recognize.found import NOTHING, Found

MOST_SIGNERS = 12
HOLDER = re.compile(
    r"(?:代?省长|代?市长|代?县长|代?区长|总理|主席|主任|部长|局长|委员长)\s?[\u4e00-\u9fff·]{1,2} ?[\u4e00-\u9fff]{1,3}"
)
CC = re.compile(r"抄\s?送\s?：|抄\s?报\s?：")
PHONE = r"(?:\+?86[- ]?)?(?:0\d{2,3}[-—－ ]?\d{7,8}(?:[-转]\d{1,5})?|1[3-9]\d{9}|\d{7,8}|[0-9*×xX]{7,13})"
PERSON = r"[\u4e00-\u9fff·]{2,4}?"
CONTACTS = (
    re.compile(
        rf"联系人(?:及|和)?(?:联系)?(?:电话|方式)?：(?P<name>{PERSON})[，、；\s]*(?:（(?:手机|电话)）)?(?:联系|办公|手机)?(?:电话|手机|方式)?：?\s?(?P<phone>{PHONE})"
    ),
    re.compile(rf"联系人：(?P<name>{PERSON})(?:[，、；。）\s]|$)"),
    re.compile(rf"(?:联系|咨询|办公)电话：(?P<phone>{PHONE})"),
)


@dataclass(slots=True)
class Signature:
    """署名 and 成文日期: rows of organs, the row of the date, the date, and how sure."""

    organs: list[int] = field(default_factory=list)
    at: int = -1
    day: date | None = None
    confidence: float = 0.0
    rule: str = ""


def signature_of(outline: Outline) -> Signature:
    """Find the first date below the body that stands alone under an organ or a person who signs; else weaker ones."""
    weaker = Signature()
    for at in range(outline.body, outline.imprint):
        row = outline.rows[at]
        match = DATE.search(row.close)
        if not match or match.end() < len(re.sub(r"（.*）$", "", row.close)) or not as_date(match):
            continue
        before = row.close[: match.start()]
        organs = _signers_above(outline, at) if not before else [at]
        if organs and (not before or words.is_organ(before)):
            return Signature(organs, at, as_date(match), 0.95, "署名下的日期")
        if not before and not weaker.confidence:
            weaker = Signature([], at, as_date(match), 0.6, "单独成行的日期，上面没有署名")
    return weaker if weaker.confidence else _in_head(outline) or _in_imprint(outline)


def _signers_above(outline: Outline, at: int) -> list[int]:
    """Return the rows of 署名 above a date, from top to bottom; a name broken over two rows counts whole."""
    found_rows: list[int] = []
    for above in range(at - 1, max(outline.body - 1, at - MOST_SIGNERS), -1):
        row = outline.rows[above]
        if re.fullmatch(r"（[^）]*(?:章|印)[^）]*）", row.close):
            continue
        if _signs(row) or (found_rows and _begins_name(row, outline.rows[found_rows[0]])):
            found_rows.insert(0, above)
        else:
            break
    return found_rows


def _signs(row: Row) -> bool:
    text = re.sub(r"（[^（）]*(?:章|印|代)[^（）]*）$", "", row.text)
    if HOLDER.fullmatch(text):
        return True
    pieces = [piece for piece in re.split(r"[ 、]", text) if piece]
    return bool(pieces) and all(words.is_organ(piece) for piece in pieces)


def _begins_name(row: Row, below: Row) -> bool:
    """Say whether a row is the first half of an organ's name: short, far right, without a stop."""
    if row.line.box is None or row.line.box.left < 0.3 or re.search(r"[。，；：、]", row.text):
        return False
    return words.is_organ(row.close + below.close) and not row.close.startswith("附件")


def _in_head(outline: Outline) -> Signature | None:
    """Minutes and resolutions carry their date in the head: under the mark or in brackets below the title."""
    for at in range(outline.body + 2):
        row = outline.rows[at] if at < len(outline.rows) else None
        match = DATE.search(row.close) if row else None
        if row and match and len(row.close) <= 60 and not words.SENTENCE.search(row.text):
            before = row.close[: match.start()].strip("（")
            if words.is_organ(before) or row.close.startswith("（"):
                organs = [at] if words.is_organ(before) else []
                return Signature(organs, at, as_date(match), 0.6, "版头或标题下的日期")
    return None


def _in_imprint(outline: Outline) -> Signature:
    for at in range(outline.imprint, min(len(outline.rows), outline.imprint + 12)):
        text = outline.rows[at].close
        if text.endswith("印发") and (day := date_in(text)):
            return Signature([], at, day, 0.3, "只有印发日期")
    return Signature()


def fields(outline: Outline, signature: Signature) -> dict[str, Found]:
    """Return the fields of the tail."""
    return {
        "doc_date": _doc_date(outline, signature),
        "note": _note(outline, signature),
        "cc": _cc(outline),
        **_contact(outline),
    }


def _doc_date(outline: Outline, signature: Signature) -> Found:
    if signature.day is None:
        return NOTHING
    confidence = signature.confidence
    year = re.search(r"〔(\d{4})〕", outline.number.value) if outline.number else None
    if year and abs(int(year[1]) - signature.day.year) > 1:
        return found(
            signature.day,
            min(confidence, 0.4),
            [outline.rows[signature.at]],
            signature.rule + "，与字号年份不合",
        )
    return found(signature.day, confidence, [outline.rows[signature.at]], signature.rule)


def _note(outline: Outline, signature: Signature) -> Found:
    """Return 附注: the words in brackets right below the date."""
    if signature.at < 0 or signature.rule != "署名下的日期":
        return NOTHING
    rows: list[Row] = []
    for row in outline.rows[signature.at + 1 : signature.at + 5]:
        if not rows and not row.text.startswith("（"):
            break
        rows.append(row)
        if row.text.endswith("）"):
            return found(joined(rows)[1:-1], 0.9, rows, "日期下的括号")
    return NOTHING


def _cc(outline: Outline) -> Found:
    rows = outline.rows
    at = next((at for at in range(outline.imprint, len(rows)) if CC.match(rows[at].text)), -1)
    if at < 0:
        return NOTHING
    taken = [rows[at]]
    for row in rows[at + 1 : at + 12]:
        if taken[-1].text.endswith("。") or row.close.endswith("印发") or CC.match(row.text):
            break
        taken.append(row)
    text = joined(taken)
    value = re.sub(r"^抄\s?[送报]\s?[：:]\s?", "", text).rstrip("。").strip()
    return found(value, 0.95 if text.endswith("。") else 0.75, taken, "版记中的抄送")


def _contact(outline: Outline) -> dict[str, Found]:
    """Return the first 联系人 and 电话; those in 附注 come before those in the body, being the paper's own."""
    rows = outline.rows[outline.body :]
    for pattern in CONTACTS:
        for at in range(len(rows) - 1, -1, -1):
            pair = rows[at : at + 2]
            match = pattern.search("".join(row.close for row in pair))
            if match and match.start() < len(pair[0].close):
                return _as_contact(match, pair if match.end() > len(pair[0].close) else pair[:1])
    return {"contact": NOTHING, "contact_phone": NOTHING}


def _as_contact(match: "re.Match[str]", rows: list[Row]) -> dict[str, Found]:
    got = match.groupdict()
    confidence = 0.9 if got.get("name") and got.get("phone") else 0.6
    return {
        "contact": found(got["name"], confidence, rows, "联系人") if got.get("name") else NOTHING,
        "contact_phone": found(got["phone"], confidence, rows, "联系电话") if got.get("phone") else NOTHING,
    }
