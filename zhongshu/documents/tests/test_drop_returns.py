"""扫描件回单 among the scans of the basket: known by its code, put with its paper, and told of to nobody who may not see it."""

import io

import pypdfium2 as pdfium
import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.dropped import notice, printed
from zhongshu.documents.tests.test_intake_page import BASKET, dropped, laid, other_notice
from zhongshu.files import drops, paper
from zhongshu.files.models import Attachment, Drop, DropState
from zhongshu.matters.models import Part


@pytest.fixture(autouse=True)
def empty_store(settings, tmp_path) -> None:
    """Give each test a store, a quarantine and a cache of its own."""
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


def scan(*matters_and_boxes) -> bytes:
    """Return a scanned page that reads well, with codes at its foot."""
    with pdfium.PdfDocument(printed(notice())) as document:
        page = document[0].render(scale=200 / 72).to_pil().convert("L")
    for place, (matter, box) in enumerate(matters_and_boxes):
        out = io.BytesIO()
        segno.make_qr(paper.token(matter, box), error="q").save(out, kind="png", scale=6, border=4)
        page.paste(Image.open(out).convert("L"), (60 + 500 * place, page.height - 460))
    out = io.BytesIO()
    page.save(out, "PNG")
    return out.getvalue()


def back(drop) -> str:
    return reverse("documents:drop_return", args=[drop.public_id])


@pytest.fixture
def waiting(office, carrier):
    """A paper that was printed for the 县长 to sign."""
    return carrier.instructing([office.county_head])


def test_a_signed_sheet_is_known_and_goes_to_the_words_that_stand_on_it(client, office, waiting):
    drop = laid(office, "扫描1.png", scan((waiting.matter, "instruction")))
    other = dropped(office, other_notice())
    client.force_login(office.clerk)
    page = client.get(BASKET).text
    assert waiting.matter.number in page
    assert "的扫描件回单（“领导批示”栏），不是新来文" in page
    assert page.count("扫描件回单（") == 1
    answer = client.post(back(drop), {"_key": "back"})
    assert answer.status_code == 302
    kept = Attachment.objects.get(kind="scan")
    assert kept.matter == waiting.matter
    assert f"box=instruction&scan={kept.public_id}" in answer["Location"]
    assert "陆承安" in client.get(answer["Location"]).text
    drop.refresh_from_db()
    assert drop.state == DropState.TAKEN
    assert client.post(back(other), {"_key": "other"}).status_code == 422
    assert IncomingDocument.objects.count() == 1


def test_an_original_behind_its_cover_is_kept_with_its_paper(client, office, waiting):
    drop = laid(office, "扫描1.png", scan((waiting.matter, paper.COVER)))
    client.force_login(office.clerk)
    assert "带封面的原件" in client.get(BASKET).text
    answer = client.post(back(drop), {"_key": "back"})
    assert answer["Location"] == reverse("documents:incoming", args=[waiting.matter.public_id])
    assert Attachment.objects.get(kind="scan").matter == waiting.matter


def test_sheets_of_two_papers_in_one_scan_are_told_apart_by_hand(client, office, carrier, waiting):
    second = carrier.registered(doc_number="澜政办发〔2026〕22号")
    drop = laid(office, "扫描1.png", scan((waiting.matter, "instruction"), (second.matter, "instruction")))
    client.force_login(office.clerk)
    assert "这份扫描件里有2件的回单" in client.get(BASKET).text
    refused = client.post(back(drop), {"_key": "back"})
    assert refused.status_code == 422
    assert "DOC-92" in refused.text
    assert not Attachment.objects.exists()


def test_who_may_not_see_the_paper_does_not_learn_that_it_exists(client, office, waiting):
    drop = laid(office, "扫描1.png", scan((waiting.matter, "instruction")), office.section_chief)
    plain = dropped(office, other_notice(), person=office.section_chief)
    client.force_login(office.section_chief)
    assert waiting.matter.number in client.get(BASKET).text
    Part.objects.all().delete()
    page = client.get(BASKET).text
    assert waiting.matter.number not in page
    assert waiting.matter.title not in page
    assert "不是新来文" not in page
    answers = [client.post(back(each), {"_key": each.public_id}) for each in (drop, plain)]
    assert [answer.status_code for answer in answers] == [422, 422]
    assert not Attachment.objects.exists()


def lying(office, data: bytes, person) -> Drop:
    """Lay a scan that nobody has looked at yet."""
    return drops.lay(SimpleUploadedFile("扫描1.png", data), by=office.actor(person))


def test_who_takes_in_at_night_may_not_put_words_into_the_leaders_mouth(client, office, waiting):
    drop = lying(office, scan((waiting.matter, "instruction")), office.duty)
    client.force_login(office.duty)
    assert client.get(BASKET).status_code == 200
    assert client.post(back(drop), {"_key": "back"}).status_code == 403
    assert not Attachment.objects.exists()


def test_the_sheet_of_another_offices_person_is_out_of_reach(client, office, waiting):
    theirs = lying(office, scan((waiting.matter, "instruction")), office.depts[0].liaison)
    client.force_login(office.clerk)
    assert client.post(back(theirs), {"_key": "back"}).status_code == 404
