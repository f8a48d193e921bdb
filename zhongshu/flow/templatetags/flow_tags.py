"""Tags of the engine: where a matter stands, and the buttons of what may be done."""

from typing import Any

from django import template
from django.utils.safestring import SafeString

from zhongshu.flow import picture
from zhongshu.flow.models import FlowTask
from zhongshu.flow.rows import Rows
from zhongshu.flow.standing import standing
from zhongshu.flow.views.verbs import Button, matter_buttons, task_buttons
from zhongshu.matters.models import Matter

register = template.Library()
IN_THE_BAR = ("撤回", "改派", "转办", "退回", "催办", "传阅")


@register.simple_tag(takes_context=True)
def flow_buttons(
    context: dict[str, Any],
    task: FlowTask | None,
    *,
    rows: Rows | None = None,
    last: FlowTask | None = None,
) -> dict[str, list[Button]]:
    """Return 撤回 转办 退回 催办 传阅 for the bar and the rarer verbs for its menu; `last` is what was just done.

    flow/buttons.html#bar and #menu draw them as `flow`.
    """
    actor, matter = context["request"].actor, context["matter"]
    buttons: list[Button] = task_buttons(task, actor, rows) + matter_buttons(matter, actor, rows)
    buttons += [button for button in task_buttons(last, actor, rows) if not button.why]
    order = {label: place for place, label in enumerate(IN_THE_BAR)}
    bar = sorted((b for b in buttons if b.label in order), key=lambda b: order[b.label])
    return {"bar": bar, "rest": [b for b in buttons if b.label not in order and not b.why]}


@register.simple_tag
def flow_picture(matter: Matter, rows: Rows | None = None) -> SafeString:
    """Draw where a matter stands."""
    return picture.svg(standing(matter, rows))
