"""OFD as pages: text, paths, images, templates, annotations and seals where GB/T 33190 puts them."""

import io
from pathlib import Path

import pytest
from django.urls import reverse
from PIL import Image

from typeset.matrices import SAME, moved
from zhongshu.base.refusals import Refused
from zhongshu.files import leaves, sandbox
from zhongshu.files.actions import attach
from zhongshu.files.reading import fonts, seals
from zhongshu.files.reading.canvas import Book, Canvas, Pen
from zhongshu.files.reading.ofd_objects import segments_of
from zhongshu.files.reading.sfnt import FontFile
from zhongshu.files.tests import samples
from zhongshu.files.tests.seeing import attach_seen

pytestmark = pytest.mark.django_db

REAL = Path(__file__).resolve().parents[4] / "shared" / "data" / "gongwen_format" / "ofd"
SCALE = 640 / 210
RED = '<ofd:FillColor Value="255 0 0"/>'
NEEDS_FONT = pytest.mark.skipif(not fonts.data_of("song"), reason="no Chinese font on this machine")


def drawn(office, matter, data, page=1):
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="来文.ofd")
    with Image.open(leaves.drawn(attachment, page, 640)) as image:
        return image.convert("RGB")


def ink_in(image, left, top, right, bottom):
    """Return the darkest point of a part of the page, given in millimetres."""
    box = tuple(round(side * SCALE) for side in (left, top, right, bottom))
    return min(image.crop(box).convert("L").tobytes())


def colour_at(image, x, y):
    return image.getpixel((round(x * SCALE), round(y * SCALE)))


def rectangle(left, top, wide, high, more=RED, attributes='Fill="true" Stroke="false"'):
    data = f"M 0 0 L {wide} 0 L {wide} {high} L 0 {high} C"
    return (
        f'<ofd:PathObject Boundary="{left} {top} {wide} {high}" {attributes}>{more}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )


@NEEDS_FONT
def test_letters_stand_where_the_file_says(office, matter):
    page = drawn(office, matter, samples.ofd_bytes("防汛工作"))
    assert page.size == (640, 906)
    assert ink_in(page, 30, 39, 54, 48) < 90
    assert ink_in(page, 56, 39, 180, 48) == 255
    assert ink_in(page, 30, 60, 180, 290) == 255


def test_paths_are_filled_and_stroked_in_their_colours(office, matter):
    body = rectangle(20, 100, 40, 20) + rectangle(
        80, 100, 40, 20, '<ofd:StrokeColor Value="#0 #0 #ff"/>', 'LineWidth="2"'
    )
    page = drawn(office, matter, samples.ofd_bytes("甲", body=body))
    assert colour_at(page, 40, 110) == (255, 0, 0)
    assert colour_at(page, 80, 110)[2] > 200
    assert colour_at(page, 100, 110) == (255, 255, 255)


def test_dashed_lines_have_gaps(office, matter):
    body = "".join(
        f'<ofd:PathObject Boundary="20 {top} 120 10" LineWidth="2" {dashes}><ofd:StrokeColor Value="0 0 0"/>'
        "<ofd:AbbreviatedData>M 0 5 L 120 5</ofd:AbbreviatedData></ofd:PathObject>"
        for top, dashes in ((100, 'DashPattern="10 10"'), (150, ""), (200, 'DashPattern="0 0"'))
    )
    page = drawn(office, matter, samples.ofd_bytes("甲", body=body))
    assert [colour_at(page, 25 + 10 * step, 105) for step in range(3)] == [
        (0, 0, 0),
        (255, 255, 255),
        (0, 0, 0),
    ]
    assert [colour_at(page, 35, y) for y in (155, 205)] == [(0, 0, 0), (0, 0, 0)]


def test_an_object_goes_through_its_matrix(office, matter):
    data = "M 0 0 L 1 0 L 1 1 L 0 1 C"
    body = (
        f'<ofd:PathObject Boundary="50 150 60 60" CTM="30 0 0 30 10 10" Fill="true" Stroke="false">{RED}'
        f"<ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>"
    )
    page = drawn(office, matter, samples.ofd_bytes("甲", body=body))
    assert colour_at(page, 75, 175) == (255, 0, 0)
    assert colour_at(page, 55, 155) == (255, 255, 255)


def test_images_lie_in_their_boundary(office, matter):
    public = (
        f'<ofd:Res {samples.OFD} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="9" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    green = io.BytesIO()
    Image.new("RGB", (10, 10), (0, 128, 0)).save(green, "PNG")
    body = '<ofd:ImageObject Boundary="100 200 30 40" CTM="30 0 0 40 0 0" ResourceID="9"/>'
    more = {"Doc_0/Public.xml": public, "Doc_0/Res/a.png": green.getvalue()}
    page = drawn(office, matter, samples.ofd_bytes("", body=body, more=more))
    assert colour_at(page, 115, 220) == (0, 128, 0)
    assert colour_at(page, 95, 220) == (255, 255, 255)


def test_templates_lie_below_and_annotations_above(office, matter):
    page = (
        f'<ofd:Page {samples.OFD}><ofd:Template TemplateID="7"/><ofd:Content><ofd:Layer>{rectangle(20, 100, 40, 20)}'
        "</ofd:Layer></ofd:Content></ofd:Page>"
    )
    blue = '<ofd:FillColor Value="0 0 255"/>'
    template = (
        f"<ofd:Page {samples.OFD}><ofd:Content>{rectangle(20, 90, 40, 40, blue)}</ofd:Content></ofd:Page>"
    )
    black = '<ofd:FillColor Value="0 0 0"/>'
    annotation = (
        f'<ofd:PageAnnot {samples.OFD}><ofd:Annot Type="Stamp"><ofd:Appearance Boundary="20 110 10 10">'
        f"{rectangle(0, 0, 10, 10, black)}</ofd:Appearance></ofd:Annot>"
        f'<ofd:Annot Type="Stamp" Visible="false"><ofd:Appearance Boundary="150 110 10 10">'
        f"{rectangle(0, 0, 10, 10, black)}</ofd:Appearance></ofd:Annot></ofd:PageAnnot>"
    )
    more = {
        "Doc_0/Pages/Page_0/Content.xml": page,
        "Doc_0/T.xml": template,
        "Doc_0/Annots.xml": f'<ofd:Annotations {samples.OFD}><ofd:Page PageID="1"><ofd:FileLoc>A.xml</ofd:FileLoc>'
        "</ofd:Page></ofd:Annotations>",
        "Doc_0/A.xml": annotation,
    }
    data = samples.ofd_bytes("甲", document='<ofd:TemplatePage ID="7" BaseLoc="T.xml"/>', more=more)
    data = samples.with_annotations(data)
    image = drawn(office, matter, data)
    assert colour_at(image, 40, 95) == (0, 0, 255)
    assert colour_at(image, 40, 105) == (255, 0, 0)
    assert colour_at(image, 25, 115) == (0, 0, 0)
    assert colour_at(image, 155, 115) == (255, 255, 255)


def test_the_picture_of_a_seal_is_found_in_its_der():
    png = samples.image_bytes("PNG", (40, 40))
    assert seals.picture_in(samples.seal_bytes("PNG", png)) == ("png", png)
    assert seals.picture_in(b"\x30\x82\xff\xffbroken") == ("", b"")
    assert seals.picture_in(b"") == ("", b"")
    clear = seals.image_of(png)
    assert clear.mode == "RGBA"
    assert seals.image_of(b"no picture") is None


def test_a_seal_stands_on_its_page_and_lets_words_through(office, matter):
    seal = io.BytesIO()
    picture = Image.new("RGB", (100, 100), "white")
    picture.paste((220, 0, 0), (0, 0, 50, 100))
    picture.save(seal, "PNG")
    data = samples.sealed_ofd_bytes(seal.getvalue(), box=(120, 180, 40, 40), under=rectangle(150, 190, 5, 5))
    page = drawn(office, matter, data)
    assert colour_at(page, 130, 200) == (220, 0, 0)
    assert colour_at(page, 152, 192) == (255, 0, 0)
    assert colour_at(page, 158, 215) == (255, 255, 255)


@pytest.mark.parametrize(
    ("written", "kinds"),
    [
        ("S 0 0 L 1 1 C", ["M", "L", "C"]),
        ("M 0 0 Q 1 1 2 0 B 1 1 2 2 3 3", ["M", "B", "B"]),
        ("M 0 0 A 5 5 0 0 1 10 0", ["M", "B", "B"]),
        ("M 0 0 A 0 5 0 0 1 10 0", ["M", "L"]),
        ("M 0 0 L 1", ["M"]),
        ("x y z", []),
        ("", []),
    ],
)
def test_abbreviated_data(written, kinds):
    assert [kind for kind, _ in segments_of(written)] == kinds


def test_an_arc_is_round():
    book = Book()
    canvas = Canvas(book, 100, 100)
    canvas.path(
        list(segments_of("M 10 50 A 40 40 0 0 1 90 50 A 40 40 0 0 1 10 50 C")), SAME, Pen(fill=(0, 0, 0, 255))
    )
    disc = canvas.drawn(200).convert("L")
    book.close()
    inked = sum(point < 128 for point in disc.tobytes())
    assert inked == pytest.approx(3.1416 * 80 * 80, rel=0.01)


@NEEDS_FONT
def test_letters_that_share_a_glyph_with_another_code_are_drawn():
    file = FontFile(fonts.data_of("song"))
    assert all(file.glyph(letter) for letter in "北落中〔2026〕A")
    assert file.glyph("\U000f0000") == 0
    assert file.advance(file.glyph("中")) == pytest.approx(1.0)
    assert file.advance(file.glyph("i")) < 0.5


def test_a_broken_font_knows_no_letter():
    for data in (b"", b"ttcf", b"\x00\x01\x00\x00" + b"\xff" * 40):
        assert FontFile(data).glyph("中") == 0


def test_a_letter_without_a_font_is_no_error():
    book = Book()
    assert book.font("none", lambda: b"") is None
    assert book.font("rubbish", lambda: b"rubbish" * 9) is None
    canvas = Canvas(book, 50, 50)
    canvas.image(Image.new("RGBA", (4, 4), (0, 0, 0, 0)), moved(10, 10))
    assert canvas.drawn(100).getextrema() == ((255, 255),) * 3
    book.close()


def test_an_ofd_without_a_document_is_shown_by_its_words(client, office, matter):
    data = samples.shapeless_ofd_bytes("只有文字的版式文件")
    attachment = attach_seen(office, matter, data, "坏.ofd", "body")
    client.force_login(office.clerk)
    pane = reverse("files:pane", args=[matter.public_id])
    assert 'class="zs-page-image"' in client.get(pane).text
    with pytest.raises(Refused):
        leaves.drawn(attachment, 1, 640)
    assert "只有文字的版式文件" in client.get(pane).text


def test_a_busy_moment_does_not_count_against_a_file(office, matter, monkeypatch):
    attachment = attach(matter, samples.ofd_bytes("甲"), "body", by=office.actor(office.clerk), name="a.ofd")

    def busy(*args, **kwargs):
        raise sandbox.Busy("draw")

    with monkeypatch.context() as patch:
        patch.setattr("zhongshu.files.sandbox.read", busy)
        with pytest.raises(Refused) as refused:
            leaves.drawn(attachment, 1, 640)
    assert refused.value.codes == ["FILE-08"]
    assert leaves.drawn(attachment, 1, 640).exists()


def test_more_objects_than_an_honest_page_has_end_in_words(client, office, matter):
    many = "L 1 1 " * 210_000
    body = f'<ofd:PathObject Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 {many}</ofd:AbbreviatedData></ofd:PathObject>'
    attachment = attach(
        matter, samples.ofd_bytes("甲", body=body), "body", by=office.actor(office.clerk), name="大.ofd"
    )
    with pytest.raises(Refused) as refused:
        leaves.drawn(attachment, 1, 640)
    assert refused.value.codes == ["FILE-05"]


@NEEDS_FONT
@pytest.mark.parametrize(
    ("name", "pages"), [("pifu_redhead_n", 2), ("shouwen_chulidan_signout", 1), ("with_attachment", 1)]
)
def test_real_papers(office, matter, name, pages):
    path = REAL / f"{name}.ofd"
    if not path.exists():
        pytest.skip("the shared data is not on this machine")
    attachment = attach_seen(office, matter, path.read_bytes(), "真.ofd", "body")
    assert attachment.page_count == leaves.count(attachment) == pages
    with Image.open(leaves.drawn(attachment, pages, 640)) as image:
        page = image.convert("RGB")
    assert ink_in(page, 0, 0, 210, 297) < 80
    if name == "pifu_redhead_n":
        green = page.crop((370, 110, 480, 220)).getchannel("G").histogram()
        blackest = page.crop((370, 110, 480, 220)).getchannel("R").histogram()
        assert sum(green[:90]) - sum(blackest[:90]) > 300
