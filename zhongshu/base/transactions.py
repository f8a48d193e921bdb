"""One writing transaction at a time where the database knows only one: first come, first served."""

import threading
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


class TicketLock:
    """A lock that serves its waiters in order; the thread that holds it may take it again."""

    def __init__(self) -> None:
        self._door = threading.Lock()
        self._waiting: deque[threading.Lock] = deque()
        self._holder: int | None = None
        self._depth = 0

    def acquire(self) -> None:
        me = threading.get_ident()
        with self._door:
            if self._holder in (None, me):
                self._holder = me
                self._depth += 1
                return
            ticket = threading.Lock()
            ticket.acquire()
            self._waiting.append(ticket)
        ticket.acquire()
        self._holder, self._depth = me, 1

    def release(self) -> None:
        with self._door:
            self._depth -= 1
            if self._depth:
                return
            if self._waiting:
                # Still held, by nobody yet: a newcomer must not slip in before the next in line.
                self._holder = -1
                self._waiting.popleft().release()
            else:
                self._holder = None

    def __enter__(self) -> None:
        self.acquire()

    def __exit__(self, *_: object) -> None:
        self.release()


# SQLite has one writer and an unfair queue (4 s were seen): we queue before BEGIN. PostgreSQL needs none.
_writers = TicketLock()


@contextmanager
def writing() -> Iterator[None]:
    """Open the one durable transaction of an act."""
    if connection.vendor == "sqlite":
        with _writers, transaction.atomic(durable=True):
            yield
    else:
        with transaction.atomic(durable=True):
            yield
