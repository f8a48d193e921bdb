"""What the spine hangs into the shell: notices in the top bar, the machinery under 系统."""

from zhongshu.matters import notices
from zhongshu.matters.live.addresses import live_url
from zhongshu.ui import slots
from zhongshu.ui.addresses import address, address_of
from zhongshu.ui.navigation import NavItem, register
from zhongshu.ui.permissions import declare
from zhongshu.ui.requests import actor_of

SYSTEM = "系统"
declare("system.settings", "参数设置", roles=("sys_admin",), group=SYSTEM)
declare("system.outbox", "后台任务", roles=("sys_admin",), group=SYSTEM)
declare("system.robots", "提醒通道", roles=("sys_admin",), group=SYSTEM)

register(
    NavItem("system", "参数设置", "matters:settings", "system.settings", order=70, group="运行"),
    NavItem("system", "后台任务", "matters:outbox", "system.outbox", order=80, group="运行"),
    NavItem("system", "提醒通道", "matters:robots", "system.robots", order=81, group="运行"),
    NavItem("desk", "消息", "matters:notices", order=80),
)

slots.fill(
    unread=lambda actor: notices.unread_count(actor.person_id),
    notices_url=lambda: address("matters:notices"),
    live_url=live_url,
    url_of_result=lambda public_id: address_of("matters:matter", public_id) if public_id else "",
    poll_url=lambda request: address("matters:pulse") if actor_of(request) else "",
)
