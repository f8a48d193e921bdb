"""历史台账: a clerk brings last decade's Excel in: what is wrong is shown by row, mended, and sent again; a slip is taken back."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from python_calamine import CalamineWorkbook

from tests.journeys.conftest import PHONE, Stage
from tests.journeys.looks import found_by_axe, found_too_wide
from zhongshu.base.trail import verify
from zhongshu.documents.models import IncomingDocument, RegisterImport
from zhongshu.documents.tests import old_books as books

pytestmark = pytest.mark.journey

FAULTS = {
    17: {"收文时间": "2023年2月30日"},
    41: {"标题": ""},
    77: {"来文机关": ""},
    99: {"份数": "若干"},
    120: {"编号": "收〔2023〕5号"},
    150: {"办结时间": "2019.1.1"},
    180: {"收文时间": "去年"},
    211: {"收文时间": ""},
    240: {"标题": "长" * 301},
    299: {"收文时间": "2023.13.1"},
}


def upload(page: Page, path: Path) -> None:
    page.get_by_label("台账文件").set_input_files(path)
    page.get_by_label("我确认台账里没有涉密件").check()
    page.get_by_role("button", name="上传并核对").click()
    expect(page.locator("#import [role=status]")).to_be_visible()
    books.work()


def test_three_hundred_rows_ten_of_them_faulty(stage: Stage, office, tmp_path):
    rows = [books.line(n, **FAULTS.get(n, {})) for n in range(1, 301)]
    path = tmp_path / "2023年收文登记簿.xlsx"
    path.write_bytes(books.workbook(rows, above=2))
    page = stage.page(office.clerk)
    page.goto(f"{stage.url}/incoming/")
    page.get_by_role("link", name="历史台账导入").click()
    upload(page, path)
    verdict = page.get_by_role("region", name="核对结果")
    expect(verdict).to_contain_text("共300 行")
    expect(verdict).to_contain_text("有错误10 行")
    assert found_by_axe(page) == []
    stage.shot(page, "import-checked")

    page.get_by_role("navigation", name="按结果看").get_by_role("link", name="有错误").click()
    expect(page.get_by_text("2023年没有2月30日这一天")).to_be_visible()
    expect(page.locator("#rows tbody tr")).to_have_count(10)
    page.locator("#rows").scroll_into_view_if_needed()
    stage.shot(page, "import-faulty")
    with page.expect_download() as taken:
        page.get_by_role("link", name="下载错误表").click()
    mended = mend(Path(taken.value.path()), tmp_path / "改好的.xlsx")

    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    stage.shot(page, "import-running")
    books.work()
    result = page.get_by_role("region", name="已导入")
    expect(result).to_contain_text("新建290 件")
    expect(result).to_contain_text("跳过10 行")
    assert found_by_axe(page) == []
    stage.shot(page, "import-done")

    page.goto(f"{stage.url}/imports/")
    upload(page, mended)
    expect(page.get_by_role("region", name="核对结果")).to_contain_text("可以导入10 行")
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    books.work()
    expect(page.get_by_role("region", name="已导入")).to_contain_text("新建10 件")
    assert IncomingDocument.objects.count() == 300

    page.goto(f"{stage.url}/incoming/?view=closed&year=2023")
    expect(page.locator("tr[data-row]").first).to_be_visible()
    page.goto(f"{stage.url}/search/?q=第77处水库")
    page.get_by_role("link", name="关于做好第77处水库安全度汛工作的通知").first.click()
    expect(page.locator(".zs-sheet-title")).to_contain_text("收文办理单")
    stage.shot(page, "import-sheet")


def mend(found: Path, path: Path) -> Path:
    """Correct the workbook of errors as a clerk would: every row gets what it lacks."""
    table = [
        [str(cell) for cell in row]
        for row in CalamineWorkbook.from_path(str(found)).get_sheet_by_index(0).to_python()
    ]
    head = next(n for n, row in enumerate(table) if "编号" in row)
    right = []
    for row in table[head + 1 :]:
        n = int(row[0].split(".")[0]) - 3
        right.append([*books.line(n)])
    path.write_bytes(books.workbook(right))
    return path


def test_a_slip_is_taken_back_on_the_phone(stage: Stage, office, tmp_path):
    path = tmp_path / "错年份.csv"
    path.write_bytes(books.text([books.line(n) for n in range(1, 31)], "gb18030"))
    page = stage.page(office.clerk, PHONE)
    page.goto(f"{stage.url}/imports/")
    stage.shot(page, "import-phone-list")
    upload(page, path)
    page.get_by_role("button", name="开始导入").click()
    expect(page.get_by_role("button", name="暂停")).to_be_visible()
    books.work()
    page.locator("summary", has_text="整批撤销").click()
    page.get_by_label("撤销的理由").fill("用错了年份")
    assert found_by_axe(page) + found_too_wide(page) == []
    stage.shot(page, "import-phone-done")
    page.get_by_role("button", name="整批撤销").click()
    page.get_by_role("dialog").get_by_role("button", name="撤销").click()
    expect(page.locator("#import [role=status]")).to_be_visible()
    books.work()
    expect(page.get_by_role("region", name="已撤销")).to_contain_text("用错了年份")
    assert RegisterImport.objects.get().state == "undone"
    assert not IncomingDocument.objects.exists()
    assert verify().first_broken is None


def test_the_administrator_looks_after_the_takers(stage: Stage, office):
    page = stage.page(office.sys_admin)
    page.goto(f"{stage.url}/takers/")
    expect(page.get_by_role("region", name="来文收取").first).to_contain_text("未设置")
    assert found_by_axe(page) + found_too_wide(page) == []
    stage.shot(page, "takers")
