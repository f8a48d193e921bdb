"""台账: what the address asks for is what is shown, and nothing else gets in."""

from dataclasses import dataclass

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.html import format_html

from zhongshu.base.actors import Actor
from zhongshu.ui.tables import (
    BulkAct,
    Column,
    DateRange,
    Register,
    Select,
    View,
    columns_for,
    read,
    row,
    show,
    with_view,
)

CLERK = Actor(1, "林晓禾")
pytestmark = pytest.mark.usefixtures("plain_shell")

REGISTER = Register(
    code="incoming",
    title="收文登记簿",
    columns=(
        Column("no", "编号", is_fixed=True, order="no"),
        Column("title", "标题", is_title=True),
        Column("unit", "来文单位", width="zs-w-unit"),
        Column(
            "pages", "页数", lambda paper: format_html("<b>{}</b>", paper.pages), is_number=True, is_shy=True
        ),
    ),
    selects=(Select("unit", "来文单位", lambda actor: [("1", "市政府办"), ("2", actor.name)]),),
    ranges=(DateRange("came", "收文"),),
    orders=(("due", "按时限"), ("no", "按编号")),
)


@dataclass
class Paper:
    no: str = "0683"
    title: str = "<script>防汛</script>"
    unit: str = "市政府办"
    pages: int = 6


def request(query="", **cookies):
    made = RequestFactory().get(f"/incoming/?{query}")
    made.COOKIES = cookies
    made.actor = CLERK
    return made


def shown(query="", **extra):
    asked = request(query)
    state = read(REGISTER, asked, order="due")
    return show(REGISTER, state, asked, actor=CLERK, rows=extra.pop("rows", []), **extra)


def test_what_is_not_offered_falls_away():
    state = read(REGISTER, request("light=pink&order=secret&owner=9&unit=2&q=+防汛+"), order="due")
    assert (state.light, state.order, state.q) == ("", "due", "防汛")
    assert state.chosen == {"unit": "2"}


@pytest.mark.parametrize(
    ("cookie", "size"), [("", 20), ("28", 28), ("9999", 50), ("3", 10), ("x", 20), ("²", 20)]
)
def test_rows_follow_the_window_within_reason(cookie, size):
    assert read(REGISTER, request(zs_rows=cookie)).size == size


def test_every_applied_filter_can_be_taken_off_alone():
    chips = shown("light=r&q=防汛&unit=2&came_from=2026-06-01").chips
    assert [chip.label for chip in chips] == ["超期", "含“防汛”", "来文单位：林晓禾", "收文 2026-06-01 起"]
    assert "light" not in chips[0].without
    assert "unit=2" in chips[0].without
    assert "unit" not in chips[2].without
    assert "light=r" in chips[2].without


def test_a_light_is_switched_on_and_off():
    lights = {
        colour: (figure, is_on, url)
        for colour, _, figure, is_on, url in shown("light=r", counts={"r": 3}).lights
    }
    assert lights["r"][:2] == (3, True)
    assert "light" not in lights["r"][2]
    assert lights["y"][:2] == (None, False)
    assert "light=y" in lights["y"][2]


def test_a_tab_brings_its_filters_but_the_address_wins():
    views = [View("mine", "我关注的", {"light": "r", "unit": "1", "view": "other", "after": "x"})]
    state = with_view(read(REGISTER, request("view=mine")), views)
    assert (state.light, state.chosen, state.after) == ("r", {"unit": "1"}, "")
    over = with_view(read(REGISTER, request("view=mine&unit=2&light=y")), views)
    assert (over.light, over.chosen) == ("y", {"unit": "2"})


def test_columns_can_be_hidden_but_not_the_title():
    kept = columns_for(REGISTER, frozenset({"title", "no", "unit"}))
    assert [column.key for column in kept] == ["no", "title", "pages"]


def test_the_page_draws_rows_escaped_and_asks_before_bulk_acts():
    table = shown(
        rows=[], views=[View("", "全部", count="999+")], bulk=[BulkAct("催办", "/urge/", "催办所选？")]
    )
    table.rows = [row(table.columns, Paper(), id="7", url="/incoming/7/", drawer_url="/d/7/", label="防汛")]
    text = render_to_string("ui/register.html", {"shown": table, "title": "收文登记簿"}, request=request())
    assert "<script>防汛" not in text
    assert "&lt;script&gt;防汛" in text
    assert "<b>6</b>" in text
    assert 'data-drawer-url="/d/7/"' in text
    assert 'data-confirm="催办所选？"' in text
    assert '<caption class="visually-hidden">收文登记簿</caption>' in text


def test_done_and_not_found_are_said_differently():
    nothing = render_to_string(
        "ui/register.html", {"shown": shown(), "empty_fact": "待办已办完"}, request=request()
    )
    filtered = render_to_string("ui/register.html", {"shown": shown("q=防汛")}, request=request())
    assert "待办已办完" in nothing
    assert "没有符合条件的收文登记簿" in filtered
    assert "清除条件" in filtered
