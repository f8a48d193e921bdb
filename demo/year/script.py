"""What becomes of a paper: the steps of its story, who takes them, when, and with which words."""

import datetime as dt
import random
from dataclasses import dataclass, field

from demo import cast
from demo.papers import opinions
from demo.papers.paper import Paper
from demo.year import hours
from demo.year.parts import Players, Shape, Story
from zhongshu.base import clock

CLERKS = ("林晓禾", "林晓禾", "林晓禾", "林晓禾", "苏映雪", "梁素问")
FEW, MANY = 2, 3
FAST = {"extra_urgent": 0.06, "urgent": 0.3, "normal": 1.0}
OUT_OF_OFFICE = "邵一鸣"
# Now and then a paper lies on somebody's desk for days.
STALLS, STALLED = 0.011, 9


@dataclass
class _Teller:
    """Adds steps one after another; a step never happens before the one it follows."""

    pace: float
    at: dt.datetime
    rng: random.Random
    round_the_clock: bool
    steps: list[str] = field(default_factory=list)
    moments: list[dt.datetime] = field(default_factory=list)

    def then(self, step: str, low: float, high: float) -> None:
        """Add a step some office hours later (any hours, if it burns)."""
        wait = self.rng.uniform(low, high) * self.pace * (STALLED if self.rng.random() < STALLS else 1)
        later = self.at + dt.timedelta(hours=wait) if self.round_the_clock else hours.working(self.at, wait)
        self.on(step, later)

    def on(self, step: str, moment: dt.datetime) -> None:
        """Add a step at a moment, or just after the last one if that is later."""
        if self.steps:
            moment = max(moment, self.at + dt.timedelta(minutes=1, seconds=self.rng.randint(1, 55)))
        self.at = moment.replace(microsecond=self.rng.randrange(1000, 999_000))
        self.steps.append(step)
        self.moments.append(self.at)


def tell(paper: Paper, now: dt.datetime, matter_due: dt.datetime) -> Story:
    """Tell a paper's story up to now."""
    rng = random.Random(f"story-{paper.serial}-{paper.title}")
    if paper.due is None:
        paper.blanks.due = matter_due.date()
        paper.blanks.known.pop("限", None)
    urgent = paper.urgency == "extra_urgent"
    teller = _Teller(FAST[paper.urgency], clock.local(paper.received_at), rng, urgent)
    players = _players(rng, paper)
    assign_due = None
    _enter(teller, paper, now)
    if paper.fault:
        teller.then("send_back", 0.5, 6)
    else:
        if paper.is_litigation:
            teller.then("legal", 2, 12)
        teller.then("propose", 0.2, 2.0)
        teller.then("check", 0.5, 6.0)
        if players.readers:
            _be_read(teller, players)
        else:
            assign_due = _be_handled(teller, paper, players, matter_due)
        _end(teller, players, paper)
    told = [at for at in teller.moments if at <= now]
    shape = _shape(paper, players, tuple(teller.steps))
    return Story(shape, players, tuple(told), texts(paper, players), assign_due)


def _shape(paper: Paper, players: Players, steps: tuple[str, ...]) -> Shape:
    return Shape(
        urgency=paper.urgency,
        is_request=paper.kind == "请示",
        is_reading=bool(players.readers),
        needs_reply=needs_reply(paper, players),
        is_litigation=paper.is_litigation and not paper.fault,
        is_returned=bool(paper.fault),
        leaders=len(players.leaders),
        readers=len(players.readers),
        units=len(players.units),
        steps=steps,
    )


def needs_reply(paper: Paper, players: Players) -> bool:
    """A request is answered, and what names a day or needed several; what is only read, never."""
    if players.readers:
        return False
    return (
        len(players.units) > 1 or paper.kind == "请示" or paper.due is not None or paper.urgency != "normal"
    )


def _players(rng: random.Random, paper: Paper) -> Players:
    leaders, units = _leaders(paper), _units(paper)
    is_reading = not units and not paper.fault
    readers = (*leaders, "程以安")[:MANY] if is_reading else ()
    deputy = cast.portfolio_of(paper.sender.unit).deputy if paper.sender.unit else "闻仲谦"
    clerk = rng.choice(CLERKS)
    return Players(
        clerk=clerk,
        sorter=OUT_OF_OFFICE if paper.urgency == "extra_urgent" else "冯小满",
        director="程以安",
        deputy=deputy,
        legal=rng.choice(("江守律", "闵思齐")),
        supervisor=rng.choice(("尹卓", "康乐宜")),
        archivist="文静姝",
        leaders=() if is_reading or paper.fault else leaders,
        readers=readers,
        units=() if paper.fault else units,
    )


def _leaders(paper: Paper) -> tuple[str, ...]:
    most = 1 if paper.is_litigation else FEW
    return paper.leaders[:most] or (cast.county_head().name,)


def _units(paper: Paper) -> tuple[str, ...]:
    """Matters of the office's own sections are read and seen to inside; others go to units."""
    outside = tuple(code for code in (paper.lead, *paper.helpers) if cast.unit(code).is_outside)
    if paper.kind == "请示":
        return (outside or ("caizheng",))[: _most_units(paper)]
    if not paper.needs_work or not cast.unit(paper.lead).is_outside:
        return ()
    return outside[: _most_units(paper)]


def _most_units(paper: Paper) -> int:
    """A request is examined by two, a case by one, what is urgent is given to few."""
    if paper.is_litigation:
        return 1
    return FEW if paper.kind == "请示" or paper.urgency != "normal" else MANY


def _enter(teller: _Teller, paper: Paper, now: dt.datetime) -> None:
    """A paper that comes at night or just now lies there to be signed for; others are registered at once."""
    fresh = now - paper.received_at < dt.timedelta(hours=2)
    if teller.round_the_clock or fresh:
        teller.on("arrive", teller.at + dt.timedelta(minutes=teller.rng.randint(1, 4)))
        teller.then("take", 0.3, 1.6)
    else:
        teller.then("register", 0.1, 0.8)
    teller.then("review", 0.1, 1.2)


def _be_read(teller: _Teller, players: Players) -> None:
    """Leaders read within two days or so; the last one may write a word."""
    for at in range(len(players.readers)):
        teller.then(f"read:{at}c", 0.5, 7)


def _be_handled(
    teller: _Teller, paper: Paper, players: Players, matter_due: dt.datetime
) -> dt.datetime | None:
    ways = _ways_to_instruct(teller, paper, players)
    for at, way in enumerate(ways):
        teller.then(f"instruct:{at}{way}", 1, 11)
    if "p" in ways:
        teller.then("confirm:0", 0.5, 8)
    if set(ways) - {"c"}:
        teller.then("move:relayed", 0.2, 1.5)
    teller.then("assign", 0.2, 1.5)
    assigned = teller.at
    if set(ways) - {"c"}:
        teller.then("move:assigned", 0.1, 1.0)
    due = _due_of_units(teller, matter_due)
    if teller.round_the_clock:
        teller.then("call", 0.5, 2)
    _units_at_work(teller, players, assigned, due)
    teller.then("collate", 0.4, 5)
    if needs_reply(paper, players):
        teller.then("reply", 0.3, 4)
    return due


def _ways_to_instruct(teller: _Teller, paper: Paper, players: Players) -> str:
    """w in words, c by a circle, p on paper; few shapes, so that there are few moulds."""
    count, rng = len(players.leaders), teller.rng
    is_plain = paper.urgency == "normal" and paper.kind != "请示" and not paper.is_litigation
    may_vary = is_plain and needs_reply(paper, players)
    if may_vary and len(players.units) == count:
        chance = rng.random()
        if chance < 0.12:
            return "p" + "w" * (count - 1)
        if chance < 0.27:
            return "c" + "w" * (count - 1)
    return "w" * count


def _due_of_units(teller: _Teller, matter_due: dt.datetime) -> dt.datetime:
    """The units answer a day before the office must."""
    if teller.round_the_clock:
        return max(matter_due, teller.at + dt.timedelta(hours=3))
    before = matter_due - dt.timedelta(days=1)
    while not hours.is_workday(before.date()):
        before -= dt.timedelta(days=1)
    before = before.replace(hour=17, minute=30, second=0, microsecond=0)
    soonest = hours.working(teller.at, 4 * teller.pace).replace(second=0, microsecond=0)
    return before if before > soonest else max(matter_due, soonest)


def _units_at_work(teller: _Teller, players: Players, assigned: dt.datetime, due: dt.datetime) -> None:
    """Units sign, helpers answer first, the last of three signs late, the lead answers at the end."""
    count, rng = len(players.units), teller.rng
    prompt = count if count < MANY else count - 1
    for at in range(prompt):
        teller.then(f"sign:{at}", 0.3, 3.5)
    if count > 1:
        teller.then("progress:0", 1, 5)
    span, late = due - assigned, _lateness(rng)
    for order, at in enumerate(range(1, count), start=1):
        if at >= prompt:
            teller.then(f"sign:{at}", 0.5, 4)
        share = late * (0.35 + 0.4 * order / count) * rng.uniform(0.8, 1.1)
        teller.on(f"feed:{at}", _in_office(teller, assigned + span * share))
        teller.then(f"approve:{at}", 0.3, 2.5)
    teller.on("feed:0", _in_office(teller, assigned + span * late * rng.uniform(0.7, 0.95)))
    teller.then("approve:0", 0.3, 3)


def _lateness(rng: random.Random) -> float:
    """Most answer in time, some late, a few forget until they are reminded again and again."""
    chance = rng.random()
    if chance < 0.016:
        return rng.uniform(2.5, 7)
    return rng.uniform(1.15, 1.9) if chance < 0.07 else rng.uniform(0.5, 0.88)


def _in_office(teller: _Teller, moment: dt.datetime) -> dt.datetime:
    return moment if teller.round_the_clock else hours.opening(moment)


def _end(teller: _Teller, players: Players, paper: Paper) -> None:
    teller.pace = 1.0
    teller.then("close", 0.4, 4)
    if any(step.startswith("move:relayed") for step in teller.steps):
        teller.then("move:leader_read", 2, 14)
        teller.then("move:closed", 0.5, 6)
    keep = (
        "exempt" if players.readers and paper.direction == "downward" and paper.kind != "纪要" else "archive"
    )
    teller.on(keep, hours.opening(teller.at + dt.timedelta(days=teller.rng.uniform(6, 55))))


def texts(paper: Paper, players: Players) -> dict[str, str]:
    """What is said at each step, by the name of the step."""
    said = {
        "propose": opinions.proposal(paper),
        "check": _check_words(players),
        "assign": _assign_words(paper),
        "legal": "经审核，所涉事项主体适格、程序合法，建议依法办理，并注意证据留存和期限要求。",
        "collate": opinions.closing(paper),
        "reply": opinions.reply(paper),
        "call": "已电话确认收到，正按要求落实，有情况随时报告。",
        "called": cast.unit(players.units[0]).formal if players.units else "县政府总值班室",
        "answered": cast.liaisons(players.units[0])[0].name if players.units else "值班员",
    }
    if paper.fault:
        said["review"], said["advice"] = paper.fault.label, paper.fault.reason
    for at, one in enumerate(opinions.instructions(paper)[: len(players.leaders)]):
        said[f"instruct{at}"] = one.text or "同意拟办意见。"
    for at, code in enumerate(players.units):
        said[f"feed{at}"] = opinions.feedback(paper, code)
        said[f"progress{at}"] = "已收到交办单，正在组织核实情况、制定措施，明日上午报初步进展。"
    return said


def _check_words(players: Players) -> str:
    asked = players.leaders or players.readers
    names = "、".join(name[0] + _title(name) for name in asked if name != "程以安")
    return f"拟同意，呈{names}{'阅' if players.readers else '阅示'}。"


def _title(name: str) -> str:
    head = "county_head" in cast.member(name).roles
    return "县长" if head else "副县长"


def _assign_words(paper: Paper) -> str:
    return (
        "请按领导批示和来文要求抓紧办理，由主办单位汇总，按时限反馈办理结果。"
        if paper.helpers
        else ("请按领导批示和来文要求抓紧办理，按时限反馈办理结果。")
    )
