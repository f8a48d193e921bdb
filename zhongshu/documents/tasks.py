"""The open tasks of an incoming document, and the one by which an actor moves it on."""

from collections.abc import Iterable

from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.states import NAMES
from zhongshu.flow import queries as flow
from zhongshu.flow import rights
from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.models.running import unread_of
from zhongshu.matters.models import Matter
from zhongshu.people import joined
from zhongshu.people.models import Person
from zhongshu.people.queries import holders, representatives

UNREAD = unread_of("instance__")
HOLDERS_UNREAD = [*joined.person("assignee"), *joined.unit("unit")]


def open_tasks(matter: Matter) -> list[FlowTask]:
    """Return the tasks that wait for somebody now, those waiting for others apart."""
    return list(_open(matter).select_related("assignee", "unit").defer(*UNREAD, *HOLDERS_UNREAD))


def _open(matter: Matter) -> QuerySet[FlowTask]:
    found = FlowTask.objects.filter(matter=matter, closed_at__isnull=True, parked=False)
    return found.select_related("step", "instance__definition", "instance__org").defer(*UNREAD)


def may_act(by: Actor, task: FlowTask, matter: Matter) -> bool:
    """Tell whether the task is in the actor's hands."""
    node = graph_of(task.instance.definition).nodes.get(task.node)
    return rights.standing(by, task, node, task.instance, matter).actor is not None


def in_hand(found: Iterable[FlowTask], matter: Matter, *, by: Actor) -> list[FlowTask]:
    """Return those of the tasks that lie in the actor's hands, those to be done before those to be read."""
    hands = flow.hands_of(by)
    near = [
        task
        for task in found
        if task.assignee_id in (by.person_id, *hands.persons)
        or (task.assignee_id is None and task.pool in hands.pools)
    ]
    mine = [task for task in near if may_act(by, task, matter)]
    return sorted(mine, key=lambda task: (task.kind == FlowTask.Kind.CC, task.pk))


def my_tasks(matter: Matter, *, by: Actor) -> list[FlowTask]:
    """Return the open tasks of the matter in the actor's hands."""
    return in_hand(open_tasks(matter), matter, by=by)


def my_task(incoming: IncomingDocument, phase: str, *, by: Actor) -> FlowTask:
    """Return the actor's open task of this phase; say plainly who did it, who has it, or where the paper stands."""
    matter = incoming.matter
    waiting = list(_open(matter).filter(step__phase=phase))
    if mine := in_hand(waiting, matter, by=by):
        return mine[0]
    matter.refresh_from_db()
    if done := _done_instead(matter, phase, by):
        raise Stale.one("DOC-40", _who_was_faster(done, matter, by))
    if waiting:
        names = "、".join(dict.fromkeys(task.holder_name for task in waiting if task.holder_name))
        raise Refused.one("DOC-41", f"“{NAMES[phase]}”现在在{names or '别人'}手里，不在您手里")
    raise Stale.one(
        "DOC-40", f"这件已经不在“{NAMES[phase]}”这一步（现在是“{matter.phase_name}”），请看最新情况再办"
    )


def _done_instead(matter: Matter, phase: str, by: Actor) -> FlowTask | None:
    """Return the task of the latest visit that was in the actor's hands and is no longer."""
    closed = FlowTask.objects.filter(matter=matter, step__phase=phase, closed_at__isnull=False)
    for task in closed.order_by("-closed_at", "-pk")[:20]:
        was_mine = by.person_id in (task.assignee_id, task.owner_id) or task.pool in rights.pool_keys(by)
        later = FlowStep.objects.filter(instance=task.instance_id, node=task.node, pk__gt=task.step_id or 0)
        if was_mine and not later.exists():
            return task
    return None


def _who_was_faster(task: FlowTask, matter: Matter, by: Actor) -> str:
    who = "您" if task.done_by_id == by.person_id else task.done_name or "别人"
    at = clock.local(task.closed_at or task.created_at)
    how = task.get_state_display()
    return f"“{task.name}”已由{who}于{at:%-m月%-d日 %H:%M}处理（{how}），现在是“{matter.phase_name}”，请看最新情况再办"


def acting(task: FlowTask, *, by: Actor) -> Actor:
    """Return as whom the actor does this task: 乙（代甲） where somebody stands in."""
    node = graph_of(task.instance.definition).nodes.get(task.node)
    return rights.standing(by, task, node, task.instance, task.matter).actor or by


def next_in_turn(task: FlowTask) -> FlowTask | None:
    """Return who comes after this one in the same step; None for the last."""
    others = FlowTask.objects.filter(step=task.step_id, closed_at__isnull=True, kind__in=("do", "with"))
    return others.exclude(pk=task.pk).order_by("turn", "pk").first()


def root_of(matter: Matter) -> FlowInstance | None:
    """Return the matter's own running procedure."""
    return FlowInstance.objects.filter(matter=matter, parent_task__isnull=True, ended_at__isnull=True).first()


def persons_of_task(task: FlowTask) -> list[Person]:
    """Return who has the task: its holder, or the members of its pool."""
    if task.assignee:
        return [task.assignee]
    if task.unit is None:
        return []
    if task.role:
        return holders(task.role, tenant=task.unit.tenant_id or task.unit.pk)
    return representatives(task.unit)
