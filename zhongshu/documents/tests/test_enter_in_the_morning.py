"""登记 in the morning of what came at night: the form fills itself from the files that are here, as in the basket."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.trail import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.dropped import as_docx, notice, printed
from zhongshu.documents.tests.pages import act
from zhongshu.documents.tests.test_intake_page import dropped, form_of, typed
from zhongshu.documents.tests.test_receive_at_night import RECEIVE, at_the_door


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path) -> None:
    """Give each test a store, a quarantine and a cache of its own."""
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


@pytest.fixture
def at_night(client, office):
    """Take papers in by the form at the door, and sign for them as the clerk does in the morning."""

    def taken(data: bytes = b"", name: str = "来文.docx", **changes) -> IncomingDocument:
        client.force_login(office.duty)
        file = {"body_file": SimpleUploadedFile(name, data)} if data else {}
        answer = client.post(RECEIVE, at_the_door(**changes, **file))
        assert answer.status_code == 302, answer.context["form"].errors
        return signed(office)

    return taken


def signed(office) -> IncomingDocument:
    incoming = IncomingDocument.objects.select_related("matter").order_by("-pk")[0]
    return actions.sign_for(incoming, by=office.actor(office.clerk))


def enter(incoming) -> str:
    return reverse("documents:incoming_enter", args=[incoming.matter.public_id])


def filled(client, incoming, **changes: str) -> dict[str, str]:
    """Return what the filled form would send, with what the clerk changes."""
    form = client.get(enter(incoming)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, False, "")}
    return {**sent, "not_classified": "on", "_key": f"enter-{incoming.pk}", **changes}


def test_what_was_dropped_at_night_is_registered_as_it_was_read(client, office):
    drop = dropped(office, person=office.duty)
    client.force_login(office.duty)
    assert client.post(form_of(drop), typed(client, drop)).status_code == 302
    incoming = signed(office)
    client.force_login(office.clerk)
    assert client.get(act(incoming, "register"))["Location"] == enter(incoming)
    page = client.get(enter(incoming))
    form = page.context["form"]
    assert form["contact"].value() == "赵小云"
    assert str(form["doc_date"].value()) == "2026-06-01"
    assert "把握高" in page.text
    assert f'data-lines="{incoming.matter.attachments.get().public_id}:' in page.text
    assert client.post(enter(incoming), filled(client, incoming)).status_code == 302
    incoming.refresh_from_db()
    assert incoming.registered_at
    assert incoming.contact == "赵小云"
    assert incoming.requires_feedback


def test_pages_lie_beside_the_form_with_the_lines_that_were_read(client, office, at_night):
    incoming = at_night(printed(notice()), name="来文.pdf", title="水库通知", issuer_name="澜川市水利局")
    client.force_login(office.clerk)
    page = client.get(enter(incoming)).text
    assert "<rect data-line" in page
    file = incoming.matter.attachments.get()
    assert reverse("files:page", args=[file.public_id, 1]) in page


def test_what_was_written_at_the_door_stands_and_is_to_be_looked_at(client, office, at_night):
    incoming = at_night(as_docx(notice()), title="水库通知", issuer_name="澜川市水利局", body="门卫转来")
    client.force_login(office.clerk)
    page = client.get(enter(incoming))
    assert page.context["form"]["title"].value() == "水库通知"
    assert "值班收文时填的：识别为“澜川市水利局关于做好小型水库安全度汛工作的通知”，请核对" in page.text
    assert "门卫转来" in page.text
    assert page.context["form"]["urgency"].value() == "extra_urgent"
    assert page.context["form"]["doc_number"].value() == "澜水发〔2026〕31号"


def test_a_correction_made_in_the_morning_is_remembered(client, office, at_night):
    incoming = at_night(as_docx(notice()), issuer_name="澜川市水利局")
    client.force_login(office.clerk)
    assert client.post(enter(incoming), filled(client, incoming, contact="赵晓云")).status_code == 302
    assert "赵小云 → 赵晓云" in TrailEntry.objects.get(verb="learn_correction").text


def test_nearly_the_same_words_wait_for_a_reason_but_a_paper_is_not_its_own_twin(client, office, at_night):
    first = at_night(as_docx(notice()), issuer_name="澜川市水利局")
    client.force_login(office.clerk)
    assert client.post(enter(first), filled(client, first)).status_code == 302
    second = at_night(
        as_docx(notice(number="云水转〔2026〕8号", verb="降低水位")), issuer_name="云岭县水利局"
    )
    client.force_login(office.clerk)
    sent = filled(client, second)
    refused = client.post(enter(second), sent)
    assert refused.status_code == 422
    assert "DOC-90" in refused.text
    assert "<mark>" in refused.text
    assert client.post(enter(second), {**sent, "distinct_reason": "县局转发"}).status_code == 302


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, office, at_night):
    incoming = at_night(as_docx(notice()))
    client.force_login(office.clerk)
    answer = client.post(enter(incoming), filled(client, incoming, title="", signer="王磊"))
    assert answer.status_code == 422
    assert 'value="王磊"' in answer.text
    incoming.refresh_from_db()
    assert incoming.registered_at is None


def test_a_double_click_registers_once_and_a_late_one_is_led_to_the_sheet(client, office, at_night):
    incoming = at_night(as_docx(notice()), issuer_name="澜川市水利局")
    client.force_login(office.clerk)
    sent = filled(client, incoming)
    assert client.post(enter(incoming), sent).status_code == 302
    assert client.post(enter(incoming), sent).status_code == 302
    late = client.post(enter(incoming), {**sent, "_key": "late"}, follow=True)
    assert "不用再登记" in late.text
    assert TrailEntry.objects.filter(verb="register_incoming").count() == 1


def test_without_files_the_form_opens_on_the_sheet(client, office, at_night):
    incoming = at_night()
    client.force_login(office.clerk)
    answer = client.get(act(incoming, "register"))
    assert answer.status_code == 200
    assert "登记编号" in answer.text


def test_who_may_not_register_and_who_may_not_even_know(client, office, at_night):
    incoming = at_night(as_docx(notice()))
    client.force_login(office.duty)
    assert client.get(enter(incoming)).status_code == 403
    client.force_login(office.depts[0].liaison)
    assert client.get(enter(incoming)).status_code == 404
