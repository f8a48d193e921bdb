"""权限: declared on the view, asked before it runs."""

import pytest
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.test import RequestFactory

from zhongshu.base.actors import Actor
from zhongshu.ui import permissions
from zhongshu.ui.permissions import OPEN, SIGNED_IN, open_to_all, permission_of, requires, signed_in


@requires("documents.register", "documents.review")
def guarded(request):
    return HttpResponse("in")


@signed_in
def mine(request):
    return HttpResponse("in")


@open_to_all
def door(request):
    return HttpResponse("in")


def request(actor=None, **headers):
    made = RequestFactory().get("/incoming/?q=a%20b", **headers)
    made.actor = actor or Actor(None, "")
    return made


def clerk(*codes):
    return Actor(1, "林晓禾", permissions=frozenset(codes))


def test_any_of_the_codes_opens_the_view():
    assert guarded(request(clerk("documents.review"))).content == b"in"
    with pytest.raises(PermissionDenied):
        guarded(request(clerk("archive.see")))


def test_a_stranger_is_sent_to_sign_in_and_back():
    response = guarded(request())
    assert response.status_code == 302
    assert response["Location"].endswith("?next=/incoming/%3Fq%3Da%2520b")


def test_a_stranger_of_htmx_leaves_the_whole_page():
    response = mine(request(HTTP_HX_REQUEST="true"))
    assert response.status_code == 204
    assert response["HX-Redirect"].endswith("?next=/")
    here = mine(request(HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://testserver/incoming/?q=a"))
    assert here["HX-Redirect"].endswith("?next=/incoming/%3Fq%3Da")
    elsewhere = mine(request(HTTP_HX_REQUEST="true", HTTP_HX_CURRENT_URL="http://evil.example/x/"))
    assert elsewhere["HX-Redirect"].endswith("?next=/")


def test_signed_in_asks_for_nothing_more():
    assert mine(request(clerk())).content == b"in"
    assert mine(request()).status_code == 302
    assert door(request()).content == b"in"


def test_the_view_says_what_it_needs():
    assert permission_of(guarded) == "documents.register|documents.review"
    assert (permission_of(mine), permission_of(door)) == (SIGNED_IN, OPEN)
    assert permission_of(lambda request: None) is None


def test_a_code_is_declared_once(monkeypatch):
    monkeypatch.setattr(permissions, "_declared", {})
    permissions.declare("x.see", "看", roles=("clerk",))
    permissions.declare("x.see", "看", roles=("clerk",))
    with pytest.raises(ValueError, match="twice"):
        permissions.declare("x.see", "看全部")
    assert permissions.codes_of_role("clerk") == {"x.see"}
    assert permissions.codes_of_role("outsider") == frozenset()
