"""Who acts and when: the picture of a person, and the office's clock."""

import pickle
from datetime import UTC, date, datetime

import pytest

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM
from zhongshu.base.refusals import Refusal, Refused


def test_acting_for_another_is_written_as_the_office_writes_it(clerk):
    deputy = clerk.for_(8, "何副主任")
    assert (clerk.display, deputy.display) == ("林小禾", "林小禾（代何副主任）")
    assert (deputy.person_id, deputy.on_behalf_of_id) == (7, 8)


def test_permissions_and_roles(clerk):
    assert clerk.may("documents.register")
    assert not clerk.may("documents.close")
    assert clerk.has("archivist", "secretariat")
    assert not clerk.has("archivist")
    assert not SYSTEM.has("secretariat")


def test_an_actor_travels(clerk):
    assert pickle.loads(pickle.dumps(clerk)) == clerk


def test_a_refusal_travels_and_gives_all_its_reasons():
    refused = Refused(
        Refusal("DOC-02", "请选择主办单位", "lead_unit"), Refusal("DOC-03", "请填写时限", "due")
    )
    again = pickle.loads(pickle.dumps(refused))
    assert (again.codes, str(again)) == (["DOC-02", "DOC-03"], "请选择主办单位；请填写时限")
    with pytest.raises(ValueError, match="at least one"):
        Refused()


def test_days_and_years_are_half_open_in_the_offices_zone():
    start, end = clock.day_range(date(2026, 12, 31))
    assert (start.astimezone(UTC), end) == (datetime(2026, 12, 30, 16, tzinfo=UTC), clock.year_range(2026)[1])


def test_the_clock_can_be_held():
    with clock.fixed(datetime(2026, 10, 8, 16, 30, tzinfo=UTC)) as at:
        assert clock.now() == at
        assert clock.today() == date(2026, 10, 9)
    assert clock.now() != at
    with pytest.raises(ValueError, match="aware"), clock.fixed(datetime(2026, 1, 1)):  # noqa: DTZ001
        pass
