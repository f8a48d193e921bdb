"""内容模型: loads strictly, says where the fault is, and comes back the same."""

import base64
import datetime
import json

import pytest

from typeset.model import (
    Attachment,
    Cell,
    Document,
    DutyRoster,
    DutyShift,
    Figure,
    Formula,
    Head,
    Heading,
    Imprint,
    ListItem,
    NamePlate,
    NamePlates,
    NotAModel,
    Paragraph,
    Picture,
    RollCall,
    Run,
    Seal,
    Signature,
    Signer,
    Table,
    as_json,
    from_json,
    plain,
)
from typeset.model.schema import PATH, as_text

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


def whole() -> Document:
    return Document(
        kind="file",
        doc_type="notice",
        head=Head(
            issuers=("云岭县人民政府", "云岭县总工会"),
            doc_number="云政发〔2026〕12号",
            urgency="urgent",
            copy_no="000012",
            signers=(Signer("陆承安"), Signer("顾怀川")),
        ),
        title="云岭县人民政府 云岭县总工会\n关于做好防汛工作的通知",
        main_recipients="各乡镇人民政府，县政府各部门",
        body=(
            Paragraph(
                (
                    Run("为做好"),
                    Run("防汛", bold=True),
                    Run("m"),
                    Run("2", position="super", footnote="平方米"),
                )
            ),
            Heading(2, plain("（一）压实责任。"), plain("各单位要……")),
            ListItem("①", plain("第一项")),
            Table(
                (
                    (Cell(plain("甲"), columns=2), Cell()),
                    (Cell(rows=2), Cell(plain("丙")), Cell(plain("丁"))),
                    (Cell(plain("戊")), Cell(plain("己"), align="right")),
                ),
                caption="表1",
                widths=(1, 2, 3),
            ),
            Figure(Picture(PNG), "图1", 60.0),
            Formula(r"得分=\frac{甲_{1}}{乙}^{2}", "（1）"),
        ),
        roll_calls=(RollCall("出席", "陆承安"),),
        signatures=(Signature("云岭县人民政府", Seal(Picture(PNG))), Signature("云岭县总工会", Seal())),
        doc_date=datetime.date(2026, 6, 9),
        note="此件公开发布",
        attachments=(Attachment("排查表", (Paragraph(plain("一")),)), Attachment("办法", is_enclosure=True)),
        imprint=Imprint("县委各部门", "云岭县人民政府办公室", datetime.date(2026, 6, 9)),
    )


@pytest.mark.parametrize(
    "content",
    [
        whole(),
        Document(kind="plain"),
        DutyRoster("云岭县人民政府办公室", "2026年6月", (DutyShift(datetime.date(2026, 6, 9), "陆承安"),)),
        NamePlates((NamePlate("陆承安"), NamePlate("𬭎瑢"))),
    ],
)
def test_what_is_written_is_read_back(content):
    assert from_json(json.loads(json.dumps(as_json(content)))) == content


def test_short_forms_are_taken():
    read = from_json(
        {
            "version": 1,
            "kind": "file",
            "body": ["一段。", {"type": "paragraph", "runs": ["甲", {"text": "乙", "bold": True}]}],
        }
    )
    assert read.body == (
        Paragraph((Run("一段。"),)),
        Paragraph((Run("甲"), Run("乙", bold=True))),
    )


def letter(**more):
    return {"version": 1, "kind": "letter", **more}


@pytest.mark.parametrize(
    ("data", "path", "key", "words"),
    [
        ([], "", "", "应是一个对象"),
        ({"kind": "file"}, "版本", "version", "应是 1，现在是 空"),
        ({"version": 1, "kind": "memo"}, "格式", "kind", "现在是 “memo”"),
        (letter(titel="x"), "", "", "不认识“titel”"),
        (letter(title=7), "标题", "title", "应是文字，现在是 “7”"),
        (letter(title="甲\x07"), "标题", "title", "第 2 个字符是不能排印的 U+0007"),
        (letter(title="\ud800"), "标题", "title", "U+D800"),
        (letter(doc_date="2026-02-30"), "成文日期", "doc_date", "没有 2026-02-30 这一天"),
        (letter(doc_date="2026年6月9日"), "成文日期", "doc_date", "应是 2026-06-09 这样的日期"),
        (letter(head={"urgency": "soon"}), "版头.紧急程度", "head.urgency", "现在是 “soon”"),
        (letter(body=[{"type": "list"}]), "正文[0]", "body[0]", "“type”应是"),
        (
            letter(body=[{"type": "heading", "level": True, "runs": "一"}]),
            "正文[0].层次",
            "body[0].level",
            "1、2",
        ),
        (letter(body=[{"type": "paragraph"}]), "正文[0]", "body[0]", "缺“文字”（runs）"),
        (
            letter(body=["甲", {"type": "table", "rows": [["甲", "乙"], ["丙"]]}]),
            "正文[1].行[1]",
            "body[1].rows[1]",
            "这一行只有 1 列，应是 2 列",
        ),
        (
            letter(body=[{"type": "table", "rows": [["甲", "乙"], ["丙", {"columns": 2}]]}]),
            "正文[0].行[1]",
            "body[0].rows[1]",
            "超出 2 列",
        ),
        (letter(body=[{"type": "table", "rows": []}]), "正文[0]", "body[0]", "表格没有行"),
        (
            letter(body=[{"type": "table", "rows": [[{"rows": 2}]]}]),
            "正文[0].行[0]",
            "body[0].rows[0]",
            "超出表格",
        ),
        (letter(body=[{"type": "formula", "source": r"\input{x}"}]), "正文[0]", "body[0]", "不认识“\\input”"),
        (
            letter(body=[{"type": "figure", "picture": {"data": "AAAA"}}]),
            "正文[0].图片",
            "body[0].picture",
            "不是可用的图片",
        ),
        (
            letter(body=[{"type": "figure", "picture": {"path": "a.png"}}]),
            "正文[0].图片",
            "body[0].picture",
            "不能按文件名取图片",
        ),
        ({"version": 1, "kind": "name_plates", "plates": []}, "", "", "一个座签也没有"),
    ],
)
def test_a_fault_is_named_with_its_place(data, path, key, words):
    with pytest.raises(NotAModel) as caught:
        from_json(data)
    assert (caught.value.path, caught.value.key) == (path, key)
    assert words in caught.value.message


def test_pictures_come_from_the_allowed_folder_only(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "seal.png").write_bytes(PNG)
    (tmp_path / "secret.png").write_bytes(PNG)

    def read(name):
        return from_json(
            letter(signatures=[{"issuer": "县政府", "seal": {"picture": {"path": name}}}]), tmp_path / "in"
        )

    assert read("seal.png").signatures[0].seal == Seal(Picture(PNG))
    with pytest.raises(NotAModel, match="要放在内容文件所在的文件夹里"):
        read("../secret.png")
    with pytest.raises(NotAModel, match="打不开图片"):
        read("none.png")


def test_the_schema_beside_the_model_is_that_of_its_classes():
    assert PATH.read_text(encoding="utf-8") == as_text()


def test_named_attachments_leave_out_enclosures():
    assert whole().named_attachments == ("排查表",)


def test_the_mark_follows_the_format():
    assert Document(head=Head(issuers=("云岭县人民政府",))).mark == "云岭县人民政府文件"
    assert Document(kind="letter", head=Head(issuers=("云岭县人民政府",))).mark == "云岭县人民政府"
    assert Document(kind="order", head=Head(issuers=("云岭县人民政府",))).mark == "云岭县人民政府令"
