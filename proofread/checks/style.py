"""Sentences far too long, names that change within a text, words said twice."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper

VARIANTS: tuple[tuple[str, ...], ...] = (
    ("督察", "督查"), ("发改局", "发改委"), ("卫健局", "卫健委"), ("卫计局", "卫健局"), ("工信局", "经信局"), ("住建局", "建设局"),
    ("市监局", "市场监管局"), ("人社局", "人力社保局"), ("文旅局", "文广旅局"), ("城管局", "综合执法局"), ("国土局", "自然资源局"),
    ("安监局", "应急局"), ("台账", "台帐"), ("账户", "帐户"), ("责任制", "责任制度"), ("图像", "图象"),
)  # fmt: skip
# Both may stand side by side when each has its own prefix: 环保督察 and 县政府督查室.
APART = re.compile(r"(?:生态|环保|环境保护|中央|省|土地|自然资源|警务|纪检|巡视|教育)[^，。；]{0,6}$")
PREFIX = re.compile(r"(国家|县|市|省|区|州)?$")
SENTENCE = re.compile(r"[^。！？!?\n]+[。！？!?]?")
# Letters that end one word and begin the next as well (可以以, 目的的) are left out or hedged in.
DOUBLED = re.compile(
    r"(?<![目标有似])(的)的(?!确)|(?<![需只主重])(要)要(?![求件点闻素塞领害])|(?<!为)(了)了(?![解然])|(被)被|(把)把|(也)也|"
    r"(?<![应面针绝相核校])(对)对(?![方手象口外内接比照])|(?<!罪)(各)各(?!自)|(?<!大)(?P<us>我们)我们"
)


def long_sentence(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find sentences longer than the office's threshold."""
    most = given.settings.longest_sentence
    for line in paper.having("body", "annex"):
        if len(line.text) <= most:
            continue
        for match in SENTENCE.finditer(line.text):
            length = len(match[0])
            if length > most and "；" not in match[0]:
                yield Hit(
                    line.start + match.start(),
                    line.start + match.end(),
                    reason=f"一句{length}字，超过{most}字",
                )


def variants(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find a text that calls one thing by two names."""
    for group in (*VARIANTS, *given.settings.variants):
        places = {word: _places(paper, word) for word in group}
        used = [word for word in group if places[word]]
        if len(used) < 2:
            continue
        for prefix in {prefix for word in used for _, prefix in places[word]}:
            counts = {word: [at for at, own in places[word] if own == prefix] for word in used}
            named = [word for word in used if counts[word]]
            if len(named) < 2:
                continue
            main = max(named, key=lambda word: (len(counts[word]), -min(counts[word])))
            for word in named:
                if word != main:
                    at = counts[word][0]
                    yield Hit(at, at + len(word), main, f"同一文中“{main}”“{word}”混用，应当统一")


def doubled(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a small word written twice."""
    for line in paper.paragraphs:
        for match in DOUBLED.finditer(line.text):
            half = match[0][: len(match[0]) // 2]
            yield Hit(line.start + match.start(), line.start + match.end(), half)


def mu(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find the first 亩 behind a figure, a customary unit; the others are left alone."""
    for line in paper.having("body"):
        if match := re.search(r"\d\s?万?(亩)(?!均)", line.text):
            yield Hit(line.start + match.start(1), line.start + match.end(1))
            return


def _places(paper: Paper, word: str) -> list[tuple[int, str]]:
    found = []
    for line in paper.having("title", "recipients", "body", "annex", "imprint", "signature"):
        for match in re.finditer(word, line.text):
            before = line.text[max(0, match.start() - 12) : match.start()]
            if APART.search(before) and word in ("督察", "督查"):
                continue
            prefix = PREFIX.search(before)
            found.append(
                (
                    line.start + match.start(),
                    (prefix[1] or "") if prefix and word.endswith(("局", "委")) else "",
                )
            )
    return found
