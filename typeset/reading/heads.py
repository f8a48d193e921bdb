"""版头 from its lines: organs of the mark, number, those who signed it off (GB/T 9704 7.2)."""

import re

from typeset.model.document import Format, Head, Signer, Urgency
from typeset.reading import words
from typeset.reading.words import close

URGENCIES: dict[str, Urgency] = {"特急": "extra_urgent", "加急": "urgent"}
NAME = re.compile(r"[\u4e00-\u9fff·]\s[\u4e00-\u9fff](?!\S)|[\u4e00-\u9fff·]{2,12}")


def head_of(
    marks: list[str], numbers: list[str], signers: list[str], copies: list[str], urgencies: list[str]
) -> Head:
    """Return 版头 as it is written; only blanks are taken out."""
    number, *beside = re.split(r"\t|(?=签\s?发\s?人?\s?[：:])", numbers[0]) if numbers else [""]
    copy = words.COPY_NO.search(close(copies[0])) if copies else None
    urgency = words.URGENCY.fullmatch(close(urgencies[0])) if urgencies else None
    mark = close("".join(marks))
    return Head(
        issuers=_issuers(marks),
        mark=mark,
        has_suffix=bool(words.MARK_END.search(mark)) or not mark,
        doc_number=close(number),
        copy_no=copy[1] if copy else "",
        urgency=URGENCIES.get(urgency[1], "urgent") if urgency else "normal",
        signers=tuple(Signer(name) for text in (*signers, *beside) for name in names_in(text)),
    )


def names_in(text: str) -> list[str]:
    """Return the names on a line of 签发人, a name of two letters written apart made one."""
    bare = re.sub(r"签\s?发\s?人?\s?[：:]", " ", text)
    return [close(match) for match in NAME.findall(bare)]


def _issuers(marks: list[str]) -> tuple[str, ...]:
    pieces = [close(piece) for mark in marks for piece in re.split(r"[\t\n]|\s{2,}", mark)]
    organs = [words.MARK_END.sub("", piece) for piece in pieces if piece]
    organs = [organ for organ in organs if organ]
    if len(organs) > 1 and not all(map(words.is_organ, organs)):
        return ("".join(organs),)
    return tuple(organs)


def kind_of(head: Head, marks: list[str], title: str) -> Format:
    """Tell the format by the mark and the number."""
    mark = close("".join(marks))
    if mark.endswith(("令", "命令")):
        return "order"
    if mark.endswith("纪要"):
        return "minutes"
    if mark.endswith("文件"):
        return "file"
    if mark and ("函" in head.doc_number or close(title).endswith("函")):
        return "letter"
    return "file" if mark else "plain"
