"""收文台账 and 请示报告: columns, filters and tabs as the office, a unit and a leader need them."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from django.db.models import Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.documents.models import Direction, DocType, HandlingType, IncomingDocument
from zhongshu.documents.registers import conditions
from zhongshu.documents.registers.book import BookRegister, MatterBook, plain
from zhongshu.documents.registers.lines import Line, lines, month_day, on_time_words
from zhongshu.documents.registers.listing import Wanted
from zhongshu.documents.states import KIND
from zhongshu.matters.models import Urgency
from zhongshu.people.models import OrgUnit
from zhongshu.ui.tables import Choices, Column, DateRange, Select, State, View
from zhongshu.ui.tags.marks import light, tag, urgency, when

DONE_WORDS = (("on_time", "按时办结"), ("late", "逾期办结"), ("due", "已办结和逾期未办结"))
KEPT_WORDS = (
    ("on_time", "按时反馈"),
    ("late", "逾期反馈"),
    ("late_open", "逾期未反馈"),
    ("due", "已反馈和逾期未反馈"),
)
YEARS_BACK = 10


def title_cell(line: Line) -> SafeString:
    """Draw urgency, title, and the issuer's 文号 in grey."""
    matter, number = line.matter, line.incoming.doc_number
    secret = tag("工作秘密") if matter.label == "work_secret" else ""
    sub = format_html('<span class="zs-sub-no">{}</span>', number) if number else ""
    marks = [mark for mark in (urgency(matter.urgency), secret) if mark]
    return format_html("{}{}{}", SafeString("".join(f"{mark} " for mark in marks)), matter.title, sub)


def own_cell(line: Line) -> SafeString | str:
    """Draw what the viewer's own unit has to do with it, and by when."""
    if line.own is None:
        return "知悉"
    return format_html("{} {}", line.own.get_role_display(), light(line.own_light))


def _closed_cell(line: Line) -> SafeString:
    late = on_time_words(line.matter) == "逾期"
    return format_html("{}{}", month_day(line.matter.closed_at), " 逾期" if late else "")


def _text(key: str) -> Any:
    return lambda line: line.texts.get(key, "")


def _cut(key: str) -> Any:
    return lambda line: format_html('<span title="{0}">{0}</span>', line.texts.get(key, ""))


LIGHT = Column(
    "light",
    "时限",
    lambda i: light(i.light),
    lambda i: i.light.words,
    "zs-w-light",
    order="due",
    is_fixed=True,
)
TITLE = Column("title", "标题", title_cell, lambda i: i.matter.title, is_title=True)
NUMBER = plain("number", "收文编号", lambda i: i.matter.number, "zs-w-no", is_shy=True)
ISSUER = plain("issuer", "来文机关", lambda i: i.incoming.issuer_name, "zs-w-unit")
DOC_NUMBER = plain(
    "doc_number",
    "来文字号",
    lambda i: i.incoming.doc_number,
    "zs-w-no",
    is_shy=True,
)
STEP = plain("step", "当前环节", lambda i: i.matter.phase_name, "zs-w-state")
LEAD = Column(
    "lead",
    "主办单位",
    lambda i: i.incoming.lead_unit.label if i.incoming.lead_unit else "—",
    lambda i: i.incoming.lead_unit.label if i.incoming.lead_unit else "",
    "zs-w-unit",
)
DUE = Column(
    "due",
    "办结时限",
    lambda i: month_day(i.matter.due_at),
    lambda i: i.matter.due_at,
    "zs-w-date",
    is_shy=True,
)
RECEIVED = Column(
    "received",
    "收文时间",
    lambda i: when(i.incoming.received_at),
    lambda i: i.incoming.received_at,
    "zs-w-time",
    order="new",
    is_shy=True,
)
CLOSED_AT = Column(
    "closed_at", "办结时间", _closed_cell, lambda i: i.matter.closed_at, "zs-w-time", is_shy=True
)
TYPE = plain(
    "doc_type",
    "文种",
    lambda i: i.incoming.get_doc_type_display(),
    "zs-w-kind",
    is_shy=True,
)
URGENCY = plain(
    "urgency",
    "紧急程度",
    lambda i: i.matter.get_urgency_display(),
    "zs-w-day",
    is_shy=True,
)
COPIES = plain(
    "copies",
    "份数",
    lambda i: i.incoming.copies,
    "zs-w-num",
    is_number=True,
    is_shy=True,
)
PROPOSAL = Column("proposal", "拟办", _cut("proposal"), _text("proposal"), "zs-w-no", is_shy=True)
INSTRUCTION = Column("instruction", "批示", _cut("instruction"), _text("instruction"), "zs-w-no", is_shy=True)
UNITS = Column("units", "承办", _cut("units"), _text("units"), "zs-w-no", is_shy=True)
HOLDER = Column("holder", "在谁手里", _cut("holder"), _text("holder"), "zs-w-unit", is_shy=True)
ON_TIME = plain(
    "on_time",
    "是否按时",
    lambda i: on_time_words(i.matter),
    "zs-w-day",
    is_shy=True,
)
ARCHIVED = Column("archived", "归档", _cut("archived"), _text("archived"), "zs-w-no", is_shy=True)
OWN = Column("own", "本单位", own_cell, lambda i: i.own_light.words, "zs-w-no")
OWN_DUE = Column(
    "own_due",
    "本单位时限",
    lambda i: month_day(i.own.due_at) if i.own else "",
    lambda i: i.own.due_at if i.own else None,
    "zs-w-date",
)
OWN_ASSIGNED = Column(
    "own_assigned",
    "交办时间",
    lambda i: when(i.own.assigned_at) if i.own else "",
    lambda i: i.own.assigned_at if i.own else None,
    "zs-w-time",
    is_shy=True,
)
REPLIED = Column(
    "replied",
    "答复",
    lambda i: month_day(i.incoming.replied_at) or "—",
    lambda i: i.incoming.replied_at,
    "zs-w-day",
)
DIRECTION = plain(
    "direction",
    "来文方向",
    lambda i: i.incoming.get_direction_display(),
    "zs-w-state",
    is_shy=True,
)

BOOK_COLUMNS = (
    LIGHT, NUMBER, TITLE, ISSUER, DOC_NUMBER, TYPE, URGENCY, DIRECTION, COPIES, PROPOSAL, INSTRUCTION, STEP, HOLDER,
    LEAD, UNITS, DUE, RECEIVED, CLOSED_AT, ON_TIME, ARCHIVED,
)  # fmt: skip
UNIT_COLUMNS = (
    LIGHT,
    NUMBER,
    TITLE,
    ISSUER,
    DOC_NUMBER,
    TYPE,
    OWN,
    OWN_DUE,
    STEP,
    LEAD,
    DUE,
    OWN_ASSIGNED,
    CLOSED_AT,
)
SEEN_AT_FIRST = {"light", "title", "issuer", "step", "lead", "due", "received"}
SEEN_CLOSED = {"light", "title", "issuer", "lead", "due", "received", "closed_at"}
SEEN_BY_UNIT = {"light", "title", "issuer", "own", "own_due", "step", "own_assigned"}


def years(_actor: Actor) -> Choices:
    """Offer this year and those before."""
    this = clock.today().year
    return [(str(year), f"{year}年") for year in range(this, this - YEARS_BACK, -1)]


def units(actor: Actor) -> Choices:
    """Offer the units a paper is put to."""
    found = OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True).exclude(pk=actor.tenant_id or 0)
    rows = found.order_by("unit_type", "sort_order", "pk").values_list("pk", "short_name", "name")
    return [(str(pk), short or name) for pk, short, name in rows]


def _itself(_actor: Actor) -> Choices:
    return []


SELECTS = (
    Select("urgency", "紧急程度", Urgency.choices),
    Select("doc_type", "文种", DocType.choices),
    Select("direction", "来文方向", Direction.choices),
    Select("unit", "承办单位", units),
    Select("year", "年度", years),
)
QUIET = (
    Select("handling", "办件类型", HandlingType.choices),
    Select("done", "办结情况", DONE_WORDS),
    Select("unit_done", "承办时效", KEPT_WORDS),
    Select("counted", "统计口径", [("1", "已登记，不含作废")]),
)

REGISTER = BookRegister(
    code="incoming",
    title="收文",
    columns=BOOK_COLUMNS,
    selects=SELECTS,
    days=(DateRange("received", "收文日期"),),
    lights=("r", "y", "g", "paused"),
    orders=(("due", "按时限"), ("new", "按收文时间")),
    placeholder="编号、标题、文号、批示",
    caption="收文台账",
    quiet=QUIET,
    folded=frozenset({"number", "doc_number", "urgency"}),
    typed=(Select("issuer", "来文机关", _itself),),
)


class IncomingBook(MatterBook):
    """收文台账."""

    register = REGISTER
    url_name = "documents:incoming_register"
    tabs = (
        View("", "在办"),
        View("closed", "已办结"),
        View("all", "全部"),
        View("returned", "退文"),
    )
    empty_fact = "没有在办的收文"
    empty_hint = "办完的在“已办结”里。"

    def register_for(self, actor: Actor, tab: str) -> BookRegister:
        own = is_of_unit(actor)
        columns = UNIT_COLUMNS if own else self.register.columns
        seen = SEEN_BY_UNIT if own else SEEN_CLOSED if tab in ("closed", "returned") else SEEN_AT_FIRST
        return replace(
            self.register,
            columns=columns,
            hidden=frozenset(column.key for column in columns if column.key not in seen),
            lights=() if tab in ("closed", "returned") else self.register.lights,
            selects=[s for s in self.register.selects if not (own and s.key == "unit")],
        )

    def default_order(self, tab: str) -> str:
        return "due" if tab == "" else "new"

    def wanted(self, actor: Actor, state: State) -> Wanted:
        documents = conditions.of_documents(state.chosen)
        documents += [conditions.RETURNED] if state.view == "returned" else []
        return Wanted(
            kind=KIND,
            model=IncomingDocument,
            closed={"": False, "all": None}.get(state.view, True),
            span=conditions.span_of(state.chosen),
            documents=[*self.always(), *documents],
            sharp=conditions.sharp(state.chosen),
            state=conditions.CLOSED if state.view == "closed" else Q(),
            q=state.q,
        )

    def always(self) -> list[Q]:
        """Return what holds for every line of the book."""
        return []

    def lines(self, actor: Actor, ids: Sequence[int], columns: Sequence[Column]) -> list[Line]:
        return lines(actor, ids, keys={column.key for column in columns}, own=is_of_unit(actor))


class RequestBook(IncomingBook):
    """请示报告: what was asked of the office and how it was answered."""

    register = replace(
        REGISTER,
        code="requests",
        title="请示报告",
        caption="请示报告台账",
        columns=(
            LIGHT, NUMBER, TITLE, ISSUER, DOC_NUMBER, TYPE, URGENCY, PROPOSAL, INSTRUCTION, STEP, HOLDER, LEAD, UNITS,
            DUE, RECEIVED, REPLIED, CLOSED_AT, ON_TIME, ARCHIVED,
        ),
        selects=[
            replace(s, choices=[("request_for_instructions", "请示"), ("report", "报告")])
            if s.key == "doc_type"
            else s
            for s in SELECTS
            if s.key != "direction"
        ],
    )  # fmt: skip
    url_name = "documents:request_register"
    empty_fact = "没有在办的请示、报告"

    def register_for(self, actor: Actor, tab: str) -> BookRegister:
        found = super().register_for(actor, tab)
        return replace(found, hidden=found.hidden - {"doc_type", "replied", "instruction"} | {"due"})

    def always(self) -> list[Q]:
        return [Q(doc_type__in=[DocType.REQUEST, DocType.REPORT])]


def is_of_unit(actor: Actor) -> bool:
    """Tell whether the person looks at the books for a unit that is put to work, not for the office."""
    return not actor.may("documents.register_all") and actor.has("dept_head", "liaison")
