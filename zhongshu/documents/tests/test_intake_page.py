"""来文拖放: drop, look, register; whose basket it is, what is stopped, what is there already."""

import io

import pypdfium2 as pdfium
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.trail import TrailEntry
from zhongshu.documents.models import DropPlace, IncomingDocument, RecognitionCorrection
from zhongshu.documents.tests.dropped import as_docx, notice, printed
from zhongshu.documents.tests.papers import paper
from zhongshu.files import drops, inspection
from zhongshu.files.models import Attachment, Drop, DropState

BASKET = reverse("documents:drops")


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path) -> None:
    """Give each test a store, a quarantine and a cache of its own."""
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


def laid(office, name: str, data: bytes, person=None) -> Drop:
    """Lay a file as its owner and let the worker look at it."""
    upload = SimpleUploadedFile(name, data)
    drop = drops.lay(upload, by=office.actor(person or office.clerk))
    inspection.inspect(drop)
    drop.refresh_from_db()
    return drop


def words(text: str) -> bytes:
    return as_docx(text)


def dropped(office, text: str = "", name: str = "来文.docx", person=None) -> Drop:
    drop = laid(office, name, words(text or notice()), person)
    assert drop.state == DropState.CLEAN, drop.refusal_text
    return drop


def form_of(drop: Drop) -> str:
    return reverse("documents:drop_register", args=[drop.public_id])


def typed(client, drop: Drop, **changes: str) -> dict[str, str]:
    """Return what the filled form would send, with what the clerk changes."""
    form = client.get(form_of(drop)).context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: value for name, value in values.items() if value not in (None, False, "")}
    sent["received_at"] = "2026-06-09T10:20"
    return {**sent, "not_classified": "on", "_key": f"key-{drop.pk}", **changes}


def test_a_dropped_paper_is_registered_as_it_was_read(client, office):
    drop = dropped(office)
    client.force_login(office.clerk)
    page = client.get(BASKET)
    assert "澜川市水利局关于做好小型水库安全度汛工作的通知" in page.text
    assert "各栏都读到了" in page.text
    answer = client.post(form_of(drop), typed(client, drop))
    assert answer.status_code == 302, answer.context["form"].errors
    incoming = IncomingDocument.objects.get()
    assert incoming.doc_number == "澜水发〔2026〕31号"
    assert incoming.contact == "赵小云"
    assert incoming.requires_feedback
    assert incoming.matter.number
    assert Attachment.objects.get().kind == "body"
    drop.refresh_from_db()
    assert drop.state == DropState.TAKEN
    assert "上传篮是空的" in client.get(BASKET).text


def test_a_double_click_registers_once(client, office):
    drop = dropped(office)
    client.force_login(office.clerk)
    sent = typed(client, drop)
    first, second = client.post(form_of(drop), sent), client.post(form_of(drop), sent)
    assert IncomingDocument.objects.count() == 1
    assert client.get(second["Location"])["Location"] == first["Location"]


def test_a_paper_registered_in_another_tab_is_told(client, office):
    drop = dropped(office)
    client.force_login(office.clerk)
    sent = typed(client, drop)
    client.post(form_of(drop), sent)
    answer = client.post(form_of(drop), {**sent, "_key": "other"}, follow=True)
    assert IncomingDocument.objects.count() == 1
    assert "还不能登记" in answer.text


def test_what_is_wrong_is_said_and_what_was_typed_is_kept(client, office):
    drop = dropped(office)
    client.force_login(office.clerk)
    answer = client.post(form_of(drop), typed(client, drop, title="", signer="王磊"))
    assert answer.status_code == 422
    assert 'value="王磊"' in answer.text
    assert not IncomingDocument.objects.exists()


def test_who_may_open_the_basket(client, office):
    for person, status in ((office.depts[0].liaison, 403), (office.sys_admin, 403), (office.duty, 200)):
        client.force_login(person)
        assert client.get(BASKET).status_code == status


def test_another_offices_drop_cannot_be_told_to_exist(client, office):
    theirs = dropped(office, person=office.depts[0].liaison)
    mine = dropped(office, notice(number="澜水发〔2026〕99号"))
    client.force_login(office.clerk)
    there = {"documents:drop_page": [1], "documents:drop_register": []}
    for name, rest in there.items():
        assert client.get(reverse(name, args=[theirs.public_id, *rest])).status_code == 404
    assert client.get(form_of(mine)).status_code == 200
    assert client.post(reverse("documents:drop_group"), {"discard": theirs.public_id}).status_code == 404


def test_the_liaison_cannot_open_the_form_of_her_own_drop(client, office):
    drop = dropped(office, person=office.depts[0].liaison)
    client.force_login(office.depts[0].liaison)
    assert client.get(form_of(drop)).status_code == 403


def test_a_marked_file_is_stopped_and_says_where_to_go(client, office):
    drop = laid(office, "急.docx", words("机密★5年\n" + notice()))
    assert drop.state == DropState.STOPPED
    client.force_login(office.clerk)
    page = client.get(BASKET).text
    assert "机要渠道" in page
    assert "机密★" not in page
    assert "小型水库" not in page
    answer = client.get(form_of(drop), follow=True)
    assert "还不能登记" in answer.text


def test_a_file_that_cannot_be_taken_says_how_to_mend_it(client, office):
    laid(office, "坏.pdf", b"%PDF-1.4 broken")
    client.force_login(office.clerk)
    assert "重新上传" in client.get(BASKET).text


def test_body_and_attachments_are_registered_together(client, office):
    body = dropped(office)
    extra = dropped(office, "名单\n甲\n乙", name="附件1 名单.docx")
    client.force_login(office.clerk)
    assert len(client.get(BASKET).context["cards"]) == 1
    client.post(form_of(body), typed(client, body))
    assert [a.kind for a in Attachment.objects.order_by("position")] == ["body", "attachment"]
    extra.refresh_from_db()
    assert extra.state == DropState.TAKEN


def test_the_clerk_groups_and_parts(client, office):
    one, two = dropped(office), dropped(office, notice(number="澜水发〔2026〕99号"), name="另一件.docx")
    client.force_login(office.clerk)
    group = reverse("documents:drop_group")
    client.post(group, {"drop": [one.public_id, two.public_id], "act": "together", "_key": "a"})
    assert len(client.get(BASKET).context["cards"]) == 1
    client.post(group, {"drop": [two.public_id], "act": "apart", "_key": "b"})
    assert len(client.get(BASKET).context["cards"]) == 2
    refused = client.post(group, {"drop": [one.public_id], "act": "together", "_key": "c"})
    assert "至少勾选两份" in refused.text
    assert DropPlace.objects.count() == 2


def test_a_card_dragged_onto_another_joins_it_and_its_own_pages_stay_pages(client, office):
    first, second = (dropped(office, name=f"扫描{n}.docx") for n in (1, 2))
    extra = dropped(office, notice(number="澜水发〔2026〕99号"), name="另一件.docx")
    for n, drop in enumerate((first, second), 1):
        Drop.objects.filter(pk=drop.pk).update(name=f"扫描{n}.png")
    client.force_login(office.clerk)
    group = reverse("documents:drop_group")
    sent = {"drop": [extra.public_id], "act": "onto", "onto": first.public_id}
    assert client.post(group, sent).status_code == 204
    (card,) = client.get(BASKET).context["cards"]
    assert [line.role for line in card.lines] == ["正文", "正文", "附件"]
    refused = client.post(group, {**sent, "onto": extra.public_id})
    assert refused.status_code == 422
    assert "请把一件拖到另一件上" in refused.text


def test_nothing_is_dragged_onto_the_paper_of_another_office(client, office):
    theirs, mine = dropped(office, person=office.depts[0].liaison), dropped(office)
    client.force_login(office.clerk)
    group = reverse("documents:drop_group")
    for sent in (
        {"drop": [mine.public_id], "onto": theirs.public_id},
        {"drop": [theirs.public_id], "onto": mine.public_id},
    ):
        assert client.post(group, {**sent, "act": "onto"}).status_code == 404
    assert not DropPlace.objects.exists()


def test_a_correction_comes_back_with_the_next_paper_of_the_issuer(client, office):
    first = dropped(office)
    client.force_login(office.clerk)
    client.post(form_of(first), typed(client, first, contact="赵晓云"))
    assert "赵小云 → 赵晓云" in TrailEntry.objects.get(verb="learn_correction").text
    second = dropped(office, other_notice())
    page = client.get(form_of(second))
    assert page.context["form"]["contact"].value() == "赵晓云"
    assert "按上次更正" in page.text
    assert 'data-undo-value="赵小云"' in page.text


def other_notice() -> str:
    """Return a paper of the same issuer about something else."""
    return (
        "澜川市水利局文件\n澜水发〔2026〕45号\n澜川市水利局关于开展河道采砂专项整治的通知\n各县（市、区）人民政府：\n"
        "近期部分河段非法采砂有所抬头。请立即组织水利、公安、自然资源等部门，对重点河段、敏感水域开展拉网式巡查，对非法采砂船只和"
        "堆砂场依法查处，做到发现一起、查处一起，并公开曝光典型案件。\n请于2099年9月30日前将整治情况报送我局。\n"
        "澜川市水利局\n2026年6月5日\n（联系人：赵小云，联系电话：0871-65432100）"
    )


def test_the_same_number_is_joined_as_a_further_channel(client, office):
    there = paper(
        office, issuer_name="澜川市水利局", doc_number="澜水发〔2026〕31号", number_key="澜水发-2026-31"
    )
    drop = dropped(office)
    client.force_login(office.clerk)
    page = client.get(BASKET).text
    assert "已登记为" in page
    url = reverse("documents:drop_compare", args=[drop.public_id, there.matter.public_id])
    assert url in page
    assert client.get(url).status_code == 200
    sent = {"channel": "fax", "received_at": "2026-06-09T11:00", "copies": "1", "_key": "join"}
    assert client.post(url, sent).status_code == 302
    assert client.post(url, sent).status_code == 302
    assert there.channels.count() == 1
    assert Attachment.objects.get().matter == there.matter
    drop.refresh_from_db()
    assert drop.state == DropState.TAKEN


def test_the_same_number_under_another_spelling_waits_for_a_reason(client, office):
    paper(office, issuer_name="市水利局", doc_number="澜水发〔2026〕31号", number_key="澜水发-2026-31")
    drop = dropped(office)
    client.force_login(office.clerk)
    sent = typed(client, drop)
    refused = client.post(form_of(drop), sent)
    assert refused.status_code == 422
    assert "DOC-10" in refused.text
    assert client.post(form_of(drop), {**sent, "distinct_reason": "市局重号"}).status_code == 302


def test_the_same_file_again_is_joined_without_a_second_copy(client, office):
    data = words(notice())
    first = laid(office, "来文.docx", data)
    client.force_login(office.clerk)
    client.post(form_of(first), typed(client, first))
    there = IncomingDocument.objects.get()
    again = laid(office, "又来.docx", data)
    url = reverse("documents:drop_compare", args=[again.public_id, there.matter.public_id])
    client.post(url, {"channel": "fax", "received_at": "2026-06-09T11:00", "copies": "1", "_key": "join"})
    assert there.channels.count() == 2
    assert Attachment.objects.count() == 1
    again.refresh_from_db()
    assert again.state == DropState.DISCARDED


def test_near_identical_words_wait_for_a_reason(client, office):
    first = dropped(office)
    client.force_login(office.clerk)
    client.post(form_of(first), typed(client, first))
    copy = dropped(office, notice(number="云水转〔2026〕8号"), name="转发.docx")
    there = IncomingDocument.objects.get()
    assert "并排比对" in client.get(BASKET).text
    sent = typed(client, copy)
    refused = client.post(form_of(copy), sent)
    assert refused.status_code == 422
    assert "DOC-90" in refused.text
    compared = client.get(reverse("documents:drop_compare", args=[copy.public_id, there.matter.public_id]))
    assert "<mark>" in compared.text
    answer = client.post(form_of(copy), {**sent, "distinct_reason": "县局转发，要求不同"})
    assert answer.status_code == 302, answer.context["form"].errors
    assert IncomingDocument.objects.count() == 2
    assert TrailEntry.objects.filter(text__contains="县局转发，要求不同").exists()


def test_the_duty_officer_takes_in_and_the_secretariat_registers(client, office):
    drop = dropped(office, person=office.duty)
    client.force_login(office.duty)
    page = client.get(form_of(drop))
    assert page.context["title"] == "值班收文"
    answer = client.post(form_of(drop), typed(client, drop))
    assert answer.status_code == 302, answer.context["form"].errors
    incoming = IncomingDocument.objects.get()
    assert incoming.registered_at is None
    assert Attachment.objects.get().matter == incoming.matter


def test_after_one_paper_comes_the_next(client, office):
    one, two = dropped(office), dropped(office, other_notice(), name="第二件.docx")
    client.force_login(office.clerk)
    assert "接着下一件" in client.get(form_of(one)).text
    answer = client.post(form_of(one), typed(client, one, next="1"))
    assert answer["Location"] == form_of(two)
    assert "接着下一件" not in client.get(form_of(two)).text
    answer = client.post(form_of(two), typed(client, two, next="1"))
    assert answer["Location"] == BASKET


def test_a_page_of_the_basket_is_drawn_for_its_owner_only(client, office):
    drop = laid(office, "来文.pdf", printed(notice()))
    assert drop.state == DropState.CLEAN
    url = reverse("documents:drop_page", args=[drop.public_id, 1])
    client.force_login(office.clerk)
    answer = client.get(url)
    assert answer["Content-Type"] == "image/png"
    assert "no-store" in answer["Cache-Control"]
    assert client.get(reverse("documents:drop_page", args=[drop.public_id, 9])).status_code == 404
    assert "<rect data-line" in client.get(form_of(drop)).text
    client.force_login(office.depts[0].liaison)
    assert client.get(url).status_code == 403


def test_corrections_are_seen_and_deleted_by_those_who_keep_them(client, office):
    row = RecognitionCorrection.objects.create(
        tenant=office.tenant,
        issuer_key="澜川市水利局",
        field="contact",
        read_value="赵小云",
        corrected_value="赵晓云",
        last_by_name="林晓禾",
    )
    page, forget = reverse("documents:corrections"), reverse("documents:correction_forget", args=[row.pk])
    client.force_login(office.duty)
    assert client.get(page).status_code == 403
    assert client.post(forget).status_code == 403
    client.force_login(office.clerk)
    assert "赵晓云" in client.get(page).text
    assert "赵晓云" not in client.get(page, {"q": "林业局"}).text
    assert client.post(forget, {"_key": "k"}).status_code == 302
    assert not RecognitionCorrection.objects.exists()
    assert TrailEntry.objects.filter(verb="forget_correction").exists()


@pytest.mark.parametrize("count", [1, 3])
def test_a_basket_costs_a_bounded_number_of_statements(client, office, count, django_assert_max_num_queries):
    for number in range(count):
        dropped(office, notice(number=f"澜水发〔2026〕{50 + number}号"), name=f"{number}.docx")
    client.force_login(office.clerk)
    client.get(BASKET)
    with django_assert_max_num_queries(20 + 12 * count):
        assert client.get(BASKET).status_code == 200


def test_a_scan_fills_the_form_and_its_lines_lie_over_the_page(client, office):
    with pdfium.PdfDocument(printed(notice())) as document:
        picture = document[0].render(scale=200 / 72).to_pil().convert("L")
    out = io.BytesIO()
    picture.save(out, "PNG")
    drop = laid(office, "扫描件.png", out.getvalue())
    assert drop.state == DropState.CLEAN, drop.refusal_text
    client.force_login(office.clerk)
    page = client.get(form_of(drop))
    assert page.context["form"]["doc_number"].value() == "澜水发〔2026〕31号"
    assert page.context["form"]["title"].value() == "澜川市水利局关于做好小型水库安全度汛工作的通知"
    assert "<rect data-line" in page.text
