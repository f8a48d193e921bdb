"""The text of a paper: who it is addressed to, its numbered parts, its close, signature and date."""

import random
from collections.abc import Callable, Iterable

from demo.papers import phrases, seasons, shapes
from demo.papers.paper import Paper
from demo.papers.routing import is_about_money

ORDER = "一二三四五六七八"


def write(paper: Paper) -> str:
    """Compose the whole text, one paragraph a line."""
    paragraphs = [
        f"{paper.recipients}：",
        *_BUILDERS[shapes.of(paper.kind, paper.pattern.shape, paper.title)](paper),
    ]
    if closing := _closing(paper):
        paragraphs.append(closing)
    paragraphs += _attachment_note(paper)
    paragraphs += [paper.sender.name, seasons.full(paper.doc_date)]
    if paper.contact:
        paragraphs.append(f"（联系人：{paper.contact}）")
    return "\n".join(_finish(paper, paragraphs))


def _finish(paper: Paper, paragraphs: Iterable[str]) -> list[str]:
    return [text.replace("。。", "。") for text in paragraphs if text]


def _closing(paper: Paper) -> str:
    if paper.closing or shapes.of(paper.kind, paper.pattern.shape, paper.title) in {
        "reply",
        "minutes",
        "decision",
        "plan",
    }:
        return paper.closing
    return "" if "征求" in paper.title else phrases.CLOSINGS.get(paper.kind, "")


def _attachment_note(paper: Paper) -> list[str]:
    if not paper.attachments:
        return []
    if len(paper.attachments) == 1:
        return [f"附件：{paper.attachments[0]}"]
    return ["附件：" + "　".join(f"{n}．{name}" for n, name in enumerate(paper.attachments, start=1))]


def _numbered(parts: Iterable[tuple[str, str]]) -> list[str]:
    """Set out parts as 一、heading then text."""
    written = []
    for order, (heading, text) in zip(ORDER, parts, strict=False):
        written += [f"{order}、{heading}", text if text.endswith("。") else text + "。"]
    return written


def _split(paper: Paper, lines: Iterable[str]) -> list[tuple[str, str]]:
    pairs = (line.split("｜") for line in lines)
    return [(heading, paper.blanks.fill(text)) for heading, text in pairs]


def _points(paper: Paper, least: int, most: int) -> list[tuple[str, str]]:
    points = paper.topic.points
    count = min(len(points), _rng(paper).randint(least, most))
    kept = sorted(_rng(paper).sample(range(len(points)), count))
    return [(points[at][0], paper.blanks.fill(points[at][1])) for at in kept]


def _pick(paper: Paper, kind: str, count: int) -> list[str]:
    said = paper.topic.said(kind)
    return [paper.blanks.fill(text).rstrip("。") for text in _rng(paper).sample(said, min(count, len(said)))]


def _some(paper: Paper, pool: tuple[str, ...], count: int) -> str:
    kept = sorted(_rng(paper).sample(range(len(pool)), count))
    return "".join(paper.blanks.fill(pool[at]) for at in kept)


def _rng(paper: Paper) -> random.Random:
    return paper.blanks.rng


def _opening(paper: Paper) -> str:
    return paper.blanks.fill(_rng(paper).choice(paper.topic.said("缘起")))


def _plain(paper: Paper) -> list[str]:
    demands = ("工作要求", _some(paper, phrases.DEMANDS, 3) + _report_back(paper))
    return [_opening(paper), *_numbered([*_points(paper, 3, 5), demands])]


def _report_back(paper: Paper) -> str:
    return paper.blanks.fill("请于{限}前将办理情况报{收}。") if paper.due else ""


def _plan(paper: Paper) -> list[str]:
    opening = f"为做好有关工作，现将{_what_is_issued(paper)}印发给你们，请结合实际认真抓好贯彻落实。"
    goal = ("工作目标", "坚持问题导向和目标导向，" + _pick(paper, "打算", 1)[0] + "，推动工作取得明显成效")
    ask = ("组织实施", _some(paper, phrases.DEMANDS, 3) + _report_back(paper))
    return [opening, *_numbered([goal, *_points(paper, 3, 5), ask])]


def _what_is_issued(paper: Paper) -> str:
    start, end = paper.title.find("《"), paper.title.rfind("》")
    return paper.title[start : end + 1] if start >= 0 else "有关任务"


def _submit(paper: Paper) -> list[str]:
    wanted = _split(paper, phrases.SUBMISSIONS)
    return [_opening(paper), *_numbered([*_points(paper, 1, 2), *wanted]), _some(paper, phrases.DEMANDS, 1)]


def _meeting(paper: Paper) -> list[str]:
    topics = "、".join(heading for heading, _ in _points(paper, 2, 3))
    subject = ("会议内容", f"传达学习上级有关会议精神，听取情况汇报，安排部署{topics}等工作")
    opening = "经研究，定于近期召开会议。现将有关事项通知如下。"
    return [opening, *_numbered([subject, *_split(paper, phrases.MEETINGS)])]


def _circular(paper: Paper) -> list[str]:
    lead, general, ask = (paper.blanks.fill(text) for text in phrases.CIRCULARS)
    facts = ("主要情况", general + "。".join(_pick(paper, "情况", 3)))
    faults = ("存在问题", "从督导检查情况看，还存在以下问题：" + "；".join(_pick(paper, "问题", 3)))
    return [lead, *_numbered([facts, faults, ("下步要求", _some(paper, phrases.DEMANDS, 2) + ask)])]


def _report(paper: Paper) -> list[str]:
    opening = "按照县政府工作安排，现将有关情况报告如下。"
    pool = phrases.EMERGENCY_MEASURES if paper.is_emergency else phrases.MEASURES
    done = ("主要工作情况", _some(paper, pool, 3) + "。".join(_pick(paper, "情况", 3)))
    faults = ("存在的困难和问题", "；".join(_pick(paper, "问题", 2)) + "；工作力量和经费保障还不够充分")
    plans = ("下一步打算", "。".join(_pick(paper, "打算", 2)) + "。" + _some(paper, phrases.PLANS, 2))
    return [opening, *_numbered([done, faults, plans]), paper.extra]


def _request(paper: Paper) -> list[str]:
    fill = paper.blanks.fill
    reason = fill(paper.pattern.reason) if paper.pattern.reason else "。".join(_pick(paper, "问题", 2))
    state = ("基本情况", reason + "。" + "。".join(_pick(paper, "情况", 2)))
    needs = phrases.MONEY_NEEDS if is_about_money(paper.title) else phrases.NEEDS
    need = ("必要性和可行性", _some(paper, needs, 3))
    asked = fill(paper.pattern.ask or "恳请县人民政府研究同意") + "。"
    ask = ("请示事项", asked + _some(paper, phrases.PROMISES, 1) + paper.extra)
    return ["现将有关事项请示如下。", *_numbered([state, need, ask])]


def _letter(paper: Paper) -> list[str]:
    fill = paper.blanks.fill
    if paper.pattern.reason:
        asks = [fill(paper.pattern.reason) + "。", fill(paper.pattern.ask) + "。"]
        return [fill(phrases.LETTERS[0]), *asks, *(fill(text) for text in phrases.LETTERS[1:])]
    points = [f"{order}、{text}。" for order, (_, text) in zip(ORDER, _points(paper, 2, 3), strict=False)]
    return [fill(phrases.LETTERS[0]), *points, *(fill(text) for text in phrases.LETTERS[1:])]


def _consult(paper: Paper) -> list[str]:
    aims = "征求意见稿主要内容包括" + "、".join(heading for heading, _ in _points(paper, 3, 4)) + "等方面。"
    opening, ask, due, hush = (paper.blanks.fill(text) for text in phrases.CONSULTS)
    points = [
        f"（{order}）{heading}。{text}。"
        for order, (heading, text) in zip(ORDER, _points(paper, 2, 3), strict=False)
    ]
    return [opening, aims, *points, ask, due, hush]


def _reply(paper: Paper) -> list[str]:
    opening, *terms = (paper.blanks.fill(text) for text in phrases.REPLIES)
    extra = [f"{text}。" for _, text in _points(paper, 3, 4)]
    return [
        opening,
        *(f"{order}、{text}" for order, text in zip(ORDER, [*terms[:2], *extra, *terms[2:]], strict=False)),
    ]


def _minutes(paper: Paper) -> list[str]:
    opening, heard, stress, county, names = (paper.blanks.fill(text) for text in phrases.MINUTES)
    decided = [
        f"（{order}）关于{heading}。{text}。"
        for order, (heading, text) in zip(ORDER, _points(paper, 3, 4), strict=False)
    ]
    return [opening, heard, *decided, stress, county, names]


def _opinion(paper: Paper) -> list[str]:
    opening = _opening(paper).replace("通知如下", "提出如下意见").replace("现就有关事项", "经市政府同意，")
    aim = (
        "总体要求",
        paper.blanks.fill("坚持以人民为中心，统筹发展和安全，力争到{下年}年底{事}工作机制更加健全"),
    )
    ask = ("保障措施", _some(paper, phrases.DEMANDS, 3))
    return [opening, *_numbered([aim, *_points(paper, 4, 5), ask])]


def _decision(paper: Paper) -> list[str]:
    facts = "。".join(_pick(paper, "情况", 1)) + "。"
    merits = [f"{text}。" for _, text in _points(paper, 3, 3)]
    return [phrases.DECISIONS[0], facts, *merits, *phrases.DECISIONS[1:], _some(paper, phrases.DEMANDS, 2)]


def _appointment(paper: Paper) -> list[str]:
    return [paper.blanks.fill(text) for text in phrases.APPOINTMENTS]


_BUILDERS: dict[str, Callable[[Paper], list[str]]] = {
    "plain": _plain,
    "plan": _plan,
    "submit": _submit,
    "meeting": _meeting,
    "circular": _circular,
    "report": _report,
    "request": _request,
    "letter": _letter,
    "consult": _consult,
    "reply": _reply,
    "minutes": _minutes,
    "opinion": _opinion,
    "decision": _decision,
    "appointment": _appointment,
}
