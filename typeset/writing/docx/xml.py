"""Makes WordprocessingML elements, their children always in the order of the schema."""

from typing import Any

from lxml import etree

from typeset.writing.docx.order import ORDER

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
O = "urn:schemas-microsoft-com:office:office"  # noqa: E741 - the schema's own letter
NAMESPACES = {"w": W, "r": R, "wp": WP, "a": A, "pic": PIC, "m": M, "v": V, "o": O}
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
Node = Any


def node(name: str, /, *children: Node | None, **attributes: object) -> Node:
    """Make an element of `w` (or of the prefix in its name); `None` children are left out, `_` in attributes is `:`.

    Attributes without a prefix get that of the element where it is `w` or `m`.
    """
    prefix, _, tag = name.rpartition(":")
    element = etree.Element(f"{{{NAMESPACES[prefix or 'w']}}}{tag}", nsmap=NAMESPACES)
    for key, value in attributes.items():
        element.set(_qualified(prefix or "w", key), str(value))
    kept = [child for child in children if child is not None]
    order = ORDER.get(tag, ()) if prefix in ("", "w") else ()
    if order:
        kept.sort(key=lambda child: order.index(etree.QName(child).localname))
    element.extend(kept)
    return element


def _qualified(prefix: str, key: str) -> str:
    other, _, name = key.rpartition("__")
    if other:
        return f"{{{NAMESPACES[other]}}}{name}"
    return f"{{{NAMESPACES[prefix]}}}{key}" if prefix in ("w", "m") else key


def val(name: str, value: object) -> Node:
    """Make an element that has only a value."""
    return node(name, val=value)


def text(words: str, name: str = "t") -> Node:
    """Make a w:t that keeps its blanks."""
    element = node(name)
    element.set(XML_SPACE, "preserve")
    element.text = words
    return element


def written(element: Node) -> bytes:
    """Return a part's bytes."""
    etree.cleanup_namespaces(element, keep_ns_prefixes=["w", "r"])
    return bytes(etree.tostring(element, xml_declaration=True, encoding="UTF-8", standalone=True))
