"""批示件台账: only what the viewer is in the circle of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from django.db.models import Exists, F, OuterRef, Q
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhongshu.base.actors import Actor
from zhongshu.base.lights import Light
from zhongshu.documents.models import LeaderInstruction
from zhongshu.documents.registers.book import BookRegister, MatterBook, plain
from zhongshu.documents.registers.conditions import NOTHING, in_year
from zhongshu.documents.registers.incoming import years
from zhongshu.documents.registers.lines import light_of, month_day, unread_among
from zhongshu.documents.registers.listing import Wanted
from zhongshu.documents.states import INSTRUCTION_KIND
from zhongshu.matters.models import Handover, Matter
from zhongshu.people.models import OrgUnit
from zhongshu.ui.tables import Choices, Column, Select, State, View
from zhongshu.ui.tags.marks import light, tag, urgency

Action, Level = LeaderInstruction.Action, LeaderInstruction.Level
PROPOSED = "supervision.propose"
PROPOSAL_WORDS = {"offered": "待认可", "taken": "已立项", "declined": "不立项", "done": "已办结"}
OFFERED = Q(
    Exists(Handover.objects.filter(matter=OuterRef("pk"), kind=PROPOSED, state=Handover.State.OFFERED))
)
IN_TIME = Q(matter__due_at__isnull=True) | Q(matter__closed_at__lte=F("matter__due_at"))
CLOSED = Q(matter__closed_at__isnull=False)


@dataclass(frozen=True)
class InstructionLine:
    """One 批示件 as a line of the book."""

    row: LeaderInstruction
    light: Light
    is_unread: bool = False
    proposal: str = ""

    @property
    def matter(self) -> Matter:
        """Return its matter."""
        return self.row.matter


def _content(line: InstructionLine) -> SafeString:
    mark = urgency(line.matter.urgency)
    source = _source(line)
    sub = format_html('<span class="zs-sub-no">{}</span>', source) if source else ""
    return format_html("{}{}{}{}", mark, " " if mark else "", line.row.content, sub)


def _proposal(line: InstructionLine) -> SafeString | str:
    words = PROPOSAL_WORDS.get(line.proposal, "")
    return tag(words, "soon") if line.proposal == "offered" else words


def _owner(line: InstructionLine) -> str:
    return line.row.owner_unit.label if line.row.owner_unit else "—"


def _source(line: InstructionLine) -> str:
    return line.row.source.matter.number if line.row.source else ""


def _units(actor: Actor) -> Choices:
    rows = OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True).exclude(pk=actor.tenant_id or 0)
    return [(str(unit.pk), unit.label) for unit in rows.order_by("unit_type", "sort_order", "pk")]


COLUMNS = (
    Column("light", "时限", lambda i: light(i.light), lambda i: i.light.words, "zs-w-light", order="due", is_fixed=True),
    plain("number", "编号", lambda i: i.matter.number, "zs-w-no", is_shy=True),
    Column("title", "批示内容", _content, lambda i: i.row.content, is_title=True),
    plain("leader", "批示领导", lambda i: i.row.leader_name, "zs-w-unit"),
    plain("level", "层级", lambda i: i.row.get_level_display(), "zs-w-day", is_shy=True),
    plain("action", "要求", lambda i: i.row.get_action_display(), "zs-w-kind"),
    plain("owner", "责任单位", _owner, "zs-w-unit"),
    plain("step", "状态", lambda i: i.matter.phase_name, "zs-w-state"),
    Column("proposal", "立项", _proposal, lambda i: PROPOSAL_WORDS.get(i.proposal, ""), "zs-w-day", is_shy=True),
    Column(
        "instructed", "批示时间", lambda i: month_day(i.row.instructed_at), lambda i: i.row.instructed_at, "zs-w-date",
        order="new", is_shy=True,
    ),
    Column("due", "时限日", lambda i: month_day(i.matter.due_at), lambda i: i.matter.due_at, "zs-w-date", is_shy=True),
    plain("source", "来源", _source, "zs-w-no", is_shy=True),
    Column("reported", "报结果", lambda i: month_day(i.row.reported_at), lambda i: i.row.reported_at, "zs-w-date", is_shy=True),
    Column("read", "批示人阅知", lambda i: month_day(i.row.read_at), lambda i: i.row.read_at, "zs-w-date", is_shy=True),
    Column("closed_at", "办结", lambda i: month_day(i.matter.closed_at), lambda i: i.matter.closed_at, "zs-w-date", is_shy=True),
    plain("result", "办理结果", lambda i: i.row.result, "zs-w-no", is_shy=True),
)  # fmt: skip


MEANINGS: dict[str, Callable[[str], Q]] = {
    "level": lambda v: Q(level=v) if v in Level.values else NOTHING,
    "action": lambda v: Q(action=v) if v in Action.values else NOTHING,
    "unit": lambda v: Q(owner_unit_id=int(v)) if v.isascii() and v.isdigit() else NOTHING,
    "leader": lambda v: Q(leader_name__contains=v),
    "year": lambda v: in_year(v, "instructed_at"),
    "done": lambda v: {"on_time": CLOSED & IN_TIME, "late": CLOSED & ~IN_TIME}.get(v, NOTHING),
}


class InstructionBook(MatterBook):
    """批示件台账."""

    register = BookRegister(
        code="instructions",
        title="批示件",
        caption="批示件台账",
        columns=COLUMNS,
        selects=(
            Select("level", "层级", Level.choices),
            Select("action", "要求", Action.choices),
            Select("unit", "责任单位", _units),
            Select("year", "年度", years),
        ),
        orders=(("due", "按时限"), ("new", "按登记时间")),
        placeholder="批示内容、领导、编号",
        quiet=(Select("done", "办结情况", [("on_time", "按时办结"), ("late", "逾期办结")]),),
        typed=(Select("leader", "批示领导", lambda _: []),),
        folded=frozenset({"number", "source", "due", "result"}),
        hidden=frozenset({"number", "level", "source", "reported", "read", "closed_at", "result", "due"}),
    )
    url_name = "documents:instruction_register"
    tabs = (View("", "在办"), View("offered", "待认可立项"), View("closed", "已办结"), View("all", "全部"))
    empty_fact = "没有在办的批示件"
    empty_hint = "只列出您在知悉范围内的。"

    def register_for(self, actor: Actor, tab: str) -> BookRegister:
        if tab != "closed":
            return self.register
        seen_later = {"reported", "read", "closed_at"}
        return replace(
            self.register, lights=(), hidden=self.register.hidden - seen_later | {"proposal", "action"}
        )

    def default_order(self, tab: str) -> str:
        return "due" if tab == "" else "new"

    def wanted(self, actor: Actor, state: State) -> Wanted:
        documents = [MEANINGS[key](value) for key, value in state.chosen.items() if value and key in MEANINGS]
        documents += [OFFERED] if state.view == "offered" else []
        return Wanted(
            kind=INSTRUCTION_KIND,
            model=LeaderInstruction,
            closed={"": False, "closed": True}.get(state.view),
            documents=documents,
            q=state.q,
        )

    def lines(self, actor: Actor, ids: Sequence[int], columns: Sequence[Column]) -> list[InstructionLine]:
        rows = LeaderInstruction.objects.select_related("matter", "owner_unit", "source__matter").in_bulk(
            list(ids)
        )
        offers = Handover.objects.filter(matter_id__in=ids, kind=PROPOSED).order_by("pk")
        proposals = dict(offers.values_list("matter_id", "state"))
        unread, near = unread_among(actor, ids), self.near(actor)
        return [
            InstructionLine(rows[pk], light_of(rows[pk].matter, near), pk in unread, proposals.get(pk, ""))
            for pk in ids
            if pk in rows
        ]
