"""表单里的扫描件: handed in as soon as it is chosen, followed while it is read, sent with the form once it passed."""

from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from recognize.tests.drawing import drawn, needs_font, saved
from tests.journeys.conftest import DESKTOP, PHONE, Stage
from zhongshu.base import clock
from zhongshu.documents import actions
from zhongshu.documents.actions.assigning import Assignment
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.tests.conftest import Carrier
from zhongshu.files.models import Attachment, Drop
from zhongshu.matters import outbox

pytestmark = pytest.mark.journey

WORDS = "已完成青石镇地质灾害隐患点排查，现将有关情况报告如下。"


def scan(name: str, *heads: str) -> dict[str, object]:
    pages = [drawn(((110, 120, 32, head), (110, 230, 24, WORDS))) for head in heads]
    return {
        "name": name,
        "mimeType": "application/pdf",
        "buffer": saved(*pages, form="PDF", resolution=100),
    }


def put_to_township(office) -> IncomingDocument:
    """Return a paper that a township's liaison signed for."""
    carrier, township = Carrier(office), office.townships[0]
    incoming = carrier.assigning()
    task = Assignment(township.unit.pk, [], clock.now() + timedelta(days=2))
    actions.assign(incoming, task, by=carrier.clerk)
    actions.sign_for_unit(incoming, by=office.actor(township.liaison))
    return incoming


def attach_form(stage: Stage, page: Page, incoming: IncomingDocument) -> None:
    page.goto(f"{stage.url}/files/of/{incoming.matter.public_id}/attach/")
    page.get_by_label("类别").select_option("feedback")


@needs_font
@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_township_answers_with_scans(stage: Stage, office, size):
    incoming, liaison = put_to_township(office), office.townships[0].liaison
    page = stage.page(liaison, size)
    attach_form(stage, page, incoming)
    page.get_by_label("文件", exact=False).first.set_input_files(
        [scan("排查反馈.pdf", "工作反馈", "附表"), scan("名单.pdf", "名单", "机密★10年")]
    )
    expect(page.get_by_text("选好的文件随即上传")).to_be_visible()
    assert not Drop.objects.exists()
    page.get_by_label("我确认上传的文件不涉及国家秘密").check()
    lines = page.locator("[data-handed-list] > li")
    expect(lines).to_have_count(2)
    expect(lines.first.get_by_text("等待检查")).to_be_visible()
    page.get_by_role("button", name="添加附件").click()
    expect(page.get_by_text("FILE-58").first).to_be_visible()
    assert not Attachment.objects.exists()
    outbox.drain()
    expect(lines.first.get_by_text("检查通过，可以提交")).to_be_visible()
    expect(page.locator("[data-handed-list]").get_by_text("疑似涉密内容")).to_be_visible()
    page.get_by_role("button", name="添加附件").click()
    expect(page).to_have_url(f"{stage.url}/files/of/{incoming.matter.public_id}/")
    assert list(Attachment.objects.values_list("name", flat=True)) == ["排查反馈.pdf"]


@needs_font
def test_a_file_waits_for_who_comes_back(stage: Stage, office):
    incoming, liaison = put_to_township(office), office.townships[0].liaison
    page = stage.page(liaison)
    attach_form(stage, page, incoming)
    page.get_by_label("我确认上传的文件不涉及国家秘密").check()
    page.get_by_label("文件", exact=False).first.set_input_files([scan("排查反馈.pdf", "工作反馈")])
    expect(page.locator("[data-handed-list] > li").get_by_text("等待检查")).to_be_visible()
    page.goto(stage.url)
    outbox.drain()
    attach_form(stage, page, incoming)
    page.get_by_label("排查反馈.pdf").check()
    page.get_by_label("我确认上传的文件不涉及国家秘密").check()
    page.get_by_role("button", name="添加附件").click()
    expect(page).to_have_url(f"{stage.url}/files/of/{incoming.matter.public_id}/")
    assert Attachment.objects.get().name == "排查反馈.pdf"
