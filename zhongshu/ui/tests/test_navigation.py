"""导航: a person sees the sections in which there is something for them, and where they are."""

import pytest
from django.http import HttpResponse
from django.urls import include, path

from zhongshu.base.actors import Actor
from zhongshu.ui import navigation
from zhongshu.ui.navigation import NavItem, NewItem


def page(request):
    return HttpResponse()


urlpatterns = [
    path("", page, name="desk"),
    path("incoming/", page, name="incoming"),
    path("incoming/returns/", page, name="returns"),
    path("system/", page, name="system"),
    path("", include("zhongshu.ui.urls")),
]
pytestmark = pytest.mark.urls(__name__)

CLERK = Actor(1, "林晓禾", permissions=frozenset({"documents.see"}))


@pytest.fixture(autouse=True)
def items(monkeypatch):
    monkeypatch.setattr(navigation, "_items", [])
    monkeypatch.setattr(navigation, "_new_items", [])
    navigation.register(
        NavItem("desk", "工作台", "desk"),
        NavItem(
            "documents", "退文", "returns", "documents.see", order=20, group="专项", count=lambda actor: 7
        ),
        NavItem("documents", "收文登记簿", "incoming", "documents.see|documents.all", order=10),
        NavItem("system", "参数", "system", "system.settings"),
        NavItem("duty", "尚未建成", "no-such-page"),
        NewItem("收文登记", "incoming", "documents.register"),
    )


def test_sections_without_anything_for_the_person_are_absent():
    assert [p.section.code for p in navigation.sections_for(CLERK)] == ["desk", "documents"]


def test_a_section_opens_at_its_first_item():
    assert [p.url for p in navigation.sections_for(CLERK)] == ["/", "/incoming/"]


def test_the_second_level_is_grouped_and_counted():
    plain, special = navigation.groups_for(CLERK, "documents", "/incoming/")
    assert [(p.label, p.is_current) for p in plain.places] == [("收文登记簿", True)]
    assert (special.label, special.places[0].count) == ("专项", 7)


@pytest.mark.parametrize(
    ("address", "place"),
    [
        ("/", ("desk", "/")),
        ("/incoming/", ("documents", "/incoming/")),
        ("/incoming/abc/", ("documents", "/incoming/")),
        ("/incoming/returns/3/", ("documents", "/incoming/returns/")),
        ("/nowhere/", ("", "")),
        ("/system/", ("", "")),
    ],
)
def test_one_is_at_the_item_with_the_longest_address(address, place):
    assert navigation.locate(CLERK, address) == place


def test_new_things_ask_for_their_permission():
    assert navigation.new_items_for(CLERK) == []
    registrar = Actor(1, "林晓禾", permissions=frozenset({"documents.register"}))
    assert [p.label for p in navigation.new_items_for(registrar)] == ["收文登记"]


def test_entering_twice_changes_nothing():
    navigation.register(NavItem("desk", "工作台", "desk"))
    assert len(navigation.items_for(CLERK, "desk")) == 1


def test_a_section_that_does_not_exist_is_a_mistake():
    with pytest.raises(ValueError, match="no section"):
        navigation.register(NavItem("kitchen", "食堂", "desk"))
