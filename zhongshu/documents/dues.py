"""By when a paper or a 批示件 must be closed, and the same in lines that can be checked by hand."""

from datetime import datetime

from zhongshu.base import clock, deadlines
from zhongshu.documents.models import IncomingDocument, LeaderInstruction
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


def _rule_of_instruction(row: LeaderInstruction) -> deadlines.DeadlinePolicy:
    return deadlines.policy(f"documents.instruction.{row.level}", row.matter.tenant_id)


def reckoned(row: LeaderInstruction) -> deadlines.Deadline:
    """Reckon the deadline of a 批示件: its level's rule, from when the office received it or learned of it."""
    return deadlines.compute(_rule_of_instruction(row), row.starts_at)


def instruction_explained(row: LeaderInstruction) -> list[str]:
    """Return how the deadline of a 批示件 came about; one that asks for no work has none."""
    if row.matter.due_at is None:
        return []
    rule, found = _rule_of_instruction(row), reckoned(row)
    lines = [f"规则：{rule.name}，{rule.quantity}{deadlines.Unit(rule.unit).label}"]
    if row.came_later:
        written, came = (
            f"{clock.local(at):%Y年%-m月%-d日 %H:%M}" for at in (row.instructed_at, row.starts_at)
        )
        lines.append(f"{written}批示，{came}收到（获悉），从收到之日起算")
    lines += found.explain()
    if row.matter.due_at != found.due_at:
        lines.append(
            f"批示或交办另有要求，或后经调整，现为{clock.local(row.matter.due_at):%Y年%-m月%-d日 %H:%M}"
        )
    return lines
