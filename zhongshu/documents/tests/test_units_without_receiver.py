"""交办给没有人能签收的单位: who assigns is warned in the form, and told why when it is tried."""

import pytest

from zhongshu.base import clock
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import act, do, minute
from zhongshu.people.models import RoleGrant

WARNING = "来文没有人能签收"


@pytest.fixture
def empty(office):
    """The third department, which nobody can sign for."""
    unit = office.depts[2].unit
    found = RoleGrant.objects.standing().filter(
        role__code__in=("liaison", "dept_head"), person__appointments__unit=unit
    )
    RoleGrant.objects.filter(pk__in=found.values("pk")).update(revoked_at=clock.now())
    return unit


def test_the_form_of_an_assignment_warns(client, office, carrier, empty):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    page = client.get(act(incoming, "assign")).text
    assert WARNING in page
    assert empty.label in page


def test_with_everybody_in_place_it_says_nothing(client, office, carrier):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    assert WARNING not in client.get(act(incoming, "assign")).text


def test_put_to_it_all_the_same_the_paper_does_not_vanish(client, office, carrier, empty):
    incoming = carrier.assigning()
    client.force_login(office.clerk)
    answer = do(client, incoming, "assign", lead_unit=empty.pk, due_at=minute(days=2))
    assert answer.status_code == 422
    assert f"“签收”环节：{empty.label}没有可以办理的人" in answer.text
    assert phase(incoming) == "assigning"
    other = office.depts[0].unit
    assert do(client, incoming, "assign", lead_unit=other.pk, due_at=minute(days=2)).status_code == 302
