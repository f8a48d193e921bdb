"""Whose turn it is: each stage of an import is a chain of promises in the outbox, each good for some seconds."""

from zhongshu.base.actors import Actor
from zhongshu.documents.models import RegisterImport
from zhongshu.matters.outbox import enqueue
from zhongshu.people.actors import actor_for

TOPIC = "documents.import"


def next_turn(run: RegisterImport) -> None:
    """Promise the next stretch of work, in the caller's transaction; a promise of before is void."""
    run.turn += 1
    RegisterImport.objects.filter(pk=run.pk).update(turn=run.turn)
    enqueue(TOPIC, {"run": run.pk, "turn": run.turn}, key=f"{TOPIC}:{run.pk}:{run.turn}")


def actor_of(run: RegisterImport) -> Actor:
    """Return for whom the worker acts: the person who ordered the import."""
    return actor_for(run.created_by, channel="worker")


def locked(run_id: int) -> RegisterImport:
    """Take the import for writing: a chunk, a pause and a second worker come one after the other."""
    return RegisterImport.objects.select_for_update(of=("self",)).get(pk=run_id)


def reset(run: RegisterImport, state: str, **fields: object) -> None:
    """Begin a stage."""
    for name, value in {"state": state, "cursor": 0, "progress": 0, "problem": "", **fields}.items():
        setattr(run, name, value)
    run.save()
