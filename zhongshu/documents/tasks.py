"""The open tasks of an incoming document, and the one by which an actor moves it on."""

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.states import NAMES
from zhongshu.flow import rights
from zhongshu.flow.graph import graph_of
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters.models import Matter
from zhongshu.people.models import Person
from zhongshu.people.queries import holders, representatives


def open_tasks(matter: Matter) -> list[FlowTask]:
    """Return the tasks that wait for somebody now, those waiting for others apart."""
    found = FlowTask.objects.filter(matter=matter, closed_at__isnull=True, parked=False)
    return list(found.select_related("step", "instance__definition", "instance__org", "assignee", "unit"))


def may_act(by: Actor, task: FlowTask, matter: Matter) -> bool:
    """Tell whether the task is in the actor's hands."""
    node = graph_of(task.instance.definition).nodes.get(task.node)
    return rights.standing(by, task, node, task.instance, matter).actor is not None


def my_tasks(matter: Matter, *, by: Actor) -> list[FlowTask]:
    """Return the open tasks in the actor's hands, those to be done before those to be read."""
    mine = [task for task in open_tasks(matter) if may_act(by, task, matter)]
    return sorted(mine, key=lambda task: (task.kind == FlowTask.Kind.CC, task.pk))


def my_task(incoming: IncomingDocument, phase: str, *, by: Actor) -> FlowTask:
    """Return the actor's open task of this phase; say plainly who has it, or where the paper stands."""
    waiting = [
        task for task in open_tasks(incoming.matter) if task.step is not None and task.step.phase == phase
    ]
    mine = [task for task in waiting if may_act(by, task, incoming.matter)]
    if mine:
        return mine[0]
    if waiting:
        names = "、".join(dict.fromkeys(task.holder_name for task in waiting if task.holder_name))
        raise Refused.one("DOC-41", f"“{NAMES[phase]}”现在在{names or '别人'}手里，不在您手里")
    incoming.matter.refresh_from_db()
    raise Stale.one(
        "DOC-40",
        f"这件已经不在“{NAMES[phase]}”这一步（现在是“{incoming.matter.phase_name}”），请看最新情况再办",
    )


def acting(task: FlowTask, *, by: Actor) -> Actor:
    """Return as whom the actor does this task: 乙（代甲） where somebody stands in."""
    node = graph_of(task.instance.definition).nodes.get(task.node)
    return rights.standing(by, task, node, task.instance, task.matter).actor or by


def is_last_in_turn(task: FlowTask) -> bool:
    """Tell whether nobody comes after this one in the same step."""
    others = FlowTask.objects.filter(step=task.step_id, closed_at__isnull=True, kind__in=("do", "with"))
    return not others.exclude(pk=task.pk).exists()


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
