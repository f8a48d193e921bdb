"""在文件里查找: boxes of the places, never the letters; without letters it says so."""

from dataclasses import asdict

import pytest
from django.urls import reverse

from recognize import Box, Line, Page, TextLayer, Word
from zhongshu.files import derived, finding
from zhongshu.files.actions import attach
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import open_matter
from zhongshu.files.tests.seeing import attach_seen
from zhongshu.people.models import Role, RolePermission

pytestmark = pytest.mark.django_db


def ask(client, attachment, words):
    return client.get(reverse("files:find", args=[attachment.public_id]), {"q": words})


def test_hits_are_boxes_on_their_pages(client, office, attachment):
    client.force_login(office.depts[0].liaison)
    response = ask(client, attachment, "page")
    assert "no-store" in response.headers["Cache-Control"]
    (hit,) = response.json()["hits"]
    assert hit["page"] == 2
    ((left, top, right, bottom),) = hit["boxes"]
    assert 0.1 < left < right < 0.6
    assert 0 < top < bottom < 0.2
    assert "Second" not in response.text


@pytest.mark.parametrize(
    ("words", "count"), [("FLOOD", 1), ("ｆｌｏｏｄ", 1), ("flood  notice", 1), ("drought", 0), ("", 0)]
)
def test_width_capitals_and_blanks_do_not_matter(office, attachment, words, count):
    assert len(finding.hits_in(attachment, words)) == count


def test_words_are_found_across_a_line_break(office, matter):
    body = (
        '<ofd:TextObject Boundary="30 55 150 10" Font="1" Size="6"><ofd:TextCode X="0" Y="6" DeltaX="g 3 6">'
        "工作方案</ofd:TextCode></ofd:TextObject>"
    )
    data = samples.ofd_bytes("关于防汛", body=body)
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="a.ofd")
    (hit,) = finding.hits_in(attachment, "防汛工作")
    first, second = hit.boxes
    assert first[3] <= second[1]
    assert first[0] == pytest.approx((30 + 12) / 210, abs=0.01)
    assert second[2] == pytest.approx((30 + 12) / 210, abs=0.01)


def test_sheets_laid_out_here_are_searched_as_well(office, matter):
    data = samples.docx_bytes("请各乡镇做好值守。")
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="a.docx")
    (hit,) = finding.hits_in(attachment, "做好值守")
    assert (hit.page, len(hit.boxes)) == (1, 1)


def test_a_picture_has_no_letters(client, office, matter):
    attachment = attach_seen(office, matter, samples.image_bytes(), "a.png")
    client.force_login(office.clerk)
    assert ask(client, attachment, "x").json() == {"hits": [], "has_letters": False, "is_cut": False}


def test_hits_are_bounded(office, matter):
    data = ("甲" * 40 + "\n") * 40
    attachment = attach(matter, data.encode(), "body", by=office.actor(office.clerk), name="a.txt")
    assert len(finding.hits_in(attachment, "甲")) == finding.MOST


def test_an_outsider_cannot_ask(client, office, attachment):
    client.force_login(office.outsider)
    assert ask(client, attachment, "Flood").status_code == 404


def test_who_may_not_copy_searches_all_the_same(client, office, matter):
    role = Role.objects.get(code="liaison")
    RolePermission.objects.create(role=role, code="files.copy_text", is_granted=False)
    data = samples.docx_bytes("请各乡镇做好值守。")
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="a.docx")
    client.force_login(office.depts[0].liaison)
    assert len(ask(client, attachment, "做好值守").json()["hits"]) == 1


def test_another_paper_is_not_searched(client, office, attachment):
    other = open_matter(office, "另一件", by=office.actor(office.clerk))
    second = attach(other, samples.pdf_bytes("Drought"), "body", by=office.actor(office.clerk), name="b.pdf")
    client.force_login(office.clerk)
    assert ask(client, second, "Flood").json()["hits"] == []
    assert len(ask(client, attachment, "Flood").json()["hits"]) == 1


def test_a_layer_that_was_read_before_is_searched(client, office, matter):
    attachment = attach_seen(office, matter, samples.image_bytes(), "a.png")
    box = Box(0.2, 0.1, 0.8, 0.2)
    line = Line("防汛2026年", 1, 0, box, (Word("防汛2026年", box),))
    layer = asdict(TextLayer("image", (Page(1, (line,)),)))
    folder = derived.folder(attachment.tenant_id, attachment.sm3_digest)
    derived.write_json(folder / "recognition.json", {"recognition": {"layer": layer}})
    client.force_login(office.clerk)
    (hit,) = ask(client, attachment, "2026").json()["hits"]
    ((left, top, right, bottom),) = hit["boxes"]
    assert (left, right) == pytest.approx((0.2 + 0.6 * 2 / 5, 0.2 + 0.6 * 4 / 5), abs=0.001)
    assert (top, bottom) == (0.1, 0.2)
