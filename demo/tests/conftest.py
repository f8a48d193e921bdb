"""One generated year for all tests of the papers."""

import datetime as dt

import pytest

from demo.papers import arrivals, writing
from demo.papers.paper import Paper

NOW = dt.datetime(2026, 6, 10, 15, 0, tzinfo=arrivals.ZONE)


@pytest.fixture(scope="session")
def year() -> list[Paper]:
    return writing.generate(7, NOW)
