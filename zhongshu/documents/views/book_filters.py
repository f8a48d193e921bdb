"""The filters of a book that the kit does not draw: typed ones, those folded under 更多, and the chip of each."""

from collections.abc import Sequence

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from zhongshu.base.actors import Actor
from zhongshu.documents.registers.book import BookRegister
from zhongshu.matters import settings
from zhongshu.ui.tables import Chip, DateRange, Select, State


def chips(register: BookRegister, state: State, actor: Actor) -> list[Chip]:
    """Name what filters without standing in the bar, so that nothing filters unseen."""
    found = []
    for select in (*register.quiet, *register.typed):
        if value := state.get(select.key):
            word = dict(select.offered(actor)).get(value, value)
            found.append(Chip(f"{select.label}：{word}", state.query(**{select.key: ""})))
    return found + [_day_chip(days, state) for days in register.days if any(_ends(days, state))]


def _ends(days: DateRange, state: State) -> tuple[str, str]:
    return state.get(f"{days.key}_from"), state.get(f"{days.key}_to")


def _day_chip(days: DateRange, state: State) -> Chip:
    start, end = _ends(days, state)
    words = f"{start} 至 {end}" if start and end else f"{start} 起" if start else f"至 {end}"
    return Chip(f"{days.label} {words}", state.query(**{f"{days.key}_from": "", f"{days.key}_to": ""}))


def words(register: BookRegister, state: State, actor: Actor) -> str:
    """Say all that was asked for in one line, for the trail and the head of a print."""
    asked = [chip.label for chip in chips(register, state, actor)]
    for select in register.selects:
        value = state.get(select.key)
        asked += [str(dict(select.offered(actor)).get(value, value))] if value else []
    asked += [{"r": "超期", "y": "临期", "g": "正常", "paused": "暂停"}[state.light]] if state.light else []
    asked += [f"含“{state.q}”"] if state.q else []
    return "、".join(asked)


def drawn(register: BookRegister, state: State, actor: Actor) -> SafeString:
    """Draw them for the filter bar."""
    typed = "".join(_typed(select, state) for select in register.typed)
    return format_html("{}{}{}", _folded(register, state, actor), SafeString(typed), _names(register, actor))


def _typed(select: Select, state: State) -> SafeString:
    text = (
        '<input class="form-control" type="search" id="filter-{}" name="{}" value="{}" placeholder="{}"'
        ' aria-label="{}" list="known-issuers" autocomplete="off">'
    )
    return format_html(text, select.key, select.key, state.get(select.key), select.label, select.label)


def _names(register: BookRegister, actor: Actor) -> SafeString:
    known: Sequence[str] = settings.get("documents.issuers", actor.tenant_id) if register.typed else []
    options = format_html_join("", '<option value="{}"></option>', [(name,) for name in known])
    return format_html('<datalist id="known-issuers">{}</datalist>', options)


def _folded(register: BookRegister, state: State, actor: Actor) -> SafeString | str:
    if not (register.quiet or register.days):
        return ""
    fields = [_days(days, state) for days in register.days]
    fields += [_select(select, state, actor) for select in register.quiet]
    text = (
        '<details class="zs-menu zs-more-filters"><summary class="btn btn-sm">更多</summary>'
        '<div class="zs-menu-list zs-menu-form">{}</div></details>'
    )
    return format_html(text, SafeString("".join(fields)))


def _days(days: DateRange, state: State) -> SafeString:
    start, end = _ends(days, state)
    text = (
        '<label>{label}<input class="form-control" type="date" name="{key}_from" value="{start}" aria-label="{label}起">'
        '<input class="form-control" type="date" name="{key}_to" value="{end}" aria-label="{label}止"></label>'
    )
    return format_html(text, label=days.label, key=days.key, start=start, end=end)


def _select(select: Select, state: State, actor: Actor) -> SafeString:
    chosen = state.get(select.key)
    options = format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        [
            (value, SafeString(" selected" if value == chosen else ""), word)
            for value, word in select.offered(actor)
        ],
    )
    text = '<label>{}<select class="form-select" name="{}" aria-label="{}"><option value="">不限</option>{}</select></label>'
    return format_html(text, select.label, select.key, select.label, options)
