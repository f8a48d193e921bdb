"""Where a paper ought to go: who works on it, who helps, which leaders read it, and by when."""

import datetime as dt
import random
import re

from demo import cast
from demo.papers import seasons
from demo.papers.arrivals import ZONE
from demo.papers.issuers import Issuer
from demo.papers.topics import Topic

_MONEY = re.compile(r"资金|经费|拨付|预算|预备费|补助|概算|万元|垫付|采购|购置|费标准|价格|债券")
_LITIGATION = re.compile(r"诉|复议|纠纷|仲裁|赔偿")
_WORK_NEEDED = {
    "通知": 0.78,
    "通报": 0.25,
    "纪要": 0.4,
    "意见": 0.5,
    "批复": 0.6,
    "函": 0.9,
    "请示": 1.0,
    "报告": 0.12,
    "决定": 0.05,
    "通告": 0.05,
}
_SHARE_WITH_DUE = {"通知": 0.72, "函": 0.7, "通报": 0.3, "纪要": 0.6, "意见": 0.2}


def is_about_money(text: str) -> bool:
    return bool(_MONEY.search(text))


def is_litigation(title: str) -> bool:
    return bool(_LITIGATION.search(title))


def needs_work(rng: random.Random, kind: str, title: str, urgency: str) -> bool:
    if "任免" in title:
        return False
    if "复函" in title:
        return rng.random() < 0.2
    return urgency == "extra_urgent" or rng.random() < _WORK_NEEDED[kind]


def due_day(rng: random.Random, urgency: str, day: dt.date, shape: str) -> dt.date:
    """The day the paper itself asks for; names for a meeting are wanted the working day before it."""
    if shape == "meeting":
        return seasons.workday_before(seasons.meeting_day(day))
    spans = {"extra_urgent": (1, 2), "urgent": (3, 7), "normal": (8, 26)}
    return seasons.add_workdays(day, rng.randint(*spans[urgency]))


def due_moment(rng: random.Random, kind: str, urgency: str, day: dt.date) -> dt.datetime | None:
    """Most notices and letters name a day; requests and reports do not."""
    share = 1.0 if urgency == "extra_urgent" else _SHARE_WITH_DUE.get(kind, 0.0)
    if rng.random() >= share:
        return None
    hour, minute = rng.choice(((12, 0), (17, 30), (17, 30), (18, 0)))
    return dt.datetime.combine(day, dt.time(hour, minute), ZONE)


def workers(
    rng: random.Random, topic: Topic, sender: Issuer, kind: str, title: str
) -> tuple[str, tuple[str, ...]]:
    """The unit that carries the work and those that help; a request is never examined by its sender."""
    ranked = [topic.lead, *topic.helpers]
    if kind == "请示" and is_about_money(title):
        ranked.insert(0 if sender.level == "部门" else 1, "caizheng")
    able = [code for code in dict.fromkeys(ranked) if kind == "报告" or code != sender.unit]
    most = {"请示": 2, "报告": 1, "函": 1}.get(kind, 3)
    helpers = able[1:]
    return able[0], tuple(helpers[: rng.randint(0 if kind != "请示" else 1, min(most, len(helpers)))])


def leaders(
    rng: random.Random, lead: str, sender: Issuer, kind: str, title: str, urgency: str
) -> tuple[str, ...]:
    """Superiors' papers go from the top down, requests from below up; much goes to the field's leader only."""
    top, field = cast.county_head().name, _field_leader(lead)
    if not field:
        return (top,) if rng.random() < 0.35 else ("沈知衡",)
    if kind == "请示":
        upward = is_about_money(title) or rng.random() < 0.4
        return (field, top) if upward and field != top else (field,)
    weighty = urgency != "normal" or sender.short in {"省政府办公厅", "市政府", "市委办公室", "县委"}
    share = 0.85 if weighty else 0.5 if sender.is_superior else 0.2
    return (top, field) if rng.random() < share and field != top else (field,)


def _field_leader(lead: str) -> str:
    return "" if cast.unit(lead).kind == "section" else cast.leader_of(lead).name
