"""后台任务, 提醒通道: the system administrator's alone, without a word of any paper."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.matters import outbox, ticker, upkeep
from zhongshu.matters.models import Notification, OutboxItem, Robot

LIST = reverse("matters:outbox")
ROBOTS = reverse("matters:robots")
ADDRESS = "https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=abc"


@pytest.fixture
def given_up(db):
    return OutboxItem.objects.create(
        topic="notices.outward",
        key="notice:robot:1:7",
        payload={"target": "robot:1", "text": "关于防汛的通知"},
        run_at=clock.now(),
        dead_at=clock.now(),
        attempts=9,
        error="通道连接不上，请检查网络和地址",
    )


@pytest.mark.parametrize("who", ["clerk", "director", "sec_admin", "audit_admin"])
@pytest.mark.parametrize("address", [LIST, ROBOTS])
def test_nobody_else_opens_them(client, office, who, address):
    client.force_login(getattr(office, who))
    assert client.get(address).status_code == 403


def test_what_was_given_up_is_shown_with_its_reason_and_without_its_content(client, office, given_up):
    client.force_login(office.sys_admin)
    text = client.get(LIST).content.decode()
    assert "通道连接不上" in text
    assert "防汛" not in text


def test_it_is_tried_again_on_demand_and_that_is_on_record(client, office, given_up):
    client.force_login(office.sys_admin)
    assert client.post(reverse("matters:outbox_retry", args=[given_up.pk])).status_code == 302
    given_up.refresh_from_db()
    assert (given_up.dead_at, given_up.attempts) == (None, 0)
    assert TrailEntry.objects.get(verb="outbox_retry").actor_id == office.sys_admin.pk


def test_what_is_waiting_anyway_is_not_revived(client, office, given_up):
    outbox.revive(OutboxItem.objects.all())
    client.force_login(office.sys_admin)
    answer = client.post(reverse("matters:outbox_retry", args=[given_up.pk]))
    assert answer.status_code == 422
    assert "已经在重试" in answer.content.decode()


def test_all_are_tried_again_at_once(client, office, given_up):
    client.force_login(office.sys_admin)
    client.post(reverse("matters:outbox_retry_all"))
    assert not outbox.dead().exists()


def test_the_schedule_is_shown(client, office):
    ticker.plan(clock.now())
    client.force_login(office.sys_admin)
    page = client.get(LIST).content.decode()
    assert "导出痕迹链头" in page
    assert "等待办理的后台任务 0 项" in page


def test_a_stopped_worker_is_noticed(client, office):
    OutboxItem.objects.create(topic="x", key="x", run_at=clock.now() - timedelta(minutes=10))
    client.force_login(office.sys_admin)
    assert "已等了 10 分钟" in client.get(LIST).content.decode()


def test_the_administrator_is_told_once_of_what_was_given_up(office, given_up):
    upkeep.tell_given_up(clock.now())
    upkeep.tell_given_up(clock.now())
    told = Notification.objects.get()
    assert told.person == office.sys_admin
    assert "1 项后台任务" in told.text


def add_robot(client, office, **changes):
    form = {"name": "秘书科群", "kind": "wecom", "unit": office.units["秘书科"].pk, "address": ADDRESS}
    return client.post(ROBOTS, form | changes)


def test_a_robot_is_entered_and_its_address_never_shown_again(client, office):
    client.force_login(office.sys_admin)
    assert add_robot(client, office).status_code == 302
    assert Robot.objects.get().address == ADDRESS
    page = client.get(ROBOTS).content.decode()
    assert "秘书科群" in page
    assert "key=abc" not in page
    assert "key=abc" not in str(TrailEntry.objects.values_list("text", "data"))


@pytest.mark.parametrize("changes", [{"address": "file:///etc/passwd"}, {"unit": ""}, {"kind": "pigeon"}])
def test_a_robot_that_cannot_work_is_refused(client, office, changes):
    client.force_login(office.sys_admin)
    assert add_robot(client, office, **changes).status_code == 422
    assert not Robot.objects.exists()


def test_another_office_s_units_and_robots_are_out_of_reach(client, office):
    client.force_login(office.sys_admin)
    assert add_robot(client, office, unit=office.depts[0].unit.pk).status_code == 422
    theirs = Robot.objects.create(tenant=office.depts[0].unit, name="x", kind="wecom", address=ADDRESS)
    assert client.post(reverse("matters:robot_switch", args=[theirs.pk]), {"on": "0"}).status_code == 404


def test_a_robot_is_put_out_of_service_and_back(client, office):
    client.force_login(office.sys_admin)
    add_robot(client, office)
    robot = Robot.objects.get()
    switch = reverse("matters:robot_switch", args=[robot.pk])
    client.post(switch, {"on": "0"})
    robot.refresh_from_db()
    assert robot.enabled is False
    assert client.post(switch, {"on": "0"}).status_code == 422
    client.post(switch, {"on": "1"})
    robot.refresh_from_db()
    assert robot.enabled is True


def test_a_trial_is_the_worker_s_business(client, office):
    client.force_login(office.sys_admin)
    add_robot(client, office)
    client.post(reverse("matters:robot_test", args=[Robot.objects.get().pk]))
    assert OutboxItem.objects.get().topic == "robots.test"


def test_the_house_s_own_jobs_run(office, settings, tmp_path):
    """Each job of the spine runs through on an office with nothing to tidy."""
    for name, job in ticker.jobs().items():
        if name.startswith(("base.", "people.", "matters.")):
            job.work(clock.now())
