"""Form tags: field with label, help and errors; the summary of errors; the hidden key and version."""

from typing import Any

from django import forms, template
from django.forms import BoundField
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhongshu.ui.forms import KEY_FIELD, VERSION_FIELD, new_key

register = template.Library()


@register.inclusion_tag("ui/parts/field.html")
def field(
    bound: BoundField, *, cls: str = "", help: str = "", hide_label: bool = False, **attrs: Any
) -> dict[str, Any]:
    """Draw a form field with its label, help and errors, tied together for screen readers."""
    help_text = help or bound.help_text
    described = " ".join(
        part
        for part, there in ((f"{bound.auto_id}-help", help_text), (f"{bound.auto_id}-error", True))
        if there
    )
    drawn = bound.as_widget(attrs=_widget_attrs(bound, described, attrs))
    kind = kind_of(bound.field.widget)
    return {
        "bound": bound,
        "drawn": drawn,
        "kind": kind,
        "help": help_text,
        "cls": cls,
        "hide_label": hide_label,
        "is_required": bound.field.required,
    }


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: forms.BaseForm, title: str = "没有送出") -> dict[str, Any]:
    """Sum up what is wrong with a form, each line leading to its field; also where refusals appear."""
    lines = [
        (form[name], message)
        for name, errors in form.errors.items()
        if name in form.fields
        for message in errors
    ]
    return {"form": form, "title": title, "lines": lines, "general": form.non_field_errors()}


@register.simple_tag
def form_key(version: int | None = None, key: str = "") -> SafeString:
    """Write the hidden idempotency key, and the version the form was read at."""
    text = '<input type="hidden" name="{}" value="{}">'
    written = format_html(text, KEY_FIELD, key or new_key())
    return written if version is None else written + format_html(text, VERSION_FIELD, version)


def kind_of(widget: forms.Widget) -> str:
    """Say which control a widget is: check, checks, radios, select, file, hidden or input."""
    kinds: list[tuple[type[forms.Widget], str]] = [
        (forms.CheckboxInput, "check"),
        (forms.CheckboxSelectMultiple, "checks"),
        (forms.RadioSelect, "radios"),
        (forms.Select, "select"),
        (forms.FileInput, "file"),
        (forms.HiddenInput, "hidden"),
    ]
    return next((kind for type_, kind in kinds if isinstance(widget, type_)), "input")


CLASSES = {
    "check": "form-check-input",
    "checks": "form-check-input",
    "radios": "form-check-input",
    "select": "form-select",
}


def _widget_attrs(bound: BoundField, described: str, extra: dict[str, Any]) -> dict[str, Any]:
    css = CLASSES.get(kind_of(bound.field.widget), "form-control")
    given = bound.field.widget.attrs.get("class", "")
    invalid = " is-invalid" if bound.errors else ""
    attrs: dict[str, Any] = {"class": f"{css} {given}{invalid}".strip(), "aria-describedby": described}
    if bound.errors:
        attrs["aria-invalid"] = "true"
    attrs |= {name.replace("_", "-"): value for name, value in extra.items()}
    return attrs
