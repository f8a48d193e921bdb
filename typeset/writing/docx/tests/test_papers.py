"""办公室自己的用纸: each can be had as a sheet to go on writing in, with every word it holds."""

from datetime import date

import pytest

from typeset.model import (
    ArchiveCatalog,
    ArchiveEntry,
    DutyRoster,
    DutyShift,
    HandlingSheet,
    NamePlate,
    NamePlates,
    Opinion,
    OpinionBox,
    Receipt,
    ReceiptSlip,
    ReturnSlip,
    SupervisionNotice,
    UnitHandling,
)  # fmt: skip
from typeset.reading.wordml import Table, open_word
from typeset.reading.words import close
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import picture
from typeset.writing.docx.tests.test_order import misplaced, parts

DAY = date(2026, 6, 9)
INK = Opinion("同意。", "王磊", "6月9日 9:00", ink=picture())
PAPERS = {
    "办理单": HandlingSheet(
        "云岭县人民政府办公室", "关于防汛的通知", boxes=(OpinionBox("拟办意见", (INK,)),), units=(UnitHandling("县水务局", "牵头"),)
    ),
    "退文单": ReturnSlip(
        "云岭县人民政府办公室", "退〔2026〕1号", "县水务局", "经费的请示", reasons=("缺签发人", "多头主送"), approved_on=DAY,
    ),
    "督办通知单": SupervisionNotice("云岭县人民政府办公室", "督〔2026〕3号", "县水务局", "水库清淤", demands=("月底前办结",)),
    "签收单": ReceiptSlip("云岭县人民政府办公室", "关于防汛的通知", receipts=(Receipt("县水务局", "2"),), empty_rows=3),
    "归档目录": ArchiveCatalog("云岭县人民政府办公室", entries=(ArchiveEntry("0001-WS·2026-Y-0001", title="关于防汛的通知"),)),
    "值班表": DutyRoster("云岭县人民政府办公室", "2026年6月", (DutyShift(DAY, "王磊", "李大山"),)),
    "座签": NamePlates((NamePlate("王磊"), NamePlate("李大山", "县水务局"))),
}  # fmt: skip


def words(data: bytes) -> str:
    blocks = open_word(data).blocks
    return close("".join(block.text for block in blocks if isinstance(block, Table) or block.text))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("办理单", ["收文办理单", "标题关于防汛的通知", "同意。王磊6月9日9:00", "县水务局牵头"]),
        ("退文单", ["退文单", "退文理由缺签发人多头主送", "2026年6月9日"]),
        ("督办通知单", ["督办通知单", "督办事项水库清淤"]),
        ("签收单", ["签收单", "县水务局2"]),
        ("归档目录", ["归档文件目录", "0001-WS·2026-Y-0001关于防汛的通知"]),
        ("值班表", ["值班表", "2026年6月9日王磊李大山"]),
        ("座签", ["王磊", "李大山", "县水务局"]),
    ],
)
def test_every_word_stands_on_the_sheet(name, said):
    data = write_docx(PAPERS[name])
    assert [each for each in said if each not in words(data)] == []
    assert [part for part, root in parts(data).items() if misplaced(root)] == []


def test_ink_is_shown_and_plates_have_a_page_each():
    assert any(each.pictures for each in open_word(write_docx(PAPERS["办理单"])).paras)
    plates = [each for each in open_word(write_docx(PAPERS["座签"])).paras if each.size > 60]
    assert [each.breaks_before for each in plates] == [False, True]
