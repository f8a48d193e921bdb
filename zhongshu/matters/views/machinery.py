"""后台任务 and 提醒通道: the machinery as the system administrator sees it, without a word of any paper."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base import clock
from zhongshu.matters import machinery, outbox, ticker
from zhongshu.matters.forms import RobotForm
from zhongshu.matters.models import OutboxItem, Robot, TickerJob
from zhongshu.people.models import OrgUnit
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

MOST = 200


@requires("system.outbox")
@require_GET
def outbox_list(request: OfficeRequest) -> HttpResponse:
    """后台任务: what was given up, what waits, and the schedule."""
    now = clock.now()
    late = outbox.waiting(now).order_by("run_at").first()
    context = {
        "title": "后台任务",
        "dead": list(outbox.dead()[:MOST]),
        "waiting_words": f"等待办理的后台任务 {outbox.pending().count()} 项",
        "late_minutes": int((now - late.run_at).total_seconds() // 60) if late else 0,
        "jobs": _jobs(),
    }
    return render(request, "matters/outbox.html", context)


def _jobs() -> list[dict[str, Any]]:
    rows = {row.name: row for row in TickerJob.objects.all()}
    return [{"job": job, "row": rows.get(name)} for name, job in sorted(ticker.jobs().items())]


@requires("system.outbox")
@require_POST
def outbox_retry(request: OfficeRequest, pk: int) -> HttpResponse:
    """Try one again."""
    item = get_object_or_404(OutboxItem, pk=pk)
    machinery.retry_item(item, by=request.actor)
    tell(request, "已重新排队")
    return go_to(request, reverse("matters:outbox"))


@requires("system.outbox")
@require_POST
def outbox_retry_all(request: OfficeRequest) -> HttpResponse:
    """Try all again."""
    count = machinery.retry_all(by=request.actor)
    tell(request, f"已将 {count} 项重新排队")
    return go_to(request, reverse("matters:outbox"))


@requires("system.robots")
def robot_list(request: OfficeRequest) -> HttpResponse:
    """提醒通道: the robots of the office, and the form for another one."""
    tenant = _tenant(request)
    form = RobotForm(request.POST if request.method == "POST" else None).serve(tenant)
    if request.method == "POST" and form.is_valid():
        machinery.add_robot(**form.cleaned_data, tenant=tenant, by=request.actor)
        tell(request, "已登记，可以试发一条")
        return go_to(request, reverse("matters:robots"))
    context = {
        "title": "提醒通道",
        "robots": Robot.objects.filter(tenant=tenant).select_related("unit", "person").order_by("pk"),
        "form": form,
    }
    return render(request, "matters/robots.html", context, status=422 if form.errors else 200)


@requires("system.robots")
@require_POST
def robot_switch(request: OfficeRequest, pk: int) -> HttpResponse:
    """Put a robot in or out of service."""
    robot = get_object_or_404(Robot, pk=pk, tenant=_tenant(request))
    on = request.POST.get("on") == "1"
    machinery.switch_robot(robot, on=on, by=request.actor)
    tell(request, f"“{robot.name}”已{'启用' if on else '停用'}")
    return go_to(request, reverse("matters:robots"))


@requires("system.robots")
@require_POST
def robot_test(request: OfficeRequest, pk: int) -> HttpResponse:
    """Let the worker send a line."""
    robot = get_object_or_404(Robot, pk=pk, tenant=_tenant(request))
    machinery.test_robot(robot, by=request.actor)
    tell(request, "已交后台发送；没有收到时请看“后台任务”里的原因")
    return go_to(request, reverse("matters:robots"))


def _tenant(request: OfficeRequest) -> OrgUnit:
    if request.actor.tenant_id is None:
        raise Http404("请先为管理员指定所在单位")
    return get_object_or_404(OrgUnit, pk=request.actor.tenant_id)
