"""看文字: by a permission of its own, in the trail; without it a paper is shown as images, its letters stay here."""

import io

import pytest
from django.urls import reverse
from PIL import Image

from zhongshu.base.models import TrailEntry
from zhongshu.files.actions import attach, void
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of, open_matter, set_to
from zhongshu.people.models import Role, RolePermission

pytestmark = pytest.mark.django_db


@pytest.fixture
def no_copies(office):
    role = Role.objects.get(code="liaison")
    RolePermission.objects.create(role=role, code="files.copy_text", is_granted=False)


def text_of(attachment):
    return reverse("files:text", args=[attachment.public_id])


def pane_of(client, matter):
    return client.get(reverse("files:pane", args=[matter.public_id])).text


def test_the_words_are_told_and_noted(client, office, attachment):
    client.force_login(office.depts[0].liaison)
    assert "Flood notice" in client.get(text_of(attachment)).text
    entry = TrailEntry.objects.get(verb="copy_text")
    assert (entry.actor_name, entry.matter_id) == (office.depts[0].liaison.name, attachment.matter_id)
    assert entry.data["letters"] > 10


def test_without_the_permission_no_letter_is_told(client, office, matter, attachment, no_copies):
    client.force_login(office.depts[0].liaison)
    assert client.get(text_of(attachment)).status_code == 403
    assert text_of(attachment) not in pane_of(client, matter)
    assert not TrailEntry.objects.filter(verb="copy_text").exists()
    client.force_login(office.clerk)
    assert text_of(attachment) in pane_of(client, matter)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("通知.docx", samples.docx_bytes("请各乡镇做好值守。")),
        ("说明.txt", "请各乡镇做好值守。".encode()),
        ("名单.xlsx", samples.xlsx_bytes([["请各乡镇做好值守。"]])),
    ],
)
def test_without_the_permission_a_flowing_paper_is_images(client, office, matter, no_copies, name, data):
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name=name)
    client.force_login(office.depts[0].liaison)
    page = pane_of(client, matter)
    assert "做好值守" not in page
    assert 'class="zs-page-image"' in page
    image = client.get(reverse("files:page", args=[attachment.public_id, 1]), {"w": 640})
    assert min(Image.open(io.BytesIO(image.content)).convert("L").tobytes()) < 100
    client.force_login(office.clerk)
    assert "做好值守" in pane_of(client, matter)


def test_a_work_secret_keeps_its_letters_unless_the_office_lets_them_go(client, office):
    by = office.actor(office.clerk)
    matter = open_matter(office, "件", label="work_secret", by=by)
    attachment = attach(matter, samples.docx_bytes("请各乡镇做好值守。"), "body", by=by, name="a.docx")
    client.force_login(office.clerk)
    assert codes_of(client.get(text_of(attachment))) == ["FILE-40"]
    assert "做好值守" not in pane_of(client, matter)
    set_to(office, "files.copy_work_secret", True)
    assert client.get(text_of(attachment)).status_code == 200
    assert "做好值守" in pane_of(client, matter)


def test_an_outsider_gets_404_and_leaves_no_note(client, office, attachment):
    client.force_login(office.outsider)
    assert client.get(text_of(attachment)).status_code == 404
    assert not TrailEntry.objects.filter(verb="copy_text").exists()


def test_a_void_file_is_still_read(client, office, attachment):
    void(attachment, "传错了", by=office.actor(office.clerk))
    client.force_login(office.clerk)
    assert client.get(text_of(attachment)).status_code == 200
