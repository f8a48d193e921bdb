"""字体: the user's own come first, and no character of a name vanishes unsaid."""

import logging
import shutil
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen

from typeset.fonts import Faces, coverage, finding


def font(path: Path, family: str, characters: str) -> None:
    names = [".notdef", *(f"u{ord(each):X}" for each in characters)]
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    pen.lineTo((500, 0))
    pen.lineTo((250, 500))
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(each): f"u{ord(each):X}" for each in characters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (1000, 0)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable(
        dict.fromkeys(("familyName", "fullName", "psName"), family) | {"styleName": "Regular"}
    )
    builder.setupOS2()
    builder.setupPost()
    builder.save(path)


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("TYPESET_FONTS", str(tmp_path))
    finding._read.cache_clear()
    yield tmp_path
    finding._read.cache_clear()


def test_a_font_of_ones_own_comes_before_any_stand_in(own, caplog):
    font(own / "fs.ttf", "FangSong_GB2312", "县政府")
    with caplog.at_level(logging.INFO, "typeset.fonts"):
        faces = Faces.find()
    assert faces.face("fangsong").family == "FangSong_GB2312"
    assert not faces.face("fangsong").is_stand_in
    assert f"仿宋：FangSong_GB2312（自有字体，{own / 'fs.ttf'}）" in caplog.messages


def test_a_profile_may_want_another_face(own):
    font(own / "fs.ttf", "FangSong_GB2312", "县")
    font(own / "other.ttf", "County FangSong", "县")
    assert Faces.find({"fangsong": ["County FangSong"]}).families("fangsong")[:2] == [
        "County FangSong",
        "FangSong_GB2312",
    ]


def test_a_rare_character_falls_to_another_face_and_is_reported(own):
    font(own / "fs.ttf", "FangSong_GB2312", "陆安")
    font(own / "rare.ttf", "SimSun-ExtB", "𬭎")
    found = coverage.cover(Faces.find(), {"fangsong": ["陆𬭎\u2060安"]})
    assert [(each.character, each.family) for each in found.substitutes] == [("𬭎", "SimSun-ExtB")]
    assert found.report() == ["仿宋缺“𬭎”，改用 SimSun-ExtB"]


def test_what_no_font_has_is_said(own):
    font(own / "fs.ttf", "FangSong_GB2312", "陆")
    found = coverage.cover(Faces.find(), {"fangsong": ["陆\U0003fffd"]})
    assert found.missing == ("\U0003fffd",)
    assert "没有字体能印" in found.report()[-1]


def test_without_any_font_the_report_says_what_to_do(monkeypatch):
    monkeypatch.setattr(finding, "_installed", lambda places: (None, {}))
    assert all("没有可用的中文字体" in line for line in Faces.find().report())


def test_a_broken_font_file_in_the_folder_is_passed_over(own):
    (own / "broken.ttf").write_bytes(b"\0\1\0\0junk")
    font(own / "fs.ttf", "FangSong_GB2312", "县")
    shutil.copy(own / "fs.ttf", own / "again.ttf")
    assert Faces.find().face("fangsong").family == "FangSong_GB2312"
