"""A pytest plugin for every room: keys of its own, a fresh calendar copy, and a trail that may be emptied."""

import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.test import TransactionTestCase

from zhongshu.base import calendars, guards


@pytest.fixture(scope="session", autouse=True)
def private_var() -> Iterator[None]:
    """Keep the keys, exported heads and files of a test run away from those of the installation."""
    with tempfile.TemporaryDirectory() as folder:
        settings.ZHONGSHU_KEYS_DIR = Path(folder) / "keys"
        settings.ZHONGSHU_TRAIL_HEADS_DIR = Path(folder) / "trail-heads"
        settings.ZHONGSHU_BLOBS_DIR = Path(folder) / "blobs"
        settings.ZHONGSHU_QUARANTINE_DIR = Path(folder) / "quarantine"
        settings.ZHONGSHU_CACHE_DIR = Path(folder) / "cache"
        yield


@pytest.fixture(scope="session", autouse=True)
def emptied_trail() -> Iterator[None]:
    """Let the flush after a transactional test pass the guard that nothing else passes."""
    flush: Callable[[TransactionTestCase], None] = vars(TransactionTestCase)["_fixture_teardown"]

    def flush_unguarded(case: TransactionTestCase) -> None:
        with guards.lifted(connection):
            flush(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", flush_unguarded)
        yield


@pytest.fixture(autouse=True)
def fresh_calendar() -> None:
    """Forget the calendar that another test wrote and rolled back."""
    calendars.forget()
