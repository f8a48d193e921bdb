"""The open documents of ../shared/data/gov_docs as papers with their gold, for `python -m bench.recognize`."""

import json
import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

DATA = Path(__file__).resolve().parents[2] / "shared" / "data"
FIELDS = ("doc_number", "title", "issuer_name", "doc_date", "main_recipients", "doc_type")
TYPES = {
    "通知": "notice", "意见": "opinion", "批复": "official_reply", "复函": "letter", "答复": "letter", "函": "letter",
    "决定": "decision", "通报": "circular", "条例": "order",
}  # fmt: skip
# Which row of the text names those addressed, read by hand; the files say it for the State Council's only.
ADDRESSED = {
    "cty-01": 0, "cty-02": 0, "cty-03": 0, "cty-04": 0, "cty-05": 0, "cty-13": 0, "cty-14": 4, "cty-16": 1, "cty-20": 0,
}  # fmt: skip
ODDITIES = {
    "gov-5351624": "doc_date: the metadata say 17 April, the paper 27 April 2004; the paper counts",
    "gov-5345284": "text: a broken entity of the web page (&sp;) beside the signature, which is taken out",
    "gov-5351177": "doc_number: the catalogue's 国令 stands for 国务院令 on the paper; either counts",
    "gov-5341736": "doc_number: the catalogue's 国令 stands for 国务院令 on the paper; either counts",
    "cty-01": "title: not taken from the page, made up by the file",
    "cty-02": "title: made up by the file from the text",
    "cty-16": "title: made up by the file from the text",
    "cty-10": "issuer_name: carries the site's address in brackets, which is left out",
    "cty-09": "doc_date: year and month only; nothing is expected",
    "cty-12": "doc_date: year and month only; nothing is expected",
}
ALONE = re.compile(
    r"(?:(?:19|20)\d\d|[一二][〇○零ＯO一二三四五六七八九]{3})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日"
)
CHINESE = {letter: str(at) for at, letter in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}


@dataclass
class Paper:
    """A document: the text as it stands, the parts to set it from, and the gold of each field."""

    id: str
    text: str
    mark: str
    number: str
    title: list[str]
    body: list[str]
    signature: list[str]
    rest: list[str]
    gold: dict[str, str | None] = field(default_factory=dict)

    def gold_of_text(self) -> dict[str, str | None]:
        """Return the gold of what the bare text itself says; a title or number that it lacks is not expected."""
        rows = [plain(row) for row in self.text.split("\n")]
        whole = set(rows)
        gold = dict(self.gold)
        titled = self.is_order or bool(_title_rows(self.text.split("\n"), gold["title"] or ""))
        if not titled:
            gold["title"] = gold["doc_type"] = None
        if not self.is_order and (not gold["doc_number"] or plain(gold["doc_number"]) not in whole):
            gold["doc_number"] = None
        if not titled and not self._is_signed():
            gold["issuer_name"] = None
        if not any(ALONE.fullmatch(row) for row in rows):
            gold["doc_date"] = None
        return gold

    @property
    def is_order(self) -> bool:
        """Say whether this is 命令（令）."""
        return self.mark.endswith("令")

    def _is_signed(self) -> bool:
        issuer = plain(self.gold["issuer_name"] or "")
        return any(plain(row).replace("、", "") == issuer.replace("、", "") for row in self.text.split("\n"))


def plain(text: str) -> str:
    """Return a text for comparing: one form of letters, no blanks, no colon at its end."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).rstrip(":")


def papers() -> list[Paper]:
    """Return all open documents; raises `FileNotFoundError` where ../shared is absent."""
    folder = DATA / "gov_docs"
    state = [_state(row) for row in _rows(folder / "state_council_docs.jsonl")]
    return state + [_county(row) for row in _rows(folder / "county_doc_excerpts.jsonl")]


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row | {"text": re.sub(r"[ ]*&[a-z]+;", "", row["text"])} for row in rows]


def _state(row: dict[str, Any]) -> Paper:
    is_order = row["kind"] == "条例"
    rows = row["text"].split("\n")
    mark = rows[0] if is_order else row["issuer"] + ("" if row["kind"] in {"函", "复函", "答复"} else "文件")
    number = rows[1] if is_order else row["doc_no"]
    day = "2004年04月27日" if row["id"] == "gov-5351624" else row["date_written"]
    gold = {
        "doc_number": row["doc_no"], "title": row["title"], "issuer_name": row["issuer"], "doc_date": _iso(day),
        "main_recipients": row["main_to"] or None, "doc_type": TYPES[row["kind"]],
    }  # fmt: skip
    title = [] if is_order else _title_rows(rows, row["title"])
    begin = 2 if is_order else len(title) + (rows[len(title)] == row["doc_no"])
    return _paper(row, mark, number, title, rows[begin:], gold)


def _county(row: dict[str, Any]) -> Paper:
    rows = [each for each in row["text"].split("\n") if each.strip()]
    title = re.sub(r"（标题[^）]*）$", "", row["title"])
    issuer = re.sub(r"（[^）]*）$", "", row["issuer"])
    day = row["date"] if re.fullmatch(r"\d{4}-\d\d-\d\d", row["date"]) else None
    gold = {
        "doc_number": row["doc_no"] or None, "title": title, "issuer_name": issuer or None, "doc_date": day,
        "main_recipients": rows[ADDRESSED[row["id"]]] if row["id"] in ADDRESSED else None,
        "doc_type": TYPES[row["kind"]] if row["kind"] in plain(title).split("(")[0][-2:] else None,
    }  # fmt: skip
    own = _title_rows(rows, title)
    body = rows[len(own) :]
    body = body[1:] if body and plain(body[0]) == plain(row["doc_no"]) else body
    paper = _paper(row, f"{issuer}文件" if issuer else "", row["doc_no"], own or [title], body, gold)
    if not paper.signature and day:
        paper.signature = [issuer, f"{int(day[:4])}年{int(day[5:7])}月{int(day[8:])}日"]
    return paper


def _paper(
    row: dict[str, Any],
    mark: str,
    number: str,
    title: list[str],
    rows: list[str],
    gold: dict[str, str | None],
) -> Paper:
    at = next((at for at, each in enumerate(rows) if at and ALONE.fullmatch(plain(each))), 0)
    body, signature, rest = (rows[: at - 1], rows[at - 1 : at + 1], rows[at + 1 :]) if at else (rows, [], [])
    return Paper(row["id"], row["text"], mark, number, title, body, signature, rest, gold)


def _title_rows(rows: list[str], title: str) -> list[str]:
    for count in range(1, 7):
        if plain("".join(rows[:count])) == plain(title):
            return rows[:count]
    return []


def _iso(text: str) -> str | None:
    match = re.match(r"(\d{4})年(\d\d?)月(\d\d?)日", text)
    return date(*map(int, match.groups())).isoformat() if match else None
