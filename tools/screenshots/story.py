"""The papers the manual tells of: registered by the clerk and carried by everybody after her, each step photographed."""

import re
import tempfile
from pathlib import Path

from playwright.sync_api import Page, expect

from tools.screenshots import arriving, reading
from tools.screenshots.camera import PHONE, Camera, choose, do, open_act, send, write_by_hand

CLERK, DIRECTOR, DEPUTY = "林晓禾", "程以安", "闻仲谦"
HEAD, VICE, LAWYER, ARCHIVIST = "陆承安", "顾怀川", "江守律", "文静姝"
LIAISON, CHIEF = "罗启明", "岑远山"  # 县自然资源局
OTHERS = (("祁文远", "洪定波"), ("封远尘", "段知秋"))  # 县水利局, 县应急管理局
TITLE = "关于开展今冬明春地质灾害隐患排查整治工作的通知"
LETTER = """关于做好重点时段安全保障工作的函

云岭县人民政府办公室：

重点时段将至，请你县按任务分工落实安全保障措施，值班安排和联络名单于本周五前报我办秘书科。
各带班领导须保持通信畅通，突发情况三十分钟内电话报告。

澜川市人民政府办公室
"""
Fields = dict[str, str]


def tell(camera: Camera, paper: Path) -> None:
    """Walk every paper of the manual to where it is photographed."""
    dropped(camera, paper)
    arriving.tell(camera)
    main = main_paper(camera, paper)
    reading.read(camera, main)
    reading.on_the_phone(camera, main)
    reading.print_secret(camera, secret_paper(camera))
    returned(camera)
    litigation(camera)
    urgent(camera)
    circulated(camera)
    on_paper(camera)
    late_words(camera, main)
    finish(camera, main)


def sheet(camera: Camera, name: str, path: str, size: tuple[int, int] | None = None) -> Page:
    """Open a paper's sheet as somebody."""
    return camera.go(name, path, size) if size else camera.go(name, path)


def dropped(camera: Camera, paper: Path) -> None:
    """来文拖放: the paper in the basket, and the form filled beside it; it is thrown away again."""
    page = camera.go(CLERK, "/drops/")
    page.get_by_label("我已核对").check()
    page.get_by_label("把来文拖到这里").set_input_files(paper)
    register_it = page.get_by_role("link", name=re.compile("^登记《")).first
    expect(register_it).to_be_visible(timeout=120_000)
    camera.keep(page, "intake-basket")
    register_it.click()
    page.get_by_label("来文字号").focus()
    page.wait_for_load_state("networkidle")
    camera.keep(page, "intake-form")
    page.goto(f"{camera.url}/drops/")
    page.get_by_role("button", name=re.compile("^移去")).first.click()
    page.get_by_role("button", name="移去", exact=True).last.click()
    expect(page.get_by_text("上传篮是空的")).to_be_visible()


def register(camera: Camera, *, picture: str = "", paper: Path | None = None, **fields: str) -> str:
    """Register a paper; return the path of its sheet."""
    page = camera.go(CLERK, "/incoming/new/")
    camera.moment = page.locator("[name=received_at]").input_value()
    for name, value in fields.items():
        field = page.locator(f"[name={name}]")
        kind = field.evaluate("field => field.type")
        if kind == "checkbox":
            field.check()
        elif kind == "select-one":
            field.select_option(label=value)
        else:
            field.fill(value)
    page.get_by_label("我已核对").check()
    if paper:
        page.locator("[name=body_file]").set_input_files(paper)
        expect(page.get_by_text("检查通过，可以提交").first).to_be_visible(timeout=120_000)
    if picture:
        page.evaluate("window.scrollTo(0, 0)")
        camera.keep(page, picture)
    page.get_by_role("button", name="签收并登记").click()
    page.wait_for_url(re.compile(r"/incoming/[^/]{20,}/$"))
    page.wait_for_load_state("networkidle")
    return page.url.removeprefix(camera.url)


def review(camera: Camera, path: str, *, picture: str = "") -> Page:
    """初审: it conforms."""
    page = sheet(camera, CLERK, path)
    open_act(page, "初审")
    if picture:
        camera.keep(page, picture)
    send(page, "送出")
    return page


def propose(page: Page, words: str, *, leaders: tuple[str, ...], units: tuple[str, ...] = ()) -> None:
    """Fill the 拟办; it is not yet sent."""
    form = open_act(page, "拟办")
    form.locator("[name=text]").fill(words)
    if leaders:
        choose(page, "leaders", *leaders)
    if units:
        choose(page, "lead_unit", units[0])
        choose(page, "co_units", *units[1:])


def main_paper(camera: Camera, paper: Path) -> str:
    """A paper of the city, for three units: from the table to the first feedback."""
    path = register(
        camera,
        picture="register-new",
        paper=paper,
        issuer_name="澜川市人民政府办公室",
        doc_number="澜政办传〔2026〕87号",
        title=TITLE,
        urgency="加急",
        requires_feedback="是",
    )
    page = review(camera, path, picture="review")
    form = open_act(page, "拟办")
    form.locator("[name=option]").first.check()
    choose(page, "leaders", HEAD, VICE)
    choose(page, "lead_unit", "自然资源局")
    choose(page, "co_units", "水利局", "应急管理局")
    form.locator("[name=text]").fill(
        "建议由顾怀川副县长牵头，县自然资源局主办，县水利局、县应急管理局协办，按时限反馈，汇总后报市政府办公室。"
    )
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "propose")
    send(page, "送审核")
    page = sheet(camera, DIRECTOR, path)
    form = open_act(page, "审核")
    form.locator("[name=text]").fill("拟同意，呈陆县长、顾副县长阅示。")
    camera.keep(page, "check")
    send(page, "审核同意")
    instruct(camera, path)
    units_answer(camera, path)
    camera.keep(sheet(camera, CLERK, path), "sheet")
    return path


def secret_paper(camera: Camera) -> str:
    """A 工作秘密 paper, registered and no further."""
    with tempfile.TemporaryDirectory() as folder:
        paper = Path(folder) / "letter.txt"
        paper.write_text(LETTER, encoding="utf-8")
        return register(
            camera,
            paper=paper,
            issuer_name="澜川市人民政府办公室",
            doc_number="澜政办函〔2026〕45号",
            title="关于做好重点时段安全保障工作的函",
            label="工作秘密",
        )


def instruct(camera: Camera, path: str) -> None:
    """批示: the head writes by hand at the desk, his deputy on the phone hands it to the units."""
    page = sheet(camera, HEAD, path)
    form = open_act(page, "批示")
    write_by_hand(page, "请怀川同志牵头，自然资源局主办，逐点排查、逐点销号。", HEAD)
    form.locator("[name=text]").fill("请怀川同志牵头，自然资源局主办，逐点排查、逐点销号。")
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "instruct-pen")
    send(page, "只批示|批示")
    camera.keep(camera.go(VICE, "/", PHONE), "phone-desk")
    page = sheet(camera, VICE, path, PHONE)
    camera.keep(page, "phone-sheet")
    form = open_act(page, "批示")
    words = "按陆县长批示落实，请自然资源局三日内拿出方案。"
    write_by_hand(page, words, VICE)
    form.locator("[name=text]").fill(words)
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "phone-sign")
    send(page, "签名并转办")


def units_answer(camera: Camera, path: str) -> None:
    """承办: the lead unit's liaison feeds back and its chief signs; another has only signed for it."""
    page = sheet(camera, LIAISON, path)
    do(page, "签收", "签收")
    form = open_act(page, "反馈")
    form.locator("[name=text]").fill(
        "已印发排查方案，4个排查组全部到位；在册隐患点137处逐点落实监测人，新发现隐患5处，均已设警示牌。"
    )
    camera.keep(page, "feedback")
    send(page, "反馈")
    page = sheet(camera, CHIEF, path)
    open_act(page, "审签")
    camera.keep(page, "unit-check")
    send(page, "审签")
    do(sheet(camera, OTHERS[0][0], path), "签收", "签收")


def late_words(camera: Camera, path: str) -> None:
    """补批: new words reach those who are already at it."""
    page = sheet(camera, HEAD, path)
    form = open_act(page, "补批")
    form.locator("[name=text]").fill("近日有雨雪，请先查学校和医院周边，今晚报我。")
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "instruct-late")
    send(page, "补批")


def finish(camera: Camera, path: str) -> None:
    """汇总 答复 办结 归档."""
    for number, (liaison, chief) in enumerate(OTHERS):
        page = sheet(camera, liaison, path)
        if number:
            do(page, "签收", "签收")
        do(page, "反馈", "反馈", text="已完成排查，隐患点均已落实防范措施。")
        do(sheet(camera, chief, path), "审签", "审签")
    page = sheet(camera, CLERK, path)
    form = open_act(page, "汇总")
    form.locator("[name=text]").fill(
        "三家单位均已反馈：在册隐患点137处全部落实监测人，新发现隐患5处已落实防范措施。"
    )
    camera.keep(page, "collate")
    send(page, "汇总")
    do(page, "答复", "答复", text="我县排查整治情况已书面报送。")
    do(page, "办结", "办结")
    page = camera.go(ARCHIVIST, f"/archive/waiting/?q={TITLE}")
    line = page.get_by_role("link", name=TITLE, exact=True)
    # What is closed reaches the archive in the background.
    for _ in range(60):
        if line.is_visible():
            break
        page.wait_for_timeout(2_000)
        page.reload()
    line.click()
    page.wait_for_load_state("networkidle")
    camera.keep(page, "archive")


def returned(camera: Camera) -> None:
    """退文: a request to a leader in person, without 签发人; the deputy director agrees."""
    path = register(
        camera,
        issuer_name="县水利局",
        issuer_unit="县水利局",
        doc_number="云水〔2026〕46号",
        title="关于解决白水镇灌区渠道修复资金并增加编制的请示",
        doc_type="请示",
        main_recipients="县人民政府、顾怀川副县长",
        body="县人民政府、顾怀川副县长：\n白水镇灌区渠道建成于上世纪八十年代，渗漏严重，现有干渠11.4公里亟待修复，需资金486万元。\n同时，我局水利工程建设任务逐年增加，恳请增加事业编制3名。\n妥否，请批示。",
    )
    page = sheet(camera, CLERK, path)
    form = open_act(page, "初审")
    form.get_by_label("拟退文").check()
    form.locator("[name=advice]").fill("请一文一事，分别行文；主送县人民政府，补全签发人和联系人。")
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "return")
    send(page, "送出")


def litigation(camera: Camera) -> None:
    """涉法涉诉: nobody outside is asked before the lawyers have looked at it."""
    path = register(
        camera,
        issuer_name="松岭镇人民政府",
        issuer_unit="松岭镇",
        doc_number="松政〔2026〕31号",
        title="关于青峰采石场林地纠纷行政复议答复有关事项的请示",
        doc_type="请示",
        signer="聂远岭",
        contact="翟松涛",
        contact_phone="内线6201",
        main_recipients="县人民政府",
        is_litigation_related="是",
        body="县人民政府：\n青峰采石场与石门村就1200亩林地权属发生纠纷，申请人已提起行政复议。现将答复有关事项请示如下。\n一、纠纷由来\n二、处理过程\n三、答复意见\n妥否，请批示。",
    )
    review(camera, path)
    page = sheet(camera, LAWYER, path)
    form = open_act(page, "合法性审核")
    form.get_by_label("修改后通过").check()
    form.locator("[name=text]").fill(
        "答复应由原行政行为作出机关具名；第三部分引用的条款已修订，请按现行规定改写。"
    )
    camera.keep(page, "legal")
    send(page, "合法性审核")


def urgent(camera: Camera) -> None:
    """特急: hours count, and a telephone call is written down."""
    path = register(
        camera,
        issuer_name="澜川市防汛抗旱指挥部",
        doc_number="澜汛电〔2026〕19号",
        title="关于做好低温雨雪冰冻天气防范应对工作的紧急通知",
        body="各县（市、区）防汛抗旱指挥部：\n据气象部门预报，未来48小时我市北部有大到暴雪，气温下降10℃以上。请立即做好防范应对工作。\n一、加强监测预警\n二、落实防范措施\n三、严格值班值守",
        urgency="特急",
        requires_feedback="是",
    )
    page = review(camera, path)
    form = open_act(page, "电话记录")
    for name, value in (("unit_name", "县应急管理局"), ("answered_by", "时小雨")):
        form.locator(f"[name={name}]").fill(value)
    form.locator("[name=content]").fill("特急件已从系统发出，请立即签收。对方答复：已收到，马上报告段局长。")
    camera.keep(page, "urgent")
    send(page, "电话记录")


def circulated(camera: Camera) -> None:
    """传阅: a paper to read, with its circle."""
    path = register(
        camera,
        issuer_name="澜川市统计局",
        doc_number="澜统〔2026〕52号",
        title="关于2026年1—10月全市经济运行情况的通报",
        doc_type="通报",
        handling_type="阅件",
        body="各县（市、区）人民政府，市直各部门：\n1—10月，全市经济运行总体平稳，规模以上工业增加值同比增长6.1%，固定资产投资同比增长4.8%。现将有关情况通报如下。",
    )
    page = review(camera, path)
    propose(page, "属告知性文件，建议呈陆县长、沈常务阅。", leaders=(HEAD, "沈知衡"))
    send(page, "送审核")
    do(sheet(camera, DIRECTOR, path), "审核", "审核同意")
    page = sheet(camera, HEAD, path)
    open_act(page, "圈阅")
    camera.keep(page, "circulate")
    send(page, "圈阅")


def on_paper(camera: Camera) -> None:
    """A 批示 on paper: the sheet is printed, the words are recorded for the leader, who confirms them."""
    path = register(
        camera,
        issuer_name="县粮食和储备局",
        issuer_unit="县粮食和储备局",
        doc_number="云粮〔2026〕28号",
        title="关于2026年秋粮收购资金贷款贴息的请示",
        body="县人民政府：\n今年秋粮收购期间，全县计划收购稻谷3.2万吨，需贷款7600万元。为稳定收购价格，恳请对收购贷款予以贴息，所需资金114万元从县级粮食风险基金中列支。\n妥否，请批示。",
        doc_type="请示",
        signer="谷满",
        contact="储云实",
        contact_phone="内线3802",
        main_recipients="县人民政府",
    )
    page = review(camera, path)
    propose(page, "建议由县财政局会县粮食和储备局核实后提出意见。", leaders=(VICE,), units=("财政局",))
    send(page, "送审核")
    do(sheet(camera, DIRECTOR, path), "审核", "审核同意")
    camera.keep(sheet(camera, CLERK, f"{path}print/"), "print")
    page = sheet(camera, CLERK, path)
    form = open_act(page, "代录领导批示")
    form.locator("[name=leader]").select_option(label=VICE)
    form.locator("[name=text]").fill("同意，请财政局按程序办理。")
    form.locator("[name=instructed_at]").fill(camera.moment)
    form.locator("[name=original_holder]").fill("机要室金默")
    page.locator(".zs-act-form").evaluate("form => form.scrollTo(0, 0)")
    camera.keep(page, "record")
    send(page, "代录")
    page = sheet(camera, VICE, path)
    expect(page.get_by_role("button", name="确认是我的意思")).to_be_visible()
    camera.keep(page, "confirm")
