"""告知: the line in the house comes with the act; outside go only counts, by day, several as one."""

import base64
import hmac
import json
import threading
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection, transaction

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM
from zhongshu.base.refusals import Refused
from zhongshu.matters import channels, events, notices, outward, robots, settings
from zhongshu.matters.models import (
    Matter,
    NoticeDelivery,
    NoticePreference,
    Notification,
    OutboxItem,
    Robot,
    Setting,
    Stir,
)
from zhongshu.matters.outbox import TryLater, drain

DAY = datetime(2026, 3, 2, 10, 0, tzinfo=clock.ZONE)
NIGHT = DAY.replace(hour=23)
TITLE = "关于做好防汛工作的请示"


@pytest.fixture(autouse=True)
def own_settings(monkeypatch):
    """What one test sets is not remembered for the next."""
    monkeypatch.setattr(settings.cache, "get", lambda key: None)


@pytest.fixture
def matter(office):
    return Matter.objects.create(kind="incoming", tenant=office.tenant, title=TITLE, number="收〔2026〕7号")


@pytest.fixture
def clerk(office):
    office.clerk.email = "clerk@oa.yunling.example"
    office.clerk.save()
    return office.clerk


def switch(office, **values):
    for key, value in values.items():
        Setting.objects.update_or_create(
            tenant=office.tenant, key=f"notices.{key}", defaults={"value": value}
        )


def tell(persons, matter, *, text=f"请签收：{TITLE}", by=SYSTEM, **kwargs):
    with transaction.atomic():
        return notices.tell(persons, matter=matter, text=text, by=by, **kwargs)


def robot_of(office, **kwargs):
    kwargs = {"kind": "webhook", "address": "http://127.0.0.1:1/", "unit": office.units["秘书科"]} | kwargs
    return Robot.objects.create(tenant=office.tenant, name="群", **kwargs)


class Sink:
    """A messenger's server on this machine: keeps what it is sent."""

    def __init__(self):
        self.posts, self.paths, self.status, self.answer = [], [], 200, {"errcode": 0}
        self.server = HTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}/hook"
        threading.Thread(target=self.server.serve_forever, args=[0.01], daemon=True).start()

    def _handler(sink):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                sink.paths.append(self.path)
                sink.posts.append(self.rfile.read(int(self.headers["Content-Length"])).decode())
                body = json.dumps(sink.answer).encode()
                self.send_response(sink.status)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("Location", sink.url + "/elsewhere")
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args):
                pass

        return Handler


@pytest.fixture
def sink():
    sink = Sink()
    yield sink
    sink.server.shutdown()
    sink.server.server_close()


def test_everybody_finds_a_line_in_the_house_and_an_open_page_is_stirred(office, matter):
    tell([office.clerk, office.director], matter)
    line = Notification.objects.get(person=office.clerk)
    assert (line.text, line.matter, line.by_name) == (f"请签收：{TITLE}", matter, "系统")
    assert notices.unread_count(office.clerk.pk) == 1
    assert set(Stir.objects.values_list("principal_id", flat=True)) == {
        office.clerk.principal_id,
        office.director.principal_id,
    }


def test_whoever_acts_is_not_told_and_neither_is_who_left(office, matter):
    office.director.account_state = "disabled"
    tell([office.clerk, office.director, office.deputy], matter, by=office.actor(office.clerk))
    assert [n.person for n in Notification.objects.all()] == [office.deputy]


def test_the_same_key_tells_a_person_once(office, matter):
    tell([office.clerk], matter, key="due:1")
    tell([office.clerk, office.director], matter, key="due:1")
    assert notices.unread_count(office.clerk.pk) == 1
    assert notices.unread_count(office.director.pk) == 1


def test_the_line_goes_with_its_act(office, matter):
    with transaction.atomic():
        notices.tell([office.clerk], matter=matter, text="x", by=SYSTEM)
        transaction.set_rollback(True)
    assert not Notification.objects.exists()


def test_nothing_leaves_the_house_until_the_office_says_so(clerk, matter, mailoutbox):
    tell([clerk], matter, urgency="extra_urgent")
    assert not OutboxItem.objects.exists()


def test_no_message_is_sent_before_a_worker_sends_it(office, clerk, matter, mailoutbox):
    switch(office, mail=True)
    with clock.fixed(DAY):
        tell([clerk], matter, urgency="extra_urgent")
        assert mailoutbox == []
        drain()
    assert len(mailoutbox) == 1


def test_mail_inside_the_office_carries_the_title(office, clerk, matter, mailoutbox):
    switch(office, mail=True, mail_domains=["oa.yunling.example"])
    with clock.fixed(DAY):
        tell([clerk], matter, urgency="extra_urgent")
        drain()
    assert mailoutbox[0].to == [clerk.email]
    assert mailoutbox[0].subject == f"【特急】请签收：{TITLE}"


def test_mail_to_any_other_address_does_not(office, clerk, matter, mailoutbox):
    switch(office, mail=True)
    with clock.fixed(DAY):
        tell([clerk], matter, urgency="extra_urgent")
        drain()
    assert mailoutbox[0].subject == "您有1件特急待办"
    assert TITLE not in mailoutbox[0].body


def test_the_title_of_a_work_secret_goes_by_no_mail(office, clerk, matter, mailoutbox):
    switch(office, mail=True, mail_domains=["oa.yunling.example"])
    matter.label = "work_secret"
    matter.save()
    with clock.fixed(DAY):
        tell([clerk], matter, urgency="extra_urgent")
        drain()
    assert TITLE not in mailoutbox[0].subject + mailoutbox[0].body


def test_a_robot_says_how_much_waits_and_not_what(office, matter, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    with clock.fixed(DAY):
        tell([office.clerk], matter, urgency="extra_urgent")
        drain()
    said = json.loads(sink.posts[0])
    assert said["text"]["content"] == "秘书科有1件特急待办，请登录办公系统查看。"
    for secret in (TITLE, "防汛", "收〔2026〕7号", matter.public_id, office.clerk.name):
        assert secret not in sink.posts[0]


def test_a_person_s_own_robot_speaks_to_the_person_alone(office, matter, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url, unit=None, person=office.clerk)
    with clock.fixed(DAY):
        tell([office.clerk, office.director], matter, urgency="urgent")
    with clock.fixed(DAY + timedelta(minutes=1)):
        drain()
    assert [json.loads(p)["text"]["content"] for p in sink.posts] == ["您有1件加急待办，请登录办公系统查看。"]


def test_several_notices_of_a_few_minutes_leave_as_one(office, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    with clock.fixed(DAY):
        for n in range(3):
            paper = Matter.objects.create(kind="incoming", tenant=office.tenant, title=f"来文{n}")
            tell([office.clerk, office.section_chief], paper)
        drain()
        assert sink.posts == []
    with clock.fixed(DAY + timedelta(minutes=5)):
        drain()
    assert [json.loads(p)["text"]["content"] for p in sink.posts] == ["秘书科有3件待办，请登录办公系统查看。"]
    assert not OutboxItem.objects.filter(done_at=None).exists()


def test_what_was_read_meanwhile_stays_at_home(office, matter, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    with clock.fixed(DAY):
        tell([office.clerk], matter)
        notices.mark_matter_read(matter.pk, office.clerk)
    with clock.fixed(DAY + timedelta(minutes=5)):
        drain()
    assert sink.posts == []
    assert NoticeDelivery.objects.get().outcome == "read"


@pytest.mark.parametrize(
    ("urgency", "event", "goes"),
    [("extra_urgent", "", True), ("normal", "emergency", True), ("urgent", "", False), ("normal", "", False)],
)
def test_by_night_only_what_is_worth_waking_somebody(office, matter, sink, monkeypatch, urgency, event, goes):
    monkeypatch.setitem(events._events, "emergency", events.Event("emergency", "突发事件", by_night=True))
    monkeypatch.setitem(
        settings._declared, "notices.out.emergency", settings.Declared("", "", "bool", True, "")
    )
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    with clock.fixed(NIGHT):
        tell([office.clerk], matter, urgency=urgency, event=event)
        drain()
    with clock.fixed(NIGHT + timedelta(hours=7, minutes=59)):
        drain()
    assert bool(sink.posts) is goes
    with clock.fixed(NIGHT + timedelta(hours=8)):
        drain()
    assert len(sink.posts) == 1


def test_a_message_whose_tries_fell_into_the_night_waits_for_the_morning(office, matter, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    with clock.fixed(NIGHT - timedelta(minutes=70)):
        tell([office.clerk], matter)
    with clock.fixed(NIGHT):
        drain()
    assert sink.posts == []
    with clock.fixed(NIGHT + timedelta(hours=8)):
        drain()
    assert len(sink.posts) == 1


def test_a_messenger_that_does_not_answer_is_tried_again(office, matter, sink):
    switch(office, robots=True)
    robot_of(office, address=sink.url)
    sink.status = 500
    with clock.fixed(DAY):
        tell([office.clerk], matter, urgency="extra_urgent")
        drain()
    item = OutboxItem.objects.get()
    assert item.done_at is None
    assert item.error == "通道没有接受这条提醒（HTTP 500）"
    sink.status = 200
    with clock.fixed(DAY + timedelta(minutes=1)):
        drain()
    assert NoticeDelivery.objects.get().outcome == "sent"


def test_a_robot_taken_out_of_service_says_nothing(office, matter, sink):
    switch(office, robots=True)
    robot = robot_of(office, address=sink.url)
    with clock.fixed(DAY):
        tell([office.clerk], matter)
        Robot.objects.filter(pk=robot.pk).update(enabled=False)
    with clock.fixed(DAY + timedelta(minutes=5)):
        drain()
    assert sink.posts == []
    assert NoticeDelivery.objects.get().outcome == "dropped"


@pytest.mark.parametrize(("wish", "mails"), [({"by_mail": False}, 0), ({"only_urgent": True}, 0), ({}, 1)])
def test_a_person_may_wish_for_less(office, clerk, matter, mailoutbox, wish, mails):
    switch(office, mail=True)
    NoticePreference.objects.create(person=clerk, **wish)
    with clock.fixed(DAY):
        tell([clerk], matter)
    with clock.fixed(DAY + timedelta(minutes=5)):
        drain()
    assert len(mailoutbox) == mails


def test_an_office_may_keep_an_occasion_at_home(office, clerk, matter, mailoutbox, monkeypatch):
    monkeypatch.setattr(events, "_events", {})
    events.declare(events.Event("returned", "被退回"))
    switch(office, mail=True, **{"out.returned": False})
    with clock.fixed(DAY):
        tell([clerk], matter, event="returned", urgency="extra_urgent")
        drain()
    assert mailoutbox == []
    assert notices.unread_count(clerk.pk) == 1


@pytest.mark.parametrize(
    ("urgencies", "words"),
    [
        (["extra_urgent"], "您有1件特急待办"),
        (["urgent"], "您有1件加急待办"),
        (["normal"], "您有1件待办"),
        (["normal", "normal", "normal"], "您有3件待办"),
        (["normal", "extra_urgent", "urgent", "urgent"], "您有4件待办，其中1件特急、2件加急"),
    ],
)
def test_the_words_outside_are_a_count_and_nothing_more(urgencies, words):
    assert channels.words_outside("您", urgencies) == words


def test_several_notices_of_one_matter_count_once_at_the_sharpest(office, matter):
    tell([office.clerk], matter)
    tell([office.clerk], matter, urgency="urgent")
    assert channels.urgencies_of(Notification.objects.all()) == ["urgent"]


@pytest.mark.parametrize("address", ["file:///etc/passwd", "wecom", "https://"])
def test_what_is_no_web_address_is_refused(address):
    with pytest.raises(Refused, match="地址应以"):
        robots.check_address(address)


@pytest.mark.parametrize(
    ("kind", "where"),
    [("wecom", ("text", "content")), ("dingtalk", ("text", "content")), ("feishu", ("content", "text"))],
)
def test_each_messenger_is_sent_its_own_form_of_the_count(office, sink, kind, where):
    robots.say(robot_of(office, kind=kind, address=sink.url), "您有1件特急待办")
    body = json.loads(sink.posts[0])
    assert body[where[0]][where[1]] == "您有1件特急待办"
    assert "sign" not in sink.posts[0]


def test_a_robot_with_a_secret_signs(office, sink):
    """Values worked out by hand after the messengers' own manuals."""
    with clock.fixed(DAY):
        robots.say(
            robot_of(office, kind="dingtalk", address=f"{sink.url}?access_token=1", secret="SEC1"), "x"
        )
        robots.say(robot_of(office, kind="feishu", address=sink.url, secret="SEC1"), "x")
    stamp = str(int(DAY.timestamp()))
    ding = hmac.digest(b"SEC1", f"{stamp}000\nSEC1".encode(), "sha256")
    assert parse_qs(urlsplit(sink.paths[0]).query) == {
        "access_token": ["1"],
        "timestamp": [f"{stamp}000"],
        "sign": [base64.b64encode(ding).decode()],
    }
    feishu = base64.b64encode(hmac.digest(f"{stamp}\nSEC1".encode(), b"", "sha256")).decode()
    assert json.loads(sink.posts[1]) == {
        "msg_type": "text",
        "content": {"text": "x"},
        "timestamp": stamp,
        "sign": feishu,
    }


@pytest.mark.parametrize("answer", [{"errcode": 93000}, {"code": 19001}])
def test_a_refusal_inside_a_friendly_answer_is_a_refusal(office, sink, answer):
    sink.answer = answer
    with pytest.raises(TryLater, match="拒绝"):
        robots.say(robot_of(office, address=sink.url), "x")


def test_a_robot_follows_nobody_to_another_address(office, sink):
    sink.status = 302
    with pytest.raises(TryLater, match="302"):
        robots.say(robot_of(office, address=sink.url), "x")
    assert len(sink.posts) == 1


def test_the_secret_address_lies_sealed_in_the_database(office):
    robot = robot_of(office, address="https://qyapi.weixin.qq.com/x?key=geheim")
    with connection.cursor() as cursor:
        cursor.execute("SELECT address FROM matters_robot")
        assert "geheim" not in cursor.fetchone()[0]
    robot.refresh_from_db()
    assert robot.address.endswith("geheim")


def test_unsent_deliveries_are_the_only_ones_taken(office, matter, sink):
    """send_waiting twice (a worker died between sending and ticking off) does not send twice once closed."""
    switch(office, robots=True)
    robot = robot_of(office, address=sink.url)
    with clock.fixed(DAY):
        tell([office.clerk], matter)
    with clock.fixed(DAY + timedelta(minutes=5)):
        outward.send_waiting({"target": f"robot:{robot.pk}"})
        outward.send_waiting({"target": f"robot:{robot.pk}"})
    assert len(sink.posts) == 1
