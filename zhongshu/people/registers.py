"""台账 of domain 1.7: units, accounts and grants, liaisons with AB coverage, delegations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Prefetch

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.people.defaults import ADMIN_CODES
from zhongshu.people.models import (
    ABPost,
    AccountState,
    Appointment,
    Delegation,
    DelegationState,
    OrgUnit,
    Person,
    RoleGrant,
)
from zhongshu.ui.tables import Column

LIAISON = "联络员"
STANDING_GRANTS = Prefetch(
    "grants",
    RoleGrant.objects.standing().select_related("role", "granted_by", "appointment__unit"),
    to_attr="standing_grants",
)


@dataclass(frozen=True)
class AccountRow:
    """One grant of one account, or an account without any."""

    person: Person
    unit: str
    grant: RoleGrant | None = None


@dataclass(frozen=True)
class LiaisonRow:
    """One unit that should have liaisons, and its A and B."""

    unit: OrgUnit
    post: ABPost | None
    has_phones: bool

    @property
    def a_name(self) -> str:
        return self.post.a_person.name if self.post else ""

    @property
    def b_name(self) -> str:
        return self.post.b_person.name if self.post else ""

    @property
    def phones(self) -> str:
        if not (self.post and self.has_phones):
            return ""
        return "／".join(p.phone for p in (self.post.a_person, self.post.b_person) if p.phone)

    @property
    def is_covered(self) -> bool:
        return self.post is not None and self.post.a_person.is_active and self.post.b_person.is_active


@dataclass(frozen=True)
class Sheet:
    """What a register is called and which columns its Excel has."""

    title: str
    columns: Sequence[Column]


def account_rows() -> list[AccountRow]:
    """Return every account with every grant it ever had."""
    current = Appointment.objects.current(clock.today()).select_related("unit")
    grants = RoleGrant.objects.select_related("role", "granted_by")
    people = Person.objects.order_by("pk").prefetch_related(
        Prefetch("appointments", current, to_attr="now"), Prefetch("grants", grants, to_attr="every_grant")
    )
    rows = []
    for person in people:
        unit = "、".join(a.unit.label for a in person.now)
        every: list[RoleGrant | None] = list(person.every_grant) or [None]
        rows += [AccountRow(person, unit, grant) for grant in every]
    return rows


def liaison_rows(*, with_phones: bool) -> list[LiaisonRow]:
    """Return the units that should have liaisons, each with its pair if there is one."""
    units = OrgUnit.objects.standing(clock.today()).filter(must_have_liaison=True)
    posts = ABPost.objects.filter(post_name=LIAISON, ended_on__isnull=True)
    by_unit = {post.unit_id: post for post in posts.select_related("a_person", "b_person")}
    return [LiaisonRow(unit, by_unit.get(unit.pk), with_phones) for unit in units]


def coverage(rows: Sequence[LiaisonRow]) -> str:
    """Return the AB coverage in percent; with nothing to cover there is no rate."""
    if not rows:
        return "—"
    covered = sum(row.is_covered for row in rows)
    return f"{covered * 100 / len(rows):.0f}%"


def delegation_rows(state: str = "", *, by: Actor) -> list[Delegation]:
    """Return the delegations, newest first; administrators see all, others those of their own office."""
    found = Delegation.objects.select_related("principal_person", "agent", "created_by")
    if not by.has(*ADMIN_CODES):
        staff = Appointment.objects.filter(unit__tenant=by.tenant_id).values("person")
        found = found.filter(principal_person__in=staff)
    if state in DelegationState.values:
        found = found.filter(state=state)
    return list(found.order_by("-start", "-pk"))


def _granted_at(row: AccountRow) -> object:
    return row.grant.granted_at if row.grant else ""


def _ended_at(row: AccountRow) -> object:
    if row.grant and row.grant.revoked_at:
        return row.grant.revoked_at
    return row.person.disabled_at if row.person.account_state == AccountState.DISABLED else ""


def _granter(row: AccountRow) -> str:
    return row.grant.granted_by.name if row.grant and row.grant.granted_by else ""


UNITS = Sheet(
    "机构台账",
    (
        Column("name", "名称", text=lambda b: b.indent + b.name, is_title=True),
        Column("short", "规范化简称", text=lambda b: b.unit.short_name),
        Column("type", "种类", text=lambda b: b.unit.get_unit_type_display()),
        Column("parent", "上级单位", text=lambda b: b.unit.parent.label if b.unit.parent else ""),
        Column("prefix", "机关代字", text=lambda b: b.unit.doc_prefix),
        Column("uscc", "统一社会信用代码", text=lambda b: b.unit.uscc),
        Column("division", "行政区划代码", text=lambda b: b.unit.division_code),
        Column("fonds", "全宗号", text=lambda b: b.unit.fonds_no),
        Column("staff", "现有人数", text=lambda b: b.staff, is_number=True),
        Column("from", "设立日期", text=lambda b: b.unit.valid_from),
    ),
)
ACCOUNTS = Sheet(
    "账号授权台账",
    (
        Column("username", "账号", text=lambda r: r.person.username),
        Column("name", "姓名", text=lambda r: r.person.name),
        Column("unit", "单位", text=lambda r: r.unit),
        Column("role", "角色", text=lambda r: r.grant.role.name if r.grant else ""),
        Column("granter", "授权人", text=_granter),
        Column("granted", "授权时间", text=_granted_at),
        Column("ended", "停用时间", text=_ended_at),
        Column("state", "账号状态", text=lambda r: r.person.get_account_state_display()),
    ),
)
AUDIT = Sheet(
    "审计日志",
    (
        Column("seq", "序号", text=lambda r: r.entry.seq, is_number=True),
        Column("at", "时间", text=lambda r: r.entry.at),
        Column("who", "办理人", text=lambda r: r.entry.who),
        Column("unit", "单位", text=lambda r: r.entry.unit_name),
        Column("label", "动作", text=lambda r: r.entry.label),
        Column("object", "对象", text=lambda r: r.object),
        Column("text", "内容", text=lambda r: "业务内容不显示" if r.is_veiled else r.text, is_title=True),
        Column("ip", "地址", text=lambda r: r.entry.ip),
        Column("outcome", "结果", text=lambda r: r.outcome),
        Column("hash", "链值", text=lambda r: r.entry.hash),
    ),
)
LIAISONS = Sheet(
    "联络员台账",
    (
        Column("unit", "单位", text=lambda r: r.unit.name, is_title=True),
        Column("a", "A岗", text=lambda r: r.a_name),
        Column("b", "B岗", text=lambda r: r.b_name),
        Column("phones", "电话", text=lambda r: r.phones),
        Column("changed", "变更日期", text=lambda r: r.post.changed_on if r.post else ""),
    ),
)
DELEGATIONS = Sheet(
    "授权代理台账",
    (
        Column("principal", "委托人", text=lambda d: d.principal_person.name),
        Column("agent", "代理人", text=lambda d: d.agent.name),
        Column("start", "开始", text=lambda d: d.start),
        Column("end", "结束", text=lambda d: d.end),
        Column("scope", "范围", text=lambda d: d.scope_words),
        Column("sign", "代签发", text=lambda d: d.sign_words),
        Column("reason", "事由", text=lambda d: d.reason, is_title=True),
        Column("state", "状态", text=lambda d: d.get_state_display()),
    ),
)
