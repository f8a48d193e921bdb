"""标签: what the tags write can be read by eye, by ear and by the browser's strictest policy."""

from dataclasses import dataclass
from datetime import datetime

import pytest
from django import forms
from django.template import Context, Template
from lxml import html

from zhongshu.base import clock
from zhongshu.ui.forms import OfficeForm
from zhongshu.ui.tags import assets
from zhongshu.ui.tags.charts import columns, progress, sparkline, stack
from zhongshu.ui.tags.marks import capped, count, day_short, light, urgency, when, when_told

NOW = datetime(2026, 6, 10, 9, 30, tzinfo=clock.ZONE)


def draw(source, **context):
    return Template("{% load zs %}" + source).render(Context(context))


@dataclass
class Deadline:
    colour: str = "y"
    words: str = "今日 17:30"


def test_a_light_is_shape_words_and_colour():
    assert light(Deadline()) == '<span class="zs-light is-y"><i aria-hidden="true"></i>今日 17:30</span>'
    assert "已办结" in light("done")
    assert "暂停" in light("paused")
    assert light("") == ""
    assert light(None) == ""


def test_a_bare_figure_still_says_its_colour():
    assert '<span class="visually-hidden">超期</span>3' in light("r", 3, bare=True)


def test_urgency_speaks_only_when_there_is_some():
    assert "特急" in urgency("extra_urgent")
    assert "加急" in urgency("urgent")
    assert urgency("normal") == ""
    assert "平件" in urgency("normal", always=True)


@pytest.mark.parametrize(("number", "words"), [(0, ""), (None, ""), (5, ">5<"), (100, ">99+<")])
def test_unread_figures(number, words):
    assert words in count(number)


def test_capped_counters():
    assert (capped(999), capped(1000)) == ("999", "999+")


@pytest.mark.parametrize(
    ("moment", "short", "told"),
    [
        (datetime(2026, 6, 10, 8, 47, tzinfo=clock.ZONE), "08:47", "今日 08:47"),
        (datetime(2026, 6, 9, 16, 40, tzinfo=clock.ZONE), "06-09 16:40", "06-09 16:40"),
        (datetime(2025, 6, 9, 16, 40, tzinfo=clock.ZONE), "2025-06-09", "2025-06-09 16:40"),
        (None, "", ""),
    ],
)
def test_moments_are_told_as_near_as_they_are(moment, short, told):
    with clock.fixed(NOW):
        assert (when(moment), when_told(moment)) == (short, told)


def test_days_of_this_year_leave_the_year_out():
    with clock.fixed(NOW):
        assert day_short(NOW) == "6月10日"
        assert day_short(NOW.date().replace(year=2025)) == "2025年6月10日"


class Form(OfficeForm):
    due = forms.DateField(label="时限", help_text="按来文要求填写")
    kind = forms.ChoiceField(label="类型", choices=[("a", "办件"), ("b", "阅件")], widget=forms.RadioSelect)
    secret = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_field_ties_label_help_and_error_together():
    tree = html.fromstring(draw("{% field form.due %}", form=Form({"due": "昨天"})))
    control = tree.find(".//input")
    ids = {element.get("id") for element in tree.iter() if element.get("id")}
    assert tree.find(".//label").get("for") == control.get("id")
    assert set(control.get("aria-describedby").split()) <= ids
    assert control.get("aria-invalid") == "true"
    assert "is-invalid" in control.get("class")
    assert "必填" in tree.text_content()


def test_a_sound_field_is_not_marked():
    drawn = draw("{% field form.due %}", form=Form())
    assert "aria-invalid" not in drawn
    assert "is-invalid" not in drawn


def test_choices_stand_in_a_named_group():
    assert (
        html.fromstring(draw("{% field form.kind %}", form=Form())).find(".//legend").text.startswith("类型")
    )


def test_a_hidden_field_draws_nothing_else():
    assert "label" not in draw("{% field form.secret %}", form=Form())


def test_the_summary_leads_to_the_fields():
    drawn = draw("{% form_errors form %}", form=Form({"due": "昨天", "kind": "a"}))
    assert 'href="#id_due"' in drawn
    assert 'role="alert"' in drawn
    assert 'role="alert"' not in draw("{% form_errors form %}", form=Form())


def test_every_form_gets_a_key_of_its_own():
    first, second = (html.fragments_fromstring(draw("{% form_key 7 %}")) for _ in range(2))
    assert [field.get("name") for field in first] == ["_key", "_version"]
    assert first[0].get("value") != second[0].get("value")
    assert first[1].get("value") == "7"


def test_an_act_that_is_not_yet_possible_says_why():
    tree = html.fragment_fromstring(draw('{% act_button "办结" why="3家未办毕" %}'), create_parent="div")
    button, why = tree.find("button"), tree.find("span")
    assert button.get("aria-disabled") == "true"
    assert button.get("aria-describedby") == why.get("id")
    assert why.text == "3家未办毕"


def test_an_act_with_a_letter_tells_the_keyboard():
    assert 'aria-keyshortcuts="z"' in draw('{% act_button "转办" "/x/" key="Z" %}')


def test_frames_hold_what_they_are_given():
    drawn = draw(
        '{% panel title=name more="更多" more_url="/all/" %}<p>内</p>{% endpanel %}', name="<i>待阅</i>"
    )
    assert "<p>内</p>" in drawn
    assert "&lt;i&gt;待阅" in drawn
    assert 'href="/all/"' in drawn
    assert 'role="alert"' in draw('{% note "error" %}错{% endnote %}')


def test_charts_say_in_words_what_they_show():
    assert "45%" in progress(45)
    assert 'width="100"' in progress(140)
    assert 'aria-label="办结9，正常11，临期1，超期1"' in stack(9, 11, 1, 1)
    assert 'aria-label="1、2、3"' in sparkline([1, 2, 3])
    assert sparkline([]) == ""
    drawn = columns([("1月", 31, 27), ("2月", None, 0)], "发文数")
    assert ">31<" in drawn
    assert ">27<" in drawn
    assert 'aria-label="发文数"' in drawn


def test_nothing_drawn_needs_an_inline_style():
    for drawn in (progress(45), stack(1, 2), sparkline([1, 2]), columns([("1月", 3, 2)], "x")):
        assert "style=" not in drawn


def test_an_icon_of_no_list_is_noticed(monkeypatch):
    monkeypatch.setattr(assets, "built_icons", lambda: {"inbox": "<path/>"})
    assert assets.icon("inbox", "收件").count("aria-label") == 1
    assert 'aria-hidden="true"' in assets.icon("inbox")
    with pytest.raises(ValueError, match=r"assets/icons\.txt"):
        assets.icon("no-such-icon")


def test_pages_are_drawn_before_the_first_build(monkeypatch):
    monkeypatch.setattr(assets, "built_icons", dict)
    assert "<rect" in assets.icon("inbox")
