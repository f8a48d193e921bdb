"""旧浏览器: the sources use nothing newer than Chromium 86, and pages obey the strict content policy."""

import re
from pathlib import Path

import pytest

from zhongshu.ui.words import WORDS

ROOT = Path(__file__).resolve().parents[3]
STYLES = sorted((ROOT / "assets" / "styles").glob("*.css"))
TEMPLATES = sorted((ROOT / "zhongshu").rglob("templates/**/*.html"))
TOO_NEW = (
    r":has\(|:is\(|:where\(|color-mix\(|oklch\(|light-dark\(|@container|@layer|aspect-ratio|&[.: ]|\bdvh\b"
)
INLINE = r"<style|\sstyle=|\son[a-z]+=[\"']|hx-on|javascript:|<script(?![^>]*\ssrc=)|hx-vals=[\"']js:"


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_suit_chromium_86(path):
    text = re.sub(r"/\*.*?\*/|url\(.*?\)", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert re.findall(TOO_NEW, text) == []


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_each_style_sheet_says_what_it_holds(path):
    assert path.read_text(encoding="utf-8").startswith("/* ")


def test_no_template_needs_inline_code():
    assert TEMPLATES
    found = {str(p.relative_to(ROOT)): re.findall(INLINE, p.read_text(encoding="utf-8")) for p in TEMPLATES}
    assert {name: hits for name, hits in found.items() if hits} == {}


def test_every_behaviour_says_how_it_is_used():
    for path in (ROOT / "assets" / "elements").glob("*.js"):
        assert path.read_text(encoding="utf-8").startswith("/**"), path.name


def test_scripts_say_only_words_that_are_given_to_them():
    scripts = "".join(
        path.read_text(encoding="utf-8") for path in (ROOT / "assets" / "elements").glob("*.js")
    )
    said = set(re.findall(r"say\(\s*\"(\w+)\"", scripts)) | set(re.findall(r": \"(\w+)\"\s*[,}]", scripts))
    asked = set(re.findall(r"say\(\s*\"(\w+)\"", scripts))
    assert asked <= set(WORDS)
    assert set(WORDS) <= said | {"failed", "copied", "not_copied"}
    assert re.findall("[\u4e00-\u9fff]", re.sub(r"/\*.*?\*/|//[^\n]*", "", scripts, flags=re.DOTALL)) == []
