"""The watcher: one thread that waits for the database to change and says so."""

import logging
import threading
from collections.abc import Callable, Iterator

from django.db import DatabaseError, connection

from zhongshu.matters.stirs import CHANNEL

log = logging.getLogger(__name__)

SQLITE_PAUSE = 0.5
LISTEN_PAUSE = 5.0
SETTLE = 0.5
RECOVER = 2.0


class Watcher(threading.Thread):
    """Call `look` after each change, but never more often than the settling time."""

    def __init__(self, look: Callable[[], None]) -> None:
        super().__init__(name="live-watcher", daemon=True)
        self.look = look
        self.stopping = threading.Event()

    def run(self) -> None:
        while not self.stopping.is_set():
            try:
                self._watch()
            except DatabaseError:
                log.warning("live: the database went away, trying again")
                connection.close()
                self.stopping.wait(RECOVER)
        connection.close()

    def stop(self) -> None:
        """End the thread at its next breath."""
        self.stopping.set()

    def _watch(self) -> None:
        changes = _postgresql_changes if connection.vendor == "postgresql" else _sqlite_changes
        for changed in changes(self.stopping):
            if self.stopping.is_set():
                return
            if changed:
                self.look()
                self.stopping.wait(SETTLE)


def _postgresql_changes(stopping: threading.Event) -> Iterator[bool]:
    """Yield True after a notification (and once at the start), False when nothing came for a while."""
    with connection.cursor() as cursor:
        cursor.execute(f"LISTEN {CHANNEL}")
    yield True
    while True:
        heard = list(connection.connection.notifies(timeout=LISTEN_PAUSE, stop_after=1))
        yield bool(heard)


def _sqlite_changes(stopping: threading.Event) -> Iterator[bool]:
    """Yield True when another connection committed something: `data_version` costs a look at one page."""
    seen = None
    while True:
        with connection.cursor() as cursor:
            version = cursor.execute("PRAGMA data_version").fetchone()[0]
        yield version != seen
        seen = version
        stopping.wait(SQLITE_PAUSE)
