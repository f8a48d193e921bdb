"""PDF → OFD: the same text, fonts of its own, paths and pictures, title, bookmarks, attachments, the same bytes."""

import io
import re
import zipfile
import zlib

import ofdkit
import pypdfium2 as pdfium
import pytest
from fontTools.ttLib import TTFont
from lxml import etree
from PIL import Image

from typeset.model import Document, Paragraph, Run
from typeset.writing.ofd import Attached, ofd_of, write_ofd
from typeset.writing.ofd.content import deltas
from typeset.writing.ofd.tests.makers import (
    CJK,
    families,
    packed_by_hand,
    page_by_hand,
    photograph,
    seal,
    typeset,
)
from typeset.writing.pdf import write_pdf

OFD = {"ofd": "http://www.ofdspec.org/2016"}
WORDS = """= 一、总体要求
各镇人民政府：贯彻2026年1月10日第3次会议精神，投资12.5亿元，喆堃祎玥“引号”——省略……。
The office of the county, fi and ffi；〔2026〕3号㎡ 𬭎𠮷。
#pagebreak()
== （一）第二页
#table(columns: 3, [甲], [乙], [丙], [1], [2], [3])
"""


def parts(ofd: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def xml(ofd: bytes, name: str):
    return etree.fromstring(parts(ofd)[name])


def bare(text: str) -> str:
    return re.sub(r"\s|\x00", "", text)


def text_of_pdf(data: bytes) -> list[str]:
    return [bare(page.get_textpage().get_text_bounded()) for page in pdfium.PdfDocument(data)]


def text_of_ofd(data: bytes, folder) -> list[str]:
    file = folder / "paper.ofd"
    file.write_bytes(data)
    with ofdkit.open(str(file)) as document:
        return [bare(page.text()) for page in document.pages]


def test_the_text_is_read_back_whole(tmp_path):
    pdf = typeset(tmp_path, WORDS)
    assert "喆堃祎玥" in text_of_pdf(pdf)[0]
    assert "𬭎𠮷" in text_of_ofd(ofd_of(pdf), tmp_path)[0]
    assert [sorted(text) for text in text_of_ofd(ofd_of(pdf), tmp_path)] == [
        sorted(text) for text in text_of_pdf(pdf)
    ]


def test_the_same_paper_gives_the_same_bytes(tmp_path):
    pdf = typeset(tmp_path, WORDS)
    other = typeset(tmp_path, WORDS + "多一句。")
    assert ofd_of(pdf) == ofd_of(pdf)
    identities = [xml(ofd_of(each), "OFD.xml").findtext(".//ofd:DocID", None, OFD) for each in (pdf, other)]
    assert identities[0] != identities[1]
    assert all(re.fullmatch("[0-9a-f]{32}", each) for each in identities)


def test_fonts_are_true_type_with_a_unicode_map(tmp_path):
    ofd = ofd_of(typeset(tmp_path, WORDS))
    fonts = [TTFont(io.BytesIO(data)) for name, data in parts(ofd).items() if name.endswith(".ttf")]
    assert fonts
    assert all("glyf" in font and "CFF " not in font for font in fonts)
    known = {chr(code) for font in fonts for code in font.getBestCmap()}
    assert set("各镇人民政府：〔〕喆堃祎玥") <= known
    listed = xml(ofd, "Doc_0/PublicRes.xml").findall(".//ofd:Font", OFD)
    assert all("+" not in each.get("FontName") for each in listed)


def test_a_ligature_reads_as_its_letters_and_draws_once(tmp_path):
    ofd = ofd_of(typeset(tmp_path, "office"))
    text = xml(ofd, "Doc_0/Pages/Page_0/Content.xml").find(".//ofd:TextObject", OFD)
    assert text.findtext("ofd:TextCode", None, OFD) == "office"
    transform = text.find("ofd:CGTransform", OFD)
    if transform is None:
        pytest.skip("this font sets no ligature")
    glyphs = transform.findtext("ofd:Glyphs", None, OFD).split()
    assert transform.get("CodeCount") == transform.get("GlyphCount") == str(len(glyphs))
    font = TTFont(io.BytesIO(parts(ofd)["Doc_0/Res/font_0.ttf"]))
    assert [font["glyf"][font.getGlyphName(int(each))].numberOfContours == 0 for each in glyphs[1:]] == [
        True for _ in glyphs[1:]
    ]


def test_title_bookmarks_and_files_come_along(tmp_path):
    head = '#set document(title: "关于试行的通知", author: "某县人民政府", date: datetime(year: 2026, month: 3, day: 4))\n'
    more = '#pdf.attach("表.csv", bytes("甲,1\\n"), mime-type: "text/csv")\n'
    ofd = ofd_of(typeset(tmp_path, head + WORDS + more), files=(Attached("说明.txt", b"abc"),))
    info = xml(ofd, "OFD.xml")
    assert info.findtext(".//ofd:Title", None, OFD) == "关于试行的通知"
    assert info.findtext(".//ofd:Author", None, OFD) == "某县人民政府"
    document = xml(ofd, "Doc_0/Document.xml")
    outline = document.findall("ofd:Outlines//ofd:OutlineElem", OFD)
    assert [each.get("Title") for each in outline] == ["一、总体要求", "（一）第二页"]
    pages = [each.get("ID") for each in document.findall("ofd:Pages/ofd:Page", OFD)]
    assert [each.find(".//ofd:Dest", OFD).get("PageID") for each in outline] == [pages[0], pages[1]]
    listed = xml(ofd, "Doc_0/Attachs/Attachments.xml").findall("ofd:Attachment", OFD)
    assert [each.get("Name") for each in listed] == ["表.csv", "说明.txt"]
    assert parts(ofd)["Doc_0/Attachs/" + listed[0].findtext("ofd:FileLoc", None, OFD)] == "甲,1\n".encode()


def test_title_given_comes_before_that_of_the_pdf(tmp_path):
    ofd = ofd_of(page_by_hand("0 0 10 10 re f"), title="甲 & 乙", author="某办")
    assert xml(ofd, "OFD.xml").findtext(".//ofd:Title", None, OFD) == "甲 & 乙"


def test_pictures_keep_their_bytes_or_their_transparency(tmp_path):
    photo, name = photograph(tmp_path), seal(tmp_path)
    ofd = ofd_of(typeset(tmp_path, f'#image("photo.jpg", width: 20mm)\n#image("{name}", width: 42mm)'))
    assert parts(ofd)["Doc_0/Res/image_0.jpg"] == photo
    drawn = Image.open(io.BytesIO(parts(ofd)["Doc_0/Res/image_1.png"]))
    assert [drawn.getpixel(at)[3] for at in ((0, 0), (30, 30))] == [0, 200]
    picture = xml(ofd, "Doc_0/Pages/Page_0/Content.xml").findall(".//ofd:ImageObject", OFD)[1]
    assert [round(float(part)) for part in picture.get("Boundary").split()[2:]] == [42, 42]


@pytest.mark.parametrize("predictor", ["", "/DecodeParms<</Predictor 15/Colors 3/Columns 2>>"])
def test_a_picture_packed_with_a_predictor_comes_out_right(predictor):
    rows = (b"\x02" if predictor else b"", bytes((10, 20, 30, 40, 50, 60)), bytes((1, 1, 1, 2, 2, 2)))
    packed = zlib.compress(rows[0] + rows[1] + rows[0] + rows[2]).hex()
    picture = (
        f"<</Type/XObject/Subtype/Image/Width 2/Height 2/ColorSpace/DeviceRGB/BitsPerComponent 8/Length {len(packed)}"
        f"/Filter[/ASCIIHexDecode/FlateDecode]{predictor.replace('<<', '[null<<').replace('>>', '>>]')}>>\nstream\n"
        f"{packed}\nendstream"
    )
    ofd = ofd_of(page_by_hand("q 50 0 0 50 0 0 cm /P Do Q", "/XObject<</P 5 0 R>>", more=(picture,)))
    image = Image.open(io.BytesIO(parts(ofd)["Doc_0/Res/image_0.png"]))
    below = (11, 21, 31) if predictor else (1, 1, 1)
    assert [image.getpixel(at) for at in ((0, 0), (1, 0), (0, 1))] == [(10, 20, 30), (40, 50, 60), below]


def test_lines_keep_width_and_colour(tmp_path):
    ofd = ofd_of(typeset(tmp_path, '#line(length: 156mm, stroke: 1.5pt + rgb("#ff0000"))'))
    path = xml(ofd, "Doc_0/Pages/Page_0/Content.xml").find(".//ofd:PathObject", OFD)
    assert float(path.get("LineWidth")) == pytest.approx(1.5 * 25.4 / 72, abs=1e-3)
    assert path.find("ofd:StrokeColor", OFD).get("Value") == "255 0 0"
    assert float(path.get("Boundary").split()[2]) == pytest.approx(156, abs=2)


def test_turned_text_and_landscape_pages(tmp_path):
    ofd = ofd_of(typeset(tmp_path, "#rotate(90deg)[转]\n#page(flipped: true)[横]"))
    turned = xml(ofd, "Doc_0/Pages/Page_0/Content.xml").find(".//ofd:TextObject", OFD)
    assert [round(float(part)) for part in turned.get("CTM").split()[:4]] == [0, 1, -1, 0]
    box = xml(ofd, "Doc_0/Pages/Page_1/Content.xml").findtext(".//ofd:PhysicalBox", None, OFD)
    assert [round(float(part)) for part in box.split()] == [0, 0, 297, 210]


def test_what_is_clipped_says_so_and_what_is_clipped_away_is_left_out():
    ofd = ofd_of(page_by_hand("q 0 0 50 50 re W n 10 10 100 20 re f 200 200 9 9 re f Q"))
    paths = xml(ofd, "Doc_0/Pages/Page_0/Content.xml").findall(".//ofd:Layer/ofd:PathObject", OFD)
    assert len(paths) == 1
    assert paths[0].find("ofd:Clips", OFD) is not None


def test_a_pdf_packed_in_streams_is_read():
    path = xml(ofd_of(packed_by_hand()), "Doc_0/Pages/Page_0/Content.xml").find(".//ofd:PathObject", OFD)
    assert path.find("ofd:FillColor", OFD).get("Value") == "0 0 0"


def test_identifiers_are_never_given_twice(tmp_path):
    seal(tmp_path)
    ofd = ofd_of(typeset(tmp_path, WORDS + '#image("seal.png", width: 42mm)'))
    found = [
        each.get("ID")
        for name, data in parts(ofd).items()
        if name.endswith(".xml") and "Attach" not in name
        for each in etree.fromstring(data).iter()
        if each.get("ID") and not each.tag.endswith("}Page")
    ]
    assert len(found) == len(set(found))
    most = int(xml(ofd, "Doc_0/Document.xml").findtext(".//ofd:MaxUnitID", None, OFD))
    assert most >= max(map(int, found))


@pytest.mark.parametrize(
    ("places", "written"),
    [
        ([0.0], ""),
        ([0, 5.5714, 11.1428], ' DeltaX="5.5714 5.5714"'),
        ([0, 5, 10, 15, 18], ' DeltaX="g 3 5 3"'),
    ],
)
def test_steps_are_written_short(places, written):
    assert deltas(places) == written


def test_content_is_written_as_its_pdf_is(tmp_path):
    if CJK not in families():
        pytest.skip(f"needs the font {CJK} (Debian: fonts-noto-cjk)")
    paper = Document(title="关于试行的通知", body=(Paragraph(runs=(Run("请认真执行。"),)),))
    made = write_ofd(paper)
    assert made == ofd_of(write_pdf(paper))
    assert "请认真执行。" in "".join(text_of_ofd(made, tmp_path))
