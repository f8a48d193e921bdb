"""退文台账: every 退文单 of papers the viewer may see, newest first."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from zhongshu.base.actors import Actor
from zhongshu.documents.models import IncomingDocument, ReturnSlip
from zhongshu.documents.registers.book import Book, BookRegister, Reading, plain
from zhongshu.documents.registers.conditions import in_year
from zhongshu.documents.registers.incoming import years
from zhongshu.documents.registers.lines import month_day
from zhongshu.documents.rules import FAULT_NAMES
from zhongshu.matters.models import Matter, Part
from zhongshu.ui.tables import Column, Select, State, View

CAP = 1000


@dataclass(frozen=True)
class SlipLine:
    """One 退文单 as a line of the book."""

    slip: ReturnSlip
    sent_again: str = ""

    @property
    def incoming(self) -> IncomingDocument:
        """Return the paper that was sent back."""
        return self.slip.incoming

    @property
    def matter(self) -> Matter:
        """Return its matter."""
        return self.slip.incoming.matter

    @property
    def reasons(self) -> str:
        """Say why."""
        return "；".join(str(reason.get("text", "")) for reason in self.slip.reasons)


COLUMNS = (
    plain("number", "退文编号", lambda i: i.slip.number or "待审批", "zs-w-no", is_fixed=True),
    Column("title", "标题", lambda i: i.matter.title, lambda i: i.matter.title, is_title=True),
    plain("issuer", "来文机关", lambda i: i.incoming.issuer_name, "zs-w-unit"),
    plain("doc_number", "来文字号", lambda i: i.incoming.doc_number, "zs-w-no", is_shy=True),
    plain("reasons", "退文理由", lambda i: i.reasons),
    plain("state", "状态", lambda i: i.slip.get_state_display(), "zs-w-state"),
    plain("drafted_by", "经办人", lambda i: i.slip.drafted_by.name, "zs-w-person", is_shy=True),
    plain(
        "approved_by",
        "审批人",
        lambda i: i.slip.approved_by.name if i.slip.approved_by else "",
        "zs-w-person",
        is_shy=True,
    ),
    Column(
        "approved_at",
        "退文日期",
        lambda i: month_day(i.slip.approved_at),
        lambda i: i.slip.approved_at,
        "zs-w-date",
    ),
    plain("sent_again", "改后重报", lambda i: i.sent_again, "zs-w-no", is_shy=True),
    plain("received", "收文编号", lambda i: i.matter.number, "zs-w-no", is_shy=True),
)


class ReturnBook(Book):
    """退文台账."""

    register = BookRegister(
        code="returns",
        title="退文",
        caption="退文台账",
        columns=COLUMNS,
        selects=(Select("reason", "理由", list(FAULT_NAMES.items())), Select("year", "年度", years)),
        lights=(),
        placeholder="标题、来文机关",
        hidden=frozenset({"drafted_by", "received", "doc_number"}),
    )
    url_name = "documents:return_register"
    tabs = (
        View("", "全部"),
        View("approved", "已退文"),
        View("drafted", "待审批"),
        View("refused", "不同意退文"),
    )
    empty_fact = "没有退过文"
    empty_hint = "初审结论为“拟退文”的，经分管副主任批准后列在这里。"

    def slips(self, actor: Actor, state: State) -> QuerySet[ReturnSlip]:
        """Return the slips asked for, as far as the person may see their papers."""
        mine = Part.objects.filter(matter=OuterRef("incoming_id"), principal_id__in=actor.principals)
        found = ReturnSlip.objects.filter(Exists(mine))
        if state.view:
            found = found.filter(state=state.view)
        if year := state.get("year"):
            found = found.filter(in_year(year, "approved_at"))
        if (code := state.get("reason")) in FAULT_NAMES:
            found = found.alias(words=Cast("reasons", TextField())).filter(words__contains=f'"{code}"')
        if state.q:
            found = found.filter(
                Q(incoming__matter__title__contains=state.q) | Q(incoming__issuer_name__contains=state.q)
            )
        return found.order_by("-pk")

    def lines(self, slips: QuerySet[ReturnSlip]) -> list[SlipLine]:
        """Return the lines of these slips."""
        rows = list(slips.select_related("incoming__matter", "drafted_by", "approved_by"))
        again = IncomingDocument.objects.filter(previous__in=[row.incoming_id for row in rows])
        numbers = dict(again.order_by("pk").values_list("previous_id", "matter__number"))
        return [SlipLine(row, numbers.get(row.incoming_id, "")) for row in rows]

    def read(self, actor: Actor, state: State, columns: Sequence[Column]) -> Reading:
        found = self.slips(actor, state)
        total = len(found.order_by().values_list("pk", flat=True)[:CAP])
        if state.after.isdigit():
            found = found.filter(pk__lt=int(state.after))
        lines = self.lines(found[: state.size + 1])
        more = len(lines) > state.size
        return Reading(
            things=lines[: state.size],
            next_cursor=str(lines[state.size - 1].slip.pk) if more else "",
            total=total,
            cap=CAP,
        )

    def every(self, actor: Actor, state: State, columns: Sequence[Column], limit: int) -> Iterator[SlipLine]:
        yield from self.lines(self.slips(actor, state)[:limit])

    def picked(self, actor: Actor, public_ids: Sequence[str], columns: Sequence[Column]) -> list[SlipLine]:
        ids = [int(pk) for pk in public_ids if pk.isdigit()]
        return self.lines(self.slips(actor, State()).filter(pk__in=ids))
