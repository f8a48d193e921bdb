"""归档: what is closed waits here, gets a gapless 档号, or a reason why not."""

import pytest
from django.urls import reverse

from zhongshu.archive import actions, defaults, queries
from zhongshu.archive.models import ArchivalFile
from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import TrailEntry
from zhongshu.matters import spine
from zhongshu.matters.models import Handover, Matter


@pytest.fixture
def closed(office):
    defaults.ensure_scopes(office.tenant)

    def make(title="关于防汛工作的通知", closed=True, **data) -> ArchivalFile:
        matter = Matter.objects.create(
            kind="incoming", tenant=office.tenant, title=title, closed_at=clock.now() if closed else None
        )
        given = {"doc_type": "notice", "direction": "downward", "handling_type": "action", **data}
        actions.take(Handover(matter=matter, kind="archive", data=given), office.actor(office.clerk))
        return ArchivalFile.objects.get(matter=matter)

    return make


def test_the_scope_table_proposes_the_retention(closed):
    assert closed().retention == "d30"
    assert closed("关于机构编制的请示", doc_type="request_for_instructions").retention == "permanent"
    assert closed(handling_type="read").scope.is_archived is False


def test_numbers_run_without_gaps(closed, office):
    keeper = office.actor(office.archivist)
    files = [closed(f"关于第{n}件事的通知") for n in range(3)]
    for file in files:
        actions.archive(file, retention="d30", by=keeper)
    codes = list(ArchivalFile.objects.order_by("item_no").values_list("archival_code", flat=True))
    year = clock.today().year
    assert codes == [f"0001-WS·{year}-D30-BGS-000{n}" for n in (1, 2, 3)]
    assert queries.rate(keeper, year).text == "100.0%"


@pytest.mark.parametrize(
    ("changes", "given", "code"),
    [
        ({"closed": False}, {"retention": "d30"}, "ARC-01"),
        ({}, {"retention": ""}, "ARC-03"),
        ({}, {"retention": "d30", "section_code": " "}, "ARC-04"),
    ],
)
def test_what_stands_in_the_way_is_said(closed, office, changes, given, code):
    with pytest.raises(Refused) as refused:
        actions.archive(closed(**changes), by=office.actor(office.archivist), **given)
    assert code in refused.value.codes


def test_not_archiving_needs_a_reason_and_leaves_the_rate(closed, office):
    keeper, file = office.actor(office.archivist), closed()
    with pytest.raises(Refused):
        actions.exempt(file, reason=" ", by=keeper)
    actions.exempt(file, reason="重份", by=keeper)
    assert queries.rate(keeper, file.year).text == "—"


def test_the_archivist_archives_at_the_page(client, closed, office):
    file = closed()
    client.force_login(office.archivist)
    assert file.title in client.get(reverse("archive:waiting")).content.decode()
    answer = client.post(reverse("archive:file", args=[file.pk]), {"retention": "d10", "section_code": "bgs"})
    assert answer.status_code == 302
    file.refresh_from_db()
    assert file.archival_code.endswith("-D10-BGS-0001")
    listed = client.get(reverse("archive:catalogue")).content.decode()
    assert file.archival_code in listed


def test_a_file_that_waits_stands_under_what_waits_and_an_archived_one_under_the_catalogue(
    client, closed, office
):
    file = closed()
    client.force_login(office.archivist)
    page = reverse("archive:file", args=[file.pk])
    assert f'href="{reverse("archive:waiting")}" aria-current="page"' in client.get(page).text
    actions.archive(file, retention="d30", by=office.actor(office.archivist))
    assert f'href="{reverse("archive:catalogue")}" aria-current="page"' in client.get(page).text


def test_many_are_archived_as_proposed_and_the_refused_one_is_named(client, closed, office):
    good, bad = closed(), closed("无建议的件", handling_type="read")
    client.force_login(office.archivist)
    answer = client.post(reverse("archive:archive_many"), {"id": [good.pk, bad.pk]}, follow=True)
    assert "已归档 1 件，1 件未归" in answer.content.decode()
    assert set(ArchivalFile.objects.values_list("state", flat=True)) == {"archived", "pending"}


def test_the_export_is_in_the_trail(client, closed, office):
    actions.archive(closed(), retention="d30", by=office.actor(office.archivist))
    client.force_login(office.archivist)
    answer = client.get(reverse("archive:catalogue"), {"excel": "1"})
    assert answer["Content-Type"].endswith("sheet")
    assert TrailEntry.objects.filter(verb="export_catalogue", actor_id=office.archivist.pk).exists()


@pytest.mark.parametrize("who", ["clerk", "outsider"])
def test_others_do_not_keep_the_archive(client, closed, office, who):
    file = closed()
    client.force_login(getattr(office, who))
    assert client.get(reverse("archive:waiting")).status_code == 403
    assert client.post(reverse("archive:file_exempt", args=[file.pk]), {"reason": "x"}).status_code == 403


def test_another_office_cannot_tell_that_it_exists(client, closed, office):
    file = closed()
    spine.give_part(file.matter, office.tenant.principal_id)
    ArchivalFile.objects.update(tenant=office.depts[0].unit)
    client.force_login(office.archivist)
    assert client.get(reverse("archive:file", args=[file.pk])).status_code == 404
