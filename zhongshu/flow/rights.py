"""Who may act on a task: the person it was given to, a member of its pool, an agent, the B post."""

from dataclasses import dataclass

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.flow import hooks
from zhongshu.flow.graph import Node
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.flow.seats import scope_of
from zhongshu.matters.models import Matter
from zhongshu.people.models import Delegation, OrgUnit, Person
from zhongshu.ui.permissions import declare

GROUP = "流程"
DESIGN = declare("flow.design", "设计流程", roles=("sys_admin",), group=GROUP)
JUMP = declare("flow.jump", "跳转环节", roles=("office_director", "office_deputy"), group=GROUP)
STOP = declare(
    "flow.stop", "作废事项", roles=("office_director", "office_deputy", "secretariat"), group=GROUP
)
SUSPEND = declare(
    "flow.suspend", "挂起、恢复", roles=("office_director", "office_deputy", "secretariat"), group=GROUP
)
REMIND = declare(
    "flow.remind",
    "催办",
    roles=("office_director", "office_deputy", "secretariat", "supervision_office", "dept_head"),
    group=GROUP,
)
EXTEND = declare("flow.extend", "批准延期", roles=("office_director", "office_deputy"), group=GROUP)
REASSIGN = declare(
    "flow.reassign", "改派他人手里的件", roles=("office_director", "office_deputy"), group=GROUP
)
MIGRATE = declare("flow.migrate", "在办件换用新流程", roles=("sys_admin",), group=GROUP)
ADD_UNIT = declare(
    "flow.add_unit", "增加承办单位", roles=("office_director", "office_deputy", "secretariat"), group=GROUP
)


@dataclass(frozen=True)
class Standing:
    """How an actor stands to a task: the actor to write down, or why not."""

    actor: Actor | None
    reason: str = ""


def pool_keys(by: Actor) -> list[str]:
    """Return the keys of the pools the actor is a member of."""
    units = {unit for unit in (by.unit_id, by.tenant_id) if unit}
    if by.on_behalf_of_id:
        # Standing in for somebody, roles and principals are theirs; one's own section is not.
        theirs = OrgUnit.objects.filter(principal_id__in=by.principals).values_list("pk", flat=True)
        units = {*theirs, *([by.tenant_id] if by.tenant_id else [])}
    return [f"{role}@{unit}" for role in by.roles for unit in units] + [f"@{pk}" for pk in by.principals]


def standing(
    by: Actor, task: FlowTask, node: Node | None, instance: FlowInstance, matter: Matter
) -> Standing:
    """Say as whom the actor may act on the task."""
    if by.channel == "system" and by.person_id is None:
        return Standing(by)
    if task.assignee_id is None:
        return Standing(by) if task.pool in pool_keys(by) else Standing(None, "这一件不在您或您单位手里")
    if task.assignee_id == by.person_id and by.on_behalf_of_id in (None, task.owner_id):
        return Standing(_for_owner(by, task))
    return _as_agent(by, task, node, instance, matter)


def _for_owner(by: Actor, task: FlowTask) -> Actor:
    """Write 乙（代甲） where the B post got the work of A."""
    if task.owner_id and task.owner_id != by.person_id and not by.on_behalf_of_id:
        return by.for_(task.owner_id, Person.objects.get(pk=task.owner_id).name)
    return by


def _as_agent(
    by: Actor, task: FlowTask, node: Node | None, instance: FlowInstance, matter: Matter
) -> Standing:
    if by.on_behalf_of_id not in (None, task.assignee_id):
        return Standing(None, "这一件不在您代理的人手里")
    if by.on_behalf_of_id and _may_record(Moment("record", by, matter, instance, node, task=task)):
        return Standing(by)
    delegation = delegation_for(by.person_id, task.assignee_id, scope_of(matter))
    if delegation is None:
        return Standing(None, "这一件不在您手里")
    if node and node.spec.get("sign") and not delegation.can_sign:
        return Standing(None, "这一环节须本人签，委托书没有授权代签")
    if instance.initiator_id == by.person_id:
        return Standing(None, "代理人不得代为审批自己提交的事项")
    principal = delegation.principal_person
    return Standing(by.for_(principal.pk, principal.name))


def _may_record(moment: Moment) -> bool:
    """Tell whether the room lets the actor write down what the holder said or signed on paper (代录)."""
    check = hooks.procedure(moment.instance.definition.key).entitled.get("record")
    return bool(check and check(moment))


def delegation_for(agent_id: int | None, principal_id: int | None, scope: str) -> Delegation | None:
    """Return the delegation under which one acts for the other now, in this module."""
    found = Delegation.objects.in_force(clock.now()).filter(
        agent_id=agent_id, principal_person_id=principal_id
    )
    return next((d for d in found.select_related("principal_person") if d.covers(scope)), None)


def demand(standing: Standing) -> Actor:
    """Return the actor to write down, or refuse."""
    if standing.actor is None:
        raise Refused.one("FLOW-RIGHT", standing.reason)
    return standing.actor


def entitled(by: Actor, permission: str, moment: Moment) -> bool:
    """Say whether the actor may steer: by permission, or because the room says so."""
    if by.may(permission) or (by.channel == "system" and by.person_id is None):
        return True
    check = hooks.procedure(moment.instance.definition.key).entitled.get(moment.verb)
    return bool(check and check(moment))


def demand_entitled(by: Actor, permission: str, moment: Moment, words: str) -> None:
    """Refuse who may not steer."""
    if not entitled(by, permission, moment):
        raise Refused.one("FLOW-RIGHT", f"您的岗位没有“{words}”的权限")
