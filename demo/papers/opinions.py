"""What the office says of a paper: proposals, leaders' instructions, feedback of units, replies, refusals."""

import random
from dataclasses import dataclass

from demo import cast
from demo.papers import routing, seasons, shapes
from demo.papers.paper import Paper

_READ_ON = (
    "建议呈{leaders}阅，送{lead}阅研。",
    "属{nature}，建议呈{leaders}传阅，阅后存。",
    "建议呈{leaders}阅示，请{lead}结合实际抓好贯彻。",
)
_NATURES = {"通报": "情况通报", "报告": "工作情况报告", "纪要": "会议纪要", "批复": "批复件", "函": "告知函"}
_FROM_ABOVE = (
    "建议由{field}牵头，{lead}主办，{helpers}协办，{due}前反馈，综合股汇总后报{sender}。",
    "拟请{leaders}阅示，交{lead}牵头、{helpers}配合研究贯彻意见，{due}前报办理情况。",
    "建议{lead}对照来文要求逐项落实，{helpers}按职责配合，{due}前将办理结果报办公室。",
)
_FROM_ABOVE_ALONE = (
    "建议由{field}牵头，{lead}承办，{due}前反馈，综合股审核后报{sender}。",
    "拟请{leaders}阅示，交{lead}研究办理，{due}前报办理情况。",
    "建议转{lead}按要求办理，{due}前报办公室。",
)
_MEETING = (
    "建议请{field}参会，{lead}主要负责同志陪同，参会名单由{lead}于{due}前报送。",
    "建议{lead}主要负责同志参会，会后3日内提出贯彻意见报{field}。",
)
_CONSULT = (
    "建议交{lead}研究提出意见，法制股审核后于{due}前函复。",
    "建议{lead}会同有关部门研究，经{field}审定后函复；无意见也请{due}前回复。",
)
_REQUEST = (
    "经初审，来文符合行文规则。建议由{lead}会同{helpers}研究提出意见，呈{leaders}批示。",
    "建议{lead}核实有关情况并商{helpers}提出审核意见，{due}前报{field}审定。",
)
_MONEY = (
    "该事项涉及资金安排，建议由{lead}会同{helpers}核实后提出意见，呈{leaders}批示。",
    "建议{lead}核定资金需求，商{helpers}提出分期安排意见，{due}前报{field}审定。",
)
_LITIGATION = "该件涉法涉诉，建议先送法制股进行合法性审核，再交{lead}办理，呈{leaders}阅示。"
_TOP_WORDS = (
    "请{given}同志阅办。",
    "请{given}同志牵头，{short}主办，{due}前报结果。",
    "同意拟办意见。",
    "请{given}同志研究，有关部门抓好落实。",
)
_TOP_AFTER = ("同意{given}同志意见。", "同意。请{short}按程序办理。", "同意，{short}抓紧办理。")
_FIELD_AFTER_TOP = (
    "按陆县长批示落实，{short}主办，{due}前报进展。",
    "请{short}按陆县长批示要求抓紧办理，有关部门配合，{due}前报我。",
)
_FIELD_WORDS = (
    "请{short}阅办，{due}前报结果。",
    "请{short}牵头研究，提出具体措施。",
    "同意拟办意见，请{short}抓好落实。",
)
_FIELD_UPWARD = (
    "拟同意，呈陆县长审定。",
    "情况属实，建议支持，呈陆县长批示。",
    "原则同意{short}意见，呈陆县长定。",
)
_FIELD_DECIDES = (
    "同意。请{short}按程序办理。",
    "同意，请{short}会同有关部门核实后办理。",
    "原则同意，请{short}把风险研判和后续管护一并考虑。",
)
_READ_WORDS = ("已阅。", "阅。", "已阅，请有关部门学习借鉴。", "")
_ASSENTS = ("同意", "原则同意", "拟同意", "再议", "约谈后", "补充会签", "按程序报批", "好，")
_FEEDBACK_LEAD = (
    "已制定贯彻落实方案，明确责任股室和完成时限；{said}。",
    "主要负责同志召开专题会议作了部署，{said}。",
    "{said}。下一步将持续跟踪，确保按期完成。",
    "{said}；{more}。",
)
_FEEDBACK_HELPER = ("按职责分工，{said}。", "已配合主办单位开展工作，{said}。", "{said}。")
_EXAMINED = (
    "经研究，所请事项依据充分、材料齐全，符合有关规划和政策规定，建议同意，并加强全过程监管。",
    "经现场核实，情况属实，所请事项确有必要，建议县政府予以支持。",
    "已会商有关部门，总体可行；建议补充完善实施方案和风险防控措施后组织实施。",
)
_EXAMINED_MONEY = (
    "经核实，所报资金需求基本属实，建议按程序予以安排，专款专用，并纳入绩效评价。",
    "经审核，测算依据充分，核减不合理支出后建议分两期安排，首期于{due}前拨付。",
    "鉴于本年度财力紧张，建议优先争取上级资金，不足部分列入{next}年预算统筹。",
)
_CONSENTS = ("无不同意见。", "原则同意主办单位意见，按职责做好配合。", "同意，建议明确建后管护主体。")
_REPLY_REQUEST = (
    "来文收悉。经研究，原则同意所请事项，请按程序组织实施，并于实施后报告有关情况。",
    "来文收悉。经{lead}核实并报县领导同意，所请事项按有关规定予以支持，具体由{lead}负责对接。",
    "来文收悉。鉴于当前财力，所请事项建议列入{next}年计划统筹考虑，请做好前期工作。",
)
_REPLY_UP = (
    "已按来文要求将我县办理情况书面报送，附件为有关台账。",
    "我县贯彻落实情况报告已于今日报出，电话确认收到。",
    "已函复，无不同意见。",
)
_DONE = (
    "各承办单位均已反馈，内容审核无误，同意办结。",
    "已答复来文单位，资料齐全，办结归档。",
    "按要求办理完毕，予以办结。",
)


@dataclass(frozen=True)
class Instruction:
    """A leader's words on a paper; no words is a circle round the name."""

    leader: str
    text: str
    action: str


def proposal(paper: Paper) -> str:
    """The office's proposal, as 综合股 writes it."""
    rng = _dice(paper, "proposal")
    return _spoken(paper, rng.choice(_proposals(paper)))


def _proposals(paper: Paper) -> tuple[str, ...]:
    if not paper.needs_work:
        return _READ_ON
    if paper.is_litigation:
        return (_LITIGATION,)
    if paper.kind == "请示":
        return _MONEY if routing.is_about_money(paper.title) else _REQUEST
    match shapes.of(paper.kind, paper.pattern.shape, paper.title):
        case "meeting":
            return _MEETING
        case "consult":
            return _CONSULT
    return _FROM_ABOVE if paper.helpers else _FROM_ABOVE_ALONE


def options(paper: Paper) -> tuple[str, ...]:
    """Ways to decide a request, so that a leader may choose instead of compose."""
    if paper.kind != "请示":
        return ()
    if routing.is_about_money(paper.title):
        choices = (
            "同意所请，从县级预算中一次安排",
            "同意所请，分两期安排，首期60%",
            "本年暂缓，列入下年度预算统筹",
        )
    else:
        choices = (
            "同意，由{lead}按程序办理",
            "原则同意，请{lead}修改完善后再报",
            "暂不同意，由{lead}向来文单位说明",
        )
    return tuple(_spoken(paper, text) for text in choices)


def instructions(paper: Paper) -> tuple[Instruction, ...]:
    """What each leader wrote, in the order the paper reached them."""
    top = cast.county_head().name
    written: list[Instruction] = []
    for leader in paper.leaders:
        words = _words(paper, leader, top, [one.leader for one in written])
        rng = _dice(paper, leader)
        text = _spoken(paper, rng.choice(words))
        written.append(Instruction(leader, text, _action(paper, text)))
    return tuple(written)


def _words(paper: Paper, leader: str, top: str, before: list[str]) -> tuple[str, ...]:
    if not paper.needs_work:
        return _READ_WORDS
    own = _own_words(paper, "县长批" if leader == top else "副县长批")
    if leader == top:
        return _TOP_AFTER if before else own + own + (_TOP_WORDS if _field(paper) else _TOP_WORDS[2:3])
    if paper.kind == "请示":
        return _FIELD_UPWARD if top in paper.leaders else _FIELD_DECIDES + own
    return _FIELD_AFTER_TOP + own if top in before else own + _FIELD_WORDS


def _own_words(paper: Paper, kind: str) -> tuple[str, ...]:
    """Words of consent belong on requests only."""
    said = paper.topic.said(kind)
    return tuple(text for text in said if paper.kind == "请示" or not text.startswith(_ASSENTS))


def _action(paper: Paper, text: str) -> str:
    if not text:
        return "initialled"
    return "read" if not paper.needs_work else "act"


def feedback(paper: Paper, unit: str) -> str:
    """What a unit reports back; the lead says more than those who help."""
    if paper.kind == "请示":
        return _spoken(paper, _dice(paper, unit).choice(_examination(paper, unit)))
    rng = _dice(paper, "feedback")
    said = rng.sample(paper.topic.said("反馈"), len(paper.topic.said("反馈")))
    at = (paper.lead, *paper.helpers).index(unit) if unit in (paper.lead, *paper.helpers) else 1
    words = _FEEDBACK_LEAD if unit == paper.lead else _FEEDBACK_HELPER
    form = _dice(paper, unit).choice(words)
    first, second = said[at % len(said)], said[(at + 1) % len(said)]
    filled = form.replace("{said}", first).replace("{more}", second)
    return _spoken(paper, filled)


def _examination(paper: Paper, unit: str) -> tuple[str, ...]:
    """What a unit says of another's request."""
    if unit != paper.lead:
        return _CONSENTS
    return _EXAMINED_MONEY if routing.is_about_money(paper.title) else _EXAMINED


def reply(paper: Paper) -> str:
    """What the office answers the sender."""
    words = _REPLY_REQUEST if paper.kind == "请示" or not paper.sender.is_superior else _REPLY_UP
    return _spoken(paper, _dice(paper, "reply").choice(words))


def closing(paper: Paper) -> str:
    return _dice(paper, "closing").choice(_DONE)


def _spoken(paper: Paper, text: str) -> str:
    """Put the county's names into a sentence, then fill its other blanks."""
    field = _field(paper)
    lead = cast.unit(paper.lead)
    helpers = "、".join(cast.unit(code).formal for code in paper.helpers) or "有关部门"
    names = {
        "{field}": cast.address(field) if field else "办公室主任程以安",
        "{given}": field.given if field else "以安",
        "{leaders}": "、".join(cast.address(cast.member(name)) for name in paper.leaders),
        "{lead}": lead.formal,
        "{short}": lead.short,
        "{helpers}": helpers,
        "{sender}": paper.sender.short,
        "{nature}": _NATURES.get(paper.kind, "告知性文件"),
        "{next}": str(paper.doc_date.year + 1),
        "{due}": seasons.spoken(paper.blanks.due),
    }
    for slot, name in names.items():
        text = text.replace(slot, name)
    return paper.blanks.fill(text)


def _field(paper: Paper) -> cast.Member | None:
    """The leader of the field the topic belongs to."""
    lead = paper.topic.lead
    return None if cast.unit(lead).kind == "section" else cast.leader_of(lead)


def _dice(paper: Paper, purpose: str) -> random.Random:
    return random.Random(f"{paper.serial}-{purpose}-{paper.title}")
