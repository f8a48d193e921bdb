"""外壳: what surrounds a page, and the pages that say what went wrong."""

from datetime import datetime

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.ui.context import Shell
from zhongshu.ui.slots import AccountLink, Standing, fill, slots

pytestmark = pytest.mark.usefixtures("plain_shell")


def request(actor=None):
    made = RequestFactory().get("/")
    made.actor = actor or Actor(None, "")
    return made


CLERK = Actor(1, "林晓禾", unit_name="文书股", on_behalf_of_name="许清和")


def test_the_person_is_named_as_the_office_writes_it():
    shell = Shell(request(CLERK))
    assert (shell.person_name, shell.person_line) == ("林晓禾（代许清和）", "文书股")


def test_the_day_is_written_in_full():
    with clock.fixed(datetime(2026, 6, 10, 9, tzinfo=clock.ZONE)):
        assert Shell(request()).date_words == "2026年6月10日　星期三"


def test_a_stranger_is_asked_nothing(monkeypatch):
    monkeypatch.setattr(slots, "unread", lambda actor: pytest.fail("asked for a stranger"))
    shell = Shell(request())
    assert (shell.unread, shell.sections, shell.new_items, shell.all_groups) == (0, [], [], [])


def test_rooms_answer_what_the_shell_asks():
    fill(unread=lambda actor: 120, notices_url=lambda: "/notices/")
    page = render_to_string("ui/base.html", {"title": "工作台"}, request=request(CLERK))
    assert ">99+<" in page
    assert "消息，99+条未读" in page


def test_a_question_nobody_asks_is_a_mistake():
    with pytest.raises(ValueError, match="does not ask"):
        fill(weather=lambda: "晴")


def test_standings_and_sign_out_are_posted():
    fill(
        standings=lambda request: [Standing("县政府办 主任", "/account/standing/", True, "7")],
        account_links=lambda request: [AccountLink("退出", "/sign-out/", is_post=True)],
    )
    page = render_to_string("ui/base.html", {"title": "工作台"}, request=request(CLERK))
    assert page.count('action="/sign-out/"') >= 1
    assert 'name="standing" value="7"' in page


@pytest.mark.parametrize("is_demo", [True, False])
def test_the_demonstration_is_marked_on_every_page(settings, is_demo):
    settings.ZHONGSHU_DEMO = is_demo
    for template in ("ui/base.html", "ui/sign_in_base.html"):
        assert (">演示<" in render_to_string(template, {"title": "x"}, request=request(CLERK))) is is_demo


@pytest.mark.parametrize("code", ["400", "403", "404", "409", "500"])
def test_error_pages_say_in_chinese_what_to_do(code):
    needs_request = code in {"403", "404", "409"}
    page = render_to_string(f"{code}.html", {}, request=request(CLERK) if needs_request else None)
    assert 'lang="zh-CN"' in page
    assert "工作台" in page
    assert "<script" not in page or needs_request


def test_a_missing_page_is_told_to_whoever_asks(client, db):
    response = client.get("/no-such-page/")
    assert response.status_code == 404
    assert "没有找到" in response.content.decode()
