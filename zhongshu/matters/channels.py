"""The ways out of the house: what may be said on each, and the saying. Only workers call this."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.conf import settings as site
from django.core.mail import EmailMessage

from zhongshu.matters import robots, settings
from zhongshu.matters.models import Notification, Robot, SecurityLabel, Urgency

SHOUT = {Urgency.EXTRA_URGENT: "特急", Urgency.URGENT: "加急"}


def words_outside(whom: str, urgencies: Iterable[str]) -> str:
    """Say how much waits and how urgent, and nothing else: 您有1件特急待办."""
    count = Counter(urgencies)
    total = sum(count.values())
    shouts = [(count[Urgency(code)], word) for code, word in SHOUT.items() if count[Urgency(code)]]
    if total == 1:
        return f"{whom}有1件{shouts[0][1] if shouts else ''}待办"
    among = "、".join(f"{number}件{word}" for number, word in shouts)
    return f"{whom}有{total}件待办" + (f"，其中{among}" if among else "")


def urgencies_of(notices: Iterable[Notification]) -> list[str]:
    """Return one urgency a matter, the sharpest; a notice without a matter counts for itself."""
    rank = [Urgency.NORMAL, Urgency.URGENT, Urgency.EXTRA_URGENT]
    sharpest: dict[tuple[str, int], str] = {}
    for notice in notices:
        thing = ("matter", notice.matter_id) if notice.matter_id else ("notice", notice.pk)
        before = sharpest.get(thing, Urgency.NORMAL)
        sharpest[thing] = max(before, notice.urgency, key=lambda code: rank.index(Urgency(code)))
    return list(sharpest.values())


def send_mail(address: str, notices: Sequence[Notification], tenant_id: int) -> None:
    """Send one message for all; titles only to the office's own mail domains."""
    hint = words_outside("您", urgencies_of(notices))
    if not _is_intranet(address, tenant_id):
        EmailMessage(subject=hint, body=f"{hint}，请登录办公系统查看。", to=[address]).send()
        return
    lines = [_mail_line(notice) for notice in notices]
    subject = lines[0].splitlines()[0] if len(lines) == 1 else hint
    EmailMessage(subject=subject[:120], body="\n\n".join(lines) + "\n", to=[address]).send()


def _is_intranet(address: str, tenant_id: int) -> bool:
    domains = {domain.lstrip("@").lower() for domain in settings.get("notices.mail_domains", tenant_id)}
    return address.rpartition("@")[2].lower() in domains


def _mail_line(notice: Notification) -> str:
    shout = SHOUT.get(Urgency(notice.urgency), "")
    mark = f"【{shout}】" if shout else ""
    matter = notice.matter
    if matter and matter.label == SecurityLabel.WORK_SECRET:
        return f"{mark}您有1件{shout}待办，请登录办公系统查看。"
    base = getattr(site, "ZHONGSHU_SITE_URL", "")
    text = " ".join(notice.text.split())
    return f"{mark}{text}" + (f"\n{base}/m/{matter.public_id}/" if base and matter else "")


def send_robot(robot: Robot, notices: Sequence[Notification]) -> None:
    """Let the robot say how much waits for its person or section."""
    whom = "您" if robot.person_id or not robot.unit else robot.unit.label
    robots.say(robot, words_outside(whom, urgencies_of(notices)) + "，请登录办公系统查看。")
