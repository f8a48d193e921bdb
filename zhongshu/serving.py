"""Serving on one machine: pages, worker and live news as children of one process that keeps them alive."""

import ctypes
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

log = logging.getLogger(__name__)

GRACE = 25.0
PAUSES = (1.0, 2.0, 5.0, 10.0, 30.0)
SETTLED = 60.0
TOO_SOON = 3.0


@dataclass(frozen=True)
class Recipe:
    """How to start one child."""

    name: str
    argv: Sequence[str]
    env: Mapping[str, str] = field(default_factory=dict)


def pages(host: str, port: int, *, processes: int, threads: int, env: Mapping[str, str]) -> Recipe:
    """Return how to start the pages (WSGI)."""
    argv = [*_granian("wsgi", host, port), "--workers", str(processes), "--blocking-threads", str(threads)]
    return Recipe("pages", [*argv, "--respawn-failed-workers", "zhongshu.wsgi:application"], env)


def live(host: str, port: int) -> Recipe:
    """Return how to start live news (ASGI)."""
    argv = [*_granian("asgi", host, port), "--workers", "1"]
    return Recipe("live", [*argv, "zhongshu.asgi:application"])


def worker() -> Recipe:
    """Return how to start a worker."""
    return Recipe("worker", [sys.executable, "-m", "zhongshu.cli", "worker"])


def _granian(interface: str, host: str, port: int) -> list[str]:
    argv = [sys.executable, "-m", "granian", "--interface", interface, "--host", host, "--port", str(port)]
    return [*argv, "--no-ws", "--workers-kill-timeout", "15", "--log-level", "error"]


def is_free(host: str, port: int) -> bool:
    """Say whether the port can be listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return False
    return True


class Child:
    """A running child and how it has fared."""

    def __init__(self, recipe: Recipe) -> None:
        self.recipe = recipe
        self.falls = 0
        self.start_at = 0.0
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it; should the parent be killed outright, the system ends the child too."""
        self.process = subprocess.Popen(
            self.recipe.argv,
            env={**os.environ, **self.recipe.env},
            process_group=0,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - the supervisor has one thread
        )
        self.started = time.monotonic()

    def look(self) -> bool:
        """Start it again where it fell and its pause is over; say whether it cannot even start."""
        if self.process is None:
            if time.monotonic() >= self.start_at:
                self.start()
            return False
        if self.process.poll() is None:
            return False
        lived = time.monotonic() - self.started
        status = self.process.returncode
        log.error("%s ended with %s after %.0f s", self.recipe.name, status, lived)
        _end_group(self.process.pid)
        self.falls = 1 if lived > SETTLED else self.falls + 1
        self.start_at = time.monotonic() + PAUSES[min(self.falls, len(PAUSES)) - 1]
        self.process = None
        # Struck down by a signal it may be well; ended by itself at once it never will be.
        return status > 0 and lived < TOO_SOON and self.falls == 1

    def stop(self, until: float) -> None:
        """Wait for the end until that moment, then end it."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.error("%s did not stop and is killed", self.recipe.name)
            self.process.kill()
            self.process.wait()
        _end_group(self.process.pid)

    def ask_to_stop(self) -> None:
        """Ask it to finish what it has in hand."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


class Supervisor:
    """Keep the children alive until told to stop."""

    def __init__(self, recipes: Sequence[Recipe]) -> None:
        self.children = [Child(recipe) for recipe in recipes]
        self.stopping = threading.Event()

    def run(self) -> int:
        """Start all, watch all, stop all; return the exit status."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        for child in self.children:
            child.start()
        status = 0
        while not self.stopping.wait(0.2):
            fell = [child.recipe.name for child in self.children if child.look()]
            if fell:
                sys.stderr.write(f"{'、'.join(fell)} 无法启动，见上面的信息。\n")
                status = 1
                break
        self.stop()
        return status

    def stop(self) -> None:
        """Ask all at once, then wait for each."""
        for child in self.children:
            child.ask_to_stop()
        until = time.monotonic() + GRACE
        for child in self.children:
            child.stop(until)


def _end_group(pid: int) -> None:
    """End what a fallen child left behind: granian's own children would go on holding the port."""
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.SIGKILL)


def die_with_parent() -> None:
    """Ask the system to end this process with the thread that started it (where the system can)."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGTERM)
