"""The last hours before now, by the real acts: reminders, extensions, a pause, later words, the small books."""

import datetime as dt
import random
from collections.abc import Callable, Iterator
from decimal import Decimal
from functools import partial
from itertools import islice

from demo import cast
from demo.registry import County
from demo.year import hours
from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents import states as s
from zhongshu.documents.actions import circle
from zhongshu.documents.actions.instructions import InstructionForm
from zhongshu.documents.actions.opinions import Words
from zhongshu.documents.actions.records import Entry
from zhongshu.documents.models import Box, IncomingDocument, LeaderInstruction, TypicalPhrase
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowTask
from zhongshu.matters import actions as matter_actions
from zhongshu.matters.models import Matter

COMMON = (
    "同意。",
    "同意拟办意见。",
    "已阅。",
    "请按程序办理。",
    "请抓紧落实，按时反馈。",
    "请认真研究，提出具体措施。",
    "举一反三，立行立改。",
    "请会同有关部门核实后报。",
)
OWN = {
    "陆承安": (
        "请怀川同志牵头落实。",
        "请知衡同志牵头落实。",
        "数据要实，措施要硬。",
        "件件有着落，事事有回音。",
    ),
    "沈知衡": ("请财政局核实。", "按陆县长批示落实。", "列入预算调整统筹。"),
    "顾怀川": ("按陆县长批示落实。", "请自然资源局阅办。", "请水利局今天到现场。"),
}
LATER_WORDS = ("进展太慢，请主要负责同志直接抓，明天下班前报我。", "再核实一次数据，务必准确。")
REMINDER = "已超时限，请今日下班前反馈办理情况；确有困难的，说明原因并申请延期。"
EXTENSION = "需现场核查，且涉及两个乡镇，申请延期。"
WITH_ITS_PAPER = "随来文办理，不另立项。"
PAUSE = "等待市级部门对政策口径书面答复。"
EXCHANGE = ("澜川市委机要局", "岚江省机要局", "云岭县委办公室", "平皋县机要室", "县直机关")
PACE = dt.timedelta(minutes=3)
Step = Callable[[County, dt.datetime], Iterator[Callable[[], object]]]
BASELINE = {
    s.RECEIVED: "3.5",
    s.REGISTERED: "5.0",
    s.REVIEWED: "9.5",
    s.PROPOSED: "13.0",
    s.INSTRUCTING: "30.5",
    s.ASSIGNING: "8.0",
    s.HANDLING: "118.0",
    s.COLLATING: "16.5",
    s.REPLYING: "14.0",
}


def begins(now: dt.datetime) -> dt.datetime:
    """The poured stories end here, so that the trail stays in the order of time."""
    return now - PACE * len(_steps())


def touch(county: County, now: dt.datetime) -> int:
    """Do what a real office would have done by now; return how many acts were taken."""
    done = 0
    for at, step in enumerate(_steps()):
        with clock.fixed(begins(now) + PACE * at):
            done += sum(_tried(one) for one in list(step(county, now)))
    return done


def _steps() -> tuple[Step, ...]:
    return (
        _remind,
        _extend,
        _pause,
        _circulate,
        _say_more,
        _outer_instructions,
        _take_up,
        _follow,
        _books,
        _phrases,
    )


def _tried(act: Callable[[], object]) -> bool:
    """A refusal here is the house's good right: the county does without."""
    try:
        act()
    except Refused:
        return False
    return True


def _at_units(late: bool, now: dt.datetime) -> Iterator[FlowTask]:
    """Tasks of units, late or not, each of another paper."""
    found = FlowTask.objects.filter(node="handle", closed_at__isnull=True, due_at__isnull=False)
    found = found.filter(due_at__lt=now) if late else found.filter(due_at__gt=now + dt.timedelta(days=2))
    seen: set[int] = set()
    for task in found.select_related("matter").order_by("due_at", "pk"):
        if task.matter_id not in seen:
            seen.add(task.matter_id)
            yield task


def _remind(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    for task, name in zip(
        islice(_at_units(True, now), 5), ("尹卓", "林晓禾", "尹卓", "程以安", "尹卓"), strict=False
    ):
        yield partial(verbs.remind, [task], REMINDER, by=county.actor(name))


def _extend(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    for task in islice(_at_units(False, now), 3, 5):
        later = hours.opening((task.due_at or now) + dt.timedelta(days=7)).replace(hour=17, minute=30)
        yield partial(verbs.extend, task, later, EXTENSION, by=county.actor("程以安"))


def _pause(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    for task in islice(_at_units(False, now), 6, 8):
        yield partial(verbs.suspend, task.matter, PAUSE, by=county.actor("程以安"))


def _circulate(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    """Papers others ought to know of."""
    recent = Matter.objects.filter(kind=s.KIND, closed_at__isnull=True).order_by("-sort_at")
    for matter in recent[2:11:2]:
        to = [county.person(name) for name in ("林晓禾", "许清和", "白砚", "闻仲谦")]
        yield partial(verbs.circulate, matter, to, "请阅知。", by=county.actor("程以安"))


def _say_more(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    """补批: new words to those already at work."""
    found = IncomingDocument.objects.filter(
        matter__phase=s.HANDLING, opinions__author=county.person(cast.county_head().name)
    ).distinct()
    for incoming, words in zip(found.order_by("matter__due_at")[:2], LATER_WORDS, strict=False):
        head = county.actor(cast.county_head().name)
        yield partial(actions.instruct_late, incoming, Words(text=words), by=head)


def _outer_instructions(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    """批示 of leaders outside the house, registered by the 督查室."""
    for days, leader, level, content, unit in (
        (9, "省政府分管领导", "province", "请云岭县核实群众反映的饮水问题，妥善解决并报结果。", "shuili"),
        (4, "市政府主要领导", "city", "云岭经开区项目进度偏慢，请县里研究提出赶工措施。", "fagai"),
        (2, "市政府分管领导", "city", "请云岭县认真总结山洪灾害防御经验，形成材料报市政府。", "yingji"),
    ):
        at = hours.opening(clock.now() - dt.timedelta(days=days))
        form = InstructionForm(
            leader_name=leader,
            level=level,
            content=content,
            instructed_at=at - dt.timedelta(days=1),
            received_at=at,
            owner_unit_id=county.unit(unit).pk,
        )
        yield partial(actions.register_instruction, form, by=county.actor("尹卓"))


def _take_up(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    """The 督查室 answers what was proposed before the last days: plain consent goes with its paper, the rest is taken."""
    by = county.actor("尹卓")
    waiting = LeaderInstruction.objects.filter(
        matter__closed_at__isnull=True,
        matter__created_at__lt=now - dt.timedelta(days=3),
        matter__handovers__kind="supervision.propose",
        matter__handovers__state="offered",
    ).select_related("matter")
    taken = []
    for row in waiting.order_by("pk"):
        if row.content.startswith(("同意", "原则同意")):
            yield partial(circle.decline_supervision, row, reason=WITH_ITS_PAPER, by=by)
        else:
            taken.append(row.matter)
    if taken:
        yield partial(actions.accept_supervision, taken, by=by)


def _follow(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    for task, name in zip(_at_units(False, now), ("程以安", "陆承安", "林晓禾", "陆承安"), strict=False):
        yield partial(matter_actions.follow, task.matter, on=True, by=county.actor(name))


def _books(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    """机要登记本 of the last weeks, and the baseline that the efficiency is compared with."""
    rng, day = random.Random("counter"), now.date() - dt.timedelta(days=24)
    while day <= now.date():
        if hours.is_workday(day):
            incoming = rng.random() < 0.6
            other = rng.choice(EXCHANGE)
            ends = (other, "县政府办公室") if incoming else ("县政府办公室", other)
            entry = Entry("in" if incoming else "out", day, rng.randint(1, 6), *ends)
            yield partial(actions.enter_confidential, entry, by=county.actor("金默"))
        day += dt.timedelta(days=1)
    baseline = {phase: Decimal(value) for phase, value in BASELINE.items()}
    yield partial(actions.set_baseline, now.year - 2, baseline, by=county.actor("程以安"))


def _phrases(county: County, now: dt.datetime) -> Iterator[Callable[[], object]]:
    rows = [TypicalPhrase(tenant=county.office, box=Box.INSTRUCTION, text=text) for text in COMMON]
    for name, texts in OWN.items():
        person = county.person(name)
        rows += [TypicalPhrase(tenant=county.office, person=person, text=text) for text in texts]
    for at, row in enumerate(rows):
        row.sort_order = at
    yield partial(TypicalPhrase.objects.bulk_create, rows)
