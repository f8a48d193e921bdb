"""python -m tools.screenshots: build a small county, walk through it, write docs/manual/images/."""

import argparse
import contextlib
from pathlib import Path

from playwright.sync_api import Browser

from tools.screenshots import places, story
from tools.screenshots.camera import open_camera
from tools.screenshots.house import ROOT, open_house

MANUAL = ROOT / "docs" / "manual"


def main() -> None:
    """Take all pictures, or only the named ones."""
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description="为用户手册拍摄截图")
    parser.add_argument("only", nargs="*", help="只存这几张（不写就全部）")
    parser.add_argument("--scale", type=float, default=0.4, help="演示县的份量，1 为一年 3062 件")
    parser.add_argument("--at", default="", help="已在运行的演示县的网址；不写就自己建一个")
    parser.add_argument("--out", type=Path, default=MANUAL / "images", help="图片放在哪里")
    asked = parser.parse_args()
    house = contextlib.nullcontext(asked.at) if asked.at else open_house(asked.scale)
    with house as url, open_camera(url, asked.out, set(asked.only)) as camera:
        paper = sample_paper(camera.browser)
        places.before(camera)
        story.tell(camera, paper)
        places.after(camera)


def sample_paper(browser: Browser) -> Path:
    """Print the sample paper of the manual as a PDF."""
    target = MANUAL / "sample" / "paper.pdf"
    if target.exists():
        return target
    page = browser.new_page()
    page.goto(target.with_suffix(".html").as_uri())
    page.pdf(path=target, prefer_css_page_size=True, print_background=True)
    page.close()
    return target


if __name__ == "__main__":
    main()
