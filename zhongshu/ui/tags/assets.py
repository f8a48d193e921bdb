"""Tags for built files: `asset` (address of a built file) and `icon` (an inline SVG)."""

import re
from functools import lru_cache
from pathlib import Path

from django import template
from django.conf import settings
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

SYMBOL = re.compile(r'<symbol id="([^"]+)"[^>]*>(.*?)</symbol>', re.DOTALL)
PLACEHOLDER = '<rect x="2.5" y="2.5" width="11" height="11" rx="1" fill="none" stroke="currentColor"/>'


@register.simple_tag
def asset(path: str) -> str:
    """Return the address of a static file; the plain one where nothing has been collected yet."""
    try:
        return static(path)
    except ValueError:
        return f"{settings.STATIC_URL}{path}"


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """Draw a Bootstrap icon by its name; with `label` it speaks, without it is decoration."""
    shape = mark_safe(shape_of(name))
    if label:
        text = (
            '<svg class="zs-icon" viewBox="0 0 16 16" role="img" aria-label="{}" fill="currentColor">{}</svg>'
        )
        return format_html(text, label, shape)
    text = '<svg class="zs-icon" viewBox="0 0 16 16" aria-hidden="true" focusable="false" fill="currentColor">{}</svg>'
    return format_html(text, shape)


def shape_of(name: str) -> str:
    """Return the inside of an icon's SVG; an unknown name is a mistake of ours."""
    icons = built_icons()
    if not icons:
        return PLACEHOLDER
    if name not in icons:
        raise ValueError(f"there is no icon {name}: name it in assets/icons.txt and build again")
    return icons[name]


@lru_cache(maxsize=1)
def built_icons() -> dict[str, str]:
    """Read the sprite the build has made of assets/icons.txt; empty before the first build."""
    path = Path(settings.BASE_DIR) / "zhongshu" / "static" / "dist" / "icons.svg"
    if not path.exists():
        return {}
    return dict(SYMBOL.findall(path.read_text(encoding="utf-8")))
