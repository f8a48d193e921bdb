"""By when a paper must be closed, and the same in lines that can be checked by hand."""

from datetime import datetime

from zhongshu.base import clock, deadlines
from zhongshu.documents.models import IncomingDocument
from zhongshu.matters.models import Urgency


def _rule(incoming: IncomingDocument) -> deadlines.DeadlinePolicy:
    plain = incoming.matter.urgency == Urgency.NORMAL
    code = "request" if incoming.is_request and plain else incoming.matter.urgency
    return deadlines.policy(f"documents.incoming.{code}", incoming.matter.tenant_id)


def due_of(incoming: IncomingDocument) -> datetime:
    """Return the deadline: as the paper states it itself, else by its urgency and kind."""
    if incoming.stated_due:
        return incoming.stated_due
    return deadlines.compute(_rule(incoming), incoming.received_at).due_at


def explained(incoming: IncomingDocument) -> list[str]:
    """Return how the deadline came about: 起算日, 扣除的日子, 顺延, 到期日; and what changed it since."""
    now = incoming.matter.due_at
    if incoming.stated_due:
        lines = [f"来文写明时限：{clock.local(incoming.stated_due):%Y年%-m月%-d日 %H:%M}，以来文为准"]
        first = incoming.stated_due
    else:
        rule = _rule(incoming)
        reckoned = deadlines.compute(rule, incoming.received_at)
        lines = [f"规则：{rule.name}（{rule.basis or '本单位设置'}）", *reckoned.explain()]
        first = reckoned.due_at
    if now and now != first:
        lines.append(f"后经延期、挂起或规则调整，现为{clock.local(now):%Y年%-m月%-d日 %H:%M}，经过见办理痕迹")
    return lines
