"""The worker's part: an import goes on in stretches, so that notices and other promises are not kept waiting."""

import time
from collections.abc import Callable

from zhongshu.base.transactions import writing as transaction
from zhongshu.documents.importing import reading, turns, undoing, writing
from zhongshu.documents.models import RegisterImport
from zhongshu.matters.outbox import Payload, handler

STRETCH = 15.0
LEASE = 150
State = RegisterImport.State
Chunk = Callable[..., bool]


@handler(turns.TOPIC, lease=LEASE, slow=True)
def work(payload: Payload) -> None:
    """Do the stage whose turn it is; a turn that was overtaken does nothing."""
    asked = RegisterImport.objects.select_related("created_by")
    run = asked.filter(pk=payload["run"], turn=payload["turn"]).first()
    if run is None:
        return
    if run.state == State.READING:
        reading.read(run)
    elif run.state == State.RUNNING:
        _stretch(run, writing.write_chunk)
    elif run.state == State.UNDOING:
        _stretch(run, undoing.undo_chunk)


def _stretch(run: RegisterImport, chunk: Chunk) -> None:
    by = turns.actor_of(run)
    if run.state == State.RUNNING and not by.may("documents.import"):
        _halt(run, f"经办人{run.created_by.name}已没有导入权限，请由有权限的人继续")
        return
    until = time.monotonic() + STRETCH
    while chunk(run.pk, run.turn, by=by):
        if time.monotonic() > until:
            _pass_on(run)
            return


def _pass_on(run: RegisterImport) -> None:
    with transaction():
        now = turns.locked(run.pk)
        if now.turn == run.turn and now.is_busy:
            turns.next_turn(now)


def _halt(run: RegisterImport, why: str) -> None:
    with transaction():
        now = turns.locked(run.pk)
        if now.turn == run.turn and now.state == State.RUNNING:
            now.state, now.problem = State.PAUSED, why
            now.save(update_fields=["state", "problem"])
