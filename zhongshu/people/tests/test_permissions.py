"""权限: every address of people answers each kind of person as its declaration says."""

import pytest
from django.urls import reverse

from zhongshu.people.models import Role
from zhongshu.people.urls import urlpatterns
from zhongshu.ui.permissions import OPEN, SIGNED_IN, permission_of

WHO = ["sys_admin", "sec_admin", "audit_admin", "clerk", "outsider"]
ARGS = {"calendar_year": [2026], "calendar_day": ["2026-01-05"]}


def args_of(pattern, office):
    if pattern.name in ARGS:
        return ARGS[pattern.name]
    if "<int:pk>" not in str(pattern.pattern):
        return []
    things = {
        "unit": office.depts[0].unit.pk,
        "role": Role.objects.get(code="archivist").pk,
        "release": office.appointment(office.clerk).pk,
    }
    found = next((pk for start, pk in things.items() if pattern.name.startswith(start)), office.clerk.pk)
    return [office.clerk.pk if pattern.name == "role_grant" else found]


@pytest.mark.parametrize("pattern", urlpatterns, ids=lambda p: p.name)
def test_each_page_opens_to_whom_it_says(client, office, pattern):
    permission = permission_of(pattern.callback)
    assert permission, f"{pattern.name} declares no permission"
    url = reverse(f"people:{pattern.name}", args=args_of(pattern, office))
    if permission != OPEN:
        assert client.get(url).status_code == 302
    for key in WHO:
        client.force_login(office.people[key])
        actor = office.actor(office.people[key])
        may = permission in (OPEN, SIGNED_IN) or any(actor.may(code) for code in permission.split("|"))
        status = client.get(url).status_code
        assert (status == 403) == (not may), f"{key} at {url}: {status}"


def test_administrators_see_no_section_but_their_own(client, office):
    for person in office.admins:
        client.force_login(person)
        sections = {p.section.code for p in client.get("/account/").context["shell"].sections}
        assert "system" in sections
        assert sections <= {"system", "desk"}
