"""领导分工: a changed division of work begins a new row; the old one stays for the papers of its time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.people.models import LeaderPortfolio, OrgUnit, Person


@dataclass(frozen=True)
class PortfolioPlan:
    """What a leader is to look after, from when."""

    tenant: OrgUnit
    leader: Person
    valid_from: date
    title: str = ""
    units: Sequence[OrgUnit] = ()
    topics: str = ""
    is_in_charge_of_all: bool = False
    deputy_director: Person | None = None
    ab_partner: Person | None = None
    sort_order: int = 0


@act("portfolio_set")
def set_portfolio(plan: PortfolioPlan, *, by: Actor) -> LeaderPortfolio:
    """Divide the work anew for one leader, from that day."""
    if plan.ab_partner == plan.leader:
        raise Refused.one("ORG-05", "补位领导不能是本人", "ab_partner")
    present = LeaderPortfolio.objects.filter(
        tenant=plan.tenant, leader=plan.leader, valid_to__isnull=True
    ).first()
    if present:
        _end(present, plan.valid_from - timedelta(days=1))
    portfolio = LeaderPortfolio.objects.create(
        tenant=plan.tenant,
        leader=plan.leader,
        title=plan.title,
        topics=plan.topics,
        is_in_charge_of_all=plan.is_in_charge_of_all,
        deputy_director=plan.deputy_director,
        ab_partner=plan.ab_partner,
        sort_order=plan.sort_order,
        valid_from=plan.valid_from,
    )
    portfolio.units.set(plan.units)
    _note("portfolio_set", portfolio, by, "调整领导分工", _told(portfolio, plan.units))
    return portfolio


@act("portfolio_end")
def end_portfolio(portfolio: LeaderPortfolio, *, on: date, by: Actor) -> None:
    """End a leader's portfolio after that day."""
    if portfolio.valid_to is not None:
        raise Refused.one("ORG-09", "这份分工已经结束")
    if on < portfolio.valid_from:
        raise Refused.one("ORG-12", "结束日期不能早于开始日期", "on")
    _end(portfolio, on)
    _note("portfolio_end", portfolio, by, "结束领导分工", f"{portfolio}分工至{on:%Y-%m-%d}")


def _end(portfolio: LeaderPortfolio, last_day: date) -> None:
    """Close a row; one that began the same day never held and is replaced."""
    if last_day < portfolio.valid_from:
        portfolio.delete()
        return
    portfolio.valid_to = last_day
    portfolio.save(update_fields=["valid_to"])


def _told(portfolio: LeaderPortfolio, units: Sequence[OrgUnit]) -> str:
    names = "、".join(unit.label for unit in units) or "无"
    topics = "、".join(portfolio.topic_list) or "未填"
    return f"{portfolio}自{portfolio.valid_from:%Y-%m-%d}起：分管{names}；工作{topics}"


def _note(verb: str, portfolio: LeaderPortfolio, by: Actor, label: str, text: str) -> None:
    record(
        verb,
        by=by,
        object_kind="leaderportfolio",
        object_id=portfolio.pk,
        label=label,
        text=text,
        after=portfolio,
    )
