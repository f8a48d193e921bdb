"""拟办选择题: two or three ready proposals drawn from portfolios and similar past documents."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from functools import lru_cache
from typing import Any

import rjieba

from zhongshu.base import clock
from zhongshu.documents.models import DocType, HandlingType, IncomingDocument, UnitHandling
from zhongshu.matters import bigrams, search_index
from zhongshu.matters.models import SecurityLabel
from zhongshu.people.models import LeaderPortfolio, OrgUnit, Person
from zhongshu.people.queries import holders

PLAIN = (
    "关于 通知 请示 报告 函 意见 工作 做好 开展 进一步 加强 推进 有关 情况 问题 全县 全市 全省 我县 我市 紧急 "
    "印发 转发 实施 方案 组织 召开 会议 报送 年度 上半年 下半年 相关 事项 申请 恳请"
)
EMPTY_WORDS = frozenset(PLAIN.split())
CANDIDATES = 60
LIKE_ENOUGH = 0.25


@dataclass(frozen=True)
class Option:
    """One proposal that can be ticked."""

    key: str
    label: str
    text: str
    basis: str
    leaders: list[int] = field(default_factory=list)
    lead_unit: int | None = None
    co_units: list[int] = field(default_factory=list)
    handling_type: str = HandlingType.ACTION

    @property
    def values(self) -> str:
        """Return what ticking it writes into the form's fields, as JSON."""
        names = ("text", "basis", "handling_type", "leaders", "lead_unit", "co_units")
        return json.dumps({name: getattr(self, name) for name in names}, ensure_ascii=False)

    def as_dict(self) -> dict[str, Any]:
        """Return the option for a form or a JSON column."""
        return asdict(self)


def options_for(incoming: IncomingDocument) -> list[Option]:
    """Return two or three proposals, the likeliest first."""
    portfolios = _portfolios(incoming)
    found = [_by_portfolio(incoming, portfolios), _by_precedent(incoming), _for_reading(incoming, portfolios)]
    options = [option for option in found if option is not None]
    if len(options) < 2:
        options.append(_to_head(incoming))
    return _distinct(options)[:3]


def _distinct(options: Iterable[Option]) -> list[Option]:
    return list({option.text: option for option in options}.values())


@lru_cache(maxsize=4096)
def keywords(title: str) -> tuple[str, ...]:
    """Return the words of a title (or of a leader's topic) that say what it is about."""
    words = (word.strip() for word in rjieba.cut(title))
    return tuple(dict.fromkeys(w for w in words if len(w) >= 2 and w not in EMPTY_WORDS and not w.isdigit()))


def _portfolios(incoming: IncomingDocument) -> list[LeaderPortfolio]:
    """Return the leaders' portfolios, those that fit the issuer or the topic first."""
    rows = LeaderPortfolio.objects.current(clock.today()).filter(tenant_id=incoming.matter.tenant_id)
    loaded = list(rows.select_related("leader", "deputy_director").prefetch_related("units"))
    scored = [(_fit(portfolio, incoming), portfolio) for portfolio in loaded]
    return [p for score, p in sorted(scored, key=lambda row: (-row[0], row[1].sort_order)) if score > 0]


def _fit(portfolio: LeaderPortfolio, incoming: IncomingDocument) -> int:
    if portfolio.is_in_charge_of_all:
        return 0
    units = list(portfolio.units.all())
    title = incoming.matter.title
    score = 4 * sum(unit.pk == incoming.issuer_unit_id for unit in units)
    score += 3 * sum(any(word in title for word in keywords(topic)) for topic in portfolio.topic_list)
    score += 2 * sum(_names(unit, title) for unit in units)
    score += 3 * sum(_counterpart(unit, incoming.issuer_name) for unit in units)
    return score


def _names(unit: OrgUnit, title: str) -> bool:
    return bool(unit.short_name and unit.short_name in title) or unit.name in title


def _counterpart(unit: OrgUnit, issuer: str) -> bool:
    """Tell whether the issuer is the same trade one level up (市水利局 → 县水利局)."""
    return len(unit.label) > 2 and unit.label.removeprefix("县") in issuer


def _by_portfolio(incoming: IncomingDocument, portfolios: list[LeaderPortfolio]) -> Option | None:
    if not portfolios:
        return None
    portfolio = portfolios[0]
    units = _units_for(portfolio, incoming)
    if not units:
        return None
    lead, *others = units
    leaders = _in_order(incoming, portfolio)
    return Option(
        "portfolio",
        "按领导分工",
        _text(portfolio.leader.name, portfolio.title, lead.label, [unit.label for unit in others]),
        f"领导分工：{portfolio.title}{portfolio.leader.name}分管{lead.label}",
        [leader.pk for leader in leaders],
        lead.pk,
        [unit.pk for unit in others],
    )


def _units_for(portfolio: LeaderPortfolio, incoming: IncomingDocument) -> list[OrgUnit]:
    """Return the units of the portfolio by how well they fit; the sender of a request is not its handler."""
    title, words = incoming.matter.title, keywords(incoming.matter.title)
    scored = []
    for unit in portfolio.units.all():
        if incoming.is_request and unit.pk == incoming.issuer_unit_id:
            continue
        score = 3 * _names(unit, title) + 3 * _counterpart(unit, incoming.issuer_name)
        score += sum(word[:2] in unit.name for word in words)
        scored.append((score, unit))
    ranked = sorted(scored, key=lambda row: (-row[0], row[1].sort_order, row[1].pk))
    best = [unit for score, unit in ranked if score > 0][:3]
    return best or [unit for _, unit in ranked[:1]]


def _in_order(incoming: IncomingDocument, portfolio: LeaderPortfolio) -> list[Person]:
    """Return who is asked in turn: papers of superiors top-down, requests bottom-up (practice 8)."""
    head = _head(incoming)
    chain = [portfolio.leader] if head is None or head == portfolio.leader else [head, portfolio.leader]
    return chain[::-1] if incoming.direction == "upward" else chain


def _head(incoming: IncomingDocument) -> Person | None:
    return next(iter(holders("county_head", tenant=incoming.matter.tenant_id)), None)


def _text(leader: str, post: str, lead: str, others: list[str]) -> str:
    helpers = f"，{'、'.join(others)}协办" if others else ""
    return f"建议由{leader}{post}牵头，{lead}主办{helpers}，按时限反馈办理情况，秘书科汇总后答复。"


def _by_precedent(incoming: IncomingDocument) -> Option | None:
    past = similar(incoming, limit=1)
    if not past:
        return None
    precedent = past[0]
    handlings = list(precedent.handlings.select_related("unit"))
    lead = next((h.unit for h in handlings if h.role == UnitHandling.Role.LEAD), precedent.lead_unit)
    if lead is None:
        return None
    others = [h.unit for h in handlings if h.role == UnitHandling.Role.CO]
    last = precedent.proposals.last()
    return Option(
        "precedent",
        "参照同类件",
        f"拟参照{precedent.matter.number}的办法，由{lead.label}主办"
        + (f"，{'、'.join(unit.label for unit in others)}协办" if others else "")
        + "，按时限反馈办理情况。",
        f"同类件：{precedent.matter.number}《{precedent.matter.title}》",
        list(last.leaders) if last else [],
        lead.pk,
        [unit.pk for unit in others],
    )


def similar(incoming: IncomingDocument, limit: int = 3) -> list[IncomingDocument]:
    """Return past documents of this office most like this one, judged by their titles."""
    words = sorted(keywords(incoming.matter.title), key=len, reverse=True)[:4]
    ids: set[int] = set()
    for word in words:
        terms = bigrams.query_terms(word)
        ids.update(search_index.matching(terms, below=incoming.pk, kind="incoming", limit=CANDIDATES))
    rows = IncomingDocument.objects.filter(
        pk__in=ids, matter__tenant_id=incoming.matter.tenant_id, lead_unit__isnull=False
    ).exclude(matter__label=SecurityLabel.WORK_SECRET)
    mine = set(bigrams.tokens(incoming.matter.title))
    scored = [(_likeness(mine, row.matter.title), row) for row in rows.select_related("matter", "lead_unit")]
    ranked = sorted((row for row in scored if row[0] >= LIKE_ENOUGH), key=lambda row: (-row[0], -row[1].pk))
    return [row for _, row in ranked[:limit]]


def _likeness(mine: set[str], title: str) -> float:
    theirs = set(bigrams.tokens(title))
    return len(mine & theirs) / (len(mine | theirs) or 1)


def _for_reading(incoming: IncomingDocument, portfolios: list[LeaderPortfolio]) -> Option | None:
    if incoming.doc_type == DocType.REQUEST or incoming.requires_feedback:
        return None
    readers = [portfolio.leader for portfolio in portfolios[:2]]
    head = _head(incoming)
    chain = list(dict.fromkeys([*([head] if head else []), *readers]))
    if not chain:
        return None
    names = "、".join(person.name for person in chain)
    return Option(
        "reading",
        "作阅件传阅",
        f"建议作阅件，请{names}阅知，阅后存档。",
        "来文未要求反馈，无需承办",
        [person.pk for person in chain],
        handling_type=HandlingType.READ,
    )


def _to_head(incoming: IncomingDocument) -> Option:
    head = _head(incoming)
    name = head.name if head else "主要领导"
    return Option(
        "head",
        "呈主要领导阅示",
        f"拟呈{name}阅示，按批示意见交有关单位办理。",
        "领导分工中没有明确对应，呈主要领导定夺",
        [head.pk] if head else [],
    )
