"""发起: start the procedure of a matter."""

from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.flow import definitions, hooks, moves
from zhongshu.flow.models import FlowInstance
from zhongshu.flow.run import Run
from zhongshu.matters.models import Matter


@act("flow.start")
def start(
    matter: Matter, key: str, *, by: Actor, vars: dict[str, Any] | None = None, origin: str = ""
) -> FlowInstance:
    """Start the published procedure `key` for the matter; `origin` is what lists show as 来文（牵头）单位."""
    run = Run.on(matter.pk, by, "start")
    if any(instance.is_root for instance in run.instances.values()):
        raise Refused.one("FLOW-RUNNING", "这件事项已经在办，不能再次发起")
    instance = FlowInstance.objects.create(
        definition=definitions.published(key, run.matter.tenant),
        matter=run.matter,
        org=run.matter.tenant,
        initiator_id=by.person_id,
        origin=origin[:120],
        vars=dict(vars or {}),
        created_at=run.now,
    )
    run.add_instance(instance)
    moment = run.moment(instance, data=dict(vars or {}))
    hooks.before(key, moment)
    if by.person_id:
        run.see_actor()
    moves.arrive(run, instance, run.graph(instance).first, "", None)
    run.finish("发起", moment=moment, data={"procedure": key, "version": instance.definition.version})
    return instance
