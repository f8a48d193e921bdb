"""恶意文件: refused in bounded time with a plain sentence."""

import pytest

from typeset.reading import Unreadable, read
from typeset.reading.tests.makers import docx, package, para

DEEP = "<w:sdt><w:sdtContent>" * 150 + para("深") + "</w:sdtContent></w:sdt>" * 150
ENTITY = '<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (package({"word/document.xml": "<a>" + " " * 60_000_000 + "</a>"}), "bomb"),
        (package({f"word/{number}.xml": "" for number in range(5_001)}), "bomb"),
        (package({"word/document.xml": ENTITY}), "entities"),
        (package({"word/document.xml": "<w:document"}), "broken"),
        (package({"word/document.xml": b"\x00\x01\x02"}), "broken"),
        (package({"nothing.xml": "<x/>"}), "broken"),
        (docx(DEEP), "too_deep"),
        (docx(para("宏"), more={"word/vbaProject.bin": b"x"}), "macro"),
        (docx(""), "empty"),
        (b"PK\x03\x04" + b"rubbish" * 50, "broken"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "legacy"),
        (b"%PDF-1.7 ...", "unknown"),
        (bytes(range(256)) * 8, "unknown"),
    ],
)
def test_it_is_refused_with_a_plain_sentence(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert refused.value.code == code
    assert refused.value.message.endswith("。")


def test_a_truncated_file_is_broken():
    whole = docx(para("正文") * 200)
    with pytest.raises(Unreadable) as refused:
        read(whole[: len(whole) // 2])
    assert refused.value.code == "broken"


def test_absurd_figures_harm_nothing():
    props = '<w:ind w:firstLineChars="99999999999999999999" w:left="abc"/><w:outlineLvl w:val="x"/><w:spacing w:line="nan"/>'
    body = para("关于开会的通知") + para("正文。", props, '<w:sz w:val="-3"/><w:color w:val="红"/>')
    numbering = '<w:num w:numId="1"><w:lvlOverride w:ilvl="²"/></w:num>'
    assert read(docx(body, numbering=numbering)).document.title == "关于开会的通知"


def test_what_is_beyond_the_limit_is_told(monkeypatch):
    monkeypatch.setattr("typeset.reading.wordml.story.MAX_PARAGRAPHS", 3)
    assert "cut" in [each.kind for each in read(docx(para("一段。") * 9)).oddities]
