"""Notices on their way out: who gets which by what channel, when, and several as one."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from zhongshu.base import clock
from zhongshu.matters import channels, events, settings
from zhongshu.matters.models import NoticeDelivery, NoticePreference, Notification, Robot, Urgency
from zhongshu.matters.outbox import Payload, enqueue, handler
from zhongshu.people.models import Appointment

TOPIC = "notices.outward"


def schedule(notices: Sequence[Notification], tenant_id: int) -> None:
    """Put notices on their way out, inside the transaction that made them."""
    mail, robots = settings.get("notices.mail", tenant_id), settings.get("notices.robots", tenant_id)
    leaving = [n for n in notices if events.goes_out(n.event, tenant_id)] if mail or robots else []
    if not leaving:
        return
    wishes = NoticePreference.objects.in_bulk([n.person_id for n in leaving], field_name="person_id")
    leaving = [n for n in leaving if _wants(n, wishes.get(n.person_id))]
    ways = _mail_ways(leaving, wishes) if mail else []
    if robots:
        ways += _robot_ways(leaving, wishes, tenant_id)
    _write(ways, tenant_id)


Way = tuple[Notification, Robot | None]


def _wants(notice: Notification, wish: NoticePreference | None) -> bool:
    return not (wish and wish.only_urgent and notice.urgency == Urgency.NORMAL)


def _mail_ways(notices: Sequence[Notification], wishes: dict[int, NoticePreference]) -> list[Way]:
    return [
        (n, None)
        for n in notices
        if n.person.email and (n.person_id not in wishes or wishes[n.person_id].by_mail)
    ]


def _robot_ways(
    notices: Sequence[Notification], wishes: dict[int, NoticePreference], tenant_id: int
) -> list[Way]:
    robots = list(Robot.objects.filter(tenant_id=tenant_id, enabled=True))
    if not robots:
        return []
    seats = _units_of([n.person_id for n in notices])
    return [
        (notice, robot)
        for notice in notices
        for robot in robots
        if _serves(robot, notice.person_id, seats, wishes.get(notice.person_id))
    ]


def _units_of(person_ids: Sequence[int]) -> set[tuple[int, int | None]]:
    current = Appointment.objects.current(clock.today()).filter(person_id__in=person_ids)
    return set(current.values_list("person_id", "unit_id"))


def _serves(
    robot: Robot, person_id: int, seats: set[tuple[int, int | None]], wish: NoticePreference | None
) -> bool:
    """A section's robot speaks to the section whatever one member wishes."""
    if robot.person_id:
        return robot.person_id == person_id and (wish is None or wish.by_robot)
    return (person_id, robot.unit_id) in seats


def _write(ways: Sequence[Way], tenant_id: int) -> None:
    deliveries = [
        NoticeDelivery(
            notification=notice,
            robot=robot,
            tenant_id=tenant_id,
            target=f"robot:{robot.pk}" if robot else f"mail:{notice.person_id}",
            due_at=events.send_at(notice.urgency, notice.event, tenant_id),
        )
        for notice, robot in ways
    ]
    NoticeDelivery.objects.bulk_create(deliveries)
    for delivery in deliveries:
        _promise(delivery.target, delivery.due_at, f"{delivery.notification_id}")


def _promise(target: str, due_at: datetime, mark: str) -> None:
    # Each notice brings its own item: the first to come due takes all with it, the others find nothing to do.
    enqueue(TOPIC, {"target": target}, key=f"notice:{target}:{mark}", run_at=due_at)


@handler(TOPIC, lease=180)
def send_waiting(payload: Payload) -> None:
    """Send as one message all that waits for a target; what was read meanwhile stays at home."""
    now = clock.now()
    waiting = NoticeDelivery.objects.filter(target=payload["target"], closed_at__isnull=True)
    rows = list(
        waiting.select_related("notification__matter", "notification__person", "robot__unit").order_by("pk")
    )
    unread = [row for row in rows if row.notification.read_at is None]
    _close([row for row in rows if row.notification.read_at], "read", now)
    ready = [row for row in unread if _may_leave(row, now)]
    if not ready:
        return
    _close(ready, "sent" if _send(ready) else "dropped", now)


def _may_leave(row: NoticeDelivery, now: datetime) -> bool:
    """By night (after a failed try, say) only what must; the rest gets a new appointment in the morning."""
    notice = row.notification
    if events.may_go_by_night(notice.urgency, notice.event) or not events.is_night(now, row.tenant_id):
        return True
    if row.due_at <= now:
        _put_off(row, events.morning_after(now, row.tenant_id))
    return False


def _put_off(row: NoticeDelivery, due_at: datetime) -> None:
    with transaction.atomic():
        NoticeDelivery.objects.filter(pk=row.pk).update(due_at=due_at)
        _promise(row.target, due_at, f"{row.notification_id}:{due_at:%Y%m%d}")


def _send(rows: Sequence[NoticeDelivery]) -> bool:
    notices = [row.notification for row in rows]
    if (robot := rows[0].robot) is not None:
        if robot.enabled:
            channels.send_robot(robot, notices)
        return robot.enabled
    person = notices[0].person
    if person.email and person.is_active:
        channels.send_mail(person.email, notices, rows[0].tenant_id)
        return True
    return False


def _close(rows: Sequence[NoticeDelivery], outcome: str, at: datetime) -> None:
    if rows:
        ids = [row.pk for row in rows]
        NoticeDelivery.objects.filter(pk__in=ids).update(closed_at=at, outcome=outcome)
