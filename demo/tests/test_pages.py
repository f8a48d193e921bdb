"""来文的样子: a red-head page that can be shown, whose words can be found."""

import io

import pypdfium2
import pytest

from demo import pages
from demo.papers.paper import Paper
from demo.year import filing
from demo.year.pour import Told
from zhongshu.files import gate

pytestmark = pytest.mark.skipif(not pages.can_draw(), reason="the machine has no Chinese serif font")


@pytest.fixture(scope="module")
def notice(year: list[Paper]) -> Paper:
    return next(paper for paper in year if paper.kind == "通知" and paper.sender.is_superior)


@pytest.fixture(scope="module")
def request_upward(year: list[Paper]) -> Paper:
    return next(paper for paper in year if paper.kind == "请示" and paper.sender.unit and not paper.fault)


def words_of(data: bytes) -> str:
    document = pypdfium2.PdfDocument(data)
    text = "".join(page.get_textpage().get_text_range() for page in document)
    return text.replace("\r", "").replace("\n", "")


def test_the_words_under_the_picture_are_those_of_the_paper(notice):
    data, count = pages.pdf_of(notice, "收〔2026〕683号")
    assert len(pypdfium2.PdfDocument(data)) == count >= 1
    found = words_of(data)
    assert notice.title in found
    assert notice.doc_number in found
    assert notice.body.split("\n")[1][:40] in found


def test_a_paper_upward_shows_its_signer(request_upward):
    data, _ = pages.pdf_of(request_upward, "收〔2026〕684号")
    assert f"签发人：{request_upward.signer}" in words_of(data)


def test_the_page_is_white_black_and_red_and_small(notice):
    data, count = pages.pdf_of(notice, "收〔2026〕683号")
    assert len(data) < 120_000 * count
    image = pypdfium2.PdfDocument(data)[0].render(scale=0.5).to_pil().convert("RGB")
    colours = image.getcolors(maxcolors=1 << 20)
    reds = sum(count for count, (r, g, b) in colours if r > 150 and g < 90 and b < 90)
    assert reds > 500


def test_the_same_paper_gives_the_same_bytes(notice):
    assert pages.pdf_of(notice, "收〔2026〕683号") == pages.pdf_of(notice, "收〔2026〕683号")


def test_titles_are_not_broken_inside_a_number():
    for line in pages._title_lines("澜川市人民政府办公室关于开展2026年汛期地质灾害隐患排查整治工作的通知"):
        assert not line[-1].isdigit()
        assert line[0] not in pages.NO_START


def test_office_documents_open_and_nothing_looks_secret(year):
    told = Told(year[0], None, year[0].received_at)
    assert filing._docx(year[0])[:2] == b"PK"
    data, text = filing._table(told.paper, "任务清单")
    assert io.BytesIO(data).read(2) == b"PK"
    assert "城关镇" in text
    for paper in year:
        assert list(gate.in_name(paper.title)) == []
        assert not gate.marks_in(paper.body)
