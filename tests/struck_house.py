"""The house as real processes on the test's own database: pages and worker that can be struck down at any moment."""

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection

from zhongshu import serving
from zhongshu.base.models import ActKey
from zhongshu.serving import Recipe

HOST = "127.0.0.1"
PATIENCE = 90.0


class Struck:
    """One process that may be struck down; the thread that made it starts it again."""

    def __init__(self, recipe: Recipe, env: dict[str, str], log: Path) -> None:
        self.recipe, self.env, self.log = recipe, env, log
        self.blows = 0
        self.is_down, self.lock = False, threading.Lock()
        self.start()

    def start(self) -> None:
        """Start it; should the test be killed, it ends with it."""
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(
                self.recipe.argv,
                env=self.env | dict(self.recipe.env),
                stdout=log,
                stderr=log,
                process_group=0,
                preexec_fn=serving.die_with_parent,  # noqa: PLW1509 - it forks and loads at once
            )

    def strike(self) -> None:
        """kill -9, granian's children too."""
        with self.lock:
            if not self.is_down:
                self.end()
                self.is_down = True
                self.blows += 1

    def end(self) -> None:
        """Strike down for good."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)

    def look(self) -> None:
        """Start it again after a blow; fail when it ended by itself."""
        with self.lock:
            if (status := self.process.poll()) is None:
                return
            assert self.is_down, f"{self.recipe.name} ended by itself with {status}:\n{self.said}"
            self.is_down = False
            self.start()

    @property
    def said(self) -> str:
        """Return the end of what it wrote."""
        return self.log.read_text(encoding="utf-8", errors="replace")[-3000:]


class StruckHouse:
    """Pages and worker on the database of the test, and who strikes them."""

    def __init__(self, folder: Path, *, seed: int) -> None:
        self.env = environment()
        self.port = _free_port()
        recipe = serving.pages(HOST, self.port, processes=1, threads=4, env={})
        self.pages = Struck(recipe, self.env, folder / "pages.log")
        self.worker = Struck(serving.worker(), self.env, folder / "worker.log")
        self.dice, self.lock = random.Random(seed), threading.Lock()
        self.pages_odds = self.worker_odds = 0.0
        self.usual = 0.1
        self.timers: list[threading.Timer] = []

    def before_a_form(self, key: str) -> bool:
        """Perhaps strike while this form is answered; say whether its sender shall be impatient."""
        with self.lock:
            if self.dice.random() < self.worker_odds:
                self._later(self.dice.uniform(0, self.usual), self.worker.strike)
            if self.dice.random() < self.pages_odds:
                if self.dice.random() < 0.5:
                    self._later(self.dice.uniform(0, 1.3 * self.usual), self.pages.strike)
                else:
                    self._later(0, self._strike_once_written, key)
            return self.dice.random() < self.pages_odds

    def _later(self, pause: float, strike: Callable[..., None], *args: str) -> None:
        timer = threading.Timer(pause, strike, args)
        self.timers.append(timer)
        timer.start()

    def _strike_once_written(self, key: str) -> None:
        """Strike between the commit of this form and its answer, or nearly so."""
        until = time.monotonic() + 5
        while not ActKey.objects.filter(key=key).exists() and time.monotonic() < until:
            time.sleep(0.001)
        self.pages.strike()
        connection.close()

    def answered_in(self, seconds: float) -> None:
        """Learn how long an answer takes when nobody strikes."""
        with self.lock:
            self.usual += 0.2 * (min(seconds, 1.0) - self.usual)

    def look(self) -> None:
        """Start again what was struck down."""
        self.pages.look()
        self.worker.look()

    def run(self, threads: list[threading.Thread]) -> None:
        """Keep the house alive while these threads work, and until the last blow has fallen."""
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in [*threads, *self.timers]):
            self.look()
            time.sleep(0.02)
        self.look()

    def close(self) -> None:
        """End everything."""
        for process in (self.pages, self.worker):
            process.end()
            process.process.wait()


def environment() -> dict[str, str]:
    """Return the environment of the house: the test's database, keys and folders, plain http."""
    places = ("KEYS", "BLOBS", "QUARANTINE", "CACHE", "TRAIL_HEADS")
    folders = [f"ZHONGSHU_{place}_DIR" for place in places]
    return os.environ | {
        **{name: str(getattr(settings, name)) for name in folders},
        "DATABASE_URL": _database_url(),
        "ZHONGSHU_SECRET_KEY": settings.SECRET_KEY,
        "ZHONGSHU_HTTPS": "0",
        "ZHONGSHU_EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend",
        "DJANGO_SETTINGS_MODULE": "zhongshu.settings",
    }


def _database_url() -> str:
    at = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{Path(str(at['NAME'])).resolve()}"
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
