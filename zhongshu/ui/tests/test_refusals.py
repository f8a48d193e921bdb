"""拒绝: what an action refuses reaches the form it came from, with the reason and with what was typed."""

import pytest
from django.http import HttpResponse
from django.test import RequestFactory

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import NotFoundHere, Refusal, Refused, Repeated, Stale
from zhongshu.ui.middleware import RefusalMiddleware

TWO = Refused(Refusal("DOC-02", "办理时限早于今天", "due"), Refusal("DOC-09", "此件已挂起"))
pytestmark = pytest.mark.usefixtures("plain_shell")

HTMX = {"HTTP_HX_REQUEST": "true"}


def answer(exception, typed=None, **headers):
    request = RequestFactory().post("/incoming/x/assign/", typed or {}, **headers)
    request.actor = Actor(1, "林晓禾")
    return RefusalMiddleware(lambda _: HttpResponse()).process_exception(request, exception)


def test_htmx_gets_all_reasons_for_the_form():
    response = answer(TWO, **HTMX)
    text = response.content.decode()
    assert response.status_code == 422
    assert response["ZS-Refused"] == "1"
    assert response["HX-Retarget"] == "#page-message"
    assert 'data-field="due"' in text
    assert "办理时限早于今天" in text
    assert "此件已挂起" in text
    assert "DOC-09" in text
    assert "<html" not in text


def test_a_plain_form_gets_a_page_with_the_way_back():
    response = answer(TWO, HTTP_REFERER="http://testserver/incoming/x/")
    text = response.content.decode()
    assert response.status_code == 422
    assert "<html" in text
    assert "返回修改" in text
    assert 'href="http://testserver/incoming/x/"' in text


def test_the_way_back_never_leads_out_of_the_house():
    assert "evil.example" not in answer(TWO, HTTP_REFERER="https://evil.example/").content.decode()


def test_boosted_and_history_requests_get_the_page():
    for header in ("HTTP_HX_BOOSTED", "HTTP_HX_HISTORY_RESTORE_REQUEST"):
        assert "<html" in answer(TWO, **HTMX, **{header: "true"}).content.decode()


def test_who_came_late_is_told_by_whom():
    response = answer(Stale.by("程以安"), **HTMX)
    assert response.status_code == 409
    assert "已由程以安处理" in response.content.decode()
    assert "data-reload" in response.content.decode()


def test_a_form_that_came_twice_goes_where_it_went_first():
    assert answer(Repeated("/incoming/x/"), **HTMX)["HX-Redirect"] == "/incoming/x/"
    assert answer(Repeated("/incoming/x/"))["Location"] == "/incoming/x/"


def test_a_reference_that_is_no_address_is_asked_of_the_slot(monkeypatch):
    monkeypatch.setattr("zhongshu.ui.slots.slots.url_of_result", lambda reference: f"/m/{reference}/")
    assert answer(Repeated("abc"))["Location"] == "/m/abc/"


def test_what_one_may_not_know_of_is_not_found():
    assert answer(NotFoundHere()).status_code == 404


def test_other_errors_are_left_to_others():
    assert answer(ValueError("a fault")) is None


def test_reasons_are_escaped():
    text = answer(Refused.one("X-1", "<b>不行</b>"), **HTMX).content.decode()
    assert "<b>不行</b>" not in text
    assert "&lt;b&gt;不行" in text


def test_what_was_typed_can_be_copied_but_no_secret():
    typed = {
        "opinion": "请水利局阅办",
        "password": "hunter22",
        "_key": "abcdef",
        "csrfmiddlewaretoken": "tttt",
    }
    text = answer(TWO, typed).content.decode()
    assert "请水利局阅办" in text
    assert "hunter22" not in text
    assert "abcdef" not in text
