"""页与块: htmx gets the part, everybody else the whole page, and proxies keep them apart."""

import json

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zhongshu.base.actors import Actor
from zhongshu.ui.pages import back_or, go_to, page_or_part, tell_now, wants_part

pytestmark = pytest.mark.usefixtures("plain_shell")


def request(**headers):
    made = RequestFactory().get("/styleguide/register/", **headers)
    made.actor = Actor(1, "林晓禾")
    return made


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, False),
        ({"HTTP_HX_REQUEST": "true"}, True),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_BOOSTED": "true"}, False),
        ({"HTTP_HX_REQUEST": "true", "HTTP_HX_HISTORY_RESTORE_REQUEST": "true"}, False),
    ],
)
def test_only_a_request_for_a_part_gets_one(headers, expected):
    assert wants_part(request(**headers)) is expected


def test_the_part_and_the_page_come_from_one_template():
    context = {"refusals": ()}
    page = page_or_part(request(), "ui/refused.html", "part", context)
    part = page_or_part(request(HTTP_HX_REQUEST="true"), "ui/refused.html", "part", context)
    assert "<html" in page.content.decode()
    assert "<html" not in part.content.decode()
    for response in (page, part):
        assert {"HX-Request", "HX-Boosted", "HX-History-Restore-Request"} <= set(response["Vary"].split(", "))


def test_going_elsewhere():
    assert go_to(request(), "/incoming/")["Location"] == "/incoming/"
    by_htmx = go_to(request(HTTP_HX_REQUEST="true"), "/incoming/")
    assert (by_htmx.status_code, by_htmx["HX-Redirect"]) == (204, "/incoming/")


def test_back_only_to_our_own_pages():
    assert back_or(request(HTTP_REFERER="http://testserver/a/"), "/") == "http://testserver/a/"
    assert back_or(request(HTTP_REFERER="http://elsewhere/a/"), "/") == "/"


def test_a_notice_travels_in_a_header_as_ascii():
    response = tell_now(HttpResponse(), "已转办", event="zs:done")
    assert response["HX-Trigger"].isascii()
    assert json.loads(response["HX-Trigger"]) == {"zs:tell": {"text": "已转办"}, "zs:done": {}}
