"""What a paper asks for: feedback and until when, 办件 or 阅件, and whether it touches the law courts."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from typing import NamedTuple

from recognize.fields import vocabulary as words
from recognize.fields.dates import DATE, date_in, number_of
from recognize.fields.outline import Outline
from recognize.fields.rows import Row, found
from recognize.found import NOTHING, Found

MOST_ROWS = 400
_N = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_FULL = re.sub(r"\?P<([ymd])>", r"?P<full_\1>", DATE.pattern)
_BEFORE = r"[^。；，]{0,12}?(?:前|之前|以前|止)"
DUE = re.compile(
    rf"(?P<full>{_FULL}){_BEFORE}"
    rf"|(?:(?P<year>(?:19|20)\d{{2}})年|(?P<rel>本年|今年|当年|明年))?"
    rf"(?P<month>{_N})月(?:(?P<day>{_N})日|(?P<end>底)){_BEFORE}"
    rf"|(?P<span>{_N}个?(?:工作日|日|天)|{_N}小时)(?:之)?内|(?P<every>每(?:年|月|周|季度)[^。；，]{{0,8}}?)前"
    rf"|(?P<soon>今日|今天|当日|明日|明天|本月(?:(?P<soon_day>{_N})日|底)){_BEFORE}"
)
REPORT = re.compile(
    r"报送|反馈|上报|报至|报到|报我|报县|报市|报省|报区|报国|报办公|报备|备案|回复|函复|回执|书面报|报告(?:我|县|市|省)|告知我|送至|送我|报名|发至"
)
NO_REPORT = re.compile(r"信息反馈机制|反馈机制|群众反馈|反馈渠道|上报数|备案号")
READ = re.compile(r"供参考|供参阅|请参阅|请阅知|请知照|特此(?:通报|公告|通告|报告)")
ACT = re.compile(
    r"请[^。]{0,30}(?:贯彻执行|贯彻落实|遵照执行|抓好落实|组织实施|认真落实)|请(?:予)?(?:批示|批复|审批|审定|审议|函复|支持|协助)"
)
ACTION_TYPES = {"request_for_instructions", "letter", "motion", "official_reply", "decision", "opinion"}
READING_TYPES = {"circular", "report", "communique", "announcement", "public_notice", "minutes"}
COURT = re.compile(
    r"涉法涉诉|行政复议|行政诉讼|行政应诉|应诉通知|起诉状|判决书|裁定书|调解书|行政裁定|答辩状|出庭(?:应诉|通知)|传票|司法建议|"
    r"检察建议|国家赔偿|强制执行申请|申请强制执行|仲裁(?:通知|裁决|申请)|行政公益诉讼"
)
COURT_ISSUER = re.compile(r"人民法院|人民检察院|仲裁委|复议机关|司法局复议")


class Asked(NamedTuple):
    """A sentence that asks for a report: its rows, the date and the span it names, how sure."""

    rows: list[Row]
    due: date | None
    words: str
    confidence: float


def fields(outline: Outline, known: Mapping[str, Found]) -> dict[str, Found]:
    """Return the demands, judged with the fields that are known by now."""
    doc_date = known["doc_date"].value
    asked = _asked(outline, doc_date if isinstance(doc_date, date) else None)
    return {
        "requires_feedback": _requires(outline, asked),
        "stated_due": found(asked.due, asked.confidence, asked.rows, f"时限：{asked.words}")
        if asked
        else NOTHING,
        "handling_type": _handling(outline, known, asked),
        "is_litigation_related": _litigation(outline, known),
    }


def _body(outline: Outline) -> list[Row]:
    return outline.rows[outline.body : outline.imprint][:MOST_ROWS]


def _asked(outline: Outline, doc_date: date | None) -> Asked | None:
    """Return the surest sentence with a time and a word of reporting."""
    best: Asked | None = None
    for rows, sentence in _sentences(_body(outline)):
        for match in DUE.finditer(sentence):
            near = sentence[max(0, match.start() - 45) : match.end() + 45]
            if not REPORT.search(near) or NO_REPORT.search(near):
                continue
            due, confidence = _date_of(match, doc_date)
            this = Asked(rows, due, match[0], confidence)
            if best is None or this.confidence > best.confidence:
                best = this
    return best


def _sentences(rows: list[Row]) -> list[tuple[list[Row], str]]:
    """Return sentences, wrapped ones whole, with the rows that they stand on."""
    sentences: list[tuple[list[Row], str]] = []
    begun, on = "", list[Row]()
    for row in rows:
        pieces = re.split(r"(?<=[。；！])", row.close)
        for piece in pieces:
            if not piece:
                continue
            begun, on = begun + piece, [*on, row]
            if words.SENTENCE.search(piece[-1]) or len(begun) > 600:
                sentences.append((on, begun))
                begun, on = "", []
        if row.line.box is None and begun:
            sentences.append((on, begun))
            begun, on = "", []
    return [*sentences, (on, begun)] if begun else sentences


def _date_of(match: "re.Match[str]", doc_date: date | None) -> tuple[date | None, float]:
    """Return the day meant and how sure; a missing year follows from 成文日期."""
    if match["full"]:
        return _judged(date_in(match["full"]), doc_date, 0.95)
    if match["soon"]:
        return _soon(match, doc_date)
    if not match["month"]:
        return None, 0.5
    month = number_of(match["month"])
    year, confidence = _year(match, month, doc_date)
    if not year or not 1 <= month <= 12:
        return None, 0.4
    try:
        day = number_of(match["day"]) if match["day"] else _last_day(year, month)
        due = date(year, month, day)
    except ValueError:
        return None, 0.3
    return _judged(due, doc_date, confidence)


def _judged(due: date | None, doc_date: date | None, confidence: float) -> tuple[date | None, float]:
    """A day that the calendar does not know stays empty; one before 成文日期 is doubtful."""
    if due is None:
        return None, 0.3
    return due, confidence if doc_date is None or due >= doc_date else 0.4


def _soon(match: "re.Match[str]", doc_date: date | None) -> tuple[date | None, float]:
    """Reckon 今日, 明日 and 本月 from 成文日期, which need not be the day the paper goes out."""
    if doc_date is None:
        return None, 0.4
    if not match["soon"].startswith("本月"):
        return doc_date + timedelta(days=match["soon"].startswith("明")), 0.6
    last = _last_day(doc_date.year, doc_date.month)
    day = number_of(match["soon_day"]) if match["soon_day"] else last
    return (doc_date.replace(day=day), 0.8) if 1 <= day <= last else (None, 0.3)


def _year(match: "re.Match[str]", month: int, doc_date: date | None) -> tuple[int, float]:
    if match["year"]:
        return int(match["year"]), 0.95
    if doc_date is None:
        return 0, 0.4
    if match["rel"] == "明年":
        return doc_date.year + 1, 0.85
    turns = match["rel"] is None and month < doc_date.month and doc_date.month >= 10 and month <= 3
    return (doc_date.year + 1, 0.7) if turns else (doc_date.year, 0.9)


def _last_day(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - date(year, month, 1)).days


def _requires(outline: Outline, asked: Asked | None) -> Found:
    if asked:
        return found(True, max(asked.confidence, 0.6), asked.rows, f"限时报送：{asked.words}")
    for rows, sentence in _sentences(_body(outline)):
        plain = re.search(r"请[^。]{0,40}(?:报送|反馈|函复|回复|书面报|报我)", sentence)
        if plain and not NO_REPORT.search(sentence):
            return found(True, 0.5, rows, "要求报送而没有写明时限")
    return Found(False, 0.6 if _body(outline) else 0.1, (), "没有读到报送要求")


def _handling(outline: Outline, known: Mapping[str, Found], asked: Asked | None) -> Found:
    doc_type = known["doc_type"].value
    if asked and asked.confidence >= 0.6:
        return found("action", 0.9, asked.rows, "要求限时反馈")
    if doc_type == "request_for_instructions":
        return Found("action", 0.9, known["doc_type"].places, "请示")
    for value, pattern, confidence in (("action", ACT, 0.65), ("read", READ, 0.75)):
        for rows, sentence in _sentences(_body(outline)):
            if match := pattern.search(sentence):
                return found(value, confidence, rows, f"“{match[0][-12:]}”")
    if doc_type in ACTION_TYPES or doc_type in READING_TYPES:
        value = "action" if doc_type in ACTION_TYPES else "read"
        return Found(value, 0.5, known["doc_type"].places, "按文种")
    return Found(None, 0.0, (), "看不出要办还是要阅")


def _litigation(outline: Outline, known: Mapping[str, Found]) -> Found:
    """Say True as soon as the title, the issuer or the body speaks of a case; the body alone is doubtful."""
    title = known["title"]
    if match := COURT.search(str(title.value or "")):
        return Found(True, 0.85, title.places, f"标题：{match[0]}")
    if COURT_ISSUER.search(str(known["issuer_name"].value or "")):
        return Found(True, 0.8, known["issuer_name"].places, "来文机关是司法或仲裁机关")
    hits = [(match[0], row) for row in _body(outline) if (match := COURT.search(row.close))]
    if hits:
        return found(True, 0.4, [row for _, row in hits[:5]], f"正文提到：{hits[0][0]}，须人判断")
    return Found(False, 0.8 if _body(outline) else 0.1, (), "没有读到")
