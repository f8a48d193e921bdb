"""期限说得清: every deadline can say how it was reckoned."""

from datetime import timedelta

from django.urls import reverse

from zhongshu.base import clock


def test_the_reckoning_is_shown_in_lines(client, office, carrier):
    incoming = carrier.registered()
    client.force_login(office.clerk)
    page = client.get(reverse("documents:incoming_due", args=[incoming.public_id])).content.decode()
    for word in ("平件办结", "起算", "当日不计入", "到期"):
        assert word in page


def test_what_the_paper_states_goes_first(client, office, carrier):
    incoming = carrier.registered(stated_due=clock.now() + timedelta(days=9))
    client.force_login(office.clerk)
    page = client.get(reverse("documents:incoming_due", args=[incoming.public_id])).content.decode()
    assert "以来文为准" in page


def test_others_cannot_tell(client, office, carrier):
    incoming = carrier.registered()
    client.force_login(office.outsider)
    assert client.get(reverse("documents:incoming_due", args=[incoming.public_id])).status_code == 404
