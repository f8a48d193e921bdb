"""Made-up papers: of a usual day, and far too long."""

import datetime
import io

from PIL import Image, ImageDraw

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
    Paper,
    Picture,
    Receipt,
    ReceiptSlip,
    ReturnSlip,
    SupervisionNotice,
    TrailLine,
    UnitHandling,
)

OFFICE = "云岭县人民政府办公室"
TITLE = "关于开展2026年汛期地质灾害隐患排查整治工作的通知"
NUMBER = "澜政办发〔2026〕21号"
DAY = datetime.date(2026, 6, 9)


def ink() -> Picture:
    """Return a stroke as a pad would store it."""
    return Picture(
        b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60" width="300" height="60">'
        b'<path d="M5 40C60 0 90 70 140 25S240 60 295 15" fill="none" stroke="#14213d" stroke-width="4"/></svg>'
    )


def seal() -> Picture:
    """Return a round seal with a star and no words."""
    image = Image.new("RGBA", (420, 420))
    draw = ImageDraw.Draw(image)
    draw.ellipse((6, 6, 414, 414), outline=(214, 30, 30, 255), width=12)
    draw.regular_polygon((210, 210, 60), 5, fill=(214, 30, 30, 255))
    out = io.BytesIO()
    image.save(out, "PNG")
    return Picture(out.getvalue())


def sheet() -> HandlingSheet:
    proposal = OpinionBox(
        "拟办意见",
        (
            Opinion(
                "建议由顾怀川副县长牵头，县自然资源局主办，县水利局、县应急管理局、县住房城乡建设局协办，6月12日前反馈，综合股汇总后报市。",
                "综合股 许清和",
                "6月9日",
            ),
            Opinion("拟同意综合股意见，呈陆县长、顾副县长阅示。", "程以安", "6月9日"),
        ),
        34,
    )
    instruction = OpinionBox(
        "领导批示",
        (
            Opinion(
                "请怀川同志牵头，自然资源局主办，逐点排查、逐点销号，汛前务必到位。",
                "陆承安",
                "6月9日 14:10",
                ink(),
            ),
            Opinion("同意。", "买买提·艾合买提", "6月9日 14:52", remark="许清和代录，已由本人确认"),
        ),
        84,
        code="ZS1.AAAAAAAAAAAAAAAAAAAAAA.instruction.BBBBBBBBBBBBBBBBBBBB",
    )
    units = (
        UnitHandling("县自然资源局", "主办", "罗启明", "余2天", "方案已印发，4个排查组到位，在册隐患点137处"),
        UnitHandling("县水利局", "协办", "祁文远", "已反馈", "山洪沟23条排查完毕，发现隐患5处，已落实监测人"),
        UnitHandling("县应急管理局", "协办", "段知秋", "今日 17:30", "已签收，尚未反馈"),
        UnitHandling("县住房城乡建设局", "协办", "", "超期2小时", "签收时限 10日 08:00，已短信催签1次"),
    )
    return HandlingSheet(
        OFFICE, TITLE, "市人民政府办公室", NUMBER, "云政收〔2026〕0683号", "2026年6月9日", "加急", "2",
        "6月13日 18:00（市里要求）", "办件 · 需反馈", (proposal, instruction), units,
        "ZS1.AAAAAAAAAAAAAAAAAAAAAA.cover.BBBBBBBBBBBBBBBBBBBB", f"{OFFICE} 许清和　2026年6月9日 15:20",
        first_receiver="许清和",
        trail=(
            TrailLine("6月9日 14:52", "买买提·艾合买提", "批示", "同意。"),
            TrailLine("6月9日 09:05", "许清和（代程以安）", "拟办", "送县政府办公室主任审核"),
            TrailLine("6月9日 08:31", "许清和", "登记", "云政收〔2026〕0683号，2份"),
        ),
    )  # fmt: skip


def crowded_sheet() -> HandlingSheet:
    """Forty opinions, some longer than a page, and thirty units."""
    opinions = tuple(
        Opinion(
            f"第{index}条意见：" + "请有关单位抓紧落实并及时报告情况。" * (1 + index % 5 * 3),
            f"签字人{index}",
            f"6月{index % 28 + 1}日",
        )
        for index in range(1, 40)
    )
    long = Opinion("长批示" + "逐点排查、逐点销号，" * 220 + "完。", "陆承安", "6月30日 14:10", remark="代录")
    return HandlingSheet(
        OFFICE, TITLE * 4, boxes=(OpinionBox("领导批示", (*opinions, long), 84), OpinionBox("办理结果", (), 40)),
        units=tuple(
            UnitHandling(f"第{index}镇人民政府", "协办", "某某", "余2天", "已签收，尚未反馈" * (index % 4)) for index in range(30)
        ),
        trail=tuple(TrailLine(f"6月9日 14:{index % 60:02d}", "某某", "催办", f"第{index}次") for index in range(120)),
    )  # fmt: skip


def returned() -> ReturnSlip:
    return ReturnSlip(
        OFFICE, "退〔2026〕7号", "县教育体育局", "关于解决《校园安全三年行动方案》经费的请示和报告", "云教〔2026〕31号", "2026年6月8日",
        (
            "文种错误：“请示和报告”不是法定文种，请示不得与报告合并行文。",
            "一文多事：请示应当一文一事，所请经费和编制两项应分别行文。",
            "请示未注明联系人和联系电话。",
        ),
        "改为《关于解决校园安全三年行动经费的请示》，编制事项另行请示，附注中注明联系人和电话。",
        DAY, "许清和", "程以安", "云政收〔2026〕0671号", "5", seal(),
    )  # fmt: skip


def notice() -> SupervisionNotice:
    return SupervisionNotice(
        OFFICE, "督〔2026〕12号", "县自然资源局", "汛期地质灾害隐患排查整治", "县政府常务会议（第18次）议定事项",
        "由县自然资源局牵头，6月底前完成全县137处在册隐患点排查，逐点落实监测人和避险路线，7月5日前向县政府常务会议报告。",
        (
            "6月12日前报送工作方案，明确分管领导、责任股室和联络员。",
            "每周五17:00前报送进展，重大险情随时报告。",
            "反馈材料须经单位主要负责人审签。",
        ),
        ("县水利局", "县应急管理局", "县住房城乡建设局", "各乡镇人民政府"),
        "2026年6月30日", "每周五 17:00", "程知行", "0999-1234567", DAY, "ZS1.AAAAAAAAAAAAAAAAAAAAAA.notice.BBBB", seal(),
    )  # fmt: skip


def receipts(count: int = 18, empty: int = 4) -> ReceiptSlip:
    units = ("县发展和改革委员会", "县教育体育局", "县工业和信息化局", "县住房和城乡建设局", "云岭镇人民政府")
    return ReceiptSlip(
        OFFICE, TITLE, "云政办发〔2026〕15号", "2026年6月10日", str(count), "许清和",
        tuple(Receipt(units[index % 5], "1", f"{index + 1:06d}") for index in range(count)), empty,
    )  # fmt: skip


def catalog(count: int = 30) -> ArchiveCatalog:
    titles = (TITLE, "县政府常务会议纪要（第18次）", "关于印发云岭县防汛抗旱应急预案的通知")
    return ArchiveCatalog(
        OFFICE, "Z001", "2026", "永久", "办公室",
        tuple(
            ArchiveEntry(
                f"Z001-WS·2026-Y-BGS-{index:04d}", f"云政办发〔2026〕{index}号", OFFICE, titles[index % 3], "20260609",
                str(index % 9 + 1),
            )
            for index in range(1, count + 1)
        ),
    )  # fmt: skip


def roster(days: int = 30, parts: tuple[str, ...] = ("",)) -> DutyRoster:
    people = ("陆承安", "顾怀川", "程以安", "许清和", "买买提·艾合买提", "欧阳文修")
    first = datetime.date(2026, 6, 1)
    shifts = tuple(
        DutyShift(
            first + datetime.timedelta(days=day), people[day % 6], people[(day + 1) % 6], people[(day + 2) % 6],
            "0999-1234567" if parts != ("",) else "", "端午节" if day == 18 else "", part,
        )
        for day in range(days) for part in parts
    )  # fmt: skip
    return DutyRoster(
        OFFICE, "2026年6月", shifts, "0999-1234567（24小时），传真 0999-1234568",
        ("值班人员24小时在岗，面对面交接，未交接不得离岗。", "紧急信息30分钟内电话报告、1小时内书面报告。"),
        "许清和", datetime.date(2026, 5, 28),
    )  # fmt: skip


def plates() -> NamePlates:
    names = (
        "陆承安",
        "程岚",
        "欧阳文修",
        "买买提·艾合买提",
        "阿布都热依木·买买提艾力",
        "张 三",
        "司马相如如",
    )
    return NamePlates(
        (
            *map(NamePlate, names),
            NamePlate("顾怀川", "县自然资源局"),
            NamePlate("王堃", "云岭县人民政府副县长"),
        )
    )


def usual() -> tuple[Paper, ...]:
    """Return one paper of each kind as a usual day brings it."""
    return sheet(), returned(), notice(), receipts(), catalog(), roster(), plates()


def much() -> tuple[Paper, ...]:
    """Return papers of many pages."""
    return (
        crowded_sheet(),
        ReturnSlip(OFFICE, "退〔2026〕8号", "县教育体育局", TITLE, reasons=("理由要写明，" * 60,) * 20, seal=seal(), approved_on=DAY),
        SupervisionNotice(
            OFFICE, "督〔2026〕13号", "县教育体育局", TITLE, instruction="抓紧办理。" * 300,
            demands=("按月报告。" * 20,) * 30, seal=seal(), issued_on=DAY,
        ),
        receipts(500, 0),
        catalog(500),
        roster(250, ("白班", "夜班")),
        NamePlates(tuple(NamePlate(f"第{index}人") for index in range(101)), is_red=True),
    )  # fmt: skip


RARE = "㛃𠅤𪚥镕喆堃祎玥珺赟㎡"


def endless() -> str:
    """Return three thousand characters that offer no place to break."""
    return "x" * 1500 + "—" * 700 + "《" * 300 + "9" * 499 + "%"


def hostile(text: str) -> tuple[Paper, ...]:
    """Return papers that say this text wherever they can."""
    opinion = Opinion(text, text, text, ink(), text)
    return (
        HandlingSheet(
            text, text, text, text, text, text, text, text, text, text,
            (OpinionBox(text, (opinion, opinion)), OpinionBox(text, height_mm=900_000.0)),
            (UnitHandling(text, text, text, text, text),), "", "打印", text, text,
            (TrailLine(text, text, text, text),) * 2,
        ),
        ReturnSlip(text, text, text, text, text, text, (text, text), text, DAY, text, text, text, text, seal()),
        SupervisionNotice(text, text, text, text, text, text, (text,), (text, text), text, text, text, text, DAY, "", seal()),
        ReceiptSlip(text, text, text, text, text, text, (Receipt(text, text, text, text, text, text),) * 2),
        ArchiveCatalog(text, text, text, text, text, (ArchiveEntry(text, text, text, text, text, text, text),) * 2),
        DutyRoster(text, text, (DutyShift(DAY, text, text, text, text, text, text),) * 2, text, (text,), text, DAY),
        NamePlates((NamePlate(text, text),)),
    )  # fmt: skip
