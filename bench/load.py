"""Eight clients that ask and wait, and the CPU that web and database processes spent on it."""

import http.client
import os
import statistics
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass
class Outcome:
    """What one measurement found."""

    times: list[float] = field(default_factory=list)
    failures: int = 0
    web_ms: float = 0.0
    database_ms: float = 0.0
    seconds: float = 0.0

    def as_dict(self) -> dict[str, float | int]:
        """Return figures in milliseconds."""
        ordered = sorted(self.times) or [0.0]
        return {
            "requests": len(self.times),
            "failures": self.failures,
            "p50_ms": round(1000 * statistics.median(ordered), 2),
            "p95_ms": round(1000 * ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))], 2),
            "a_second": round(len(self.times) / self.seconds, 1) if self.seconds else 0,
            "web_cpu_ms": round(self.web_ms, 2),
            "database_cpu_ms": round(self.database_ms, 2),
        }


def cpu_of(pids: Sequence[int]) -> float:
    """Return the CPU seconds of processes and their reaped children."""
    return sum(_ticks(pid) for pid in pids) / TICKS


def _ticks(pid: int) -> int:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return sum(int(value) for value in fields[11:15])


def family(pid: int) -> list[int]:
    """Return a process and all below it."""
    found, todo = [], [pid]
    while todo:
        current = todo.pop()
        found.append(current)
        path = Path(f"/proc/{current}/task/{current}/children")
        todo += [int(child) for child in path.read_text().split()] if path.exists() else []
    return found


def measure(
    port: int,
    paths: Sequence[str],
    *,
    cookie: str = "",
    clients: int = 8,
    requests: int = 400,
    web: Callable[[], list[int]],
    database: Callable[[], list[int]],
) -> Outcome:
    """Ask for the paths in turn by several clients; the first eighth is warm-up and does not count."""
    outcome = Outcome()
    _ask(port, paths, cookie, clients, max(clients * 2, requests // 8), Outcome())
    before = cpu_of(web()), cpu_of(database())
    started = time.perf_counter()
    _ask(port, paths, cookie, clients, requests, outcome)
    outcome.seconds = time.perf_counter() - started
    asked = max(1, len(outcome.times))
    outcome.web_ms = 1000 * (cpu_of(web()) - before[0]) / asked
    outcome.database_ms = 1000 * (cpu_of(database()) - before[1]) / asked
    return outcome


def _ask(port: int, paths: Sequence[str], cookie: str, clients: int, requests: int, outcome: Outcome) -> None:
    lock, left = threading.Lock(), iter(range(requests))

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        while True:
            with lock:
                n = next(left, None)
            if n is None:
                return
            started = time.perf_counter()
            connection.request("GET", paths[n % len(paths)], headers={"Cookie": cookie} if cookie else {})
            answer = connection.getresponse()
            answer.read()
            spent = time.perf_counter() - started
            with lock:
                outcome.times.append(spent)
                outcome.failures += answer.status != 200

    threads = [threading.Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
