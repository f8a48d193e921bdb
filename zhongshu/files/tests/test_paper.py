"""双轨: the printed 办理单 is signed by pen, scanned a little askew, and known again by its code."""

import io
import random

import pytest
import segno
from PIL import Image, ImageDraw

from zhongshu.base.refusals import Refused
from zhongshu.files import paper
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import open_matter

pytestmark = pytest.mark.django_db

SHEET = (1240, 1754)


def sheet_with(*payloads, side=190):
    """Print codes on an A4 sheet at 150 dpi, about 32 mm wide, with lines and a signature around."""
    sheet = Image.new("L", SHEET, 255)
    pen = ImageDraw.Draw(sheet)
    for number in range(12):
        pen.line((100, 300 + number * 110, 1140, 300 + number * 110), fill=0, width=2)
    for number, payload in enumerate(payloads):
        out = io.BytesIO()
        segno.make_qr(payload, error="q").save(out, kind="png", scale=8, border=4)
        code = Image.open(out).convert("L").resize((side, side), Image.Resampling.LANCZOS)
        sheet.paste(code, (980, 60 + number * 240))
    pen.line((300, 800, 420, 760, 500, 860, 640, 780), fill=60, width=5)
    return sheet


def scanned(sheet, *, kind="JPEG", askew=2.5, quality=50):
    """Turn the sheet a little, strew dust, and save it as a scanner does."""
    turned = sheet.rotate(askew, expand=True, fillcolor=250, resample=Image.Resampling.BICUBIC)
    dust = random.Random(7)
    points = turned.load()
    for _ in range(20000):
        x, y = dust.randrange(turned.width), dust.randrange(turned.height)
        points[x, y] = max(0, min(255, points[x, y] + dust.randint(-70, 70)))
    out = io.BytesIO()
    extra = {"quality": quality} if kind in ("JPEG", "PDF") else {}
    turned.save(out, kind, resolution=150, **extra)
    return out.getvalue()


@pytest.mark.parametrize(
    ("kind", "askew"), [("PDF", 2.5), ("JPEG", -4), ("PNG", 1), ("TIFF", 90), ("PDF", 180), ("JPEG", 12)]
)
def test_a_scanned_sheet_is_known_by_matter_and_box(office, matter, kind, askew):
    scan = scanned(sheet_with(paper.token(matter, "leader-1")), kind=kind, askew=askew)
    found = paper.recognise(scan, by=office.actor(office.clerk))
    assert [(one.page, one.place.matter, one.place.box) for one in found] == [(1, matter, "leader-1")]
    left, top, right, bottom = found[0].position
    assert 0 <= left < right <= 1
    assert 0 <= top < bottom <= 1


def test_several_boxes_on_one_sheet_are_told_apart(office, matter):
    scan = scanned(sheet_with(paper.token(matter, "leader-1"), paper.token(matter, "leader-2")))
    found = paper.recognise(scan, by=office.actor(office.clerk))
    assert [one.place.box for one in found] == ["leader-1", "leader-2"]


def test_pages_of_one_scan_belong_to_different_matters(office, matter):
    other = open_matter(office, "另一件", by=office.actor(office.clerk))
    sheets = [sheet_with(paper.token(m, "sheet")).rotate(1, fillcolor=255) for m in (matter, other)]
    out = io.BytesIO()
    sheets[0].save(out, "PDF", save_all=True, append_images=[sheet_with(), sheets[1]], resolution=150)
    found = paper.recognise(out.getvalue(), by=office.actor(office.clerk))
    assert [(one.page, one.place.matter) for one in found] == [(1, matter), (3, other)]


def test_a_small_code_on_a_coarse_scan_is_still_read(office, matter):
    sheet = sheet_with(paper.token(matter, "leader-1"), side=150)
    assert paper.recognise(scanned(sheet, quality=35), by=office.actor(office.clerk))


def test_an_outsider_recognises_nothing(office, matter):
    scan = scanned(sheet_with(paper.token(matter, "leader-1")))
    assert paper.recognise(scan, by=office.actor(office.outsider)) == []


def test_a_strange_or_forged_code_names_nothing(matter):
    real = paper.token(matter, "leader-1")
    named, _, signature = real.rpartition(".")
    assert paper.resolve(real).box == "leader-1"
    for forged in (
        "https://example.org/",
        named,
        f"{named}.AAAA",
        f"{named.replace('leader-1', 'leader-2')}.{signature}",
        real[:-1] + ("A" if real[-1] != "A" else "B"),
        "",
        "乱码",
    ):
        assert paper.resolve(forged) is None


def test_the_code_of_another_installation_names_nothing(matter, settings, tmp_path):
    foreign = paper.token(matter, "leader-1")
    settings.ZHONGSHU_KEYS_DIR = tmp_path / "keys"
    assert paper.resolve(foreign) is None


def test_a_scan_without_a_code_says_nothing(office):
    assert paper.read_codes(scanned(sheet_with())) == []


def test_strange_codes_are_read_but_not_ours(office):
    scan = scanned(sheet_with("https://example.org/"))
    assert [code.payload for code in paper.read_codes(scan)] == ["https://example.org/"]
    assert paper.recognise(scan, by=office.actor(office.clerk)) == []


@pytest.mark.parametrize(
    ("data", "code"),
    [(b"words", "FILE-24"), (samples.image_bytes()[:40], "FILE-05"), (b"%PDF-1.4", "FILE-05")],
)
def test_what_is_no_scan_is_refused_in_words(data, code):
    with pytest.raises(Refused) as refused:
        paper.read_codes(data)
    assert refused.value.codes == [code]


def test_the_drawn_code_carries_no_style_and_a_title(matter):
    drawn = paper.qr_svg(matter, "leader-1", label="批示栏")
    assert drawn.startswith("<svg")
    assert "style" not in drawn
    assert "<title>批示栏</title>" in drawn


@pytest.mark.parametrize("box", ["", "有中文", "a.b", "x" * 41])
def test_a_box_has_a_plain_name(matter, box):
    with pytest.raises(ValueError, match="box"):
        paper.token(matter, box)
