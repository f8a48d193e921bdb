"""One step of a procedure: CPU and statements of each act, carried by real people of the county."""

import resource
import statistics
import time
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench import fill
from zhongshu.documents import actions, carrying, tasks
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Person

PAPERS = 12
COUNTED = 2  # on so many papers statements are counted instead: counting itself costs a third of the time


def one_step() -> dict[str, Any]:
    """Carry papers through and return CPU, wall and statements per step."""
    clerk = actor_for(Person.objects.get(username=fill.USERS["clerk"]), channel="command")
    taken: dict[str, list[tuple[float, float]]] = defaultdict(list)
    counted: dict[str, list[int]] = defaultdict(list)
    for n in range(PAPERS + COUNTED):
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

            def step(phase: str = phase, incoming: Any = incoming, actor: Any = actor) -> None:
                carrying.STEPS[phase](incoming, actor)

            if n < COUNTED:
                counted[phase].append(_counted(step))
            else:
                taken[phase].append(_timed(step))
    rows = {phase: _figures(each, counted[phase]) for phase, each in taken.items()}
    every = [one for each in taken.values() for one in each]
    return {"per_phase": rows, "all": _figures(every, [n for each in counted.values() for n in each])}


def _counted(step: Callable[[], None]) -> int:
    with CaptureQueriesContext(connection) as captured:
        step()
    return len(captured)


def _timed(step: Callable[[], None]) -> tuple[float, float]:
    before, started = resource.getrusage(resource.RUSAGE_SELF), time.perf_counter()
    step()
    wall, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall


def _figures(taken: list[tuple[float, float]], statements: list[int]) -> dict[str, float]:
    return {
        "count": len(taken),
        "cpu_ms": round(1000 * statistics.median(cpu for cpu, _ in taken), 2),
        "wall_ms": round(1000 * statistics.median(wall for _, wall in taken), 2),
        "statements": statistics.median(statements) if statements else 0,
    }
