"""行文规则 (条例第十三至十七条): to whom a paper may go, and what it may not carry."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.outline import names_in
from proofread.paper import Paper
from proofread.vocabulary import POSTS, storey_of

PERSON = re.compile(
    rf"(?:^|[、，,])\s?(?:尊敬的)?(?:[\u4e00-\u9fff]{{0,8}}?{POSTS}(?:同志)?|[\u4e00-\u9fff]{{2,4}}同志)(?=[：:、，,]|$)"
)
ASKED = re.compile(r"(?:领导|县长|市长|省长|书记|主要负责同志)[^。]{0,8}(?:交办|批示|指示|要求)|交办")
CARRIED = re.compile(
    r"(?:恳?请|敬请|特请|妥否|请求|恳求|望|建议)[^。；，]{0,14}?(?:批示|批复|批准|审批|予以支持|给予(?:资金|经费|政策)?支持|解决(?:资金|经费)|"
    r"增加(?:编制|经费|资金|预算)|安排(?:资金|经费)|拨付(?:资金|经费|专项)|核拨|追加(?:经费|预算))"
)
SEVERAL = re.compile(
    r"(?:同时|一并|另外|此外|并)(?:恳请|请求|申请|请示|请)[^。；]{0,20}(?:和|及|以及|、|编制|经费|资金|用地|人员|车辆|机构|项目|补助|政策)"
)
MATTERS = (
    "经费",
    "资金",
    "编制",
    "用地",
    "车辆",
    "机构",
    "人员",
    "岗位",
    "补助",
    "办公用房",
    "政策",
    "项目",
    "债券",
    "招聘",
    "职数",
)


def several_recipients(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 请示 that addresses more than one organ (DOC-02)."""
    line = paper.first("recipients")
    if line and paper.genre in ("请示", "报告") and len(paper.recipients) > 1 and "关于" in paper.title:
        yield Hit(line.start, line.end, paper.recipients[0] + "：")


def copies_down(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find an upward paper that is copied to those below its issuer (DOC-02)."""
    if not paper.is_upward:
        return
    own = storey_of(paper.issuer) if paper.issuer else 3
    for line in paper.having("imprint"):
        if not re.match(r"抄\s?[送报]", line.text):
            continue
        for name in names_in(line.text):
            storey = storey_of(name)
            below = storey is not None and own is not None and storey > own
            if below or re.match(r"各(?:乡|镇|街道|村|社区|科室|股室|单位|部门|直属)", name):
                start = line.start + line.text.index(name)
                yield Hit(start, start + len(name), "（删去）", f"上行文不得抄送下级机关（{name}）")


def several_matters(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 请示 about more than one matter (DOC-02)."""
    if paper.genre != "请示" or "关于" not in paper.title:
        return
    about = paper.title.split("关于", 1)[1]
    named = [matter for matter in MATTERS if matter in about]
    joined = re.search(
        r"(?:申请|解决|增加|安排|追加|拨付|调整|设立|核定)[^的]{1,16}(?:和|及|、|以及)(?:申请|解决|增加|安排|追加|拨付|调整|设立|核定)?",
        about,
    )
    if len(named) > 1 and joined:
        lines = paper.having("title")
        yield Hit(lines[0].start, lines[-1].end, reason=f"请示应当一文一事，标题里有{'、'.join(named)}")
    for line in paper.having("body"):
        if match := SEVERAL.search(line.text):
            yield Hit(
                line.start + match.start(),
                line.start + match.end(),
                reason="请示应当一文一事，另一件事另文请示",
            )


def to_a_person(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a paper addressed to a leader in person without word that he asked for it (DOC-03)."""
    line = paper.first("recipients")
    if (
        line is None
        or ASKED.search(paper.own)
        or re.search(r"提案|建议|来信|信访|答复|复函|讲话|工作报告", paper.title)
    ):
        return
    if re.search(r"代表|委员|居民|朋友", line.text):
        return
    if match := PERSON.search(line.text):
        start = line.start + match.start()
        yield Hit(start + len(match[0]) - len(match[0].lstrip("、，, ")), line.start + match.end())


def request_in_report(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 报告 that asks for something (DOC-04)."""
    if paper.genre != "报告" or "关于" not in paper.title or re.search(r"转发|批转", paper.title):
        return
    for line in paper.having("body"):
        for match in CARRIED.finditer(line.text):
            if line.text.count("“", 0, match.start()) == line.text.count("”", 0, match.start()):
                yield Hit(line.start + match.start(), line.start + match.end())


def no_contact(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 请示 without the name and telephone of whom to ask (DOC-05)."""
    if paper.genre != "请示" or not paper.day or "关于" not in paper.title:
        return
    if not re.search(r"联\s?系\s?人|联系电话", paper.text):
        line = paper.first("date")
        assert line is not None
        yield Hit(line.start, line.end, reason="请示应当在附注处注明联系人姓名和电话")


def over_the_head(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find an upward paper that skips a storey and is not copied to the organ in between."""
    line = paper.first("recipients")
    if not paper.is_upward or line is None or not paper.issuer or not paper.recipients:
        return
    own, other = storey_of(paper.issuer), storey_of(paper.recipients[0])
    if own is None or other is None or not _skips(paper, own, other):
        return
    copied = [(name, storey_of(name)) for each in paper.having("imprint") for name in names_in(each.text)]
    if not any("局" not in name and storey and other < storey <= own for name, storey in copied):
        reason = f"{paper.issuer}一般不得越级向{paper.recipients[0]}行文；确需越级的，应当抄送被越过的机关"
        yield Hit(line.start, line.end, reason=reason)


def _skips(paper: Paper, own: int, other: int) -> bool:
    """Say whether a storey is left out; a bureau that writes to a higher government leaves out its own."""
    of_bureau = paper.issuer.endswith(("局", "委员会", "委")) and paper.recipients[0].endswith("政府")
    return own - other > (0 if of_bureau else 1)


def orders_below(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a department ordering governments below without word that its own government agreed."""
    line = paper.first("recipients")
    if (
        line is None
        or paper.genre not in ("通知", "决定", "意见")
        or not re.search(r"局$|委员会$|委$", paper.issuer)
    ):
        return
    if re.search(r"领导小组|指挥部|县委$|市委$|省委$|党委$", paper.issuer):
        return
    match = re.search(r"各[^，：:]{0,8}(?:乡|镇|县|市|区)[^，：:]{0,12}人民政府", line.text)
    if match and not re.search(
        r"[经报请][^。]{0,16}(?:政府|县委|市委)[^。]{0,6}(?:同意|批准|授权)", paper.own
    ):
        yield Hit(line.start + match.start(), line.start + match.end())
