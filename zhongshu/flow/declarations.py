"""What the engine enters into the house's registries when it is loaded."""

from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.flow import rights, timers
from zhongshu.flow.models import FlowTask
from zhongshu.flow.verbs import clockwork
from zhongshu.matters import access
from zhongshu.matters.models import Matter
from zhongshu.matters.ticker import every
from zhongshu.people.checks import open_work, open_work_of_unit
from zhongshu.people.models import Delegation, OrgUnit, Person
from zhongshu.ui.navigation import NavItem, register

__all__ = ["rights", "timers"]

register(NavItem("system", "流程设计", "flow:procedures", rights.DESIGN, order=65, group="运行"))


@every("flow.tick", seconds=60, label="到期提醒、逾期升级、AB岗转办")
def tick(now: datetime) -> None:
    """Run the engine's clockwork."""
    clockwork.tick(now)


@open_work.register
def in_hands_of(person: Person) -> int:
    """Count what lies with a person; 传阅 does not keep an account open (ORG-03)."""
    return (
        FlowTask.objects.filter(assignee=person, closed_at__isnull=True)
        .exclude(kind=FlowTask.Kind.CC)
        .count()
    )


@open_work_of_unit.register
def in_hands_of_unit(unit: OrgUnit) -> int:
    """Count what a unit has been given to do and has not done."""
    return FlowTask.objects.filter(unit=unit, closed_at__isnull=True).exclude(kind=FlowTask.Kind.CC).count()


@access.register_sight
def stands_in_for_a_holder(actor: Actor, matter: Matter) -> bool:
    """Let an agent open what waits for the person they stand in for (乙代甲), as long as it waits."""
    if actor.person_id is None or actor.on_behalf_of_id:
        return False
    given = Delegation.objects.in_force(clock.now()).filter(agent_id=actor.person_id)
    principals = [row.principal_person_id for row in given if row.covers(rights.scope_of(matter))]
    waiting = FlowTask.objects.filter(matter=matter, closed_at__isnull=True, assignee_id__in=principals)
    return bool(principals) and waiting.exists()
