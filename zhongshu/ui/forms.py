"""Forms: Bootstrap's classes on widgets, and the two hidden fields every form of ours carries."""

import secrets
from typing import Any

from django import forms
from django.http import HttpRequest

from zhongshu.base.refusals import Refused

KEY_FIELD = "_key"
VERSION_FIELD = "_version"


def new_key() -> str:
    """Make an idempotency key for a form about to be shown."""
    return secrets.token_urlsafe(16)


def key_of(request: HttpRequest) -> str:
    """Return the idempotency key of the form being answered."""
    return request.POST.get(KEY_FIELD, "")[:64] or request.headers.get("ZS-Key", "")[:64]


def version_of(request: HttpRequest) -> int | None:
    """Return the version the form was read at."""
    version = request.POST.get(VERSION_FIELD, "")
    return int(version) if version.isascii() and version.isdigit() else None


DASHES = "---------"


def say(form: forms.Form, refused: Refused) -> forms.Form:
    """Write why an act was refused into the form it came from: each reason with its code, beside its field."""
    for refusal in refused.refusals:
        known = refusal.field if refusal.field in form.fields else None
        form.add_error(known, f"{refusal.message}（{refusal.code}）")
    return form


class OfficeForm(forms.Form):
    """A form whose labels carry no colon; the field tag draws the rest."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.empty_label == DASHES:
                field.empty_label = "请选择" if field.required else "不选"


class DateInput(forms.DateInput):
    """A native date control that reads and writes ISO dates."""

    input_type = "date"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%d", **kwargs)


class MomentInput(forms.DateTimeInput):
    """A native control for date and time."""

    input_type = "datetime-local"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(format="%Y-%m-%dT%H:%M", **kwargs)


def chooser(search_url: str, *, many: bool = False, placeholder: str = "") -> forms.Widget:
    """Return a select that looks people or units up at `search_url` (see assets/elements/chooser.js)."""
    attrs = {"data-chooser": search_url, "data-placeholder": placeholder}
    return forms.SelectMultiple(attrs=attrs) if many else forms.Select(attrs=attrs)
