"""双轨: the 办理单 and the 退文单 on A4, and a 批示 that comes back from paper by its code."""

import re
from datetime import timedelta

import pypdfium2
import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Stage
from tests.journeys.hands import send, sheet
from tests.journeys.world import papers_at_every_step
from tools.sheet_hands import open_act
from zhongshu.base import clock
from zhongshu.documents.models import Opinion
from zhongshu.documents.tests.conftest import Carrier
from zhongshu.matters import outbox

pytestmark = pytest.mark.journey

DPI = 150
DARK = 140
MM = 25.4


def printed(page: Page) -> pypdfium2.PdfDocument:
    """Print the page as the browser does."""
    return pypdfium2.PdfDocument(page.pdf(prefer_css_page_size=True, print_background=False))


def text_of(sheet_page: pypdfium2.PdfPage) -> str:
    return re.sub(r"\s", "", sheet_page.get_textpage().get_text_range())


def image_of(sheet_page: pypdfium2.PdfPage) -> Image.Image:
    return sheet_page.render(scale=DPI / 72).to_pil().convert("L")


def height_of_box(sheet_page: pypdfium2.PdfPage, label: str) -> float:
    """Return how tall the box of this label is, in millimetres between its two lines."""
    textpage = sheet_page.get_textpage()
    start, _ = textpage.search(label).get_next()
    left, bottom, _, top = textpage.get_charbox(start)
    image = image_of(sheet_page)
    scale = DPI / 72
    x = int((left - 4) * scale)
    middle = int((sheet_page.get_height() - (bottom + top) / 2) * scale)
    up = next(y for y in range(middle, 0, -1) if image.getpixel((x, y)) < DARK)
    down = next(y for y in range(middle, image.height) if image.getpixel((x, y)) < DARK)
    return (down - up) / DPI * MM


def test_the_sheet_on_a4(stage: Stage, office):
    """A4; the leader's box is at least 84 mm tall on page 1, the trail begins on page 2."""
    incoming = Carrier(office).instructing([office.county_head])
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/{incoming.matter.public_id}/print/")
    paper = printed(page)
    width, height = paper[0].get_size()
    assert (round(width / 72 * MM), round(height / 72 * MM)) == (210, 297)
    assert "收文办理单" in text_of(paper[0])
    assert height_of_box(paper[0], "领导批示") >= 84
    assert "办理痕迹" not in text_of(paper[0])
    assert text_of(paper[1]).startswith("办理痕迹")


def test_words_on_paper_come_back(stage: Stage, office, tmp_path):
    """Print, sign, scan: the code says which paper; the clerk writes the words down, the leader confirms on the phone."""
    incoming = Carrier(office).instructing([office.county_head])
    public_id = incoming.matter.public_id
    clerk = stage.page(office.clerk)
    clerk.goto(f"{stage.url}/incoming/{public_id}/print/")
    scan = tmp_path / "scan.png"
    # A hand put it on the glass a little askew.
    image_of(printed(clerk)[0]).rotate(1.2, fillcolor=250, resample=Image.Resampling.BICUBIC).save(scan)

    clerk.goto(f"{stage.url}/incoming/scan/")
    clerk.get_by_label("扫描件").set_input_files(scan)
    expect(clerk.get_by_text("等待检查")).to_be_visible()
    outbox.drain()
    expect(clerk.get_by_text("检查通过，可以提交")).to_be_visible()
    clerk.get_by_role("button", name="识别").click()
    expect(clerk).to_have_url(re.compile(f"/incoming/{public_id}/record/"))
    expect(clerk.get_by_text("签批页已带上")).to_be_visible()
    clerk.locator("main [name=text]").fill("请县水利局抓紧办理。")
    at = clock.local(clock.now() - timedelta(minutes=10))
    clerk.locator("main [name=instructed_at]").fill(f"{at:%Y-%m-%dT%H:%M}")
    clerk.get_by_role("button", name="代录", exact=True).click()
    expect(clerk).to_have_url(f"{stage.url}/incoming/{public_id}/")
    expect(clerk.locator(".zs-sheet").get_by_text("待本人确认")).to_be_visible()

    head = sheet(stage, office.county_head, public_id, PHONE)
    expect(head.get_by_text("请县水利局抓紧办理。").first).to_be_visible()
    head.get_by_role("button", name="确认是我的意思").click()
    expect(head.get_by_role("button", name="确认是我的意思")).to_have_count(0)
    said = Opinion.objects.get(incoming=incoming, box="instruction")
    assert said.confirmed_at
    assert said.scan
    assert (said.author_id, said.recorded_by_id) == (office.county_head.pk, office.clerk.pk)


def test_a_paper_goes_back_with_its_slip(stage: Stage, office):
    """退文: the deputy director approves, the slip gets its number and is printed on one A4 page."""
    public_id = papers_at_every_step(office)["returning"].matter.public_id
    deputy = sheet(stage, office.deputy, public_id)
    open_act(deputy, "同意退文")
    send(deputy, "同意退文")
    clerk = sheet(stage, office.clerk, public_id)
    expect(clerk.get_by_role("heading", level=1)).to_be_visible()
    clerk.get_by_role("link", name="打印退文单").click()
    expect(clerk.get_by_role("article", name="退文单")).to_be_visible()
    paper = printed(clerk)
    assert len(paper) == 1
    said = text_of(paper[0])
    assert "退文单" in said
    assert "不属县政府职权" in said
    assert "青石镇" in said
    assert "打印" not in said
