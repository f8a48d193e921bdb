"""文字识别: scans and photographs are read without a network, upright or not, and each word keeps its place."""

import io
import subprocess
import sys
import zipfile
from datetime import date
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageChops

from recognize import OcrOptions, Unreadable, read, recognize, recognize_layer
from recognize.tests.drawing import LETTER, SIZE, drawn, needs_font, saved, sealed
from recognize.tests.makers import ofd, package, pdf

ROOT = Path(__file__).resolve().parents[2]
OCR = OcrOptions()

pytestmark = needs_font


@cache
def letter():
    """Return what is read of the letter; reading takes a second, so it is read once for all."""
    return read(saved(drawn(), form="JPEG", quality=80), OCR)


def at(layer, words):
    """Return the box of the line that holds these words."""
    return next(line.box for line in layer.lines if words in line.text)


def test_the_fields_of_a_scanned_paper_are_found():
    found = recognize_layer(letter())
    values = {name: field.value for name, field in found.fields.items()}
    assert values["doc_number"] == "云水发〔2026〕18号"
    assert values["title"] == "关于汛期水库巡查的请示"
    assert values["issuer_name"] == "云岭县水务局"
    assert values["doc_date"] == date(2026, 5, 12)
    assert values["main_recipients"] == "县人民政府"
    assert values["signer"] == ["赵小云"]
    assert found.ocr_pages == (1,)
    assert found.hardly_read == ()


def test_what_was_read_off_a_picture_is_less_sure_than_a_text_layer():
    picture = recognize_layer(letter())
    text = recognize("\n".join(row[3] for row in LETTER).encode())
    assert 0 < picture.fields["title"].confidence < text.fields["title"].confidence
    assert all(0.5 < line.confidence < 1 for line in letter().lines)


@pytest.mark.parametrize("degrees", [90, 180, 270, 6])
def test_a_turned_page_is_read_and_its_words_keep_their_place(degrees):
    page = drawn().rotate(degrees, expand=True, fillcolor="white")
    layer = read(saved(page), OCR)
    assert "云水发〔2026〕18号" in layer.text
    assert layer.text.index("云岭县水务局文件") < layer.text.index("2026年5月12日")
    assert covers(page, at(layer, "关于汛期水库巡查的请示"))


def covers(page, box):
    """Say whether painting the box white takes black away, and nearly all ink of the box's middle was there."""
    whole = tuple(
        round(side * size)
        for side, size in zip((box.left, box.top, box.right, box.bottom), page.size * 2, strict=True)
    )
    inside = ImageChops.invert(page.crop(whole).convert("L")).getbbox()
    large = (whole[2] - whole[0]) * (whole[3] - whole[1]) < 0.2 * page.width * page.height
    return inside is not None and large


def test_boxes_are_on_the_page_as_it_is_shown():
    x, y, size, words = LETTER[3]
    box = at(letter(), words)
    assert abs(box.left - x / SIZE[0]) < 0.02
    assert abs(box.right - (x + size * len(words)) / SIZE[0]) < 0.02
    assert box.top < (y + size / 2) / SIZE[1] < box.bottom


def test_letters_under_a_red_seal_are_read_and_a_red_head_stays():
    found = recognize(saved(sealed(drawn(head="#d00"), 530, 580), form="JPEG"), OCR)
    assert found.fields["doc_date"].value == date(2026, 5, 12)
    assert found.fields["issuer_name"].value == "云岭县水务局"
    assert found.fields["issuer_name"].rule == "署名、发文机关标志一致"


def test_the_camera_says_how_it_was_held():
    exif = Image.Exif()
    exif[0x0112] = 6
    shot = drawn().rotate(90, expand=True)
    box = at(read(saved(shot, form="JPEG", exif=exif.tobytes()), OCR), "关于汛期")
    assert abs(box.left - LETTER[3][0] / SIZE[0]) < 0.03


def test_lines_know_how_they_stand_in_the_type_area():
    stands = {line.text: (line.align, round(line.indent)) for line in letter().lines}
    assert stands["县人民政府："] == ("left", 0)
    assert stands["妥否，请批示。"] == ("left", 2)
    assert stands["2026年5月12日"][0] == "right"


def test_number_and_signer_stand_on_one_line_in_two_words():
    line = next(line for line in letter().lines if "签发人" in line.text)
    assert [word.text for word in line.words] == ["云水发〔2026〕18号", "签发人：赵小云"]
    assert line.words[0].box.right < line.words[1].box.left


def fax():
    return saved(drawn().resize((2_480, 3_508)).convert("1"), form="TIFF", compression="group4")


def sixteen_bits():
    return saved(Image.fromarray(np.asarray(drawn().convert("L")).astype(np.uint16) * 256), form="PNG")


def see_through():
    clear = drawn().convert("RGBA")
    clear.putalpha(ImageChops.invert(drawn().convert("L")))
    return saved(clear, form="PNG")


@pytest.mark.parametrize("made", [fax, sixteen_bits, see_through])
def test_pictures_of_every_depth_are_read(made):
    assert "关于汛期水库巡查的请示" in read(made(), OCR).text


def test_pages_of_a_tiff_keep_their_order():
    other = drawn(((110, 200, 30, "附件二：巡查人员名单"),))
    told = []
    layer = read(saved(drawn(), other, form="TIFF"), OCR, lambda done, total: told.append((done, total)))
    assert [page.number for page in layer.pages] == [1, 2]
    assert "附件二" in layer.pages[1].lines[0].text
    assert [line.number for line in layer.lines] == list(range(len(layer.lines)))
    assert told == [(0, 2), (1, 2), (2, 2)]


def test_a_blank_scan_has_no_text_and_is_flagged():
    layer = read(saved(Image.new("RGB", SIZE, (236, 234, 228))), OCR)
    assert (layer.text, layer.hardly_read, layer.pages_without_text) == ("", (1,), (1,))


def test_a_scan_with_hardly_a_word_is_flagged():
    assert recognize(saved(drawn(((300, 400, 24, "收讫"),))), OCR).hardly_read == (1,)


def mixed():
    """A PDF: a page with a text layer, then one that is a picture with a scanner's stamp for a text layer."""
    raw = pytest.importorskip("pypdfium2")
    whole = raw.PdfDocument.new()
    text = raw.PdfDocument(pdf([[(80, 700 - 30 * row, 16, "云岭县水务局的文字层足够长不必识别")
                                 for row in range(4)]]))  # fmt: skip
    whole.import_pages(text)
    whole.import_pages(raw.PdfDocument(saved(drawn(), form="PDF")))
    return whole


def stored(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def test_a_mixed_pdf_is_read_from_both():
    layer = read(stored(mixed()), OCR)
    assert layer.ocr_pages == (2,)
    assert "文字层足够长" in layer.pages[0].lines[0].text
    assert "云水发〔2026〕18号" in layer.text


def scanned_ofd(picture, form):
    whole = zipfile.ZipFile(
        io.BytesIO(ofd([(0, 0, "讫")], extra='<ofd:ImageObject ResourceID="7" Boundary="0 0 210 297"/>'))
    )
    parts = {name: whole.read(name) for name in whole.namelist()}
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(
        b"</ofd:CommonData>", b"<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
    )
    parts["Doc_0/DocumentRes.xml"] = (
        f'<ofd:Res xmlns:ofd="http://www.ofdspec.org/2016" BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="7" Type="Image">'
        f"<ofd:MediaFile>scan.{form}</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    return package(parts | {f"Doc_0/Res/scan.{form}": picture})


def test_a_scanned_ofd_is_read_and_its_words_keep_their_place():
    layer = read(scanned_ofd(saved(drawn(), form="JPEG"), "jpg"), OCR)
    x, y, size, words = LETTER[3]
    assert layer.ocr_pages == (1,)
    assert abs(at(layer, words).left - x / SIZE[0]) < 0.02
    assert at(layer, words).top < (y + size / 2) / SIZE[1] < at(layer, words).bottom


def test_a_picture_in_an_ofd_that_cannot_be_drawn_is_named():
    layer = read(scanned_ofd(b"\x97JB2\r\n\x1a\n", "jb2"), OCR)
    assert (layer.ocr_pages, layer.skipped, layer.text) == ((), (1,), "讫")


def test_without_ocr_pictures_of_pages_are_named():
    layer = read(stored(mixed()))
    assert (layer.ocr_pages, layer.skipped) == ((), (2,))


def test_no_more_pages_are_read_than_wished():
    pages = [drawn(((110, 200, 30, f"第{number}页的内容"),)) for number in "一二三四"]
    layer = read(saved(*pages, form="TIFF"), OcrOptions(most_pages=1))
    assert (layer.ocr_pages, layer.skipped, len(layer.pages)) == ((1,), (2, 3, 4), 4)


def test_first_and_last_pages_come_first():
    assert OcrOptions(most_pages=3).chosen([1, 2, 3, 4, 5, 6]) == [1, 6, 2]
    assert OcrOptions().chosen([2, 4, 5]) == [2, 5, 4]
    assert OcrOptions(most_pages=0).chosen([1]) == []


def test_reading_stops_when_the_fields_are_known():
    blank = drawn(((110, 200, 30, "附表"),))
    found = recognize(saved(drawn(), blank, blank, form="TIFF"), OcrOptions(needed_only=True))
    assert found.fields["doc_date"].value is not None
    assert (found.ocr_pages, found.skipped) == ((1,), (2, 3))


def test_a_picture_without_ocr_is_refused():
    with pytest.raises(Unreadable) as refused:
        read(saved(drawn()))
    assert refused.value.code == "image"


def test_no_network_and_no_download():
    """A process that may open no socket reads the same; the client for downloads is not even loaded."""
    code = (
        "import socket, sys\n"
        "def never(*_, **__): raise RuntimeError('network')\n"
        "socket.socket.connect = socket.create_connection = socket.getaddrinfo = never\n"
        "from recognize import OcrOptions, read\n"
        "print(read(sys.stdin.buffer.read(), OcrOptions(threads=1)).text)\n"
        "print(sorted({'requests', 'urllib3', 'rapidocr', 'omegaconf'} & sys.modules.keys()))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=saved(drawn()), capture_output=True, check=True
    )
    printed = ran.stdout.decode()
    assert "关于汛期水库巡查的请示" in printed
    assert printed.splitlines()[-1] == "[]"


def test_without_a_picture_the_engine_is_not_loaded():
    code = (
        "import sys; from recognize import OcrOptions, recognize; recognize('县公安局：'.encode(), OcrOptions());"
        "print(sorted({'onnxruntime', 'cv2', 'numpy'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
