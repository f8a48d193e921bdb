"""Who acts in the tests of the ground floor: it knows no people yet, so they are plain actors."""

import pytest

from zhongshu.base import calendars
from zhongshu.base.actors import Actor


@pytest.fixture
def clerk() -> Actor:
    return Actor(
        person_id=7,
        name="林小禾",
        unit_id=3,
        unit_name="秘书科",
        tenant_id=1,
        roles=frozenset({"secretariat"}),
        permissions=frozenset({"documents.register"}),
        principals=(70, 30),
        ip="10.1.2.3",
    )


@pytest.fixture
def decreed(db: None) -> None:
    """The calendar with every year that has been decreed so far."""
    calendars.seed_calendar(range(2007, 2027))
    calendars.forget()
