"""Register tables declared once: columns, filters, orders; read from the address, shown by ui/register.html."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict

from zhongshu.base.actors import Actor
from zhongshu.ui.preferences import hidden_columns, rows_per_page

Choices = Sequence[tuple[str, str]]
Render = Callable[[Any], Any]

LIGHT_WORDS = {"r": "超期", "y": "临期", "g": "正常", "paused": "暂停", "done": "已办结"}
OWN_KEYS = ("q", "view", "light", "order", "after", "size")


@dataclass(frozen=True)
class Column:
    """One column: `render` draws the cell (safe HTML or text), `text` gives the value for Excel."""

    key: str
    label: str
    render: Render | None = None
    text: Render | None = None
    width: str = ""
    cls: str = ""
    order: str = ""
    is_title: bool = False
    is_number: bool = False
    is_fixed: bool = False
    is_shy: bool = False

    def cell(self, row: Any) -> Any:
        value = self.render(row) if self.render else getattr(row, self.key, "")
        return "" if value is None else value

    def value(self, row: Any) -> Any:
        return self.text(row) if self.text else getattr(row, self.key, "")

    @property
    def classes(self) -> str:
        kinds = ("zs-title", self.is_title), ("zs-num", self.is_number), ("zs-shy", self.is_shy)
        return " ".join(filter(None, [*(name for name, there in kinds if there), self.cls]))


@dataclass(frozen=True)
class Select:
    """A filter by choice; `choices` may depend on the person. The first, empty choice reads `label`."""

    key: str
    label: str
    choices: Choices | Callable[[Actor], Choices]

    def offered(self, actor: Actor) -> Choices:
        return self.choices(actor) if callable(self.choices) else self.choices


@dataclass(frozen=True)
class DateRange:
    """A filter by days: two native date controls, `key_from` and `key_to`."""

    key: str
    label: str


@dataclass(frozen=True)
class View:
    """A tab: a named set of filters; saved views of a person have `delete_url`."""

    key: str
    label: str
    query: Mapping[str, str] = field(default_factory=dict)
    count: int | str | None = None
    delete_url: str = ""


@dataclass(frozen=True)
class BulkAct:
    """An act on the ticked rows: posts their ids to `url`; `confirm` asks first, `is_download` answers with a file."""

    label: str
    url: str
    confirm: str = ""
    note: str = ""
    is_download: bool = False


@dataclass(frozen=True)
class Register:
    """A register as declared by its room."""

    code: str
    title: str
    columns: Sequence[Column]
    selects: Sequence[Select] = ()
    ranges: Sequence[DateRange] = ()
    lights: Sequence[str] = ("r", "y", "g")
    orders: Sequence[tuple[str, str]] = ()
    placeholder: str = "编号、标题、单位"
    caption: str = ""

    def filter_keys(self) -> list[str]:
        ranges = [f"{r.key}_{end}" for r in self.ranges for end in ("from", "to")]
        return [*(s.key for s in self.selects), *ranges]


@dataclass(frozen=True)
class State:
    """What the address asks for."""

    q: str = ""
    view: str = ""
    light: str = ""
    order: str = ""
    after: str = ""
    size: int = 20
    chosen: Mapping[str, str] = field(default_factory=dict)

    def query(self, **changes: str) -> str:
        """Write the address of this state with changes; a new filter starts from the first page."""
        pairs = {"q": self.q, "view": self.view, "light": self.light, "order": self.order, **self.chosen}
        pairs |= changes
        return "?" + urlencode({key: value for key, value in pairs.items() if value})

    def get(self, key: str) -> str:
        return self.chosen.get(key, "")

    @property
    def is_filtered(self) -> bool:
        return bool(self.q or self.light or any(self.chosen.values()))


@dataclass(frozen=True)
class Chip:
    """An applied filter and the address without it."""

    label: str
    without: str


@dataclass
class Shown:
    """A register as one person sees it now: all that ui/register.html needs."""

    register: Register
    state: State
    rows: Sequence["Row"]
    columns: Sequence[Column]
    all_columns: Sequence[tuple[Column, bool]]
    selects: Sequence[tuple[Select, Choices, str]]
    chips: Sequence[Chip]
    lights: Sequence[tuple[str, str, int | str | None, bool, str]]
    views: Sequence[tuple[View, str, bool]]
    next_url: str = ""
    said: str = ""
    bulk: Sequence[BulkAct] = ()
    export_url: str = ""
    save_url: str = ""
    print_title: str = ""

    @property
    def ranges(self) -> list[dict[str, str]]:
        """Return the date filters with what they hold, for the template."""
        return [
            {
                "label": days.label,
                "key_from": f"{days.key}_from",
                "key_to": f"{days.key}_to",
                "start": self.state.get(f"{days.key}_from"),
                "end": self.state.get(f"{days.key}_to"),
            }
            for days in self.register.ranges
        ]

    @property
    def is_ticked(self) -> bool:
        return bool(self.bulk)


@dataclass(frozen=True)
class Row:
    """A row ready to draw."""

    id: str
    cells: Sequence[tuple[Column, Any]]
    url: str = ""
    drawer_url: str = ""
    label: str = ""
    is_unread: bool = False


def read(register: Register, request: HttpRequest, *, order: str = "") -> State:
    """Read the state of a register from the address; unknown values fall away."""
    given: QueryDict = request.GET
    light = given.get("light", "")
    offered = {value for value, _ in register.orders}
    asked = given.get("order", "")
    return State(
        q=given.get("q", "").strip()[:100],
        view=given.get("view", "")[:40],
        light=light if light in register.lights else "",
        order=asked if asked in offered else order,
        after=given.get("after", "")[:200],
        size=rows_per_page(request),
        chosen={
            key: given.get(key, "").strip()[:100]
            for key in register.filter_keys()
            if given.get(key, "").strip()
        },
    )


def with_view(state: State, views: Iterable[View]) -> State:
    """Lay the filters of the chosen tab under those of the address."""
    for view in views:
        if view.key == state.view:
            base = {key: value for key, value in view.query.items() if key not in OWN_KEYS}
            return replace(
                state,
                q=state.q or view.query.get("q", ""),
                light=state.light or view.query.get("light", ""),
                chosen={**base, **state.chosen},
            )
    return state


def show(
    register: Register,
    state: State,
    request: HttpRequest,
    *,
    actor: Actor,
    rows: Sequence[Row],
    next_cursor: str = "",
    counts: Mapping[str, int | str] | None = None,
    views: Sequence[View] = (),
    **extra: Any,
) -> Shown:
    """Put together what the register's page shows; `counts` are the figures of the lights."""
    hidden = hidden_columns(request, register.code)
    columns = columns_for(register, hidden)
    return Shown(
        register=register,
        state=state,
        rows=rows,
        columns=columns,
        all_columns=[(c, c in columns) for c in register.columns if not (c.is_fixed or c.is_title)],
        selects=[(s, s.offered(actor), state.get(s.key)) for s in register.selects],
        chips=_chips(register, state, actor),
        lights=_lights(register, state, counts or {}),
        views=[(v, "?" + urlencode({"view": v.key}) if v.key else "?", v.key == state.view) for v in views],
        next_url=state.query(after=next_cursor) if next_cursor else "",
        **extra,
    )


def columns_for(register: Register, hidden: frozenset[str]) -> list[Column]:
    """Return the columns this browser shows; title and fixed ones always stay."""
    return [c for c in register.columns if c.is_fixed or c.is_title or c.key not in hidden]


def row(columns: Sequence[Column], thing: Any, *, id: str, **extra: Any) -> Row:
    """Draw one row."""
    return Row(id=id, cells=[(column, column.cell(thing)) for column in columns], **extra)


def _lights(
    register: Register, state: State, counts: Mapping[str, int | str]
) -> list[tuple[str, str, int | str | None, bool, str]]:
    shown = []
    for colour in register.lights:
        is_on = state.light == colour
        url = state.query(light="" if is_on else colour)
        shown.append((colour, LIGHT_WORDS[colour], counts.get(colour), is_on, url))
    return shown


def _chips(register: Register, state: State, actor: Actor) -> list[Chip]:
    chips = []
    if state.light:
        chips.append(Chip(LIGHT_WORDS[state.light], state.query(light="")))
    if state.q:
        chips.append(Chip(f"含“{state.q}”", state.query(q="")))
    for select in register.selects:
        if value := state.get(select.key):
            word = dict(select.offered(actor)).get(value, value)
            chips.append(Chip(f"{select.label}：{word}", state.query(**{select.key: ""})))
    chips += [_range_chip(r, state) for r in register.ranges if _ends(r, state) != ("", "")]
    return chips


def _ends(days: DateRange, state: State) -> tuple[str, str]:
    return state.get(f"{days.key}_from"), state.get(f"{days.key}_to")


def _range_chip(days: DateRange, state: State) -> Chip:
    start, end = _ends(days, state)
    words = f"{start} 至 {end}" if start and end else f"{start} 起" if start else f"至 {end}"
    return Chip(f"{days.label} {words}", state.query(**{f"{days.key}_from": "", f"{days.key}_to": ""}))
