"""量不了的文件: a plain sentence in bounded time, whatever the bytes."""

import random
from contextlib import suppress

import pypdfium2 as pdfium
import pytest

from typeset.checking.pdf import NotMeasured, check_pdf, reading
from typeset.checking.pdf.tests.makers import source, typeset


def refused(path) -> str:
    with pytest.raises(NotMeasured) as caught:
        check_pdf(path)
    assert caught.value.message.endswith("。")
    return caught.value.code


def blank(path, pages: int):
    document = pdfium.PdfDocument.new()
    for _ in range(pages):
        document.new_page(595, 842)
    document.save(path)
    document.close()
    return path


def test_what_is_no_pdf_or_too_large(tmp_path, monkeypatch):
    (tmp_path / "a.pdf").write_bytes(b"PK\x03\x04")
    assert refused(tmp_path / "a.pdf") == "broken"
    assert refused(b"") == "broken"
    monkeypatch.setattr(reading, "MAX_BYTES", 3)
    assert refused(tmp_path / "a.pdf") == "too_large"


def test_a_locked_pdf(tmp_path):
    locked = b"<</Filter/Standard/V 1/R 2/P -44/O<" + b"00" * 32 + b">/U<" + b"11" * 32 + b">>>"
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 0/Kids[]>>", locked]
    data, places = bytearray(b"%PDF-1.4\n"), []
    for number, each in enumerate(objects, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(data)
    data += b"xref\n0 4\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    data += b"trailer\n<</Size 4/Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>\nstartxref\n%d\n%%%%EOF" % start
    (tmp_path / "a.pdf").write_bytes(bytes(data))
    assert refused(tmp_path / "a.pdf") == "encrypted"


def test_a_scan_has_no_letters_to_measure(tmp_path):
    assert refused(blank(tmp_path / "a.pdf", 2)) == "no_text"


@pytest.mark.parametrize(
    "body",
    [
        "Hello, world.",
        "1",
        "#table(columns: 2, [甲], [乙])",
        "#rotate(90deg)[转]",
        "#rect(fill: red, width: 100%)\n令",
        "#page(flipped: true)[横]",
    ],
)
def test_what_is_no_official_paper_is_measured_all_the_same(tmp_path, body):
    findings = check_pdf(typeset(tmp_path, body))
    assert {finding.verdict for finding in findings} > {"na"}


def test_ten_thousand_pages_are_refused_at_once(tmp_path):
    assert refused(blank(tmp_path / "a.pdf", 10_000)) == "too_many_pages"


def test_of_a_long_paper_the_first_and_last_pages_are_measured_and_it_says_so(tmp_path, monkeypatch):
    path = typeset(tmp_path, source())
    monkeypatch.setattr(reading, "MAX_MEASURED", 2)
    found = {finding.code: finding for finding in check_pdf(path)}
    assert found["page.count"].verdict == "warn"
    assert found["imprint.bottom"].verdict == "pass"


def test_spoilt_bytes_are_refused_or_measured_but_never_crash(tmp_path):
    good = typeset(tmp_path, source()).read_bytes()
    chance = random.Random(9)
    for _ in range(60):
        data = bytearray(good)
        for _ in range(chance.randint(1, 60)):
            data[chance.randrange(len(data))] = chance.randrange(256)
        (tmp_path / "spoilt.pdf").write_bytes(bytes(data))
        with suppress(NotMeasured):
            assert check_pdf(tmp_path / "spoilt.pdf")
