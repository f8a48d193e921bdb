"""转办, 退回, 加签 … : one dialog per verb, the same in every room."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from zhongshu.base.actors import Actor
from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused, Stale
from zhongshu.flow import forms, verbs
from zhongshu.flow.may import may, may_steer
from zhongshu.flow.models import FlowTask
from zhongshu.flow.rows import Rows
from zhongshu.matters.access import access_matter
from zhongshu.matters.kinds import kind_of
from zhongshu.matters.models import Matter
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, page_or_part, tell, wants_part
from zhongshu.ui.permissions import signed_in
from zhongshu.ui.requests import OfficeRequest

Data = dict[str, Any]


@dataclass(frozen=True)
class Verb:
    """One verb as its button and dialog show it."""

    code: str
    label: str
    form: type[forms.VerbForm]
    perform: Callable[[FlowTask, Data, Actor], object]
    said: str
    key: str = ""
    sign: str = ""
    consequence: str = ""


@dataclass(frozen=True)
class Steer:
    """A verb on the matter as a whole."""

    code: str
    label: str
    form: type[forms.VerbForm]
    perform: Callable[[Matter, Data, Actor], object]
    said: str
    key: str = ""
    sign: str = ""
    consequence: str = ""


def _transfer(task: FlowTask, data: Data, by: Actor) -> object:
    to = data.get("person") or data["unit"]
    return verbs.transfer(task, to, data["reason"], due_at=data.get("due_at"), by=by)


def _drop(task: FlowTask, data: Data, by: Actor) -> object:
    helper: FlowTask = data["helper"]
    target = helper.assignee or helper.unit
    return verbs.drop_sign(task, target, data["reason"], by=by)  # type: ignore[arg-type]


def _add_units(matter: Matter, data: Data, by: Actor) -> object:
    open_ = FlowTask.objects.filter(
        matter=matter, closed_at__isnull=True, unit__isnull=False, step__mode="all"
    )
    node = open_.filter(instance__parent_task__isnull=True).values_list("node", flat=True).first() or ""
    due = data["due_at"].isoformat() if data["due_at"] else ""
    rows = [{"id": unit.principal_id, "duty": data["duty"], "due": due} for unit in data["units"]]
    return verbs.add_units(matter, node, rows, data["reason"], by=by)


ON_TASK: dict[str, Verb] = {
    verb.code: verb
    for verb in (
        Verb(
            "transfer",
            "转办",
            forms.TransferForm,
            _transfer,
            "已转办",
            "z",
            "forward",
        ),
        Verb(
            "send_back",
            "退回",
            forms.SendBackForm,
            lambda t, d, by: verbs.send_back(t, d["to_node"], d["reason"], straight=d["straight"], by=by),
            "已退回",
            "t",
            "reply",
            "退回后重新办理，留痕不可删除",
        ),
        Verb(
            "add_sign",
            "加签",
            forms.AddSignForm,
            lambda t, d, by: verbs.add_sign(t, d["position"], d["persons"], d["reason"], by=by),
            "已加签",
            "",
            "person-plus",
        ),
        Verb("drop_sign", "减签", forms.DropSignForm, _drop, "已减签", "", "person-x"),
        Verb(
            "delegate",
            "委派",
            forms.ToPersonForm,
            lambda t, d, by: verbs.delegate(t, d["person"], d["reason"], by=by),
            "已委派，办好后回到您这里",
            "",
            "person-check",
        ),
        Verb(
            "decline",
            "退办",
            forms.ReasonForm,
            lambda t, d, by: verbs.decline(t, d["reason"], by=by),
            "已退办，由交办人另行分派",
            "",
            "arrow-return-left",
        ),
        Verb(
            "claim",
            "签收",
            forms.NothingForm,
            lambda t, d, by: verbs.claim(t, by=by),
            "已签收",
            "",
            "check2-square",
        ),
        Verb(
            "release",
            "放回",
            forms.NothingForm,
            lambda t, d, by: verbs.release(t, by=by),
            "已放回",
            "",
            "arrow-up",
        ),
        Verb("read", "已阅", forms.NothingForm, lambda t, d, by: verbs.read(t, by=by), "已阅", "", "eye"),
        Verb(
            "withdraw",
            "撤回",
            forms.NothingForm,
            lambda t, d, by: verbs.withdraw(t, by=by),
            "已撤回",
            "",
            "arrow-counterclockwise",
            "对方尚未阅看，可以撤回",
        ),
    )
}
ON_MATTER: dict[str, Steer] = {
    verb.code: verb
    for verb in (
        Steer(
            "remind",
            "催办",
            forms.RemindForm,
            lambda m, d, by: verbs.remind(list(d["tasks"]), d["text"], by=by),
            "已催办",
            "c",
            "bell",
        ),
        Steer(
            "circulate",
            "传阅",
            forms.CirculateForm,
            lambda m, d, by: verbs.circulate(m, [*d["persons"], *d["units"]], d["note"], by=by),
            "已送阅",
            "y",
            "eye",
        ),
        Steer(
            "extend",
            "延期",
            forms.ExtendForm,
            lambda m, d, by: verbs.extend(d["which"], d["due_at"], d["reason"], by=by),
            "已延期",
            "",
            "calendar-plus",
        ),
        Steer(
            "add_units", "增加承办单位", forms.AddUnitsForm, _add_units, "已增加承办单位", "", "plus-circle"
        ),
        Steer(
            "jump",
            "跳转",
            forms.JumpForm,
            lambda m, d, by: verbs.jump(m, d["node"], d["reason"], by=by),
            "已跳转",
        ),
        Steer(
            "suspend",
            "挂起",
            forms.ReasonForm,
            lambda m, d, by: verbs.suspend(m, d["reason"], by=by),
            "已挂起，期限暂停",
        ),
        Steer(
            "resume",
            "恢复",
            forms.MaybeReasonForm,
            lambda m, d, by: verbs.resume(m, d["reason"], by=by),
            "已恢复，期限重新计算",
        ),
        Steer(
            "stop",
            "作废",
            forms.ReasonForm,
            lambda m, d, by: verbs.stop(m, d["reason"], by=by),
            "已作废",
            "",
            "",
            "作废后不能恢复，编号保留",
        ),
    )
}


@signed_in
def task_verb(request: OfficeRequest, public_id: str, pk: int, verb: str) -> HttpResponse:
    """Show the dialog of a verb on a task, or do it."""
    matter = access_matter(request.actor, public_id)
    task = get_object_or_404(FlowTask.objects.select_related("matter"), pk=pk, matter=matter)
    chosen = ON_TASK.get(verb)
    if chosen is None:
        raise Http404
    url = reverse("flow:task_verb", args=[public_id, pk, verb])
    form = chosen.form(*_sent(request), matter=matter, task=task, by=request.actor)
    return _answer(request, matter, chosen, form, url, lambda data: chosen.perform(task, data, request.actor))


@signed_in
def matter_verb(request: OfficeRequest, public_id: str, verb: str) -> HttpResponse:
    """Show the dialog of a verb on the matter, or do it."""
    matter = access_matter(request.actor, public_id)
    chosen = ON_MATTER.get(verb)
    if chosen is None:
        raise Http404
    url = reverse("flow:matter_verb", args=[public_id, verb])
    form = chosen.form(*_sent(request), matter=matter, by=request.actor)
    return _answer(
        request, matter, chosen, form, url, lambda data: chosen.perform(matter, data, request.actor)
    )


def _sent(request: OfficeRequest) -> tuple[Any, ...]:
    """Return what was sent; a form that was answered before is answered alike, whatever its choices are now."""
    if request.method != "POST":
        return ()
    refuse_repeated(request.actor.key)
    return (request.POST,)


def _answer(
    request: OfficeRequest,
    matter: Matter,
    verb: Verb | Steer,
    form: forms.VerbForm,
    url: str,
    perform: Callable[[Data], object],
) -> HttpResponse:
    back = reverse(kind_of(matter.kind).url_name, args=[matter.public_id])
    if request.method == "POST" and form.is_valid():
        try:
            perform(form.cleaned_data)
        except Refused as refused:
            if isinstance(refused, Stale) or wants_part(request):
                raise
            say(form, refused)
        else:
            tell(request, verb.said)
            return go_to(request, back)
    context = {
        "title": f"{verb.label} · {matter.title}",
        "matter": matter,
        "verb": verb,
        "form": form,
        "url": url,
    }
    status = 422 if form.errors else 200
    return page_or_part(request, "flow/verb.html", "form", {**context, "back": back}, status=status)


@dataclass(frozen=True)
class Button:
    """A verb's button for one person: where it leads, or why not yet."""

    label: str
    url: str
    key: str
    sign: str
    why: str


def task_buttons(task: FlowTask | None, actor: Actor, rows: Rows | None = None) -> list[Button]:
    """Return the buttons of what may be done to a task, in the house's fixed order."""
    if task is None:
        return []
    allowed = may(actor, task, rows)
    return [
        Button(
            "改派" if v.code == "transfer" and task.kind == FlowTask.Kind.REASSIGN else v.label,
            reverse("flow:task_verb", args=[task.matter.public_id, task.pk, v.code]),
            v.key,
            v.sign,
            allowed[v.code],
        )
        for v in ON_TASK.values()
        if v.code in allowed
    ]


def matter_buttons(matter: Matter, actor: Actor, rows: Rows | None = None) -> list[Button]:
    """Return the buttons of what may be done to the matter."""
    allowed = may_steer(actor, matter, rows)
    return [
        Button(
            v.label,
            reverse("flow:matter_verb", args=[matter.public_id, v.code]),
            v.key,
            v.sign,
            allowed[v.code],
        )
        for v in ON_MATTER.values()
        if v.code in allowed
    ]
