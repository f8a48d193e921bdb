"""What comes in beside the basket: a register of past years from Excel, and a doubtful file before its reviewer."""

import re
import tempfile
from pathlib import Path

import xlsxwriter
from playwright.sync_api import expect

from tools.screenshots.camera import Camera

CLERK, REVIEWER, SECURITY = "林晓禾", "严守中", "关慎言"
HEADS = ("编号", "收文时间", "来文机关", "来文字号", "标题", "文种", "紧急程度", "份数", "承办", "办结时间")
BOOK = "2021-register.xlsx"  # a browser without the locale opens no Chinese path
# What a clerk's old book really holds.
SLIPS = {4: (1, "2021.2.30"), 11: (4, ""), 19: (7, "若干"), 26: (1, "去年")}
SLIDES = "机密\n以下是保密知识培训材料\n一、国家秘密分为三级\n二、标志由密级、★和保密期限组成\n"


def tell(camera: Camera) -> None:
    """Import a book with slips; lay slides that name the grades alone on their lines, and judge them."""
    with tempfile.TemporaryDirectory() as folder:
        imported(camera, Path(folder))
        judged(camera, Path(folder))


def imported(camera: Camera, folder: Path) -> None:
    """历史台账导入: the rows as they were judged."""
    page = camera.go(CLERK, "/imports/")
    page.get_by_label("台账文件").set_input_files(_book(folder / BOOK))
    page.get_by_label("我确认台账里没有涉密件").check()
    page.get_by_role("button", name="上传并核对").click()
    expect(page.get_by_role("region", name="核对结果")).to_be_visible(timeout=120_000)
    page.wait_for_load_state("networkidle")
    camera.keep(page, "import")


def judged(camera: Camera, folder: Path) -> None:
    """保密审查: the case as its reviewer sees it, and the request as the security officer does."""
    slides = folder / "outline.txt"
    slides.write_text(SLIDES, encoding="utf-8")
    page = camera.go(CLERK, "/drops/")
    page.get_by_label("我已核对").check()
    page.get_by_label("把来文拖到这里").set_input_files(slides)
    expect(page.get_by_text("待保密审查").first).to_be_visible(timeout=120_000)
    page = camera.go(REVIEWER, "/files/secrecy/")
    camera.keep(page, "secrecy")
    page.get_by_role("link", name="查看判断").first.click()
    page.get_by_label("不涉密", exact=True).check()
    page.get_by_label("理由").fill("保密培训用的提纲，列举密级名称，不是密级标志")
    page.wait_for_load_state("networkidle")
    camera.keep(page, "secrecy-case")
    page.get_by_role("button", name=re.compile("判断|提交|送出")).click()
    camera.keep(camera.go(SECURITY, "/files/releases/"), "releases")


def _book(path: Path) -> Path:
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("2021")
        sheet.write_row(0, 0, HEADS)
        for number in range(1, 31):
            row = [
                f"收〔2021〕{number}号",
                f"2021.{number % 12 + 1}.{number % 28 + 1}",
                "澜川市水利局",
                f"澜水〔2021〕{number}号",
                f"关于做好第{number}处水库安全度汛工作的通知",
                "通知",
                "平件",
                "1",
                "县水利局",
                f"2021年{number % 12 + 1}月{number % 28 + 1}日",
            ]
            if number in SLIPS:
                column, written = SLIPS[number]
                row[column] = written
            sheet.write_row(number, 0, row)
    return path
