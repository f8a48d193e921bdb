"""The page that holds one form: shown, checked, carried out, left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse

from zhongshu.ui.pages import go_to, page_or_part, tell


@dataclass(frozen=True)
class FormPage:
    """What a form page says around its form."""

    title: str
    submit: str
    back: str
    note: str = ""
    confirm: str = ""
    consequence: str = ""


def answer_form(
    request: HttpRequest,
    form: forms.BaseForm,
    page: FormPage,
    carry_out: Callable[[dict[str, Any]], str],
    *,
    to: str = "",
) -> HttpResponse:
    """Show the form; when it is answered well, carry out the act and say what `carry_out` returns."""
    if form.is_bound and form.is_valid():
        tell(request, carry_out(form.cleaned_data))
        return go_to(request, to or page.back)
    context = {"form": form, "page": page, "title": page.title}
    return page_or_part(request, "people/form.html", "form", context, status=422 if form.is_bound else 200)


def posted(request: HttpRequest) -> Any:
    """Return what was posted, or None so that an unanswered form shows no errors."""
    return request.POST if request.method == "POST" else None
