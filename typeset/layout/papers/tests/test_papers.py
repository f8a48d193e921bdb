"""办公室自己的单子：少、多、刁难的内容都排得出，一字不少，不出纸边，表头每页都有，签名不离意见。"""

import ctypes
import dataclasses
import io
import json
import re

import pypdfium2
import pytest
import zxingcpp

from typeset.fonts import Faces
from typeset.layout.papers.codes import TooLong
from typeset.layout.papers.tests import samples
from typeset.model import (
    HandlingSheet,
    NamePlate,
    NamePlates,
    NotAModel,
    Opinion,
    OpinionBox,
    Paper,
    ReceiptSlip,
    as_json,
    from_json,
)
from typeset.profiles import load_profile
from typeset.writing.pdf import write_pdf, write_pdf_and_coverage
from typeset.writing.png import write_png

pytestmark = pytest.mark.skipif(
    not (face := Faces.find(load_profile().faces).face("fangsong")) or ord("县") not in face.characters,
    reason="no Chinese font on this machine; tools/setup.sh gets one",
)
MM = 72 / 25.4
A4 = (210, 297)
# What the setting itself puts between: spaces of spread labels, signs that let a line break.
BETWEEN = re.compile("[\\s\u200b\u200c\u2060\ufeff\ufffe]")
OLD_RADICALS = str.maketrans({"\u2f00": "一"})


def kind(paper: object) -> str:
    return type(paper).__name__


def pages_of(pdf: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(pdf)
    return [
        BETWEEN.sub("", page.get_textpage().get_text_range()).translate(OLD_RADICALS) for page in document
    ]


def said_by(paper: Paper) -> list[str]:
    """Return all the texts of a paper, but those that only a scanner reads."""
    found: list[str] = []

    def collect(data: object, name: str = "") -> None:
        if isinstance(data, dict):
            for key, value in data.items():
                collect(value, key)
        elif isinstance(data, list):
            for value in data:
                collect(value, name)
        elif isinstance(data, str) and name not in {
            "data",
            "code",
            "kind",
            "date",
            "made_on",
            "approved_on",
            "issued_on",
        }:
            found.append(BETWEEN.sub("", data))

    collect(as_json(paper))
    return [text for text in found if text]


def outside(pdf: bytes, margin_mm: float) -> list[tuple[int, list[float]]]:
    """Return what is drawn nearer to the edge of its page than this."""
    found = []
    for number, page in enumerate(pypdfium2.PdfDocument(pdf), start=1):
        width, height = page.get_size()
        least = margin_mm * MM - 0.3
        for drawn in page.get_objects(max_depth=3):
            box = drawn.get_bounds()
            left, bottom, right, top = box
            if left < least or bottom < least or right > width - least or top > height - least:
                found.append((number, [round(each / MM, 1) for each in box]))
    return found


def margin_of(paper: Paper) -> float:
    return 0 if isinstance(paper, NamePlates) else 7


@pytest.mark.parametrize("paper", [*samples.usual(), *samples.much()], ids=kind)
def test_every_word_is_on_the_pages_and_nothing_leaves_them(paper):
    pdf = write_pdf(paper)
    text = "".join(pages_of(pdf))
    assert [said for said in said_by(paper) if told(said, paper) not in text] == []
    assert outside(pdf, margin_of(paper)) == []


def told(said: str, paper: Paper) -> str:
    """A title inside a title has pointed marks, a text over pages is looked for by its end."""
    if kind(paper) == "ReturnSlip" and said == BETWEEN.sub("", paper.title):
        said = said.replace("《", "〈").replace("》", "〉")
    return said[-12:]


@pytest.mark.parametrize("paper", samples.hostile(samples.endless()), ids=kind)
def test_three_thousand_characters_without_a_place_to_break(paper):
    pdf = write_pdf(paper)
    text = "".join(pages_of(pdf))
    fields = json.dumps(as_json(paper), ensure_ascii=False).count(samples.endless())
    assert fields > 1
    for character in "x9":
        assert text.count(character) >= fields * samples.endless().count(character)
    assert outside(pdf, margin_of(paper)) == []


@pytest.mark.parametrize("paper", samples.hostile(""), ids=kind)
def test_an_empty_paper_is_a_form_to_fill_in(paper):
    pdf = write_pdf(paper)
    assert len(pages_of(pdf)) <= 3
    assert outside(pdf, margin_of(paper)) == []


@pytest.mark.parametrize("paper", samples.hostile(samples.RARE), ids=kind)
def test_rare_characters_do_not_vanish_unsaid(paper):
    pdf, coverage = write_pdf_and_coverage(paper)
    text = "".join(pages_of(pdf))
    for character in samples.RARE:
        shown = f"{ord(character):X}" if character in coverage.missing else character
        assert shown in text, character


@pytest.mark.parametrize(
    ("paper", "heads"),
    [
        (samples.receipts(500, 0), "序号收件单位份数份号签收人签收时间备注"),
        (samples.catalog(500), "序号档号文号责任者题名日期页数备注"),
        (samples.roster(250, ("白班", "夜班")), "日期星期班次带班领导主班副班电话备注"),
    ],
    ids=["签收单", "归档目录", "值班表"],
)
def test_the_head_of_a_long_list_is_on_every_page_of_it(paper, heads):
    pages = pages_of(write_pdf(paper))
    assert len(pages) > 10
    rows = [page for page in pages if re.search("云政办发|人民政府0|县.{2,12}局|[白夜]班0?", page)]
    assert len(rows) >= len(pages) - 1
    assert [page[:80] for page in rows if heads not in page] == []


def test_each_page_of_a_list_says_how_many_there_are():
    pages = pages_of(write_pdf(samples.catalog(500)))
    assert all(f"第{number}页共{len(pages)}页" in page for number, page in enumerate(pages, start=1))
    assert all("全宗号：Z001" in page for page in pages)


def test_no_signature_is_parted_from_its_opinion():
    pages = pages_of(write_pdf(samples.crowded_sheet()))
    for number in range(1, 40):
        together = [page for page in pages if f"签字人{number}6月" in page]
        assert len(together) == 1
        assert f"第{number}条意见" in together[0]
    assert [page for page in pages if "销号，完。陆承安" in page]


@pytest.mark.parametrize("count", range(1000, 1090, 4))
def test_the_signature_of_an_opinion_over_two_pages_keeps_its_last_words(count):
    opinion = Opinion("抓紧" * (count // 2) + "完毕。", "陆承安", "6月9日 14:10")
    pages = pages_of(
        write_pdf(HandlingSheet(samples.OFFICE, "标题", boxes=(OpinionBox("领导批示", (opinion,)),)))
    )
    assert ["完毕。" in page for page in pages] == ["陆承安" in page for page in pages]
    assert sum("陆承安" in page for page in pages) == 1


def test_a_box_that_goes_on_says_so_on_each_page():
    pages = pages_of(write_pdf(samples.crowded_sheet()))
    going_on = [page for page in pages[1:] if "条意见" in page or "逐点销号" in page]
    assert len(going_on) > 3
    assert all("领导批示（续）" in page for page in going_on)
    assert all("收文办理单续页" in page for page in pages[1:])
    assert "续" not in pages[0]


def test_the_trail_begins_on_a_page_of_its_own():
    pages = pages_of(write_pdf(samples.crowded_sheet()))
    first = next(number for number, page in enumerate(pages) if "办理痕迹" in page)
    assert "镇人民政府" not in pages[first]
    assert all("时间办理人动作内容" in page for page in pages[first:])
    assert len(pages) - first > 2


def test_a_box_keeps_room_for_the_pen():
    def height(mm: float) -> float:
        paper = HandlingSheet(
            samples.OFFICE, "标题", boxes=(OpinionBox("领导批示", height_mm=mm),), printed="底"
        )
        page = pypdfium2.PdfDocument(write_pdf(paper))[0]
        return max(o.get_bounds()[3] for o in page.get_objects()) - min(
            o.get_bounds()[1] for o in page.get_objects() if o.get_bounds()[1] > 22 * MM
        )

    assert height(84) - height(40) == pytest.approx(44 * MM, abs=1)


def test_the_codes_of_a_sheet_are_read_from_its_page():
    paper = samples.sheet()
    page = pypdfium2.PdfDocument(write_pdf(paper))[0].render(scale=200 / 72).to_pil()
    assert {each.text for each in zxingcpp.read_barcodes(page)} == {paper.code, paper.boxes[1].code}


def test_a_code_too_long_for_paper_is_refused():
    paper = dataclasses.replace(samples.notice(), code="长" * 67)
    with pytest.raises(NotAModel, match="二维码内容有 201 字节"):
        from_json(as_json(paper))
    with pytest.raises(TooLong, match="最多 200 字节"):
        write_pdf(paper)
    assert write_pdf(dataclasses.replace(paper, code="长" * 66))


@pytest.mark.parametrize(
    "paper",
    [
        ReceiptSlip("县府办", "通知", empty_rows=501),
        HandlingSheet("县府办", "通知", boxes=(OpinionBox("批示", height_mm=201.0),)),
    ],
    ids=kind,
)
def test_forms_larger_than_paper_are_refused_at_loading(paper):
    with pytest.raises(NotAModel, match="之间"):
        from_json(as_json(paper))


def test_the_seal_lies_over_the_name_and_the_date_of_the_office():
    page = pypdfium2.PdfDocument(write_pdf(samples.returned()))[0]
    seal = next(o.get_bounds() for o in page.get_objects() if o.type == pypdfium2.raw.FPDF_PAGEOBJ_IMAGE)
    assert seal[2] - seal[0] == pytest.approx(42 * MM, abs=0.5)
    for said in ("2026年6月9日",):
        left, bottom, right, top = place_of(page, said)
        assert seal[0] < left
        assert right < seal[2]
        assert seal[1] < bottom
        assert top < seal[3]


def place_of(page: pypdfium2.PdfPage, said: str) -> tuple[float, float, float, float]:
    """Return where a text stands on a page."""
    text = page.get_textpage()
    searcher = text.search(said)
    found = searcher.get_next()
    assert found
    boxes = [text.get_charbox(found[0] + index) for index in range(found[1])]
    return (
        min(b[0] for b in boxes),
        min(b[1] for b in boxes),
        max(b[2] for b in boxes),
        max(b[3] for b in boxes),
    )


def test_a_plate_is_read_from_both_sides_of_the_fold():
    page = pypdfium2.PdfDocument(write_pdf(NamePlates((NamePlate("陆承安"), NamePlate("程岚")))))[0]
    assert [round(each / MM) for each in page.get_size()] == [297, 210]
    text = page.get_textpage()
    angles: dict[str, list[tuple[int, float]]] = {}
    for index in range(text.count_chars()):
        character = text.get_text_range(index, 1)
        if character.strip():
            turn = round(pypdfium2.raw.FPDFText_GetCharAngle(text.raw, ctypes.c_int(index)), 1)
            _left, bottom, _right, top = text.get_charbox(index)
            angles.setdefault(character, []).append((round(turn), (bottom + top) / 2 / MM))
    assert set(angles) == set("陆承安程岚")
    for faces in angles.values():
        (_upright, low), (_turned, high) = sorted(faces, key=lambda each: each[1])
        assert low + high == pytest.approx(210, abs=1)
        assert {_upright, _turned} == {0, 3}


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("程岚", "程\u3000岚"),
        ("张 三", "张\u3000三"),
        ("陆承安", "陆承安"),
        ("欧阳文修", "欧阳文修"),
        ("买买提·艾合买提", "买买提·艾合买提"),
        ("阿布都热依木·买买提艾力", "阿布都热依木·\n买买提艾力"),
    ],
)
def test_names_of_every_length(name, lines):
    text = pypdfium2.PdfDocument(write_pdf(NamePlates((NamePlate(name),))))[0].get_textpage().get_text_range()
    both = [line for line in text.replace("\ufffe", "").splitlines() if line.strip()]
    assert sorted(both) == sorted(lines.split("\n") * 2)


@pytest.mark.parametrize("name", ["王", "欧阳文修", "阿布都热依木·买买提艾力", "A" * 60])
def test_a_plate_keeps_to_its_half_of_the_page(name):
    page = pypdfium2.PdfDocument(write_pdf(NamePlates((NamePlate(name, "县自然资源局"),))))[0]
    texts = [o.get_bounds() for o in page.get_objects() if o.type == pypdfium2.raw.FPDF_PAGEOBJ_TEXT]
    assert texts
    for left, bottom, right, top in texts:
        assert 8 * MM < left < right < 140.5 * MM
        assert bottom > 106 * MM or top < 104 * MM


@pytest.mark.parametrize("paper", samples.usual(), ids=kind)
def test_the_same_paper_is_the_same_bytes(paper):
    first = write_pdf(paper)
    write_pdf(samples.plates() if kind(paper) != "NamePlates" else samples.roster(3))
    assert write_pdf(from_json(json.loads(json.dumps(as_json(paper))))) == first


@pytest.mark.parametrize("paper", samples.usual(), ids=kind)
def test_a_paper_has_a_name_and_a_bookmark_and_is_a_picture_too(paper):
    pdf = write_pdf(paper)
    document = pypdfium2.PdfDocument(pdf)
    assert document.get_metadata_dict()["Title"]
    if not isinstance(paper, NamePlates):
        assert [each.level for each in document.get_toc()] == [0, 1][
            : 2 if kind(paper) == "HandlingSheet" else 1
        ]
        assert sorted(round(each / MM) for each in document[0].get_size()) == list(A4)
    pictures = write_png(paper, ppi=36)
    assert len(pictures) == len(document)
    assert all(each.startswith(b"\x89PNG") for each in pictures)


def test_a_weekend_is_grey_and_a_day_of_two_shifts_has_one_date():
    pdf = write_pdf(samples.roster(7, ("白班", "夜班")))
    text = "".join(pages_of(pdf))
    assert [text.count(f"6月{day}日星期") for day in range(1, 8)] == [1] * 7
    greys = [
        o
        for o in pypdfium2.PdfDocument(io.BytesIO(pdf))[0].get_objects()
        if o.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH and fill_of(o) == (237, 237, 237)
    ]
    assert len(greys) == 4 * 8 - 4


def fill_of(drawn: pypdfium2.PdfObject) -> tuple[int, int, int]:
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    pypdfium2.raw.FPDFPageObj_GetFillColor(drawn.raw, red, green, blue, alpha)
    return red.value, green.value, blue.value
