"""Documents of a fictional county for tests: each format, upward, joint, with everything the model knows."""

import datetime
import io

from PIL import Image

from typeset.model import (
    Attachment,
    Cell,
    Document,
    Figure,
    Formula,
    Head,
    Heading,
    Imprint,
    ListItem,
    Paragraph,
    Picture,
    RollCall,
    Run,
    Seal,
    Signature,
    Signer,
    Table,
    plain,
)

DAY = datetime.date(2026, 6, 9)
LONG = (
    "各乡镇、各部门要高度重视，把防汛抗旱工作摆在突出位置，按照“属地管理、分级负责”的原则，逐级压实责任，"
    "坚持人民至上、生命至上，严格落实24小时值班值守和领导带班制度，确保全县人民群众生命财产安全。"
)


def picture(width: int = 60, height: int = 40, color: str = "red") -> Picture:
    out = io.BytesIO()
    Image.new("RGB", (width, height), color).save(out, "PNG")
    return Picture(out.getvalue())


def table(rows: int = 3, **more: object) -> Table:
    head = tuple(Cell(plain(name)) for name in ("序号", "单位", "任务"))
    body = tuple(
        (Cell(plain(str(number))), Cell(plain(f"第{number}组")), Cell(plain("清淤")))
        for number in range(1, rows)
    )
    return Table((head, *body), widths=(1, 2, 3), **more)


def body() -> tuple:
    return (
        Paragraph(plain("为做好2026年防汛抗旱工作，根据《中华人民共和国防洪法》，现将有关事项通知如下。")),
        Heading(1, plain("一、总体要求")),
        Paragraph(plain(LONG)),
        Heading(2, plain("（一）压实责任。"), plain("县长任总指挥，各乡镇长任本乡镇指挥长。")),
        Heading(3, plain("1.排查隐患。"), plain("5月31日前完成水库、塘坝排查。")),
        Heading(4, plain("（1）水库。"), plain("逐库建立台账。")),
        ListItem("①", plain("坝体；")),
        Heading(1, plain("二、工作安排")),
        Paragraph((Run("重点"), Run("面积单位为m"), Run("2", position="super"), Run("，见表。"))),
        table(caption="表1　任务分工", unit="单位：处"),
        Formula(r"\frac{a+b}{2} \times x^{2}", "（1）"),
        Figure(picture(), "图1　水系示意", 80),
        Paragraph((Run("注释见脚注", footnote="数据来自县水务局。"), Run("。"))),
    )


def notice(**more: object) -> Document:
    given: dict = {
        "kind": "file",
        "doc_type": "notice",
        "head": Head(
            ("云岭县人民政府",), doc_number="云政发〔2026〕5号", copy_no="000012", urgency="extra_urgent"
        ),
        "title": "云岭县人民政府\n关于做好2026年防汛抗旱工作的通知",
        "main_recipients": "各乡镇人民政府，县政府各部门",
        "body": body(),
        "signatures": (Signature("云岭县人民政府", Seal(picture(80, 80))),),
        "doc_date": DAY,
        "note": "此件公开发布",
        "attachments": (
            Attachment("任务分工表", (table(40),)),
            Attachment("应急预案", (Heading(1, plain("一、总则")), Paragraph(plain(LONG)))),
        ),
        "imprint": Imprint(
            "县委各部门，县人大常委会办公室，县政协办公室", "云岭县人民政府办公室", datetime.date(2026, 6, 10)
        ),
    }
    return Document(**(given | more))


def request() -> Document:
    return notice(
        doc_type="request_for_instructions",
        head=Head(
            ("云岭县发展和改革局",),
            doc_number="云发改〔2026〕3号",
            signers=tuple(map(Signer, ("王磊", "李大山", "赵云"))),
        ),
        title="云岭县发展和改革局\n关于下达以工代赈项目计划的请示",
        main_recipients="县人民政府",
        body=(Paragraph(plain("按照有关要求，现将计划上报。")), Paragraph(plain("妥否，请批示。"))),
        signatures=(Signature("云岭县发展和改革局"),),
        note="联系人：赵小云，联系电话：0871-00000000",
        attachments=(),
        attachment_notes=("项目计划表",),
    )


def joint() -> Document:
    organs = ("云岭县发展和改革局", "云岭县财政局", "云岭县水务局")
    return notice(
        head=Head(organs, doc_number="云发改联〔2026〕3号"),
        title="云岭县发展和改革局等三部门\n关于下达水利投资计划的通知",
        signatures=tuple(Signature(organ, Seal()) for organ in organs),
        attachments=(),
    )


def letter() -> Document:
    return notice(
        kind="letter",
        doc_type="letter",
        head=Head(("云岭县人民政府",), doc_number="云政函〔2026〕8号", has_suffix=False),
        title="云岭县人民政府\n关于商请支持水文站建设的函",
        main_recipients="青山县人民政府",
        body=(Paragraph(plain(LONG)), Paragraph(plain("请予函复。"))),
        attachments=(),
        imprint=None,
    )


def order() -> Document:
    return Document(
        kind="order",
        doc_type="order",
        head=Head(("云岭县人民政府",), doc_number="第5号"),
        body=(
            Paragraph(
                plain(
                    "《云岭县烟花爆竹燃放管理办法》已经县人民政府常务会议通过，现予公布，自2026年7月1日起施行。"
                )
            ),
        ),
        signatures=(Signature(post="县　长", name="王磊"),),
        doc_date=DAY,
    )


def minutes() -> Document:
    return Document(
        kind="minutes",
        doc_type="minutes",
        head=Head(("云岭县人民政府常务会议",), doc_number="〔2026〕3号"),
        title="县十七届人民政府第13次常务会议纪要",
        body=(Paragraph(plain(LONG)), Heading(1, plain("一、审议事项")), Paragraph(plain(LONG))),
        roll_calls=(
            RollCall("出席", "王磊、李大山、赵云、钱多、孙立、周正、吴用、郑和、冯远、陈平"),
            RollCall("列席", "韩信"),
        ),
        imprint=Imprint("县委办公室", "云岭县人民政府办公室", DAY),
    )


EVERY = {
    "notice": notice,
    "request": request,
    "joint": joint,
    "letter": letter,
    "order": order,
    "minutes": minutes,
}
