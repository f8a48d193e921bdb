"""排版的 OFD 与 PDF 是同一版面: drawn by the office's own OFD pages, the ink of one lies on the ink of the other."""

from io import BytesIO

import pypdfium2 as pdfium
import pytest

from bench.ofd import AIM, WIDTH, bare, ink_apart, written_in
from typeset.writing.ofd import SealPlace, ofd_of, seal
from typeset.writing.ofd.tests.makers import photograph, typeset
from typeset.writing.ofd.tests.makers import seal as seal_picture
from zhongshu.files.reading import ofd as drawer
from zhongshu.files.tests.samples import seal_bytes

PAGE = """#place(dx: 30mm, dy: 10mm, image("seal.png", width: 42mm))
= 关于印发方案的通知
各镇人民政府：为贯彻落实2026年第3次会议精神，投资12.5亿元，喆堃祎玥“引号”——省略……〔2026〕3号。
#line(length: 120mm, stroke: 1.5pt + rgb("#e60012"))
#line(length: 120mm, stroke: (paint: red, thickness: 0.6pt, dash: (3pt, 3pt)))
#image("photo.jpg", width: 30mm)
#rotate(30deg)[转过的字]
#table(columns: 3, fill: rgb("#eeeeee"), [甲], [乙], [丙], [1], [2], [3])
$ a^2 + b^2 = sqrt(c) $
#page(flipped: true)[横排的表格]
"""


@pytest.fixture
def pdf(tmp_path):
    seal_picture(tmp_path)
    photograph(tmp_path)
    return typeset(tmp_path, PAGE)


def pages(data):
    document = pdfium.PdfDocument(data)
    return [page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB") for page in document]


def test_every_page_looks_the_same(pdf):
    drawn = [image for _, image in drawer.images(BytesIO(ofd_of(pdf)), most=9, width=WIDTH)]
    assert [ink_apart(one, two) <= AIM for one, two in zip(pages(pdf), drawn, strict=True)] == [True, True]


def test_the_comparison_sees_what_is_moved(pdf, tmp_path):
    moved = typeset(tmp_path, PAGE.replace("= 关于印发", "#v(1mm)\n= 关于印发"))
    drawn = [image for _, image in drawer.images(BytesIO(ofd_of(moved)), most=1, width=WIDTH)]
    assert ink_apart(pages(pdf)[0], drawn[0]) > 0.1


def test_the_letters_come_in_the_order_of_the_paper(pdf):
    shown = [bare(page.get_textpage().get_text_bounded()) for page in pdfium.PdfDocument(pdf)]
    assert [sorted(text) for text in written_in(ofd_of(pdf))] == [sorted(text) for text in shown]


class Sealer:
    """A sealing service whose seal holds a picture; it signs nothing true."""

    company, signed_at = "某县电子印章系统", "20260304120000Z"

    def __init__(self, picture: bytes) -> None:
        self.seal = picture

    def sign(self, digest, signature_part):
        assert len(digest) == 32
        return b"signed " + signature_part.encode()


def test_a_seal_put_in_its_place_is_drawn_there(tmp_path):
    made = ofd_of(typeset(tmp_path, "正文"), seal_place=SealPlace(1, 100, 200))
    seal_picture(tmp_path)
    sealed = seal(
        made, SealPlace(1, 100, 200), Sealer(seal_bytes("PNG", (tmp_path / "seal.png").read_bytes()))
    )
    before, after = (
        next(iter(drawer.images(BytesIO(each), most=1, width=WIDTH)))[1] for each in (made, sealed)
    )
    at = (round(121 * WIDTH / 210), round(221 * WIDTH / 210))
    assert before.getpixel(at) == (255, 255, 255)
    assert after.getpixel(at)[0] > after.getpixel(at)[1] + 80
