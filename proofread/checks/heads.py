"""发文字号, 签发人 and what else stands above the title (GB/T 9704 7.2)."""

import re
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper

FULL = re.compile(
    r"(?P<open>[〔\[［【（(﹝〈<{])\s?(?P<year>(?:19|20)?\d{2})\s?(?P<nian>年?)\s?(?P<close>[〕\]］】）)﹞〉>}])"
    r"\s?(?P<di>第?)\s?(?P<no>[\d０-９]{1,5})\s?(?P<hao>号?)"
)
# What a number's code ends with, so that “（2026）5号楼” is none.
CODE = re.compile(
    r"[\u4e00-\u9fff×xX](?:发|函|办|字|令|党|政|组|宣|纪|委|厅|通|报|呈|请|督|复|批|文|电|规|人|财|建|教|农|水|监|综|审|安|任|议|会|告|干|编|土|环|卫|民|公|司|商|林|交|府|府办|保|信|统|法|行|工|局|科|城|自然资|资规|应急|市监|医保|退役|文旅|乡振|明电)?$"
)


def brackets(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find numbers whose year does not stand in 〔〕."""
    for match in _numbers(paper):
        if (match["open"], match["close"]) != ("〔", "〕"):
            yield Hit(match.start("open"), match.end("close"), f"〔{match['year']}〕")


def figures(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 第 before the figure, leading zeros, and figures of full width."""
    for match in _numbers(paper):
        plain = match["no"].translate({ord("０") + n: str(n) for n in range(10)})
        right = plain.lstrip("0") or "0"
        if match["di"] or plain != right or plain != match["no"]:
            yield Hit(match.start("di") if match["di"] else match.start("no"), match.end("no"), right)


def year(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find years of two figures or with 年."""
    for match in _numbers(paper):
        if len(match["year"]) == 2:
            yield Hit(*match.span("year"), f"20{match['year']}")
        elif match["nian"]:
            yield Hit(match.start("year"), match.end("nian"), match["year"])


def lacking_hao(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find numbers without 号 at their end."""
    for line in paper.having("number"):
        match = FULL.search(line.text)
        if match and not match["hao"]:
            yield Hit(line.start + match.start("no"), line.start + match.end(), f"{match['no']}号")


def spaces(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find blanks inside the number."""
    for line in paper.having("number"):
        match = FULL.search(line.text)
        if match and re.search(r"\s", match[0]):
            yield Hit(line.start + match.start(), line.start + match.end(), re.sub(r"\s", "", match[0]))


def other_year(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a year that is not the year of the paper's date."""
    line = paper.first("number")
    match = FULL.search(line.text) if line else None
    if line and match and paper.day and len(match["year"]) == 4 and int(match["year"]) != paper.day.year:
        yield Hit(
            line.start + match.start("year"),
            line.start + match.end("year"),
            reason=f"字号年份与成文日期（{paper.day.year}年）不一致",
        )


def missing_signer(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find an upward paper with a head but without 签发人."""
    line = paper.first("number")
    if line and paper.is_upward and not _has_signer(paper):
        yield Hit(line.start, line.end, reason="上行文的红头应当标注签发人")


def needless_signer(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find 签发人 on a paper that goes down or to an equal."""
    if paper.genre not in ("通知", "通报", "批复", "决定", "通告", "公告", "公报", "纪要"):
        return
    for line in paper.having("signer", "number"):
        if match := re.search(r"签\s?发\s?人\s?[：:].*", line.text):
            yield Hit(line.start + match.start(), line.start + match.end())


def urgency(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find grades of urgency that papers do not have."""
    for line in paper.having("urgency"):
        if line.text in ("急件", "火急", "紧急"):
            yield Hit(line.start, line.end, "加急")


def other_issuer(paper: Paper, _given: Given) -> Iterator[Hit]:
    """Find a signature that is not the organ of the title or of the head."""
    line = paper.first("signature")
    if line is None or len(paper.having("signature")) > 1:
        return
    named = re.split(r"关于|转发|印发|批转", paper.title)[0] if "关于" in paper.title else ""
    mark = paper.first("mark")
    if not named and mark and mark.text.endswith("文件"):
        named = mark.text.removesuffix("文件")
    own, named = _plain(line.text), _plain(named)
    if (
        own
        and named
        and len(named) > 2
        and not (own.endswith(named) or named.endswith(own))
        and "、" not in named
    ):
        yield Hit(line.start, line.end, reason=f"署名与标题或发文机关标志（{named}）不一致")


def _has_signer(paper: Paper) -> bool:
    return bool(paper.first("signer")) or any("签发" in line.text for line in paper.having("number"))


def _plain(text: str) -> str:
    return re.sub(r"[\s（）()]|转发|印发", "", text)


def _numbers(paper: Paper) -> Iterator["re.Match[str]"]:
    for match in FULL.finditer(paper.text):
        before = paper.text[max(0, match.start() - 8) : match.start()]
        if (
            match["hao"]
            and CODE.search(before.rstrip())
            and (match["open"] in "〔[［【﹝<{" or _is_code(before))
        ):
            yield match


def _is_code(before: str) -> bool:
    return bool(re.search(r"(?:发|函|办|字|令|通|政|规|电|呈|复|党)\s?$", before))
