"""The open task by which an actor moves an incoming document on."""

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused, Stale
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.states import NAMES
from zhongshu.flow import queries as flow
from zhongshu.flow.models import FlowTask


def my_task(incoming: IncomingDocument, phase: str, *, by: Actor) -> FlowTask:
    """Return the actor's open task of this phase; say plainly who has it, or where the paper stands."""
    open_tasks = [t for t in flow.open_tasks(incoming.matter) if t.step is not None and t.step.phase == phase]
    mine = [task for task in open_tasks if flow.may_act(by, task)]
    if mine:
        return mine[0]
    if open_tasks:
        names = "、".join(dict.fromkeys(task.holder_name for task in open_tasks if task.holder_name))
        raise Refused.one("DOC-41", f"“{NAMES[phase]}”现在在{names or '别人'}手里，不在您手里")
    raise Stale.one(
        "DOC-40",
        f"这件已经不在“{NAMES[phase]}”这一步（现在是“{incoming.matter.phase_name}”），请看最新情况再办",
    )
