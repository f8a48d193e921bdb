"""办理痕迹 on the sheet and on a 批示件: what was done there; attempts that were refused are for the auditor."""

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.actions.instructions import InstructionForm
from zhongshu.documents.tests.pages import do, sheet

AUDIT = reverse("people:trail")
REFUSED = "未予办理"


def refused_on(matter_id):
    return TrailEntry.objects.get(matter_id=matter_id, outcome="refused")


def test_the_sheet_shows_what_was_done_and_no_attempt(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    assert do(client, incoming, "instruct", form="typed", meaning="words", text=" ").status_code == 422
    assert "被拒绝" in refused_on(incoming.pk).label
    for person in (office.county_head, office.clerk):
        client.force_login(person)
        for url in (sheet(incoming), reverse("documents:incoming_drawer", args=[incoming.public_id])):
            page = client.get(url).text
            assert "办理痕迹" in page
            assert REFUSED not in page
            assert "被拒绝" not in page


def test_the_page_of_a_leader_s_instruction_too(client, office):
    form = InstructionForm(
        "省长 甲", "province", "请抓紧整改。", clock.now(), clock.now(), owner_unit_id=office.depts[0].unit.pk
    )
    row = actions.register_instruction(form, by=office.actor(office.clerk))
    client.force_login(office.depts[0].liaison)
    closing = reverse("documents:instruction_step", args=[row.matter.public_id, "closed"])
    assert client.post(closing, {"text": ""}).status_code == 422
    assert refused_on(row.pk)
    for name in ("instruction", "instruction_drawer"):
        page = client.get(reverse(f"documents:{name}", args=[row.matter.public_id])).text
        assert "登记批示件" in page
        assert REFUSED not in page


def test_the_auditor_still_sees_the_attempt(client, office, carrier):
    incoming = carrier.instructing([office.county_head])
    client.force_login(office.county_head)
    do(client, incoming, "instruct", form="typed", meaning="words", text=" ")
    client.force_login(office.audit_admin)
    page = client.get(AUDIT, {"outcome": "refused"}).text
    assert refused_on(incoming.pk).label in page


@pytest.mark.parametrize("who", ["clerk", "county_head", "sys_admin"])
def test_nobody_else_opens_the_auditor_s_page(client, office, who):
    client.force_login(getattr(office, who))
    assert client.get(AUDIT).status_code == 403
