"""批量催办: remind whoever has the papers now; what cannot be reminded is named, the others are."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db.models import Q

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, attempt
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.documents.models import IncomingDocument
from zhongshu.flow import verbs
from zhongshu.flow.models import FlowInstance, FlowTask


@dataclass
class Reminded:
    """What came of reminding many."""

    done: int = 0
    left: list[str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """Say it."""
        said = f"已催办{self.done}件"
        return f"{said}；{len(self.left)}件没有催：{'；'.join(self.left[:3])}" if self.left else said


@act("remind_incoming", "批量催办")
def remind_all(papers: Sequence[IncomingDocument], *, text: str = "", by: Actor) -> Reminded:
    """催办 each of the papers where it stands now."""
    result = Reminded()
    for paper in papers:
        tasks = waiting_tasks(paper)
        with attempt() as tried:
            if not tasks:
                raise Refused.one("DOC-70", "没有在等的环节")
            verbs.remind(tasks, text, by=by)
        if tried.refused:
            result.left.append(
                f"{paper.matter.number or paper.matter.title[:20]}（{tried.refusals[0].message}）"
            )
        else:
            result.done += 1
    if not result.done:
        reasons = result.left or ["请选择要催的件"]
        raise Refused(*(Refusal("DOC-71", reason) for reason in reasons[:10]))
    return result


def waiting_tasks(paper: IncomingDocument) -> list[FlowTask]:
    """Return what is waited for: the paper's own steps; a unit is reminded through the task it answers."""
    answering = FlowInstance.objects.filter(matter=paper.matter, ended_at__isnull=True).values("parent_task")
    open_ = FlowTask.objects.filter(
        matter=paper.matter, closed_at__isnull=True, instance__parent_task__isnull=True
    )
    waits = Q(parked=False) | Q(pk__in=answering)
    return list(open_.filter(waits).exclude(kind=FlowTask.Kind.CC).order_by("pk"))
