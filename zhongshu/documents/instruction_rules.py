"""批示件: who may move it where, and why not; who is in the circle of those who may know."""

from dataclasses import dataclass

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import LeaderInstruction
from zhongshu.people.models import Appointment

Action = LeaderInstruction.Action
UNIT_ROLES = ("liaison", "dept_head")


@dataclass(frozen=True)
class Move:
    """One step a 批示件 can take, and how its button reads."""

    to: str
    label: str
    sign: str
    why: str = ""


STEPS: dict[str, tuple[Move, ...]] = {
    "registered": (Move("relayed", "转达", "send"),),
    "relayed": (Move("assigned", "交办", "box-arrow-in-right"), Move("closed", "办结", "check2-all")),
    "assigned": (Move("handling", "签收办理", "check2-square"), Move("reported", "报结果", "chat-left-text")),
    "handling": (Move("reported", "报结果", "chat-left-text"),),
    "reported": (Move("leader_read", "批示人已阅", "eye"),),
    "leader_read": (Move("closed", "办结", "check2-all"),),
}


def moves_for(row: LeaderInstruction, actor: Actor) -> list[Move]:
    """Return the steps this person may take now; who has nothing to do with a step does not see it."""
    return [
        move
        for move in STEPS.get(row.matter.phase, ())
        if not obstacle(row, move.to, by=actor) and _fits(row, move.to)
    ]


def _fits(row: LeaderInstruction, to: str) -> bool:
    """A 批示 that asks for work is assigned; one that asks for reading ends when it is relayed."""
    if row.matter.phase != "relayed":
        return True
    return to == ("assigned" if row.action == Action.DO else "closed")


def obstacle(row: LeaderInstruction, to: str, *, by: Actor) -> str:
    """Say why this person may not take the 批示件 there; nothing when they may."""
    if to in ("relayed", "assigned", "closed"):
        return "" if is_office(by) else "转达、交办、办结由秘书科或督查室办理"
    if to == "handling":
        return "" if is_owner(row, by) else "由责任单位签收"
    if to == "reported":
        return "" if is_owner(row, by) or is_office(by) else "结果由责任单位报，或由秘书科、督查室代报"
    if to == "leader_read":
        return _reading_obstacle(row, by)
    return "没有这一步"


def _reading_obstacle(row: LeaderInstruction, by: Actor) -> str:
    if row.leader_id is not None and by.person_id == row.leader_id:
        return ""
    if by.may("documents.record_for_leader") or (row.leader_id is None and is_office(by)):
        return ""
    return "由批示人本人点阅知；本人未用系统的，由秘书科代记"


def is_office(by: Actor) -> bool:
    """Tell whether the person keeps the book."""
    return by.may("documents.register_instruction")


def is_owner(row: LeaderInstruction, by: Actor) -> bool:
    """Tell whether the person stands for the responsible unit or one that helps."""
    units = {row.owner_unit_id, *row.co_units}
    return by.tenant_id in units and by.has(*UNIT_ROLES)


def circle_of(row: LeaderInstruction) -> list[tuple[str, str]]:
    """Return name and unit of the persons who may know, in the order they came in."""
    parts = row.matter.parts.filter(principal__person__isnull=False).order_by("pk")
    persons = dict(parts.values_list("principal__person__pk", "principal__person__name"))
    posts = Appointment.objects.current(clock.today()).filter(person_id__in=persons)
    units = {post.person_id: post.unit.label for post in posts.select_related("unit").order_by("is_primary")}
    return [(name, units.get(pk, "")) for pk, name in persons.items()]
