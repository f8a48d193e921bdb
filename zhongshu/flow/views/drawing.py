"""The drawing board: insert, change, move and remove blocks of a draft; rehearse, compare, publish."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST

from zhongshu.base.refusals import Refused
from zhongshu.flow import bpmn, definitions, drawing, hooks, picture, rehearsal
from zhongshu.flow.board import Board
from zhongshu.flow.drawing_forms import NameForm, form_for
from zhongshu.flow.lint import TYPES
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.views.procedures import tenant_of
from zhongshu.ui.forms import version_of
from zhongshu.ui.pages import go_to, page_or_part, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest


def _draft(request: OfficeRequest, key: str) -> FlowDefinition:
    found = definitions.draft_of(key, tenant_of(request))
    if found is None:
        raise Http404("没有草稿，请先起草新版")
    return found


def _board_url(key: str, block_id: str = "") -> str:
    return reverse("flow:block", args=[key, block_id]) if block_id else reverse("flow:board", args=[key])


@requires("flow.design")
@require_POST
def draft_begin(request: OfficeRequest, key: str) -> HttpResponse:
    """起草新版."""
    if not hooks.procedure(key).blocks and not FlowDefinition.objects.filter(key=key).exists():
        raise Http404
    definitions.draft(key, tenant=tenant_of(request), by=request.actor)
    return go_to(request, _board_url(key))


@requires("flow.design")
def board(request: OfficeRequest, key: str) -> HttpResponse:
    """The draft, with what lint finds and the picture."""
    return _board(request, _draft(request, key))


def _board(
    request: OfficeRequest,
    draft: FlowDefinition,
    *,
    form: NameForm | None = None,
    block: drawing.Block | None = None,
    status: int = 200,
) -> HttpResponse:
    found = definitions.findings(draft)
    sound = not any(f.is_error for f in found)
    context = {
        "title": f"{draft.name} 第{draft.version}版（草稿）",
        "key": draft.key,
        "draft": draft,
        "lane": Board(draft, found).lane,
        "findings": found,
        "faults": [f for f in found if f.is_error],
        "kinds": list(TYPES.items()),
        "picture": picture.svg(rehearsal.sketch(draft), label=draft.name) if sound else "",
        "chosen": block,
        "form": form,
    }
    return page_or_part(request, "flow/board.html", "drawer" if block else "board", context, status=status)


@requires("flow.design")
@require_POST
def block_insert(request: OfficeRequest, key: str) -> HttpResponse:
    """Insert a block between two others."""
    draft = _draft(request, key)
    place, index = request.POST.get("place", ""), request.POST.get("index", "0")
    kind, name = request.POST.get("kind", "step"), request.POST.get("name", "")
    blocks, block_id = drawing.insert(draft.blocks, place, int(index) if index.isdigit() else 0, kind, name)
    definitions.save_draft(draft, blocks=blocks, edition=version_of(request), by=request.actor)
    return go_to(request, _board_url(key, block_id))


@requires("flow.design")
def block_edit(request: OfficeRequest, key: str, block_id: str) -> HttpResponse:
    """The property drawer of a block."""
    draft = _draft(request, key)
    block = drawing.find(draft.blocks, block_id)
    if block is None:
        raise Http404
    form = form_for(draft, block, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        blocks = drawing.replace(draft.blocks, block_id, form.as_block())
        definitions.save_draft(draft, blocks=blocks, edition=version_of(request), by=request.actor)
        tell(request, f"已保存“{form.cleaned_data['name']}”")
        return go_to(request, _board_url(key, block_id))
    return _board(request, draft, form=form, block=block, status=422 if form.errors else 200)


@requires("flow.design")
@require_POST
def block_change(request: OfficeRequest, key: str, block_id: str, change: str) -> HttpResponse:
    """Move or remove a block, add or drop a branch."""
    draft = _draft(request, key)
    blocks = _changed(draft.blocks, block_id, change, request.POST)
    definitions.save_draft(draft, blocks=blocks, edition=version_of(request), by=request.actor)
    stays = drawing.find(blocks, block_id) is not None
    return go_to(request, _board_url(key, block_id if stays else ""))


def _changed(blocks: drawing.Blocks, block_id: str, change: str, sent: Any) -> drawing.Blocks:
    match change:
        case "up":
            return drawing.move(blocks, block_id, -1)
        case "down":
            return drawing.move(blocks, block_id, 1)
        case "remove":
            return drawing.remove(blocks, block_id)
        case "add-branch":
            return drawing.add_branch(blocks, block_id, sent.get("name", ""))
        case "drop-branch":
            return drawing.drop_branch(blocks, block_id, sent.get("branch", ""))
    raise Http404


@requires("flow.design")
@require_POST
def draft_import(request: OfficeRequest, key: str) -> HttpResponse:
    """从 BPMN 文件导入: the draft's blocks are replaced; lint says what they still lack."""
    draft = _draft(request, key)
    upload = request.FILES.get("file")
    if upload is None:
        raise Refused.one("FLOW-BPMN", "请选择要导入的文件", "file")
    blocks = bpmn.from_bpmn(upload.read(bpmn.LARGEST + 1))
    definitions.save_draft(draft, blocks=blocks, edition=version_of(request), by=request.actor)
    tell(request, "已导入，请检查各步骤的办理人和时限")
    return go_to(request, _board_url(key))


@requires("flow.design")
def rehearse(request: OfficeRequest, key: str) -> HttpResponse:
    """试运行: give the variables, see the way."""
    draft = _draft(request, key)
    room = hooks.procedure(key)
    faults = [f for f in definitions.findings(draft) if f.is_error]
    given = {name: request.GET.get(name, "").strip() for name in room.vars}
    facts: dict[str, Any] = {"urgency": request.GET.get("urgency", "normal")}
    facts.update({name: _value(text) for name, text in given.items() if text})
    context = {
        "title": f"试运行：{draft.name} 第{draft.version}版",
        "key": key,
        "draft": draft,
        "faults": faults,
        "vars": [(name, label, given[name]) for name, label in room.vars.items()],
        "stops": [] if faults else rehearsal.rehearse(draft, facts),
    }
    return page_or_part(request, "flow/rehearse.html", "way", context)


def _value(text: str) -> Any:
    """Read what was typed for a variable: 是, 否, a number, several by 、, else text."""
    if text in ("是", "否"):
        return text == "是"
    if "、" in text:
        return [_value(part) for part in text.split("、") if part]
    return int(text) if text.isdigit() else text


@requires("flow.design")
def draft_publish(request: OfficeRequest, key: str) -> HttpResponse:
    """发布: what changes, how many are under way, then yes."""
    draft = _draft(request, key)
    if request.method == "POST":
        done = definitions.publish(draft, by=request.actor, note=request.POST.get("note", ""))
        flying = sum(n for v, n in definitions.in_flight(key, done.tenant).items() if v != done.version)
        tell(request, f"已发布第{done.version}版" + (f"，{flying}件在办的仍按原版办" if flying else ""))
        return go_to(request, reverse("flow:procedure", args=[key]))
    current = FlowDefinition.objects.filter(tenant=draft.tenant, key=key, status="published").first()
    base = current.blocks if current else hooks.procedure(key).blocks
    context = {
        "title": f"发布：{draft.name} 第{draft.version}版",
        "key": key,
        "draft": draft,
        "current": current,
        "findings": definitions.findings(draft),
        "faults": [f for f in definitions.findings(draft) if f.is_error],
        "differences": definitions.differences(base, draft.blocks),
        "flying": sum(definitions.in_flight(key, draft.tenant).values()),
    }
    return render(request, "flow/publish.html", context)


@requires("flow.design")
@require_POST
def draft_discard(request: OfficeRequest, key: str) -> HttpResponse:
    """放弃草稿."""
    definitions.discard_draft(_draft(request, key), by=request.actor)
    tell(request, "草稿已放弃")
    return go_to(request, reverse("flow:procedure", args=[key]))
