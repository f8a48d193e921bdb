"""The kit's own pages: the styleguide, and the forms that keep preferences of the screen."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from zhongshu.ui.pages import back_or, go_to, page_or_part
from zhongshu.ui.permissions import declare, open_to_all
from zhongshu.ui.preferences import CHOICES, remember, remember_columns
from zhongshu.ui.requests import actor_of
from zhongshu.ui.samples import PAGES, sample_of
from zhongshu.ui.samples.parts import parts

SEE_STYLEGUIDE = declare("ui.styleguide", "看界面构件页", group="系统", roles=("sys_admin",))


@open_to_all
@require_GET
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every part of the kit."""
    _check_open(request)
    return render(request, "ui/styleguide.html", parts(request))


@open_to_all
@require_GET
def styleguide_page(request: HttpRequest, page: str) -> HttpResponse:
    """Show one sample page: register, sheet, desk, cockpit, phone list and sheet."""
    _check_open(request)
    if page == "drawer":
        return render(request, "ui/samples/drawer.html", sample_of("sheet", request))
    if page not in PAGES:
        raise Http404
    template = f"ui/samples/{page.replace('-', '_')}.html"
    return page_or_part(request, template, "ui/register.html#rows", sample_of(page, request))


@open_to_all
@require_POST
def preferences(request: HttpRequest) -> HttpResponse:
    """Keep size of letters, density and single-letter keys in this browser."""
    response = go_to(request, back_or(request, "/"))
    for name, values in CHOICES.items():
        if request.POST.get(name) in values:
            remember(response, name, request.POST[name])
    return response


@open_to_all
@require_POST
def columns(request: HttpRequest, register: str) -> HttpResponse:
    """Keep which columns of a register this browser hides."""
    response = go_to(request, back_or(request, "/"))
    remember_columns(response, register, request.POST.getlist("all"), request.POST.getlist("column"))
    return response


def _check_open(request: HttpRequest) -> None:
    actor = actor_of(request)
    is_for_show = settings.DEBUG or getattr(settings, "ZHONGSHU_DEMO", False)
    if not is_for_show and not (actor and actor.may(SEE_STYLEGUIDE)):
        raise Http404
