"""没有角色的同事: whom a paper was handed to can open it and act, though their post gives no permission."""

from django.urls import reverse

from zhongshu.documents import actions
from zhongshu.documents.tasks import my_tasks
from zhongshu.flow import verbs


def test_a_colleague_without_a_role_opens_and_answers(client, office, carrier):
    group = office.depts[0]
    incoming = carrier.handling()
    liaison = office.actor(group.liaison)
    actions.sign_for_unit(incoming, by=liaison)
    verbs.transfer(my_tasks(incoming.matter, by=liaison)[0], group.member, "请具体办", by=liaison)
    client.force_login(group.member)
    assert client.get(reverse("documents:incoming", args=[incoming.public_id])).status_code == 200
    sent = {"text": "已完成排查，隐患五处均已落实监测人。", "is_final": "1", "_key": "k"}
    url = reverse("documents:incoming_act", args=[incoming.public_id, "feed_back"])
    assert client.post(url, sent).status_code == 302


def test_before_that_it_does_not_exist_for_them(client, office, carrier):
    incoming = carrier.handling()
    client.force_login(office.depts[0].member)
    assert client.get(reverse("documents:incoming", args=[incoming.public_id])).status_code == 404
