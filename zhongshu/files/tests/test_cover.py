"""封面: its code opens the paper for who may see it; a scan with it goes to that paper."""

import pytest
from django.urls import reverse

from zhongshu.base.models import TrailEntry
from zhongshu.files import paper
from zhongshu.files.tests.conftest import open_matter
from zhongshu.files.tests.test_paper import scanned, sheet_with

pytestmark = pytest.mark.django_db


def cover_of(client, matter):
    return client.get(reverse("files:cover", args=[matter.public_id]))


def address_of(matter):
    return reverse("files:by_code", args=[paper.token(matter, paper.COVER)])


def test_the_cover_names_the_paper_and_is_noted(client, office, matter, attachment):
    client.force_login(office.depts[0].liaison)
    page = cover_of(client, matter).text
    assert "关于防汛工作的通知" in page
    assert "来文.pdf" in page
    assert "<svg" in page
    entry = TrailEntry.objects.get(verb="print_cover")
    assert (entry.actor_name, entry.matter_id) == (office.depts[0].liaison.name, matter.pk)


def test_the_cover_of_a_work_secret_bears_no_title(client, office):
    matter = open_matter(office, "关于敏感事项的通知", label="work_secret", by=office.actor(office.clerk))
    client.force_login(office.clerk)
    page = cover_of(client, matter).text
    assert "工作秘密" in page
    assert "敏感事项" not in page


def test_an_outsider_gets_no_cover(client, office, matter):
    client.force_login(office.outsider)
    assert cover_of(client, matter).status_code == 404
    assert not TrailEntry.objects.filter(verb="print_cover").exists()


def test_the_code_opens_the_paper_for_those_who_see_it(client, office, matter):
    client.force_login(office.clerk)
    response = client.get(address_of(matter))
    assert response.status_code == 302
    assert response.url == reverse("matters:matter", args=[matter.public_id])


def test_for_others_and_for_forged_codes_there_is_nothing(client, office, matter):
    client.force_login(office.outsider)
    assert client.get(address_of(matter)).status_code == 404
    client.force_login(office.clerk)
    forged = paper.token(matter, paper.COVER)[:-1] + "!"
    assert client.get(reverse("files:by_code", args=[forged])).status_code == 404


def test_a_stranger_signs_in_first(client, matter):
    response = client.get(address_of(matter))
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]


def test_a_scan_is_known_by_its_cover(office, matter):
    scan = scanned(sheet_with(f"https://oa.example.gov.cn{address_of(matter)}", side=240))
    found = paper.recognise(scan, by=office.actor(office.clerk))
    assert [(one.place.matter, one.place.box) for one in found] == [(matter, paper.COVER)]
    assert paper.recognise(scan, by=office.actor(office.outsider)) == []
