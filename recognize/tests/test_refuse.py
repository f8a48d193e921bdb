"""拒读: what is hostile or broken is refused at once, with a code and a plain sentence."""

import contextlib
import io
import zipfile

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from recognize import Unreadable, limits, read, recognize
from recognize.reading import packages
from recognize.tests.makers import REQUEST, docx, ofd, package, paragraphs, pdf
from recognize.troubles import MESSAGES

DEEP = "<w:sdt><w:sdtContent>" * 150 + "</w:sdtContent></w:sdt>" * 150
WHOLE = {
    "pdf": pdf([[(80, 700, 16, "云岭县")]]),
    "docx": docx(paragraphs(REQUEST)),
    "ofd": ofd([(28, 37, "云岭县")]),
}


def entities() -> bytes:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><w:document xmlns:w="w"><w:body>&b;</w:body></w:document>'
    return package({"word/document.xml": bomb})


def locked() -> bytes:
    data = bytearray(package({"word/document.xml": "<x/>"}))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    return bytes(data)


def sparse() -> bytes:
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "始")
        sheet.write(1_048_575, 16_383, "末")
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"\x89PNG\r\n\x1a\n0000", "image"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"0" * 600, "legacy"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"MZ\x90\x00\x03", "unknown"),
        (package({"readme": "x"}), "unknown"),
        (package({"word/document.xml": "<x/>", "word/vbaProject.bin": b"x"}), "macro"),
        (b"PK\x03\x04 not a zip", "broken"),
        (b"%PDF-1.7 not a pdf", "broken"),
        (package({"word/document.xml": "<open>"}), "broken"),
        (package({"OFD.xml": "<OFD/>"}), "broken"),
        (package({"word/document.xml": b"0" * (limits.MAX_XML + 1)}), "bomb"),
        (package({"word/document.xml": "<x/>", "media": b"0" * (60 * 2**20)}), "bomb"),
        (
            package(
                {f"word/{number}": b"" for number in range(limits.MAX_PARTS)} | {"word/document.xml": "<x/>"}
            ),
            "bomb",
        ),
        (docx(DEEP), "too_deep"),
        (entities(), "entities"),
        (locked(), "encrypted"),
        (sparse(), "bomb"),
        (pdf([[] for _ in range(limits.MAX_PAGES + 1)]), "too_many_pages"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_is_refused_with_its_code(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data)
    assert (refused.value.code, refused.value.message) == (code, MESSAGES[code])


def test_a_part_larger_than_it_says_is_not_unpacked(monkeypatch):
    """The directory of a zip may lie; the unpacked bytes are counted as they come."""
    monkeypatch.setattr(packages, "MAX_XML", 3 * packages.PIECE)
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("word/document.xml", b" " * (9 * packages.PIECE))
        monkeypatch.setattr(packages, "check_sizes", lambda entries: None)
    with pytest.raises(Unreadable) as refused:
        read(file.getvalue())
    assert refused.value.code == "bomb"


def test_a_page_of_a_million_letters_is_cut(monkeypatch):
    monkeypatch.setattr("recognize.reading.plain.MAX_CHARACTERS", 10)
    layer = read(("字" * 50).encode())
    assert (layer.cut, layer.text) == (True, "字" * 10)


@pytest.mark.parametrize("kind", WHOLE)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(kind, data):
    """Whatever else it raises fails the test."""
    whole = bytearray(WHOLE[kind])
    for at in data.draw(st.lists(st.integers(0, len(whole) - 1), max_size=8)):
        whole[at] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(len(whole) // 2, len(whole)))
    with contextlib.suppress(Unreadable):
        recognize(bytes(whole[:cut]))
