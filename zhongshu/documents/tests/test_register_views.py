"""存为视图: filters and columns kept under a name, and 催办 of many from the list."""

from urllib.parse import urlencode

from django.urls import reverse

from zhongshu.base.models import TrailEntry
from zhongshu.documents.tests.papers import papers, rows_of
from zhongshu.matters.models import Notification, SavedView

URL = reverse("documents:incoming_register")
SAVE = reverse("documents:view_save", args=["incoming"])


def tabs_of(response):
    return {view.label: (url, is_current) for view, url, is_current in response.context["shown"].views}


def test_a_view_goes_round(client, office):
    papers(office, [{"n": 1, "title": "急", "urgency": "urgent"}, {"n": 2, "title": "平"}])
    client.force_login(office.clerk)
    client.cookies["zs_cols_incoming"] = "lead.received"
    query = client.get(URL, {"urgency": "urgent", "order": "new"}).context["shown"].state.query()
    assert client.post(SAVE, {"name": "加急件", "query": query}).status_code == 302
    del client.cookies["zs_cols_incoming"]
    url, is_current = tabs_of(client.get(URL))["加急件"]
    assert not is_current
    response = client.get(URL + url)
    assert rows_of(response) == ["急"]
    assert tabs_of(response)["加急件"][1]
    assert not tabs_of(response)["在办"][1]
    assert "lead" not in [column.key for column in response.context["shown"].columns]
    drop = reverse("documents:view_drop", args=[SavedView.objects.get().pk])
    client.force_login(office.director)
    assert client.post(drop).status_code == 404
    client.force_login(office.clerk)
    assert client.post(drop).status_code == 302
    assert "加急件" not in tabs_of(client.get(URL))


def test_a_filter_of_a_saved_view_can_be_taken_off(client, office):
    papers(office, [{"n": 1, "urgency": "urgent"}, {"n": 2}])
    client.force_login(office.clerk)
    query = "?" + urlencode({"order": "due", "urgency": "urgent"})
    client.post(SAVE, {"name": "加急件", "query": query})
    chip = client.get(URL + query).context["shown"].chips[0]
    assert len(rows_of(client.get(URL + chip.without))) == 2


def test_a_view_is_nothing_but_filters(client, office):
    client.force_login(office.clerk)
    client.post(SAVE, {"name": "坏", "query": "javascript:alert(1)?urgency=urgent"})
    assert SavedView.objects.get().query.startswith("?")


def test_a_view_needs_a_name(client, office):
    client.force_login(office.clerk)
    assert client.post(SAVE, {"name": " ", "query": "?"}).status_code == 422


def test_many_are_reminded_at_once(client, office, carrier):
    on_its_way, waiting = carrier.instructing(), carrier.registered(doc_number="澜政办发〔2026〕99号")
    strange = papers(office, [{"n": 5}])[0]
    ids = [d.matter.public_id for d in (on_its_way, waiting, strange)]
    url = reverse("documents:incoming_remind")
    client.force_login(office.depts[0].liaison)
    assert client.post(url, {"id": ids, "text": ""}).status_code == 422
    client.force_login(office.director)
    response = client.post(url, {"id": ids, "text": ""}, follow=True)
    assert "已催办2件；1件没有催" in response.text
    assert Notification.objects.filter(event="flow.remind", matter=on_its_way.matter).exists()
    assert TrailEntry.objects.filter(verb="flow.remind").count() == 2
    assert client.post(url, {"id": ids, "text": ""}).status_code == 422
