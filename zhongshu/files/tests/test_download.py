"""下载: asked anew each time, sealed, and written into the trail."""

import pypdfium2
import pytest
from django.urls import reverse

from zhongshu.base.models import TrailEntry
from zhongshu.files import blobs
from zhongshu.files.actions import attach, void
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import bytes_of, codes_of, open_matter, set_to
from zhongshu.matters import spine
from zhongshu.matters.models import Matter

pytestmark = pytest.mark.django_db

PLACES = ("show", "text", "find", "watermark", "download", "print", "rename", "void")


def address(name, attachment):
    return reverse(f"files:{name}", args=[attachment.public_id])


def test_a_department_with_a_part_downloads_it(client, office, attachment):
    client.force_login(office.depts[0].liaison)
    response = client.get(address("download", attachment))
    assert bytes_of(response) == samples.pdf_bytes("Flood notice", "Second page")
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Disposition"] == "attachment; filename*=utf-8''%E6%9D%A5%E6%96%87.pdf"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in response.headers["Cache-Control"]
    entry = TrailEntry.objects.get(verb="download")
    assert (entry.actor_name, entry.matter_id) == (office.depts[0].liaison.name, attachment.matter_id)


@pytest.mark.parametrize("name", PLACES)
def test_an_outsider_gets_404_everywhere(client, office, attachment, name):
    client.force_login(office.outsider)
    assert client.get(address(name, attachment)).status_code == 404
    assert not TrailEntry.objects.filter(verb__in=["download", "print"]).exists()


def test_an_outsider_gets_404_for_pages_and_posts(client, office, attachment, matter):
    client.force_login(office.outsider)
    assert client.get(reverse("files:page", args=[attachment.public_id, 1])).status_code == 404
    assert client.get(reverse("files:pane", args=[matter.public_id])).status_code == 404
    assert client.get(reverse("files:arrange", args=[matter.public_id])).status_code == 404
    assert client.post(reverse("files:reorder", args=[matter.public_id])).status_code == 404
    assert client.post(address("remove", attachment)).status_code == 404


def test_the_system_administrator_opens_no_file(client, office, attachment):
    client.force_login(office.sys_admin)
    assert client.get(address("download", attachment)).status_code in (403, 404)
    assert client.get(reverse("files:page", args=[attachment.public_id, 1])).status_code == 404


@pytest.mark.parametrize("name", PLACES)
def test_a_stranger_is_sent_to_sign_in(client, attachment, name):
    response = client.get(address(name, attachment))
    assert response.status_code == 302
    assert "next=" in response.headers["Location"]


def test_who_loses_the_part_loses_the_file_at_once(client, office, attachment, matter):
    client.force_login(office.depts[0].liaison)
    assert bytes_of(client.get(address("download", attachment)))
    spine.drop_part(matter, office.depts[0].liaison.principal_id)
    assert client.get(address("download", attachment)).status_code == 404


def test_a_changed_file_is_not_handed_out(client, office, attachment, empty_store):
    path = empty_store / blobs.name_of(attachment.tenant_id, attachment.sm3_digest)
    path.write_bytes(path.read_bytes().replace(b"Flood", b"Fl00d"))
    client.force_login(office.clerk)
    assert codes_of(client.get(address("download", attachment))) == ["FILE-23"]
    assert TrailEntry.objects.get(verb="blob_changed").outcome == "refused"
    assert not TrailEntry.objects.filter(verb="download").exists()


def test_a_void_file_is_not_handed_out(client, office, attachment):
    void(attachment, "传错了版本", by=office.actor(office.clerk))
    client.force_login(office.clerk)
    response = client.get(address("download", attachment))
    assert codes_of(response) == ["FILE-12"]
    assert "传错了版本" in response.content.decode()


def test_work_secrets_are_downloaded_by_few(client, office):
    matter = open_matter(office, "工作秘密件", label="work_secret", by=office.actor(office.clerk))
    spine.give_part(matter, office.deputy.principal_id)
    attachment = attach(matter, samples.pdf_bytes("x"), "body", by=office.actor(office.clerk), name="a.pdf")
    client.force_login(office.clerk)
    assert codes_of(client.get(address("download", attachment))) == ["FILE-53"]
    assert (
        address("download", attachment) not in client.get(reverse("files:pane", args=[matter.public_id])).text
    )
    client.force_login(office.deputy)
    assert bytes_of(client.get(address("download", attachment))) == samples.pdf_bytes("x")
    assert TrailEntry.objects.get(verb="download").actor_name == office.deputy.name


def test_the_office_may_hand_out_marked_copies(client, office, attachment):
    set_to(office, "files.mark_downloads", True)
    client.force_login(office.depts[0].liaison)
    response = client.get(address("download", attachment))
    copy = bytes_of(response)
    assert "%E5%89%AF%E6%9C%AC" in response.headers["Content-Disposition"]
    with pypdfium2.PdfDocument(copy) as document:
        assert len(document) == 2
        assert document[0].get_textpage().get_text_bounded() == ""
    entry = TrailEntry.objects.get(verb="download")
    assert entry.data["marked"] is True
    client.force_login(office.clerk)
    assert bytes_of(client.get(address("download", attachment))) == samples.pdf_bytes(
        "Flood notice", "Second page"
    )


def test_an_html_page_named_txt_cannot_run(client, office, matter):
    by = office.actor(office.clerk)
    attachment = attach(matter, b"<script>alert(1)</script>", "attachment", by=by, name="a.txt")
    client.force_login(office.clerk)
    response = client.get(address("download", attachment))
    assert bytes_of(response).startswith(b"<script>")
    assert response.headers["Content-Type"] == "text/plain"
    assert response.headers["Content-Disposition"].startswith("attachment")


def test_addresses_cannot_be_guessed(office, attachment):
    assert len(attachment.public_id) >= 22
    assert str(attachment.pk) not in address("download", attachment).split("/")
    assert Matter.objects.get(pk=attachment.matter_id).public_id != attachment.public_id
