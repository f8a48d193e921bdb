"""动静: whoever has a part in a matter learns that something happened to it, and nobody else does."""

import pytest
from django.db import transaction

from zhongshu.base.actors import SYSTEM
from zhongshu.matters import spine, stirs
from zhongshu.matters.stirs import pulse_of, pulses_of


@pytest.fixture
def matter(office):
    matter = spine.open_matter("incoming", tenant=office.tenant, title="x", by=SYSTEM)
    spine.give_part(matter, office.clerk.principal_id)
    return matter


def desks(*persons):
    return [pulse_of(p.pk, [p.principal_id]).desk for p in persons]


@pytest.mark.parametrize("happening", ["locked", "give", "drop"])
def test_the_desks_of_those_concerned_change_and_no_others(office, matter, happening):
    clerk, director = desks(office.clerk, office.director)
    with transaction.atomic():
        if happening == "locked":
            spine.locked(matter.pk)
        elif happening == "give":
            spine.give_part(matter, office.clerk.principal_id)
        else:
            spine.drop_part(matter, office.clerk.principal_id)
    now = desks(office.clerk, office.director)
    assert now[0] != clerk
    assert now[1] == director


def test_what_one_is_told_alone_is_what_is_told_to_many(office, matter):
    people = [office.clerk, office.director, office.outsider]
    stirs.stir([office.director.principal_id, office.units["秘书科"].principal_id])
    ways = {p.pk: (p.principal_id, office.units["秘书科"].principal_id) for p in people}
    assert pulses_of(ways) == {pk: pulse_of(pk, ids) for pk, ids in ways.items()}


def test_many_are_asked_for_in_two_queries(office, matter, django_assert_num_queries):
    with django_assert_num_queries(2):
        pulses_of({p.pk: (p.principal_id,) for p in office.people.values()})
