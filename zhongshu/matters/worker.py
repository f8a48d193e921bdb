"""The worker: threads that keep the outbox's promises and the schedule until told to stop."""

import logging
import os
import signal
import socket
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

from zhongshu.base import clock
from zhongshu.matters import outbox, ticker

log = logging.getLogger(__name__)

IDLE = 1.0
RECOVER = 5.0


class Worker:
    """Some threads for the outbox, one for what takes minutes, and one for the schedule."""

    def __init__(self, threads: int = 1) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self.stopping = threading.Event()
        steps: list[Callable[[], bool]] = [self._drain] * threads + [self._plod, self._tick]
        self.threads = [threading.Thread(target=self._loop, args=[step], daemon=True) for step in steps]

    def run(self) -> None:
        """Work until SIGTERM or SIGINT; what is in hand is finished first."""
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: self.stopping.set())
        for thread in self.threads:
            thread.start()
        self.stopping.wait()
        for thread in self.threads:
            thread.join()

    def run_once(self) -> int:
        """Do what is due now and return how much it was."""
        ticker.plan(clock.now())
        count = len(ticker.run_due(self.name))
        while tried := outbox.drain(worker=self.name):
            count += tried
        return count

    def _drain(self) -> bool:
        return outbox.drain(20, worker=self.name, slow=False) > 0

    def _plod(self) -> bool:
        return outbox.drain(1, worker=self.name, slow=True) > 0

    def _tick(self) -> bool:
        ticker.plan(clock.now())
        return bool(ticker.run_due(self.name))

    def _loop(self, step: Callable[[], bool]) -> None:
        while not self.stopping.is_set():
            close_old_connections()
            try:
                if not step():
                    self.stopping.wait(IDLE)
            except DatabaseError:
                log.warning("the database does not answer, trying again", exc_info=True)
                connection.close()
                self.stopping.wait(RECOVER)
        connection.close()
