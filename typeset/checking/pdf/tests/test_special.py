"""信函、命令（令）、纪要、上行文: what each format wants otherwise, and one fault at a time."""

import pytest

from typeset.checking.pdf import check_pdf
from typeset.checking.pdf.figures import Figures
from typeset.checking.pdf.parts import Parts
from typeset.checking.pdf.reading import sheets_of
from typeset.checking.pdf.tests import placed
from typeset.checking.pdf.tests.makers import typeset
from typeset.profiles import load_profile

MUTANTS = {
    "信函标志低 6 毫米": (placed.letter, {"mark": (0, 6)}, "head.mark.top"),
    "信函上双线少一条": (placed.letter, {"thin": None}, "letter.head.double"),
    "信函上双线偏左": (placed.letter, {"thick": (-5, 0), "thin": (-5, 0)}, "letter.head.centred"),
    "信函上双线上细下粗": (placed.letter, {"thick": (0, 1.6), "thin": (0, -1.6)}, "letter.head.order"),
    "信函下双线高 8 毫米": (placed.letter, {"foot_thin": (0, -8), "foot_thick": (0, -8)}, "letter.foot.place"),
    "信函字号不在右": (placed.letter, {"number": (-20, 0)}, "head.number.right"),
    "信函标题距字号一行": (placed.letter, {"title": (0, -10)}, "title.gap"),
    "令标志在文件的位置": (placed.order, {"mark": (0, 15)}, "head.mark.top"),
    "令号偏右": (placed.order, {"number": (12, 0)}, "head.number.centred"),
    "令号与正文一行": (placed.order, {"first": (0, -12)}, "order.body.gap"),
    "纪要标志高 10 毫米": (placed.minutes, {"mark": (0, -10)}, "head.mark.top"),
    "纪要红线低": (placed.minutes, {"rule": (0, 6)}, "head.rule.gap"),
    "上行文字号居右": (placed.upward, {"number": (20, 0)}, "head.number.left"),
    "签发人顶格": (placed.upward, {"signer": (5.57, 0), "signer_name": (5.57, 0)}, "head.signer.right"),
    "份号不顶格": (placed.upward, {"copy": (10, 0)}, "head.copy_no.left"),
    "附注顶格": (placed.upward, {"note": (-11.14, 0)}, "note.left"),
}  # fmt: skip
GOOD = {"letter": placed.letter, "order": placed.order, "minutes": placed.minutes, "file": placed.upward}


@pytest.mark.parametrize("kind", GOOD)
def test_a_conforming_paper_of_each_format_is_recognised_and_has_no_fault(tmp_path, kind):
    path = typeset(tmp_path, GOOD[kind]())
    sheets, count = sheets_of(path)
    assert Parts(sheets, count, Figures()).kind == kind
    assert [finding.as_line() for finding in check_pdf(path) if finding.verdict == "fail"] == []


@pytest.mark.parametrize("name", MUTANTS)
def test_one_fault_is_named(tmp_path, name):
    make, moves, code = MUTANTS[name]
    failing = {each.code for each in check_pdf(typeset(tmp_path, make(**moves))) if each.verdict == "fail"}
    assert code in failing


def test_a_page_number_on_the_first_page_of_a_letter(tmp_path):
    text = placed.letter().replace(
        "#pagebreak()", "#place(top + left, dx: 160mm, dy: 268mm, text(14pt)[— 1 —])\n#pagebreak()"
    )
    assert "folio.first" in {
        each.code for each in check_pdf(typeset(tmp_path, text)) if each.verdict == "fail"
    }


def test_a_format_can_be_said_instead_of_guessed(tmp_path):
    path = typeset(tmp_path, placed.minutes())
    assert "head.mark.top" in {each.code for each in check_pdf(path, kind="order") if each.verdict == "fail"}


def test_a_profile_of_a_county_is_measured_by_its_own_figures(tmp_path):
    county = load_profile("example-county")
    path = typeset(tmp_path, placed.upward())
    assert "page.margin.left" not in {each.code for each in check_pdf(path) if each.verdict == "fail"}
    found = {each.code: each for each in check_pdf(path, county)}
    assert found["page.margin.left"].expected == "27 mm"
