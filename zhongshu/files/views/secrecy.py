"""保密审查 and 放行 on screen: what waits, its pages out of the quarantine, the judgement, the release by digest."""

import base64
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import NotFoundHere, Refused
from zhongshu.files import permissions, quarantine, review, sandbox, watermark
from zhongshu.files.forms import JudgeForm, ReleaseForm
from zhongshu.files.models import DigestRelease, Drop, DropState
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.reading.types import BY_CODE
from zhongshu.files.sealing import private, sealed
from zhongshu.ui.forms import say
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

WIDTH = 1100
SHEET = (1000, 1414)
MOST_SHOWN = 100
MOST_PAGES = 200
JUDGES = (permissions.REVIEW_SECRECY, permissions.CONFIRM_SCAN)


@requires(*JUDGES)
@require_GET
def secrecy(request: OfficeRequest) -> HttpResponse:
    """List what waits for a judgement, and for a reviewer what was stopped and who asked for a release."""
    return _listed(request, ReleaseForm(initial={"digest": request.GET.get("digest", "")[:64]}))


@requires(*JUDGES)
@require_GET
def secrecy_case(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Show a waiting file out of the quarantine, and ask for a judgement; looking is noted first."""
    case = review.access_case(request.actor, public_id)
    review.note_look(case, by=request.actor)
    return _case_page(request, case, JudgeForm())


@requires(*JUDGES)
@require_GET
def secrecy_page(request: OfficeRequest, public_id: str, number: int) -> HttpResponse:
    """Serve one page with the viewer's mark, drawn from memory to memory."""
    case = review.access_case(request.actor, public_id)
    review.note_look(case, page=number, by=request.actor)
    try:
        with quarantine.opened(case.quarantine_id) as file:
            drawn = sandbox.read("glance", file, number=number, width=WIDTH)
    except (quarantine.Lost, Trouble, sandbox.Busy) as error:
        raise NotFoundHere from error
    page = watermark.laid_over_bytes(base64.b64decode(drawn["png"]), _mark(case, request.actor))
    return sealed(HttpResponse(page, content_type="image/png"))


@requires(*JUDGES)
@require_GET
def secrecy_mark(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Serve the viewer's mark alone, to lie over words."""
    case = review.access_case(request.actor, public_id)
    mark = watermark.sheet_of(_mark(case, request.actor), SHEET)
    return sealed(HttpResponse(mark, content_type="image/png"))


@requires(*JUDGES)
@require_POST
def secrecy_judge(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Take the judgement."""
    case = review.access_case(request.actor, public_id)
    form = JudgeForm(request.POST)
    if not form.is_valid():
        return _case_page(request, case, form)
    is_harmless = form.cleaned_data["verdict"] == "harmless"
    try:
        judged = review.judge(
            case, is_harmless=is_harmless, reason=form.cleaned_data["reason"], by=request.actor
        )
    except Refused as refused:
        say(form, refused)
        return _case_page(request, case, form)
    tell(request, _words_after(judged, is_harmless))
    return go_to(request, reverse("files:secrecy"))


@requires(permissions.REVIEW_SECRECY)
@require_POST
def release_ask(request: OfficeRequest) -> HttpResponse:
    """Ask for the release of what was stopped by mistake."""
    form = ReleaseForm(request.POST)
    if not form.is_valid():
        return _listed(request, form)
    try:
        review.ask_release(form.cleaned_data["digest"], form.cleaned_data["reason"], by=request.actor)
    except Refused as refused:
        say(form, refused)
        return _listed(request, form)
    tell(request, "已申请，等安全保密管理员按摘要答复")
    return go_to(request, reverse("files:secrecy"))


@requires(permissions.RELEASE)
@require_GET
def release_list(request: OfficeRequest) -> HttpResponse:
    """List the applications by digest: no name, no page, no word."""
    found = list(review.releases_of(request.actor)[:MOST_SHOWN])
    context = {
        "title": "放行申请",
        "waiting": [release for release in found if release.answered_at is None],
        "answered": [release for release in found if release.answered_at is not None],
    }
    return private(render(request, "files/releases.html", context))


@requires(permissions.RELEASE)
@require_POST
def release_answer(request: OfficeRequest, public_id: str) -> HttpResponse:
    """Release once, or decline."""
    release = review.access_release(request.actor, public_id)
    is_granted = request.POST.get("answer") == "grant"
    if not is_granted and request.POST.get("answer") != "decline":
        raise NotFoundHere
    answered: DigestRelease = review.answer(release, is_granted=is_granted, by=request.actor)
    tell(request, f"已放行，放行码 {answered.code}" if is_granted else "已答复：不予放行")
    return go_to(request, reverse("files:releases"))


def _listed(request: OfficeRequest, form: ReleaseForm) -> HttpResponse:
    by = request.actor
    context = {
        "title": "保密审查",
        "rows": [_row(case, by) for case in review.cases_of(by)[:MOST_SHOWN]],
        "may_review": by.may(permissions.REVIEW_SECRECY),
        "stopped": review.stopped_lately(by)[:20],
        "releases": review.releases_of(by)[:20] if by.may(permissions.REVIEW_SECRECY) else [],
        "form": form,
    }
    return private(render(request, "files/secrecy.html", context, status=422 if form.errors else 200))


def _row(case: Drop, by: Actor) -> dict[str, Any]:
    obstacles = review.obstacles_to_judging(case, by=by)
    return {"case": case, "obstacle": obstacles[0].message if obstacles else ""}


def _case_page(request: OfficeRequest, case: Drop, form: JudgeForm) -> HttpResponse:
    context = {
        "title": "判断是否涉密",
        "case": case,
        "form": form,
        "places": list(dict.fromkeys((each["place"], each["rule"]) for each in case.findings)),
        "is_scan": case.state == DropState.UNREAD,
        **_shown(case),
    }
    return private(render(request, "files/secrecy_case.html", context, status=422 if form.errors else 200))


def _shown(case: Drop) -> dict[str, Any]:
    """Look at the file once more, in memory: how many pages it has, or which words."""
    try:
        name = quarantine.name_of(case.quarantine_id)
        with quarantine.opened(case.quarantine_id) as file:
            look = sandbox.read("look", file)
    except (quarantine.Lost, Trouble, sandbox.Busy) as error:
        raise Refused.one(
            "FILE-33", "暂时打不开隔离区里的副本，请过一分钟再试；仍打不开的请让上传人重新上传"
        ) from error
    is_pages = BY_CODE[look["type"]].showing == "pages"
    return {
        "name": name,
        "type": BY_CODE[look["type"]].label,
        "pages": range(1, min(look["pages"], MOST_PAGES) + 1) if is_pages else [],
        "words": "" if is_pages else look["text"],
        "page_count": look["pages"],
    }


def _words_after(judged: Drop, is_harmless: bool) -> str:
    if not is_harmless:
        return "已判为涉密，副本已擦除，已告知上传人和安全保密管理员"
    if judged.state == DropState.DOUBTFUL:
        return "已判为不涉密，等安全保密管理员按摘要放行"
    return "已确认不涉密，正在继续识别"


def _mark(case: Drop, by: Actor) -> tuple[str, str]:
    moment = clock.local(clock.now()).strftime("%Y-%m-%d %H:%M")
    return f"{by.display}　{by.unit_name}", f"{moment}　保密审查 {case.sm3_digest[:8]}"
