"""保密审查: a doubtful file judged out of the quarantine, released by its digest alone, and only then registered."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.basket import card, choose, drain
from tests.journeys.conftest import PHONE, Stage
from tests.journeys.looks import found_by_axe, found_too_wide
from zhongshu.base.models import TrailEntry
from zhongshu.documents.tests.dropped import as_docx, notice
from zhongshu.people.models import Role, RoleGrant

pytestmark = pytest.mark.journey

TITLE = "关于做好小型水库安全度汛工作的通知"


@pytest.fixture(autouse=True)
def empty_store(settings: Any, tmp_path: Path) -> None:
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"


def test_judged_by_one_released_by_another_registered_by_the_third(stage: Stage, office: Any) -> None:
    RoleGrant.objects.create(person=office.drafter, role=Role.objects.get(code="secrecy_reviewer"))
    clerk = stage.page(office.clerk)
    clerk.goto(f"{stage.url}/drops/")
    choose(
        clerk, ("培训.docx", as_docx(f"机密\n{notice()}")), ("密件.docx", as_docx(f"机密★5年\n{notice()}"))
    )
    expect(card(clerk, "密件.docx")).to_be_visible()
    drain()
    expect(card(clerk, "待保密审查")).to_be_visible()
    expect(card(clerk, "机要渠道")).to_be_visible()
    expect(clerk.get_by_role("link", name="登记《")).to_have_count(0)

    reviewer = stage.page(office.drafter)
    reviewer.goto(f"{stage.url}/files/secrecy/")
    assert found_by_axe(reviewer) == []
    stage.shot(reviewer, "secrecy")
    reviewer.get_by_role("link", name="查看判断").click()
    expect(reviewer.get_by_text("单独成行的密级").first).to_be_visible()
    assert found_by_axe(reviewer) == []
    reviewer.get_by_label("不涉密", exact=True).check()
    reviewer.get_by_role("button", name="提交判断").click()
    expect(reviewer.get_by_role("alert")).to_contain_text("请写明判断的理由")
    reviewer.get_by_label("理由").fill("培训用的样件，线下核对过原件")
    reviewer.get_by_role("button", name="提交判断").click()
    expect(reviewer.get_by_role("link", name="查看判断")).to_have_count(0)
    assert found_too_wide(reviewer) == []

    officer = stage.page(office.sec_admin, PHONE)
    officer.goto(f"{stage.url}/files/releases/")
    expect(officer.get_by_text("培训用的样件")).to_be_visible()
    expect(officer.get_by_text("培训.docx")).to_have_count(0)
    assert found_by_axe(officer) == []
    officer.get_by_role("button", name="放行", exact=True).click()
    officer.get_by_role("dialog").get_by_role("button", name="放行").click()
    expect(officer.get_by_text("没有等待答复的申请")).to_be_visible()
    drain()

    clerk.goto(f"{stage.url}/drops/")
    expect(card(clerk, TITLE)).to_contain_text("可登记")
    said = " ".join(TrailEntry.objects.values_list("text", flat=True))
    assert "密件" not in said
