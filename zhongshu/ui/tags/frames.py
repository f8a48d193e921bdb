"""Frames and states: panel, note, empty, dialog, menu, action bar with its buttons, tabs, confirmation attributes."""

import zlib
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from zhongshu.ui.tags.assets import icon

register = template.Library()

NOTES = {
    "info": ("", ""),
    "warn": ("is-warn", ""),
    "error": ("is-error", "exclamation-circle"),
    "done": ("is-done", "check2"),
}


@register.simple_block_tag
def panel(
    content: str,
    title: str = "",
    *,
    meta: str = "",
    more: str = "",
    more_url: str = "",
    id: str = "",
    cls: str = "",
    flush: bool = False,
) -> SafeString:
    """Frame a panel with its head; `flush` leaves the body without padding (tables, lists)."""
    head_id = f"{id or _id_of(title)}-head"
    parts = {
        "head_id": head_id,
        "title": title,
        "meta": format_html('<span class="zs-meta">{}</span>', meta) if meta else "",
        "more": _more(more, more_url),
        "attrs": _attrs([("class", f"zs-panel {cls}".strip()), ("id", id), ("aria-labelledby", head_id)]),
        "body": content if flush else format_html('<div class="zs-panel-body">{}</div>', content),
    }
    text = '<section{attrs}><div class="zs-panel-head"><h2 id="{head_id}">{title}</h2>{meta}{more}</div>{body}</section>'
    return format_html(text, **parts)


@register.simple_block_tag
def note(content: str, kind: str = "info") -> SafeString:
    """Frame a note: info, warn, error or done; errors are announced."""
    cls, sign = NOTES[kind]
    role = mark_safe(' role="alert"') if kind == "error" else ""
    drawn = icon(sign) if sign else ""
    return format_html('<div class="zs-note {}"{}>{}<div>{}</div></div>', cls, role, drawn, content)


@register.simple_tag
def empty(fact: str, hint: str = "", url: str = "", link: str = "") -> SafeString:
    """Say that there is nothing: one bold line of fact, one line with the way out."""
    way = format_html('<a class="zs-link" href="{}">{}</a>', url, link) if url else ""
    return format_html('<div class="zs-empty"><b>{}</b>{}{}</div>', fact, hint, way)


@register.simple_block_tag
def dialog(content: str, id: str, title: str, *, cls: str = "") -> SafeString:
    """Frame a native dialog, opened by any button with data-open-dialog="id"."""
    text = (
        '<dialog class="zs-dialog {}" id="{}" aria-labelledby="{}-title">'
        '<div class="zs-dialog-head"><h2 id="{}-title">{}</h2>'
        '<button class="btn btn-quiet btn-icon btn-sm" type="button" data-close-dialog aria-label="关闭">{}</button></div>'
        '<div class="zs-dialog-body">{}</div></dialog>'
    )
    return format_html(text, cls, id, id, id, title, icon("x-lg"), content)


@register.simple_block_tag
def action_bar(content: str, label: str = "办理操作") -> SafeString:
    """Frame the action bar: 批示 转办 退回 催办 传阅 办结 in this order."""
    return format_html(
        '<div class="zs-actions" role="group" aria-label="{}" data-action-keys>{}</div>', label, content
    )


@register.simple_tag
def act_button(
    words: str,
    url: str = "",
    *,
    key: str = "",
    sign: str = "",
    primary: bool = False,
    why: str = "",
    target: str = "",
    dialog: str = "",
    id: str = "",
) -> SafeString:
    """Draw one action: a link to its form (into `target` by htmx), or opening `dialog`; `why` says why not yet."""
    inner = format_html("{}{}{}", icon(sign) if sign else "", words, _key_cap(key))
    cls = "btn btn-primary" if primary else "btn"
    attrs: list[tuple[str, str]] = [("class", cls)]
    if key:
        attrs.append(("aria-keyshortcuts", key.lower()))
    if why:
        return _not_yet(inner, cls, why, id or f"why-{_id_of(words)}")
    if dialog:
        return format_html(
            '<button type="button"{}>{}</button>', _attrs([*attrs, ("data-open-dialog", dialog)]), inner
        )
    if target:
        attrs += [("hx-get", url), ("hx-target", target), ("hx-swap", "innerHTML")]
    return format_html("<a{}>{}</a>", _attrs([*attrs, ("href", url), ("role", "button")]), inner)


@register.inclusion_tag("ui/parts/tabs.html")
def tabs(items: list[Any], label: str, cls: str = "") -> dict[str, Any]:
    """Draw tabs that are links; each item has label, url, is_current and maybe count."""
    return {"items": items, "label": label, "cls": cls}


@register.simple_tag
def ask_first(question: str, consequence: str = "", yes: str = "") -> SafeString:
    """Write the attributes that make a form or button ask first: the object, the consequence, the word of consent."""
    return _attrs([("data-confirm", question), ("data-confirm-note", consequence), ("data-confirm-yes", yes)])


def _more(words: str, url: str) -> SafeString:
    if url:
        return format_html('<a class="zs-panel-more" href="{}">{}</a>', url, words)
    return format_html('<span class="zs-panel-more">{}</span>', words) if words else mark_safe("")


def _not_yet(inner: SafeString, cls: str, why: str, id: str) -> SafeString:
    attrs = _attrs([("class", cls), ("type", "button"), ("aria-disabled", "true"), ("aria-describedby", id)])
    return format_html('<button{}>{}</button><span class="zs-why" id="{}">{}</span>', attrs, inner, id, why)


def _key_cap(key: str) -> SafeString:
    return format_html('<kbd aria-hidden="true">{}</kbd>', key.upper()) if key else mark_safe("")


def _attrs(pairs: list[tuple[str, str]]) -> SafeString:
    return format_html_join("", ' {}="{}"', [(name, value) for name, value in pairs if value])


def _id_of(words: str) -> str:
    """Make an id that is the same in every process."""
    return f"p{zlib.crc32(words.encode()):08x}"
