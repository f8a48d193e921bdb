"""What the system administrator does to the machinery: try again what was given up, keep the robots."""

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.matters import outbox, robots
from zhongshu.matters.models import OutboxItem, Robot
from zhongshu.matters.outbox import Payload, enqueue, handler
from zhongshu.people.models import OrgUnit

TEST_TOPIC = "robots.test"


@act("outbox_retry")
def retry_item(item: OutboxItem, *, by: Actor) -> None:
    """Give one item that was given up a fresh set of tries."""
    if not outbox.revive(OutboxItem.objects.filter(pk=item.pk)):
        raise Refused.one("OUTBOX-01", "这项任务已经在重试或已经办结，请刷新后再看")
    record(
        "outbox_retry", by=by, object_kind="outbox", object_id=item.pk, label="重试后台任务", text=item.topic
    )


@act("outbox_retry_all")
def retry_all(*, by: Actor) -> int:
    """Give all that was given up a fresh set of tries."""
    count = outbox.revive(OutboxItem.objects.all())
    if not count:
        raise Refused.one("OUTBOX-02", "没有可以重试的任务")
    record(
        "outbox_retry_all",
        by=by,
        object_kind="outbox",
        object_id="",
        label="重试后台任务",
        text=f"全部 {count} 项",
    )
    return count


@act("robot_add")
def add_robot(
    name: str, kind: str, address: str, secret: str, *, tenant: OrgUnit, unit: OrgUnit | None, by: Actor
) -> Robot:
    """Enter a robot of the office's messenger; its address is kept sealed and never shown again."""
    robots.check_address(address)
    robot = Robot.objects.create(
        tenant=tenant, unit=unit, name=name, kind=kind, address=address.strip(), secret=secret.strip()
    )
    _note("robot_add", robot, by, "登记提醒通道")
    return robot


@act("robot_switch")
def switch_robot(robot: Robot, *, on: bool, by: Actor) -> None:
    """Put a robot in or out of service."""
    if robot.enabled == on:
        raise Refused.one("NOTICE-02", f"“{robot.name}”已经是{'启用' if on else '停用'}状态")
    Robot.objects.filter(pk=robot.pk).update(enabled=on)
    _note("robot_switch", robot, by, "启用提醒通道" if on else "停用提醒通道")


@act("robot_test")
def test_robot(robot: Robot, *, by: Actor) -> None:
    """Let the worker send a line that says nothing."""
    enqueue(TEST_TOPIC, {"robot": robot.pk}, key=f"{TEST_TOPIC}:{robot.pk}:{by.key or id(by)}")
    _note("robot_test", robot, by, "试发提醒")


@handler(TEST_TOPIC, tries=1)
def send_test(payload: Payload) -> None:
    """Say a line that says nothing; what goes wrong stands in the list of the given up."""
    robots.say(Robot.objects.get(pk=payload["robot"]), "这是一条试发的提醒，收到即表示通道畅通。")


def _note(verb: str, robot: Robot, by: Actor, label: str) -> None:
    record(verb, by=by, object_kind="robot", object_id=robot.pk, label=label, text=robot.name)
