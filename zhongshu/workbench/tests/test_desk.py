"""工作台: what waits for me, nearest deadline first, 特急 on top; a leader's desk; administrators see no business."""

import pytest
from django.urls import reverse

from zhongshu.documents import actions
from zhongshu.documents.actions.receiving import Arrival, Registration

TITLE = "关于开展汛期地质灾害隐患排查整治工作的通知"


@pytest.fixture
def registered(office):
    def register(title=TITLE, **changes):
        data = Registration(title=title, issuer_name="澜川市人民政府办公室", **changes)
        return actions.register(data, Arrival(), by=office.actor(office.clerk))

    return register


def test_the_clerk_sees_what_waits(client, office, registered):
    registered()
    client.force_login(office.clerk)
    page = client.get(reverse("workbench:desk")).content.decode()
    assert TITLE in page
    assert "初审" in page


@pytest.mark.parametrize("who", ["outsider", "director", "sys_admin"])
def test_who_has_nothing_to_do_with_it_does_not(client, office, registered, who):
    registered()
    client.force_login(getattr(office, who))
    assert TITLE not in client.get(reverse("workbench:desk")).content.decode()


def test_extra_urgent_is_on_top(client, office, registered):
    registered("平件一号")
    registered("特急二号", urgency="extra_urgent")
    client.force_login(office.clerk)
    page = client.get(reverse("workbench:desk")).content.decode()
    assert page.index("特急二号") < page.index("平件一号")


@pytest.mark.parametrize("tab", ["todo", "to_read", "reminded", "involved", "done", "nonsense"])
def test_every_tab_opens(client, office, registered, tab):
    registered()
    client.force_login(office.clerk)
    assert client.get(reverse("workbench:desk"), {"tab": tab, "light": "r", "kind": "x"}).status_code == 200


def test_a_mangled_cursor_is_an_unknown_page(client, office):
    client.force_login(office.clerk)
    assert client.get(reverse("workbench:desk"), {"after": "%%"}).status_code == 404


@pytest.mark.parametrize("who", ["clerk", "county_head", "sys_admin"])
def test_the_desk_is_cheap(client, office, registered, who, django_assert_max_num_queries):
    for n in range(5):
        registered(f"第{n}件")
    client.force_login(getattr(office, who))
    client.get(reverse("workbench:desk"))
    with django_assert_max_num_queries(25):
        client.get(reverse("workbench:desk"))


def test_search_shows_only_ones_own(client, office, registered):
    registered()
    for who, finds in ((office.clerk, True), (office.outsider, False), (office.audit_admin, False)):
        client.force_login(who)
        for name in ("workbench:search", "workbench:suggest"):
            page = client.get(reverse(name), {"q": "地质灾害"}).content.decode()
            assert ("排查整治工作" in page) is finds
