"""One step of a procedure: CPU and statements of each act, carried by real people of the county."""

import resource
import statistics
import time
from collections import defaultdict
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import fill
from zhongshu.documents import actions, carrying, tasks
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Person

PAPERS = 12


def one_step() -> dict[str, Any]:
    """Carry papers through and return CPU, wall and statements per step."""
    clerk = actor_for(Person.objects.get(username=fill.USERS["clerk"]), channel="command")
    taken: dict[str, list[tuple[float, float, int]]] = defaultdict(list)
    for n in range(PAPERS):
        data = Registration(
            title=f"关于安全生产第{n}号检查的通知",
            issuer_name="澜川市应急局",
            doc_number="",
            requires_feedback=True,
        )
        incoming = actions.register(data, Arrival(), by=clerk)
        for _ in range(carrying.MOST_STEPS):
            incoming.refresh_from_db()
            waiting = [task for task in tasks.open_tasks(incoming.matter) if task.step]
            if not waiting:
                break
            task = waiting[0]
            actor = actor_for(tasks.persons_of_task(task)[0], channel="command")
            phase = task.step.phase if task.step else ""
            taken[phase].append(_timed(lambda p=phase, i=incoming, a=actor: carrying.STEPS[p](i, a)))
    rows = {phase: _figures(each) for phase, each in taken.items()}
    return {"per_phase": rows, "all": _figures([one for each in taken.values() for one in each])}


def _timed(step: Any) -> tuple[float, float, int]:
    with CaptureQueriesContext(connection) as captured:
        before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
        step()
        wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, wall, len(captured)


def _figures(taken: list[tuple[float, float, int]]) -> dict[str, float]:
    return {
        "count": len(taken),
        "cpu_ms": round(1000 * statistics.median(t[0] for t in taken), 2),
        "wall_ms": round(1000 * statistics.median(t[1] for t in taken), 2),
        "statements": statistics.median(t[2] for t in taken),
    }
