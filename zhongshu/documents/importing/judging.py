"""Judging rows of an old register: what they say, what is wrong with them, what will become of them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.documents.importing import cells, dates
from zhongshu.documents.importing.columns import FIELDS
from zhongshu.documents.importing.known import Known
from zhongshu.documents.models import ImportRow, IncomingDocument
from zhongshu.documents.numbers import number_key
from zhongshu.matters.models import Matter

ERROR, WARNING = "error", "warn"
CREATE, MERGE, SKIP = "create", "merge", "skip"
State = ImportRow.State
Said = Mapping[str, str]
LONGEST = {
    "number": Matter._meta.get_field("number").max_length,
    "title": Matter._meta.get_field("title").max_length,
    "issuer": IncomingDocument._meta.get_field("issuer_name").max_length,
    "doc_number": IncomingDocument._meta.get_field("doc_number").max_length,
    "archival": 60,
}
NAMES = {
    "number": "收文编号",
    "title": "标题",
    "issuer": "来文机关",
    "doc_number": "来文字号",
    "archival": "档号",
}
NOT_A_CODE = frozenset({"是", "否", "已归档", "未归档", "归档", "已归", "未归", "不归档", "待归档"})


@dataclass
class Judged:
    """A row and the verdict on it."""

    number: int
    cells: list[str]
    values: dict[str, Any] = field(default_factory=dict)
    findings: list[tuple[str, str, str]] = field(default_factory=list)

    def wrong(self, name: str, message: str) -> None:
        """Note an error."""
        self.findings.append((ERROR, name, message))

    def doubtful(self, name: str, message: str) -> None:
        """Note a warning."""
        self.findings.append((WARNING, name, message))

    @property
    def state(self) -> str:
        """Return the verdict."""
        levels = {level for level, _, _ in self.findings}
        return State.FAULTY if ERROR in levels else State.WARNED if levels else State.GOOD

    @property
    def identity(self) -> tuple[str, str] | None:
        """Return issuer and 查重键 of the paper; None without a 字号."""
        key = number_key(self.values["doc_number"])
        return (self.values["issuer"], key) if key else None


@dataclass
class Judge:
    """Judges the rows of one workbook in their order; remembers what came before."""

    known: Known
    mapping: Mapping[str, int]
    numbers: dict[str, int] = field(default_factory=dict)
    identities: dict[tuple[str, str], int] = field(default_factory=dict)
    codes: dict[str, int] = field(default_factory=dict)
    series: dict[int, set[int]] = field(default_factory=dict)
    now: datetime = field(default_factory=clock.now)

    def chunk(self, rows: Sequence[tuple[int, list[str]]]) -> list[Judged]:
        """Judge some rows; the office's papers are asked for all of them at once."""
        found = [self._read(number, row) for number, row in rows]
        papers = self.known.papers_with(key for row in found if row.identity for key in [row.identity[1]])
        taken = self.known.codes_taken(row.values["archival"] for row in found)
        for row in found:
            self._compare(row, papers, taken)
        return found

    def _read(self, number: int, row: list[str]) -> Judged:
        judged = Judged(number, row)
        read = {name: cells.given(row[at]) for name, at in self.mapping.items() if at < len(row)}
        said = dict.fromkeys(FIELDS, "") | read
        judged.values = {name: said[name] for name in ("proposal", "instruction", "result", "note")}
        self._read_paper(judged, said)
        self._read_times(judged, said)
        self._read_number(judged, said["number"])
        for name, most in LONGEST.items():
            if len(judged.values[name]) > (most or 0):
                judged.wrong(name, f"{NAMES[name]}超过{most}个字，请缩短")
        return judged

    def _read_paper(self, judged: Judged, said: Said) -> None:
        title, issuer = said["title"], said["issuer"]
        if not title:
            judged.wrong("title", "没有标题")
        if not issuer:
            judged.wrong("issuer", "没有来文机关")
        doc_type, is_guess = cells.type_of(said["doc_type"], title)
        if is_guess:
            judged.doubtful("doc_type", f"文种“{said['doc_type'][:20]}”不认识，按标题定")
        urgency = cells.urgency_of(said["urgency"])
        if urgency is None:
            judged.doubtful("urgency", f"紧急程度“{said['urgency'][:20]}”不认识，按平件登记")
        copies = cells.copies_of(said["copies"])
        if copies is None:
            judged.wrong("copies", f"份数“{said['copies'][:20]}”不是 1 到 9999 的整数")
        judged.values |= {
            "title": title,
            "issuer": issuer,
            "issuer_unit": self.known.units.get(issuer),
            "doc_number": cells.with_brackets(said["doc_number"]),
            "doc_type": doc_type,
            "urgency": urgency or "normal",
            "copies": copies or 1,
            "unit": said["unit"],
            "units": self.known.units_in(said["unit"]),
            "archival": "" if said["archival"] in NOT_A_CODE else said["archival"],
        }

    def _read_times(self, judged: Judged, said: Said) -> None:
        own = cells.number_of(said["number"])
        received = self._moment(judged, "received", said["received"], own[1] if own else None)
        if not said["received"]:
            judged.wrong("received", "没有收文时间")
        elif received and received > self.now:
            judged.wrong("received", f"收文时间{received:%Y-%m-%d}晚于今天")
        closed = self._after(judged, "closed", said["closed"], received)
        due = self._after(judged, "due", said["due"], received)
        if received and closed and closed.date() < received.date():
            judged.wrong("closed", f"办结时间{closed:%Y-%m-%d}早于收文时间{received:%Y-%m-%d}")
        if not said["closed"] and received:
            judged.doubtful("closed", "没有办结时间，按收文当日办结")
        written = self._moment(judged, "doc_date", said["doc_date"], received.year if received else None)
        if written and received and written.date() > received.date():
            judged.doubtful("doc_date", "成文日期晚于收文时间")
        judged.values |= {
            "received": _iso(received),
            "closed": _iso(closed),
            "due": _iso(due),
            "doc_date": written.date().isoformat() if written else "",
        }

    def _moment(self, judged: Judged, name: str, text: str, year: int | None) -> datetime | None:
        try:
            return dates.read(text, year=year) if text else None
        except dates.Unreadable as why:
            judged.wrong(name, str(why))
            return None

    def _after(self, judged: Judged, name: str, text: str, received: datetime | None) -> datetime | None:
        """Read a day that lies after the paper came; without a year it is the next such day."""
        found = self._moment(judged, name, text, received.year if received else None)
        if found and received and found.date() < received.date() and str(found.year) not in text:
            return self._moment(judged, name, text, received.year + 1)
        return found

    def _read_number(self, judged: Judged, text: str) -> None:
        received = judged.values["received"]
        old = self.known.number_of(text, int(received[:4]) if received else None)
        if not text:
            judged.doubtful("number", "没有收文编号")
        judged.values |= {
            "number": old.text if old else cells.with_brackets(text),
            "series": [old.year, old.no] if old else None,
        }
        if old:
            self.series.setdefault(old.year, set()).add(old.no)

    def _compare(
        self, row: Judged, papers: Mapping[tuple[str, str], tuple[int, str]], taken: set[str]
    ) -> None:
        """Look for the same paper among the registered ones and among the rows before."""
        row.values |= {"plan": CREATE, "target": None, "like_row": None}
        same = papers.get(row.identity) if row.identity else None
        self._compare_numbers(row, same)
        self._compare_codes(row, taken)
        if row.state == State.FAULTY or row.values["plan"] == SKIP:
            return
        earlier = self.identities.setdefault(row.identity, row.number) if row.identity else row.number
        if same:
            row.values |= {"plan": MERGE, "target": same[0]}
            row.doubtful("doc_number", f"与已登记的{same[1] or '一件'}同机关同字号，将并为它的又一来路")
        elif earlier != row.number:
            row.values |= {"plan": MERGE, "like_row": earlier}
            row.doubtful("doc_number", f"与第{earlier}行同机关同字号，将并为它的又一来路")

    def _compare_numbers(self, row: Judged, same: tuple[int, str] | None) -> None:
        number = row.values["number"]
        if not number:
            return
        if (earlier := self.numbers.setdefault(number, row.number)) != row.number:
            row.wrong("number", f"编号{number}与第{earlier}行相同")
            return
        year = row.values["series"][0] if row.values["series"] else int(row.values["received"][:4] or 0)
        holder = self.known.paper_numbered(number, year) if year else None
        if holder is None:
            return
        if holder[1] == row.values["title"] or (same and same[0] == holder[0]):
            row.values["plan"] = SKIP
            row.doubtful("number", f"{number}已经登记过，将跳过")
        else:
            row.wrong("number", f"编号{number}已经用于《{holder[1][:40]}》")

    def _compare_codes(self, row: Judged, taken: set[str]) -> None:
        code = row.values["archival"]
        if not code or row.values["plan"] == SKIP:
            return
        if code in taken:
            row.wrong("archival", f"档号{code}已经用过")
        elif (earlier := self.codes.setdefault(code, row.number)) != row.number:
            row.wrong("archival", f"档号{code}与第{earlier}行相同")


def _iso(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""
