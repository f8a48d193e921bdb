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
def panel(content: str, title: str = "", *, meta: str = "", more: str = "", more_url: str = "", id: str = "", cls: str = "", flush: bool = False) -> SafeString:  # fmt: skip
    """Frame a panel with its head; `flush` leaves the body without padding (tables, lists)."""
    head_id = f"{id or _id_of(title)}-head"
    link = format_html('<a class="zs-panel-more" href="{}">{}</a>', more_url, more) if more_url else more and format_html('<span class="zs-panel-more">{}</span>', more)  # fmt: skip
    meta_part = format_html('<span class="zs-meta">{}</span>', meta) if meta else ""
    head = format_html(
        '<div class="zs-panel-head"><h2 id="{}">{}</h2>{}{}</div>', head_id, title, meta_part, link or ""
    )
    body = content if flush else format_html('<div class="zs-panel-body">{}</div>', content)
    id_part = format_html(' id="{}"', id) if id else ""
    text = '<section class="zs-panel{}"{} aria-labelledby="{}">{}{}</section>'
    return format_html(text, f" {cls}" if cls else "", id_part, head_id, head, body)


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


def _not_yet(inner: SafeString, cls: str, why: str, id: str) -> SafeString:
    text = '<button class="{}" type="button" aria-disabled="true" aria-describedby="{}">{}</button><span class="zs-why" id="{}">{}</span>'  # fmt: skip
    return format_html(text, cls, id, inner, id, why)


def _key_cap(key: str) -> SafeString:
    return format_html('<kbd aria-hidden="true">{}</kbd>', key.upper()) if key else mark_safe("")


def _attrs(pairs: list[tuple[str, str]]) -> SafeString:
    return format_html_join("", ' {}="{}"', [(name, value) for name, value in pairs if value])


def _id_of(words: str) -> str:
    """Make an id that is the same in every process."""
    return f"p{zlib.crc32(words.encode()):08x}"
