"""实时提示: an open page hears in numbers that something happened, by a ticket of its own and for a while only."""

import asyncio
import http.client
import json
import socket
import sqlite3
import time

import pytest
from django.core import signing
from django.db import connection

from zhongshu.base.actors import Actor
from zhongshu.matters.live import app, tickets
from zhongshu.matters.live.tickets import Holder, holder_of, ticket_for
from zhongshu.matters.stirs import Pulse, stir
from zhongshu.matters.tests.sites import Site, end
from zhongshu.people.models import Principal

ACTOR = Actor(person_id=7, name="林晓禾", principals=(71, 72))


def test_a_ticket_says_who_and_whose_desks():
    assert holder_of(ticket_for(ACTOR)) == Holder(7, (71, 72))


@pytest.mark.parametrize("ticket", ["", "x", "x:y:z"])
def test_a_forged_ticket_is_none(ticket):
    assert holder_of(ticket) is None


def test_a_ticket_sealed_for_another_purpose_is_none():
    assert holder_of(signing.dumps([7, 71], salt="other")) is None


def test_a_ticket_lasts_two_minutes(monkeypatch):
    ticket = ticket_for(ACTOR)
    assert "林晓禾" not in ticket
    now = time.time()
    monkeypatch.setattr(tickets.signing.time, "time", lambda: now + tickets.VALID_SECONDS - 1)
    assert holder_of(ticket)
    monkeypatch.setattr(tickets.signing.time, "time", lambda: now + tickets.VALID_SECONDS + 1)
    assert holder_of(ticket) is None


def ask(path="/live/", query="", headers=(), method="GET"):
    """Ask the app as a server would, and return what it sent."""
    sent = []

    async def receive():
        return {"type": "http.disconnect"}

    async def send(message):
        sent.append(message)

    scope = {
        "type": "http",
        "method": method,
        "path": path,
        "query_string": query.encode(),
        "headers": headers,
    }
    asyncio.run(app.application(scope, receive, send))
    return sent


@pytest.mark.parametrize(
    ("query", "method", "status"), [("", "GET", 403), ("t=forged", "GET", 403), (None, "POST", 403)]
)
def test_without_a_ticket_nothing_is_told(query, method, status):
    answer = ask(query=f"t={ticket_for(ACTOR)}" if query is None else query, method=method)
    assert answer[0]["status"] == status
    assert answer[1]["body"] == b""


def test_the_house_is_full_at_some_point(monkeypatch):
    monkeypatch.setattr(app, "MOST", 0)
    assert ask(query=f"t={ticket_for(ACTOR)}")[0]["status"] == 503


def test_the_health_page_tells_no_names():
    assert ask("/live/health")[1]["body"] == b"listeners 0"


@pytest.mark.parametrize(
    ("origin", "host", "lets_in"),
    [
        ("http://oa.example:8000", "oa.example:8001", True),
        ("http://[::1]:8000", "[::1]:8001", True),
        ("http://evil.example", "oa.example:8001", False),
        ("http://oa.example.evil.example", "oa.example:8001", False),
        ("null", "oa.example:8001", False),
    ],
)
def test_only_pages_of_the_same_host_may_listen(origin, host, lets_in):
    scope = {"headers": [(b"origin", origin.encode()), (b"host", host.encode())]}
    found = dict(app.cors(scope))
    assert (found.get(b"access-control-allow-origin") == origin.encode()) is lets_in
    assert b"access-control-allow-credentials" not in found


def test_an_event_is_numbers():
    assert app.event(Pulse(3, "88.2")) == 'event: pulse\ndata: {"unread": 3, "desk": "88.2"}\n\n'


@pytest.fixture
def live(transactional_db, tmp_path):
    """Live news as a process of its own on the test's database, and who listens."""
    site = Site(tmp_path)
    me, other = (Principal.objects.create(kind="person") for _ in range(2))
    site.open()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        site.port = probe.getsockname()[1]
    argv = ["--interface", "asgi", "--port", str(site.port), "--no-ws", "--workers-kill-timeout", "5"]
    process = site.start("granian", *argv, "zhongshu.asgi:application")
    site.me, site.other = me.pk, other.pk
    try:
        yield site
    finally:
        process.terminate()
        process.wait(30)
        end(process)


def listen(site):
    actor = Actor(person_id=1, name="", principals=(site.me,))
    line = http.client.HTTPConnection("127.0.0.1", site.port, timeout=30)
    until = time.monotonic() + 30
    while True:
        try:
            line.request("GET", f"/live/?t={ticket_for(actor)}")
            break
        except ConnectionRefusedError:
            line.close()
            assert time.monotonic() < until
            time.sleep(0.1)
    return line, line.getresponse()


def next_pulse(answer):
    while not (line := answer.readline()).startswith(b"data:"):
        assert line, "the stream ended"
    return json.loads(line[5:])


def stir_from_outside(site, principal):
    if connection.vendor == "postgresql":
        stir([principal])
        return
    file = sqlite3.connect(site.file, timeout=20)
    with file:
        at = "2026-01-01 00:00:00"
        file.execute("INSERT INTO matters_stir (principal_id, at) VALUES (?, ?)", [principal, at])
    file.close()


def test_an_open_page_hears_of_its_own_desk_and_of_no_other(live):
    line, answer = listen(live)
    try:
        assert answer.getheader("Content-Type").startswith("text/event-stream")
        first = next_pulse(answer)
        assert first == {"unread": 0, "desk": "0.0"}
        stir_from_outside(live, live.other)
        stir_from_outside(live, live.me)
        second = next_pulse(answer)
        assert second["desk"].endswith(".1")
    finally:
        answer.close()
        line.close()
