"""Reading a paper: words found on its pages with thumbnails beside, full screen on the phone, the cover; 工作秘密 printed."""

import re

from playwright.sync_api import expect

from tools.screenshots.camera import PHONE, Camera

CLERK, DEPUTY, VICE = "林晓禾", "闻仲谦", "顾怀川"


def read(camera: Camera, path: str) -> None:
    """Search a paper, print its cover."""
    page = camera.go(CLERK, path)
    page.get_by_role("button", name="缩略图").click()
    page.get_by_role("searchbox", name="在文件里查找").fill("隐患")
    expect(page.locator(".zs-find-count")).to_have_text(re.compile(r"^\d+ / \d+$"))
    page.wait_for_load_state("networkidle")
    camera.keep(page, "reading")
    camera.keep(camera.go(CLERK, f"/files/of/{path.split('/')[-2]}/cover/"), "cover")


def on_the_phone(camera: Camera, path: str) -> None:
    """Look at a paper on the phone; one person has one session, so it is not the clerk."""
    phone = camera.go(VICE, path, PHONE)
    phone.get_by_role("button", name="全屏看").click()
    phone.wait_for_load_state("networkidle")
    camera.keep(phone, "phone-reading")


def print_secret(camera: Camera, path: str) -> None:
    """Ask to print a 工作秘密 paper, and look at the request as the deputy director."""
    page = camera.go(CLERK, path)
    page.get_by_role("link", name="打印", exact=True).click()
    page.get_by_label("申请份数").fill("2")
    page.get_by_label("用途").fill("送县长、分管副县长各一份，阅后收回")
    page.get_by_role("button", name="送审批").click()
    page.wait_for_url(re.compile(r"/files/prints/[^/]{20,}/$"))
    camera.keep(camera.go(DEPUTY, page.url.removeprefix(camera.url)), "print-decide")
