"""秘书代录: signed on paper, said, telephoned; shown as written down by the secretary, confirmed by the leader alone."""

import io
from datetime import timedelta

import pypdfium2
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.models import LeaderInstruction, Opinion
from zhongshu.documents.tests.conftest import phase
from zhongshu.documents.tests.pages import buttons, do, minute, sheet, told
from zhongshu.files import paper
from zhongshu.files.models import Attachment, Drop
from zhongshu.files.tests.seeing import send_seen

SCAN = reverse("documents:incoming_scan")


def record(incoming):
    return reverse("documents:incoming_record", args=[incoming.matter.public_id])


def png(*matters_and_boxes):
    """Return a page as it comes from the scanner: the codes of the boxes one below the other."""
    page = Image.new("L", (900, 420 * len(matters_and_boxes)), 255)
    for place, (matter, box) in enumerate(matters_and_boxes):
        out = io.BytesIO()
        segno.make_qr(paper.token(matter, box), error="q").save(out, kind="png", scale=8, border=4)
        page.paste(Image.open(out).convert("L"), (20, 420 * place + 10))
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def pdf(*matters_and_boxes):
    """Return the same as a PDF of one page."""
    document = pypdfium2.PdfDocument.new()
    picture = Image.open(io.BytesIO(png(*matters_and_boxes))).convert("RGB")
    out = io.BytesIO()
    picture.save(out, "PDF")
    document.close()
    return out.getvalue()


def upload(content, name="签批页.png", kind="image/png"):
    return SimpleUploadedFile(name, content, content_type=kind)


def filled(leader, **changes):
    return {
        "leader": leader.pk,
        "box": "instruction",
        "given_as": "paper",
        "meaning": "words",
        "text": "请水利局抓紧整改。",
        "instructed_at": minute(clock.now() - timedelta(hours=3)),
        "original_holder": "秘书科林晓禾",
        **changes,
    }


@pytest.fixture
def waiting(office, carrier):
    return carrier.instructing([office.county_head, office.vice_head])


def test_the_secretary_writes_down_what_was_signed_and_it_shows(client, office, waiting):
    client.force_login(office.clerk)
    assert "代录领导批示" in buttons(client, waiting)
    at = clock.now() - timedelta(hours=3)
    assert client.post(record(waiting), filled(office.county_head)).status_code == 302
    opinion = waiting.opinions.get(box="instruction")
    assert (opinion.author, opinion.recorded_by) == (office.county_head, office.clerk)
    assert opinion.instructed_at.replace(second=0, microsecond=0) == at.replace(second=0, microsecond=0)
    assert (opinion.original_holder, opinion.confirmed_at) == ("秘书科林晓禾", None)
    text = client.get(sheet(waiting)).text
    assert "纸上批示，林晓禾代录" in text
    assert "待本人确认" in text
    assert "原件：秘书科林晓禾" in text
    assert "林晓禾（代陆承安）" in text
    assert told(office.county_head, "opinion_confirm")
    client.force_login(office.vice_head)
    assert do(client, waiting, "instruct", form="typed", meaning="words", text="照办。").status_code == 302


def test_no_radio_is_called_form(client, office, waiting):
    """form.form would be the radios and no longer what scripts look for: the page could not be sent."""
    client.force_login(office.clerk)
    assert 'name="form"' not in client.get(record(waiting)).text


@pytest.mark.parametrize("form", ["oral", "telephone"])
def test_spoken_words_need_no_page_but_their_time(client, office, waiting, form):
    client.force_login(office.clerk)
    sent = filled(office.county_head, given_as=form, original_holder="", instructed_at="")
    response = client.post(record(waiting), sent)
    assert response.status_code == 422
    assert "请水利局抓紧整改。" in response.text
    sent["instructed_at"] = minute(clock.now() - timedelta(minutes=10))
    assert client.post(record(waiting), sent).status_code == 302
    assert waiting.opinions.get(box="instruction").form == form


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"original_holder": ""}, "DOC-76"),
        ({"instructed_at": "2999-01-01T08:00"}, "DOC-48"),
        ({"text": "", "meaning": "words"}, "DOC-26"),
    ],
)
def test_what_is_missing_is_said_and_what_was_typed_stays(client, office, waiting, changes, code):
    client.force_login(office.clerk)
    response = client.post(record(waiting), filled(office.county_head, **changes))
    assert response.status_code == 422
    assert code in response.text
    assert changes.get("original_holder", "秘书科林晓禾") in response.text
    assert phase(waiting) == "instructing"
    assert not Opinion.objects.filter(box="instruction").exists()


def test_not_for_a_leader_whose_turn_it_is_not(client, office, waiting):
    client.force_login(office.clerk)
    for other in (office.other_vice_head, office.exec_vice_head):
        response = client.post(record(waiting), filled(other))
        assert response.status_code == 422
        assert "DOC-51" in response.text
    assert client.post(record(waiting), filled(office.clerk)).status_code == 422


def test_only_those_whose_post_it_is_may_write_for_leaders(client, office, waiting):
    for person, status in ((office.vice_head, 403), (office.outsider, 404), (office.sys_admin, 404)):
        client.force_login(person)
        assert client.get(record(waiting)).status_code == status
        assert client.post(record(waiting), filled(office.county_head)).status_code == status
    assert phase(waiting) == "instructing"


def test_the_leader_alone_confirms_and_only_once(client, office, waiting):
    client.force_login(office.clerk)
    client.post(record(waiting), filled(office.county_head))
    opinion = waiting.opinions.get(box="instruction")
    confirm = reverse("documents:opinion_confirm", args=[waiting.matter.public_id, opinion.pk])
    assert client.post(confirm).status_code == 422
    client.force_login(office.outsider)
    assert client.post(confirm).status_code == 404
    client.force_login(office.county_head)
    assert "确认是我的意思" in client.get(sheet(waiting)).text
    assert client.post(confirm).status_code == 302
    assert "本人已确认" in client.get(sheet(waiting)).text
    assert client.post(confirm).status_code == 422


def test_a_leader_who_meant_something_else_amends_instead(client, office, waiting):
    client.force_login(office.clerk)
    client.post(record(waiting), filled(office.county_head))
    opinion = waiting.opinions.get(box="instruction")
    client.force_login(office.county_head)
    amend = reverse("documents:opinion_amend", args=[waiting.matter.public_id, opinion.pk])
    assert client.post(amend, {"form": "typed", "text": "请财政局抓紧整改。"}).status_code == 302
    assert LeaderInstruction.objects.get().content == "请财政局抓紧整改。"


@pytest.mark.parametrize("make", [png, pdf])
def test_the_code_on_the_scan_leads_into_its_box(client, office, waiting, make):
    content = make((waiting.matter, "proposal"), (waiting.matter, "instruction"))
    name, kind = ("签批.pdf", "application/pdf") if make is pdf else ("签批.png", "image/png")
    client.force_login(office.clerk)
    response = send_seen(client, office, SCAN, "scan", upload(content, name, kind))
    assert response.status_code == 302
    assert record(waiting) in response.url
    assert "box=instruction" in response.url
    kept = Attachment.objects.get(matter=waiting.matter, kind="scan")
    page = client.get(response.url).text
    assert "签批页已带上" in page
    sent = filled(office.county_head, original_holder="", kept_scan=kept.public_id)
    assert client.post(response.url, sent).status_code == 302
    opinion = waiting.opinions.get(box="instruction")
    assert opinion.scan == kept
    assert Attachment.objects.filter(matter=waiting.matter, kind="scan").count() == 1
    assert "看签批页" in client.get(sheet(waiting)).text


def test_the_printed_sheet_carries_a_code_in_each_box_that_is_signed(client, office, waiting):
    client.force_login(office.clerk)
    text = client.get(reverse("documents:incoming_print", args=[waiting.matter.public_id])).text
    assert text.count('class="zs-qr"') == 2


def test_a_reading_paper_circled_on_paper_comes_into_the_reading_box(client, office, carrier):
    incoming = carrier.reviewed(handling_type="read")
    actions.propose(incoming, carrier.proposal([office.vice_head], handling_type="read"), by=carrier.clerk)
    actions.check(incoming, actions.Words(text="同意。"), by=office.actor(office.director))
    client.force_login(office.clerk)
    response = send_seen(client, office, SCAN, "scan", upload(png((incoming.matter, "reading"))))
    assert "box=reading" in response.url
    kept = Attachment.objects.get(matter=incoming.matter, kind="scan").public_id
    sent = filled(office.vice_head, box="reading", meaning="read", text="", kept_scan=kept)
    assert client.post(response.url, sent).status_code == 302
    assert incoming.opinions.get(box="reading").text == "已阅。"
    assert phase(incoming) == "replied"


def test_a_check_signed_on_paper_is_recorded_for_the_director(client, office, carrier):
    incoming = carrier.proposed([office.county_head])
    client.force_login(office.clerk)
    sent = filled(office.director, box="check", text="同意，呈陆县长阅示。")
    assert client.post(record(incoming), sent).status_code == 302
    assert phase(incoming) == "instructing"
    assert incoming.opinions.get(box="check").is_recorded_for


def test_a_scan_without_a_code_or_with_a_forged_one_is_not_taken(client, office, waiting):
    out = io.BytesIO()
    Image.new("L", (200, 200), 255).save(out, "PNG")
    forged = io.BytesIO()
    segno.make_qr(f"ZS1.{waiting.matter.public_id}.instruction.AAAA").save(forged, kind="png", scale=8)
    client.force_login(office.clerk)
    for content in (out.getvalue(), forged.getvalue()):
        response = send_seen(client, office, SCAN, "scan", upload(content))
        assert response.status_code == 422
        assert "没有认出二维码" in response.text
    assert client.post(SCAN, {}).status_code == 422
    assert not Attachment.objects.exists()


def test_two_papers_on_one_scan_are_named_not_mixed(client, office, carrier, waiting):
    other = carrier.instructing([office.county_head], doc_number="澜政办发〔2026〕22号", title="另一件")
    client.force_login(office.clerk)
    scan = png((waiting.matter, "instruction"), (other.matter, "instruction"))
    response = send_seen(client, office, SCAN, "scan", upload(scan))
    assert response.status_code == 200
    assert record(waiting) in response.text
    assert record(other) in response.text
    assert not Attachment.objects.exists()


def test_a_code_of_a_paper_one_may_not_see_says_nothing(client, office, carrier):
    hidden = carrier.instructing([office.county_head], label="work_secret", title="不便外传")
    hidden.matter.parts.filter(principal_id=office.section_chief.principal_id).delete()
    client.force_login(office.section_chief)
    response = send_seen(client, office, SCAN, "scan", upload(png((hidden.matter, "instruction"))))
    assert response.status_code == 422
    assert "没有认出二维码" in response.text
    assert "不便外传" not in response.text


def test_the_same_form_twice_writes_once(client, office, waiting):
    client.force_login(office.clerk)
    sent = {**filled(office.county_head), "_key": "record-1"}
    scan = upload(png((waiting.matter, "instruction")))
    assert send_seen(client, office, record(waiting), "scan", scan, **sent).status_code == 302
    drop = Drop.objects.get()
    assert client.post(record(waiting), {**sent, "scan-handed": drop.public_id}).status_code == 302
    scan.seek(0)
    assert client.post(record(waiting), {**sent, "scan": scan}).status_code == 302
    assert Drop.objects.count() == 1
    assert waiting.opinions.filter(box="instruction").count() == 1
    assert Attachment.objects.filter(matter=waiting.matter, kind="scan").count() == 1


def test_a_refused_record_keeps_no_page(client, office, waiting):
    client.force_login(office.clerk)
    sent = filled(office.other_vice_head, scan=upload(png((waiting.matter, "instruction"))))
    assert client.post(record(waiting), sent).status_code == 422
    assert not Attachment.objects.exists()


def test_a_scan_under_its_cover_joins_the_paper(client, office, carrier, waiting):
    scan = png((waiting.matter, paper.COVER))
    client.force_login(office.clerk)
    response = send_seen(client, office, SCAN, "scan", upload(scan))
    assert response.url == sheet(waiting)
    assert Attachment.objects.get(matter=waiting.matter, kind="scan").uploaded_by == office.clerk


def test_a_signed_sheet_under_its_cover_is_recorded_as_ever(client, office, waiting):
    scan = png((waiting.matter, paper.COVER), (waiting.matter, "instruction"))
    client.force_login(office.clerk)
    response = send_seen(client, office, SCAN, "scan", upload(scan))
    assert response.url.startswith(record(waiting))


def test_two_covers_in_one_scan_are_told_apart_and_nothing_is_kept(client, office, carrier, waiting):
    other = carrier.registered(doc_number="澜政办发〔2026〕88号", title="关于另一件事的通知")
    client.force_login(office.clerk)
    page = send_seen(
        client, office, SCAN, "scan", upload(png((waiting.matter, paper.COVER), (other.matter, paper.COVER)))
    )
    assert sheet(other) in page.text
    assert sheet(waiting) in page.text
    assert not Attachment.objects.filter(kind="scan").exists()


def test_a_cover_of_a_paper_one_does_not_see_is_not_known(client, office, carrier, waiting):
    scan = png((waiting.matter, paper.COVER))
    waiting.matter.parts.all().delete()
    client.force_login(office.clerk)
    response = send_seen(client, office, SCAN, "scan", upload(scan))
    assert response.status_code == 422
    assert not Attachment.objects.filter(kind="scan").exists()
