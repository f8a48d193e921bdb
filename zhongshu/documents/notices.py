"""Who is told what of an incoming document, besides what the procedure itself tells."""

from zhongshu.base.actors import Actor
from zhongshu.documents.models import IncomingDocument, LeaderInstruction, Opinion, UnitHandling
from zhongshu.documents.tasks import open_tasks, persons_of_task
from zhongshu.matters.notices import tell
from zhongshu.people.models import Person
from zhongshu.people.queries import representatives

State = UnitHandling.State


def ask_for_confirmation(opinion: Opinion, *, by: Actor) -> None:
    """Ask the leader to confirm what was written down for them."""
    tell(
        [opinion.author],
        matter=opinion.incoming.matter,
        text=f"{by.name}代录了您的批示，请确认：{opinion.incoming.matter.title}",
        event="opinion_confirm",
        by=by,
        key=f"confirm-{opinion.pk}",
    )


def tell_those_at_work(incoming: IncomingDocument, opinion: Opinion, *, by: Actor) -> None:
    """Bring new words of a leader to everybody who already works on the paper, and to who answers for it."""
    persons: dict[int, Person] = {incoming.first_receiver_id: incoming.first_receiver}
    for task in open_tasks(incoming.matter):
        for person in persons_of_task(task):
            persons[person.pk] = person
    working = incoming.handlings.exclude(state__in=(State.WITHDRAWN, State.DECLINED))
    for handling in working.select_related("unit", "handler"):
        for person in (*representatives(handling.unit), *([handling.handler] if handling.handler else [])):
            persons[person.pk] = person
    tell(
        persons.values(),
        matter=incoming.matter,
        text=f"{opinion.author_name}又有新批示，请看：{incoming.matter.title}",
        event="instruction_late",
        by=by,
        key=f"late-{opinion.pk}",
    )


def tell_progress(incoming: IncomingDocument, handling: UnitHandling, *, by: Actor) -> None:
    """Tell who answers for the paper that a unit reported progress."""
    tell(
        [incoming.first_receiver],
        matter=incoming.matter,
        text=f"{handling.unit_name}报来进展：{incoming.matter.title}",
        event="unit_progress",
        by=by,
    )


def tell_result(row: LeaderInstruction, *, by: Actor) -> None:
    """Tell the leader what came of the 批示."""
    if row.leader is None:
        return
    tell(
        [row.leader],
        matter=row.matter,
        text=f"您的批示已报结果：{row.content[:60]}",
        event="instruction_result",
        by=by,
        key=f"result-{row.pk}-{row.reported_at}",
    )
