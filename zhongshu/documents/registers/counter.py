"""机要登记本: dates, numbers, from and to; never a title."""

from collections.abc import Iterator, Sequence

from django.db.models import Q, QuerySet, Sum

from zhongshu.base.actors import Actor
from zhongshu.documents.models import ConfidentialEntry
from zhongshu.documents.registers.book import Book, BookRegister, Reading, plain
from zhongshu.documents.registers.conditions import in_year_of_days
from zhongshu.documents.registers.incoming import years
from zhongshu.ui.tables import Column, Select, State, View

CAP = 1000
Way = ConfidentialEntry.Way


def _void(row: ConfidentialEntry) -> str:
    return f"已作废：{row.voided_reason}" if row.voided_reason else ""


COLUMNS = (
    plain("number", "登记号", lambda i: i.number, "zs-w-no", is_title=True),
    Column("handled_on", "日期", lambda i: f"{i.handled_on:%Y-%m-%d}", lambda i: i.handled_on, "zs-w-date"),
    plain("way", "收发", lambda i: i.get_way_display(), "zs-w-kind"),
    plain("quantity", "数量", lambda i: i.quantity, "zs-w-num", is_number=True),
    plain("from_unit", "来自", lambda i: i.from_unit),
    plain("to_unit", "去往", lambda i: i.to_unit),
    plain("handled_by", "机要员", lambda i: i.handled_by.name, "zs-w-person"),
    plain("voided", "作废", _void, "zs-w-unit"),
)


class CounterBook(Book):
    """机要登记本."""

    register = BookRegister(
        code="counter",
        title="机要登记",
        caption="机要登记本",
        columns=COLUMNS,
        selects=(Select("way", "收发", Way.choices), Select("year", "年度", years)),
        lights=(),
        placeholder="登记号、来去单位",
    )
    url_name = "documents:counter"
    export_permission = "documents.counter"
    tabs = (View("", "全部"), View("void", "已作废"))
    unit = "条"
    empty_fact = "还没有登记"

    def entries(self, actor: Actor, state: State) -> QuerySet[ConfidentialEntry]:
        """Return the entries of the actor's office that are asked for."""
        found = ConfidentialEntry.objects.filter(tenant_id=actor.office).order_by("-pk")
        if state.view == "void":
            found = found.exclude(voided_reason="")
        if (way := state.get("way")) in Way.values:
            found = found.filter(way=way)
        if year := state.get("year"):
            found = found.filter(in_year_of_days(year, "handled_on"))
        if state.q:
            words = (
                Q(from_unit__contains=state.q) | Q(to_unit__contains=state.q) | Q(number__contains=state.q)
            )
            found = found.filter(words)
        return found.select_related("handled_by")

    def read(self, actor: Actor, state: State, columns: Sequence[Column]) -> Reading:
        found = self.entries(actor, state)
        total = len(found.order_by().values_list("pk", flat=True)[:CAP])
        if state.after.isdigit():
            found = found.filter(pk__lt=int(state.after))
        rows = list(found[: state.size + 1])
        more = len(rows) > state.size
        return Reading(rows[: state.size], str(rows[state.size - 1].pk) if more else "", total=total, cap=CAP)

    def every(
        self, actor: Actor, state: State, columns: Sequence[Column], limit: int
    ) -> Iterator[ConfidentialEntry]:
        yield from self.entries(actor, state)[:limit]

    def picked(
        self, actor: Actor, public_ids: Sequence[str], columns: Sequence[Column]
    ) -> list[ConfidentialEntry]:
        return list(self.entries(actor, State()).filter(pk__in=[int(p) for p in public_ids if p.isdigit()]))


def sums(actor: Actor, state: State) -> dict[str, int]:
    """Return how many pieces came in and went out, voided entries apart."""
    rows = CounterBook().entries(actor, state).filter(voided_reason="").order_by()
    found = dict(rows.values_list("way").annotate(n=Sum("quantity")))
    return {way: found.get(way, 0) for way in Way.values}
