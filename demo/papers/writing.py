"""A year of incoming papers from a seed: arrival, kind, topic, title, sender, number, text."""

import copy
import datetime as dt
import random
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from demo import cast
from demo.papers import arrivals, bodies, faults, frames, phrases, routing, seasons, shapes
from demo.papers.issuers import Issuer, issuer, issuers
from demo.papers.paper import Paper
from demo.papers.slots import Blanks
from demo.papers.topics import Pattern, Topic, topics

YEAR_OF_PAPERS = 3062
_KINDS = {
    "通知": 45.5,
    "报告": 15.0,
    "函": 12.5,
    "通报": 7.6,
    "请示": 5.6,
    "纪要": 3.6,
    "意见": 2.6,
    "批复": 2.2,
    "决定": 0.3,
    "通告": 0.3,
}
_FRAME_SHARE = {
    "通知": 0.55,
    "报告": 0.5,
    "函": 0.7,
    "通报": 0.6,
    "请示": 0.3,
    "纪要": 0.6,
    "意见": 0.8,
    "批复": 0.8,
}
_GOVERNMENTS = {
    "纪要": (("市政府", "市政府办公室"), (1, 3)),
    "意见": (("市政府", "市政府办公室", "省政府办公厅", "市委办公室"), (2, 6, 2, 1)),
    "决定": (("市政府",), (1,)),
}
QUIETER = arrivals.QUIETER
_FAULT_SHARE = 0.09
_TRIES = 10


@dataclass(frozen=True)
class _Draw:
    """One attempt at a paper, before its title is known to be new."""

    topic: Topic
    pattern: Pattern
    sender: Issuer


def generate(
    seed: int,
    now: dt.datetime,
    count: int = YEAR_OF_PAPERS,
    span: int = 365,
    quiet_until: dt.datetime | None = None,
) -> list[Paper]:
    """Make the papers received in the span of days up to now, in the order they came."""
    quiet = quiet_until.date() if quiet_until else dt.date.min
    rng = random.Random(f"papers-{seed}")
    titles: set[str] = set()
    papers = []
    for serial, day in enumerate(arrivals.days_of(rng, now, count, span, quiet), start=1):
        papers.append(_new_paper(random.Random(f"{seed}-{serial}"), serial, day, now, titles))
    papers += _sent_again(papers, now)
    papers.sort(key=lambda paper: (paper.received_at, paper.serial))
    _number(papers)
    for paper in papers:
        paper.body = bodies.write(paper)
        paper.pages = max(1, min(9, 1 + len(paper.body) // 420))
        _state_due(paper)
    return papers


def _state_due(paper: Paper) -> None:
    """Where the text of a superior names a day to answer by, that is the day."""
    names_day = "限" in paper.blanks.known and paper.sender.is_superior
    if paper.needs_work and paper.due is None and names_day:
        moment = dt.datetime.combine(paper.blanks.due, dt.time(17, 30), arrivals.ZONE)
        paper.due = moment if moment > paper.received_at + dt.timedelta(hours=6) else None


def _new_paper(rng: random.Random, serial: int, day: dt.date, now: dt.datetime, titles: set[str]) -> Paper:
    """Try until the title is new."""
    kind = rng.choices(list(_KINDS), list(_KINDS.values()))[0]
    if not _choices(kind, day.month)[0]:
        kind = "通知"
    for _ in range(_TRIES):
        paper = _attempt(rng, serial, kind, day, now)
        if paper.title not in titles:
            break
    titles.add(paper.title)
    return paper


def _attempt(rng: random.Random, serial: int, kind: str, day: dt.date, now: dt.datetime) -> Paper:
    draw = _draw(rng, kind, day)
    urgency = _urgency(rng, draw)
    shape = shapes.of(kind, draw.pattern.shape, draw.pattern.title)
    in_haste = urgency == "extra_urgent" or shape == "meeting" or shapes.is_emergency(draw.pattern.title)
    doc_date = day if in_haste else _doc_date(rng, draw.sender, day)
    due = routing.due_day(rng, urgency, doc_date, shape)
    blanks = Blanks(rng, draw.topic, draw.sender, doc_date, due)
    title = blanks.fill(draw.pattern.title)
    blanks.known.setdefault("事", shapes.subject(title))
    lead, helpers = routing.workers(rng, draw.topic, draw.sender, kind, title)
    needs_work = routing.needs_work(rng, kind, title, urgency)
    paper = Paper(
        serial=serial,
        topic=draw.topic,
        pattern=draw.pattern,
        sender=draw.sender,
        blanks=blanks,
        title=title,
        kind=kind,
        urgency=urgency,
        doc_date=doc_date,
        arrivals=arrivals.ways(
            rng, arrivals.moment(rng, day, urgency, now), urgency, draw.sender.is_superior
        ),
        due=routing.due_moment(rng, kind, urgency, due) if needs_work else None,
        needs_work=needs_work,
        lead=lead,
        helpers=helpers,
        leaders=routing.leaders(rng, draw.topic.lead, draw.sender, kind, title, urgency),
    )
    _dress(rng, paper)
    return paper


def _draw(rng: random.Random, kind: str, day: dt.date) -> _Draw:
    """Choose topic and title together, then who could have sent it."""
    choices, weights = _choices(kind, day.month)
    while True:
        topic, pattern, level = rng.choices(choices, cum_weights=weights)[0]
        if "{节}" in pattern.title and not seasons.festival(day):
            continue
        if sender := _sender(rng, topic, pattern, level):
            return _Draw(topic, pattern, sender)


@cache
def _choices(kind: str, month: int) -> tuple[list[tuple[Topic, Pattern, str]], list[float]]:
    """Every topic's own titles and every frame it can wear in that month, with cumulative weights."""
    found: list[tuple[Topic, Pattern, str]] = []
    weights: list[float] = []
    total = 0.0
    for topic in topics():
        own = [(topic, one, "") for one in topic.patterns if one.kind == kind and month in one.months]
        worn = [(topic, one, level) for level, one in frames.FRAMES if one.kind == kind]
        if topic.is_office_matter:
            worn = [one for one in worn if one[2] == "下" and one[1].shape != "reply"]
        share = _FRAME_SHARE.get(kind, 0.0) if own else 1.0
        for group, weight in ((own, 1 - share), (worn, share)):
            for choice in group:
                total += topic.months[month] * weight / len(group) * _eagerness(choice[1])
                found.append(choice)
                weights.append(total)
    return found, weights


def _eagerness(pattern: Pattern) -> float:
    """Titles that only fit some months come more often in them; the most urgent stay rare."""
    seasonal = 2.0 if len(pattern.months) < 12 else 1.0
    return seasonal * {"extra_urgent": 1.5, "urgent": 1.2, "normal": 1.0}[pattern.urgency]


def _sender(rng: random.Random, topic: Topic, pattern: Pattern, level: str) -> Issuer | None:
    if pattern.sender == "乡镇" or level == "乡":
        return issuer(rng.choice(cast.townships()).short)
    if pattern.sender == "主办" or level == "部":
        return None if topic.is_office_matter else issuer(cast.unit(topic.lead).name)
    if pattern.sender:
        return issuer(pattern.sender)
    if level == "平":
        return rng.choice(_peers(topic))
    names, weights = zip(*topic.issuers, strict=True)
    chosen = issuer(rng.choices(names, weights)[0])
    if level == "下" or pattern.kind in _GOVERNMENTS:
        return _fitting(rng, pattern.kind, chosen)
    return chosen


def _fitting(rng: random.Random, kind: str, chosen: Issuer) -> Issuer | None:
    """A frame that speaks of the whole city needs a superior; some kinds only governments issue."""
    if kind in _GOVERNMENTS:
        return issuer(rng.choices(*_GOVERNMENTS[kind])[0])
    if kind == "批复" and (
        chosen.short.endswith(("督查室", "指", "指挥部", "安委办")) or not chosen.is_superior
    ):
        return issuer("市政府")
    return chosen if chosen.is_superior else None


def _peers(topic: Topic) -> list[Issuer]:
    """Who writes letters on the same footing: departments that help, neighbours, the county's organs."""
    helpers = [issuer(cast.unit(code).name) for code in topic.helpers if cast.unit(code).kind != "section"]
    own = [] if topic.is_office_matter else [issuer(cast.unit(topic.lead).name)]
    return [*helpers, *own, *(one for one in issuers() if one.short in {"平皋县政府", "望泽县政府办公室"})]


def _urgency(rng: random.Random, draw: _Draw) -> str:
    if draw.pattern.urgency != "normal":
        return draw.pattern.urgency
    return "urgent" if draw.pattern.kind in {"通知", "请示", "函"} and rng.random() < 0.075 else "normal"


def _doc_date(rng: random.Random, sender: Issuer, day: dt.date) -> dt.date:
    """A paper is dated a few working days before it arrives."""
    lag = rng.choice((0, 1, 1, 2, 2, 3, 5) if sender.is_superior else (0, 0, 0, 1, 1, 2))
    dated = day
    while lag or not seasons.is_workday(dated):
        dated -= dt.timedelta(days=1)
        lag -= 1 if lag and seasons.is_workday(dated) else 0
    return dated


def _dress(rng: random.Random, paper: Paper) -> None:
    """Fill in what stands around the text: addressee, signer, contact, enclosures, label, faults."""
    paper.recipients = _recipients(paper)
    paper.is_litigation = routing.is_litigation(paper.title)
    paper.label = rng.choices(("internal", "public", "work_secret"), (70, 27, 3))[0]
    paper.copies = rng.choice((1, 1, 1, 2, 3, 5)) if paper.sender.is_superior else rng.choice((1, 2, 3, 5))
    pool = phrases.ATTACHMENTS.get(paper.pattern.shape, ())
    pool = phrases.ATTACHMENTS.get({"请示": "request", "报告": "report"}.get(paper.kind, ""), pool)
    pool = phrases.ATTACHMENTS["emergency"] if paper.is_emergency else pool
    paper.attachments = tuple(rng.sample(pool, min(len(pool), rng.choice((0, 0, 1, 1, 2)))))
    _name_people(rng, paper)
    if paper.direction == "upward" and paper.sender.level != "县级机关" and rng.random() < _FAULT_SHARE:
        faults.spoil(paper, rng)


def _recipients(paper: Paper) -> str:
    level = paper.sender.level
    if paper.kind in {"函", "批复"}:
        return "云岭县人民政府" if paper.sender.is_superior or level == "其他" else "县人民政府办公室"
    return {
        "省": "各市（州）、县（市、区）人民政府",
        "市": "各县（市、区）人民政府，市政府各部门、各直属机构",
        "市委": "各县（市、区）党委和人民政府",
        "县级机关": "县人民政府" if paper.kind in {"请示", "报告"} else "各乡镇人民政府，县直各部门",
    }.get(level, "县人民政府")


def _name_people(rng: random.Random, paper: Paper) -> None:
    sender = paper.sender
    if sender.unit:
        clerk = rng.choice(cast.liaisons(sender.unit))
        paper.contact = f"{clerk.name}，内线{clerk.extension}"
        paper.signer = cast.head(sender.unit).name if paper.direction == "upward" else ""
        return
    if rng.random() < 0.6 or paper.direction == "upward":
        paper.contact = f"{_stranger(rng)}，分机{rng.randint(2001, 8999)}"
    if paper.direction == "upward":
        paper.signer = _stranger(rng)


def _stranger(rng: random.Random) -> str:
    return rng.choice(phrases.SIGNERS) + rng.choice(phrases.GIVEN)


def _sent_again(papers: Iterable[Paper], now: dt.datetime) -> list[Paper]:
    """Most papers sent back come again some days later, mended, as new papers that name the first."""
    again = []
    serial = max((paper.serial for paper in papers), default=0)
    for paper in papers:
        rng = random.Random(f"again-{paper.serial}-{paper.title}")
        day = seasons.add_workdays(paper.received_at.date(), rng.randint(4, 9))
        if paper.fault and day < now.date() and rng.random() < 0.75:
            serial += 1
            again.append(_mended(rng, paper, serial, day, now))
    return again


def _mended(rng: random.Random, paper: Paper, serial: int, day: dt.date, now: dt.datetime) -> Paper:
    new = copy.copy(paper)
    new.serial, new.previous, new.doc_date = serial, paper.serial, day
    new.blanks = copy.copy(paper.blanks)
    new.blanks.rng = rng
    new.fault, new.extra, new.closing = None, "", ""
    new.recipients = _recipients(new)
    _name_people(rng, new)
    new.arrivals = arrivals.ways(rng, arrivals.moment(rng, day, new.urgency, now), new.urgency, False)
    return new


def _number(papers: list[Paper]) -> None:
    """Give each series its numbers: one after the other by date, from 1 in a new year."""
    by_series: dict[tuple[str, int], list[Paper]] = defaultdict(list)
    for paper in papers:
        known = paper.sender.prefixes(paper.kind, paper.urgency)
        paper.prefix = known[paper.serial % len(known)]
        by_series[paper.prefix, paper.doc_date.year].append(paper)
    start = papers[0].doc_date if papers else None
    for (_, year), series in by_series.items():
        series.sort(key=lambda paper: (paper.doc_date, paper.received_at, paper.serial))
        first = _first_number(series, start) if start and start.year == year else 1
        for number, paper in enumerate(series, start=first):
            paper.number = number


def _first_number(series: list[Paper], start: dt.date) -> int:
    """Where a series stood when the span began, were it as busy before as after."""
    passed = start.timetuple().tm_yday
    rest = max(1, 366 - passed)
    return 1 + round(len(series) * passed / rest)
