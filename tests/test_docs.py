"""文档：图都在、都用得上、不重，链接都通。"""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "manual" / "images"
PAGES = [*ROOT.glob("README*.md"), *sorted((ROOT / "docs").rglob("*.md"))]
TARGET = re.compile(r"\]\(([^)\s]+)\)")
MOST_BYTES = 6_000_000


def targets(page: Path) -> set[Path]:
    """Return the files of the checkout that a page shows or points to."""
    named = TARGET.findall(page.read_text(encoding="utf-8"))
    return {
        (page.parent / name.split("#")[0]).resolve() for name in named if name[0] != "#" and ":" not in name
    }


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_what_a_page_points_to_is_there(page):
    assert [str(target) for target in sorted(targets(page)) if not target.exists()] == []


def test_every_picture_is_shown_somewhere():
    shown = {target for page in PAGES for target in targets(page)}
    assert [picture.name for picture in sorted(IMAGES.iterdir()) if picture not in shown] == []


def test_the_pictures_are_light():
    assert sum(picture.stat().st_size for picture in IMAGES.iterdir()) < MOST_BYTES
