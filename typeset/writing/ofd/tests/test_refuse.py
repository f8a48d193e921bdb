"""不能转的 PDF: a plain sentence, never a crash, whatever the bytes."""

import random
import zlib
from contextlib import suppress

import pytest

from typeset.writing.ofd import NotConverted, ofd_of, papers
from typeset.writing.ofd.tests.makers import by_hand, page_by_hand, typeset


def refused(data: bytes) -> str:
    with pytest.raises(NotConverted) as caught:
        ofd_of(data)
    assert caught.value.message.endswith("。")
    return caught.value.code


def test_what_is_no_pdf_or_cut_off():
    good = page_by_hand("0 0 10 10 re f")
    assert ofd_of(good)
    assert refused(b"") == "broken"
    assert refused(b"PK\x03\x04") == "broken"
    assert refused(good[: len(good) // 2]) == "broken"


def test_a_locked_pdf():
    assert refused(page_by_hand("", trailer="/Encrypt 1 0 R")) == "encrypted"


def test_a_font_that_is_not_embedded():
    font = "/Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    assert refused(page_by_hand("BT /F1 12 Tf (a) Tj ET", font)) == "font"


def test_no_page_and_pages_in_a_ring():
    assert refused(by_hand("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 0/Kids[]>>")) == "broken"
    assert refused(by_hand("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[2 0 R]>>")) == "broken"


def test_ten_thousand_pages_are_refused_at_once():
    kids = " ".join(f"{number} 0 R" for number in range(3, 10_003))
    pages = ["<</Type/Page/MediaBox[0 0 9 9]>>"] * 10_000
    assert (
        refused(by_hand("<</Type/Catalog/Pages 2 0 R>>", f"<</Type/Pages/Kids[{kids}]>>", *pages))
        == "too_many_pages"
    )


def test_a_stream_that_grows_without_end(monkeypatch):
    monkeypatch.setattr(papers, "MAX_UNPACKED", 100_000)
    packed = zlib.compress(b" " * 200_000).hex()
    page = "<</Type/Page/MediaBox[0 0 9 9]/Contents 4 0 R>>"
    stream = f"<</Length {len(packed)}/Filter[/ASCIIHexDecode/FlateDecode]>>\nstream\n{packed}\nendstream"
    data = by_hand("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Kids[3 0 R]>>", page, stream)
    assert refused(data) == "too_large"


def test_arrays_without_bottom():
    assert refused(page_by_hand("[" * 5_000 + " 1 w")) == "broken"


def test_spoilt_bytes_are_refused_or_converted_but_never_crash(tmp_path):
    good = typeset(tmp_path, "= 一、要求\n各镇人民政府：请认真执行。")
    chance = random.Random(4)
    for _ in range(150):
        data = bytearray(good)
        for _ in range(chance.randint(1, 20)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        with suppress(NotConverted):
            assert ofd_of(bytes(data)).startswith(b"PK")
