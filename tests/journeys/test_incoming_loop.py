"""收文全程: seven people carry a paper from the clerk's table to 办结, on the desk and, the 县长, on the phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import PHONE, Stage
from zhongshu.documents.models import IncomingDocument

pytestmark = pytest.mark.journey


def act(page: Page, label: str) -> None:
    """Open the form of an act from the action bar."""
    page.get_by_role("button", name=re.compile(f"^{label}")).first.click()
    expect(page.locator("#act-form form")).to_be_visible()


def send(page: Page, label: str) -> None:
    """Send the open form and wait for the sheet to come back."""
    page.locator("#act-form").get_by_role("button", name=label, exact=True).click()
    expect(page.locator("#act-form form")).to_have_count(0)


def test_a_paper_from_the_table_to_the_archive(stage: Stage, office):
    clerk = stage.page(office.clerk)
    clerk.goto(f"{stage.url}/incoming/new/")
    clerk.get_by_label("来文机关").fill("澜川市人民政府办公室")
    clerk.get_by_label("来文字号").fill("澜政办发〔2026〕21号")
    clerk.get_by_label("标题").fill("关于开展汛期地质灾害隐患排查整治工作的通知")
    clerk.get_by_label("来文要求反馈").check()
    clerk.get_by_label("我已核对").check()
    stage.shot(clerk, "incoming-new")
    clerk.get_by_role("button", name="签收并登记").click()
    expect(clerk).to_have_url(re.compile(r"/incoming/[^/]{20,}/$"))
    public_id = clerk.url.rstrip("/").rsplit("/", 1)[-1]
    incoming = IncomingDocument.objects.get(matter__public_id=public_id)
    stage.shot(clerk, "sheet-registered")

    act(clerk, "初审")
    stage.shot(clerk, "sheet-review")
    send(clerk, "送出")
    act(clerk, "拟办")
    stage.shot(clerk, "sheet-propose")
    assert incoming.matter.phase
