"""来文机关: what the mark, the title and the signature say, weighed against each other."""

import re

from recognize.fields import vocabulary as words
from recognize.fields.outline import Outline
from recognize.fields.rows import Row, found
from recognize.fields.tail import Signature
from recognize.found import NOTHING, Found

STATE = "中华人民共和国"
VERB = re.compile(r"(?:关于|转发|印发|批转|公布|(?<!应)对(?!外))")
SAID_BY = {"signature": "署名", "mark": "发文机关标志", "title": "标题"}
ALONE = {"signature": 0.8, "mark": 0.8, "title": 0.75}


def issuer(outline: Outline, signature: Signature) -> Found:
    """Return the organ, several joined by 、 with the one in charge first; the more sources agree the surer."""
    said = {
        "signature": _of_signature(outline, signature),
        "mark": _of_mark(outline),
        "title": _of_title(outline),
    }
    known = {source: names for source, names in said.items() if names}
    if not known:
        return NOTHING
    for source, names in known.items():
        agreeing = [other for other, others in known.items() if _same(names, others)]
        if len(agreeing) > 1:
            rule = "、".join(SAID_BY[each] for each in agreeing) + "一致"
            parted = max((known[each] for each in agreeing), key=len)
            return found("、".join(parted), 0.97, _rows(outline, signature, source), rule)
    source = "signature" if "signature" in known and signature.confidence > 0.9 else next(iter(known))
    if "mark" in known and len(known["mark"]) > len(known[source]):
        source = "mark"
    confidence = ALONE[source] if len(known) == 1 else 0.55
    rule = f"只见于{SAID_BY[source]}" if len(known) == 1 else f"各处写法不一，取{SAID_BY[source]}"
    return found("、".join(known[source]), confidence, _rows(outline, signature, source), rule)


def _of_signature(outline: Outline, signature: Signature) -> list[str]:
    rows = outline.of(signature.organs)
    if signature.at in signature.organs:
        text = re.split(r"(?:19|20)\d{2}年|[一二][〇○零ＯO0一二三四五六七八九]{3}年", rows[0].close)[0]
        text = re.sub(r"[^\u4e00-\u9fff（）]", "", text).strip("（")
        return [text] if words.is_organ(text) else []
    names: list[str] = []
    begun = ""
    for row in rows:
        for piece in re.split(r"[ 、]", re.sub(r"（[^（）]*(?:章|印|代)[^（）]*）$", "", row.text)):
            begun += piece
            if words.is_organ(begun) and not _is_half(begun, rows, row):
                names.append(begun)
                begun = ""
    return names


def _is_half(begun: str, rows: list[Row], row: Row) -> bool:
    """Say whether a row, though it reads as an organ, only begins the name that the rows make together."""
    whole = "".join(each.close for each in rows)
    return row is not rows[-1] and row.line.box is not None and not _is_alone(begun) and words.is_organ(whole)


def _is_alone(text: str) -> bool:
    return bool(re.search(r"(?:政府|办公室|办公厅|委员会|局|部|委|厅|院|中心|公司)$", text))


def _of_mark(outline: Outline) -> list[str]:
    names = []
    for row in outline.of(outline.marks):
        name = re.sub(r"(?:文件|命令|令|会议纪要|纪要|电报|明电|简报|通报|函)$", "", row.close)
        names += [each for each in re.split(r"、", name) if words.is_organ(each)]
    return [name.removeprefix(STATE) if name == STATE + "国务院" else name for name in names]


def _of_title(outline: Outline) -> list[str]:
    title = "".join(row.close for row in outline.of(outline.title))
    match = VERB.search(title)
    before = title[: match.start()] if match else ""
    names = [each for each in before.split("、") if each]
    return names if names and all(words.is_organ(each) for each in names) else []


def _same(some: list[str], others: list[str]) -> bool:
    """Compare without what parts the names: a title may set two organs side by side."""
    one, other = "".join(some), "".join(others)
    return one.removeprefix(STATE) == other.removeprefix(STATE)


def _rows(outline: Outline, signature: Signature, source: str) -> list[Row]:
    if source == "signature":
        return outline.of(signature.organs)
    return outline.of(outline.marks if source == "mark" else outline.title[:1])
