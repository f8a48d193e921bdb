"""工作秘密: known to persons only; the office as a whole, lists, exports and other units' rooms do not have it."""

import io

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from zhongshu.base.models import TrailEntry
from zhongshu.documents import actions
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.tests.pages import matter_verb, sheet
from zhongshu.documents.tests.papers import rows_of
from zhongshu.files import paper
from zhongshu.files.actions import attach
from zhongshu.files.tests import samples
from zhongshu.matters import outbox, search

SECRET = {"label": "work_secret", "title": "关于敏感事项处置的通知", "doc_number": "澜密〔2026〕1号"}
BOOK = reverse("documents:incoming_register")


def only_persons(incoming):
    """Tell whether every part of the paper is a person's."""
    return not incoming.matter.parts.exclude(principal__kind="person").exists()


def test_all_the_way_only_persons_have_a_part(client, office, carrier):
    incoming = carrier.handling(2, **SECRET)
    assert only_persons(incoming)
    for group in office.depts[:2]:
        carrier.answer(incoming, group)
        client.force_login(group.member)
        assert client.get(sheet(incoming)).status_code == 404
    assert only_persons(incoming)
    for person in (office.deputy, office.supervisor, office.drafter):
        client.force_login(person)
        status = client.get(sheet(incoming)).status_code
        assert status == 404, person


def test_neither_lists_nor_search_nor_exports_show_it_to_others(client, office, carrier):
    incoming = carrier.proposed([office.county_head], **SECRET)
    client.force_login(office.deputy)
    assert rows_of(client.get(BOOK)) == []
    assert search.search(office.actor(office.deputy), "敏感事项").rows == []
    client.force_login(office.clerk)
    assert rows_of(client.get(BOOK)) == [SECRET["title"]]
    export = reverse("documents:register_export", args=["incoming"])
    for response in (client.get(export), client.post(export, {"id": [incoming.matter.public_id]})):
        book = CalamineWorkbook.from_filelike(io.BytesIO(response.content))
        cells = str(book.get_sheet_by_index(0).to_python())
        assert "敏感事项" not in cells
        assert incoming.matter.number not in cells
    printed = client.get(reverse("documents:register_print", args=["incoming"])).text
    assert "敏感事项" not in printed


def test_circulated_to_a_unit_its_receivers_know_it_and_nobody_else(client, office, carrier):
    incoming = carrier.registered(**SECRET)
    client.force_login(office.clerk)
    whom = {"units": [office.depts[0].unit.pk]}
    assert client.post(matter_verb(incoming, "circulate"), whom).status_code == 302
    assert only_persons(incoming)
    client.force_login(office.depts[0].liaison)
    assert client.get(sheet(incoming)).status_code == 200
    client.force_login(office.depts[0].head)
    assert client.get(sheet(incoming)).status_code == 404


def test_made_secret_later_the_office_loses_sight_and_those_at_work_keep_it(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    client.force_login(office.deputy)
    assert client.get(sheet(incoming)).status_code == 200
    client.force_login(office.clerk)
    sent = {
        "issuer_name": incoming.issuer_name,
        "direction": "downward",
        "doc_number": incoming.doc_number,
        "title": incoming.matter.title,
        "doc_type": "notice",
        "urgency": "normal",
        "label": "work_secret",
        "copies": 1,
        "handling_type": "action",
    }
    assert client.post(f"{sheet(incoming)}correct/", sent).status_code == 302
    assert only_persons(incoming)
    for person, status in ((office.deputy, 404), (office.clerk, 200), (office.director, 200)):
        client.force_login(person)
        assert client.get(sheet(incoming)).status_code == status, person
    client.force_login(office.clerk)
    assert client.post(f"{sheet(incoming)}correct/", {**sent, "label": "internal"}).status_code == 302
    client.force_login(office.deputy)
    assert client.get(sheet(incoming)).status_code == 200


def test_the_instruction_it_gave_is_as_secret(office, carrier):
    incoming = carrier.instructing([office.county_head], **SECRET)
    actions.instruct(incoming, actions.Words(text="请密办。"), by=office.actor(office.county_head))
    row = LeaderInstruction.objects.get()
    assert row.matter.label == "work_secret"
    assert only_persons(row)


@pytest.mark.parametrize("label", ["绝密", "secret", "top_secret"])
def test_there_is_no_label_of_state_secrets(client, office, label):
    client.force_login(office.clerk)
    response = client.post(reverse("documents:incoming_new"), {"label": label, "title": "x"})
    assert response.status_code == 422
    assert "密级标识" in response.text


def test_its_files_are_for_its_circle_alone(client, office, carrier):
    incoming = carrier.proposed([office.county_head], **SECRET)
    by = office.actor(office.clerk)
    file = attach(incoming.matter, samples.pdf_bytes("Dragon plan"), "body", by=by, name="预案.pdf")
    outbox.drain()
    of_file = ("show", "watermark", "text", "find", "download", "print")
    addresses = [reverse(f"files:{name}", args=[file.public_id]) for name in of_file]
    addresses += [
        reverse(f"files:{name}", args=[incoming.matter.public_id]) for name in ("pane", "arrange", "cover")
    ]
    addresses += [
        reverse("files:page", args=[file.public_id, 1]),
        reverse("files:by_code", args=[paper.token(incoming.matter, paper.COVER)]),
    ]
    for person in (office.deputy, office.drafter, office.depts[0].liaison):
        client.force_login(person)
        found = {address: client.get(address).status_code for address in addresses}
        assert set(found.values()) <= {403, 404}, (person, found)
        assert client.get(reverse("files:page", args=[file.public_id, 1])).status_code == 404
        assert search.search(office.actor(person), "Dragon plan").rows == []
        assert search.search(office.actor(person), "预案").rows == []
    client.force_login(office.clerk)
    assert client.get(reverse("files:page", args=[file.public_id, 1])).status_code == 200
    assert [hit.matter.pk for hit in search.search(by, "Dragon plan").rows] == [incoming.matter.pk]
    assert not TrailEntry.objects.filter(verb__in=["print_cover", "copy_text", "download", "print"]).exists()
