"""What takes effect on a paragraph or a run: docDefaults, then tables, numbering, styles, and what is set by hand.

The order is that of ECMA-376 17.7.2, but that a list set by hand wins over the style, as Word has it.
"""

from collections.abc import Callable
from typing import Any

from typeset.reading.wordml.package import Package, attributes, children, first, local, value

Props = dict[str, dict[str, str]]
# Elements whose attributes are inherited one by one; of others the nearest stands whole.
BY_ATTRIBUTE = {"ind", "spacing", "rFonts"}
RIVALS = {
    "firstLine": ("hanging", "hangingChars"),
    "firstLineChars": ("hanging", "hangingChars"),
    "hanging": ("firstLine", "firstLineChars"),
    "hangingChars": ("firstLine", "firstLineChars"),
    "eastAsia": ("eastAsiaTheme",),
    "ascii": ("asciiTheme",),
    "hAnsi": ("hAnsiTheme",),
}
SYNONYMS = {"start": "left", "startChars": "leftChars", "end": "right", "endChars": "rightChars"}
TOGGLES = ("b", "i", "vanish")
MOST_CHAIN = 20


def flattened(element: Any) -> Props:
    """Return the properties of a pPr or rPr by the names of its children, borders as `pBdr.bottom`."""
    props: Props = {}
    for child in element if element is not None else ():
        name = local(child)
        if name in ("pBdr", "numPr"):
            props |= {f"{name}.{local(inner)}": attributes(inner) for inner in child if local(inner)}
        elif name and name not in ("rPr", "sectPr", "pPrChange", "rPrChange"):
            props[name] = {SYNONYMS.get(key, key): text for key, text in attributes(child).items()}
    return props


def merged(below: Props, above: Props) -> Props:
    """Lay properties over others."""
    result = dict(below)
    for name, given in above.items():
        if name not in BY_ATTRIBUTE:
            result[name] = given
            continue
        rivals = {rival for key in given for rival in RIVALS.get(key, ()) if rival not in given}
        kept = {key: text for key, text in result.get(name, {}).items() if key not in rivals}
        result[name] = kept | given
    return result


def is_on(props: Props, name: str, *, otherwise: bool = False) -> bool:
    """Read a switch: present means on unless its value says off."""
    if name not in props:
        return otherwise
    return props[name].get("val", "1") not in ("0", "false", "off", "none")


class Styles:
    """The styles of a file, each resolved along its basedOn chain once."""

    def __init__(self, package: Package, list_props: Callable[[Props], Props] = dict) -> None:
        self._list_props = list_props
        root = package.optional("word/styles.xml")
        self._of: dict[str, Any] = {value(style, "styleId"): style for style in children(root, "style")}
        defaults = first(root, "docDefaults")
        self.paragraph_defaults = flattened(first(defaults, "pPrDefault", "pPr"))
        self.run_defaults = flattened(first(defaults, "rPrDefault", "rPr"))
        self._default = {
            value(style, "type"): key
            for key, style in self._of.items()
            if value(style, "default") in ("1", "true")
        }
        self._chains: dict[tuple[str, str], Props] = {}
        self._theme = _theme_fonts(package.optional("word/theme/theme1.xml"))

    def name_of(self, key: str) -> str:
        """Return a style's visible name, that of the default paragraph style when none is asked for."""
        key = key or self._default.get("paragraph", "")
        return value(first(self._of.get(key), "name")) or key

    def chain(self, key: str, part: str, kind: str = "paragraph") -> Props:
        """Resolve `pPr` or `rPr` of a style along what it is based on."""
        key = key if key in self._of else self._default.get(kind, "")
        if (key, part) not in self._chains:
            props: Props = {}
            for style in reversed(self._ancestry(key)):
                own = flattened(first(style, part))
                if "numPr.numId" in own:
                    # What a list brings yields to the style that asks for the list, not to those it is based on.
                    props = merged(props, self._list_props(own))
                props = merged(props, own)
            self._chains[key, part] = props
        return self._chains[key, part]

    def _ancestry(self, key: str) -> list[Any]:
        found: list[Any] = []
        while key in self._of and len(found) < MOST_CHAIN and self._of[key] not in found:
            found.append(self._of[key])
            key = value(first(self._of[key], "basedOn"))
        return found

    def run(self, paragraph_style: str, table_style: str, direct: Props) -> Props:
        """Return what takes effect on a run; switches set by two kinds of style cancel each other (17.7.3)."""
        layers = [self.chain(paragraph_style, "rPr")]
        if table_style:
            layers.insert(0, self.chain(table_style, "rPr", "table"))
        if "rStyle" in direct:
            layers.append(self.chain(direct["rStyle"].get("val", ""), "rPr", "character"))
        props = self.run_defaults
        for layer in layers:
            props = merged(props, layer)
        for name in TOGGLES:
            set_by = sum(is_on(layer, name) for layer in layers)
            if set_by > 1:
                props = props | {name: {"val": "1" if set_by % 2 else "0"}}
        return merged(props, direct)

    def font(self, fonts: dict[str, str], which: str) -> str:
        """Return the face for `eastAsia` or `ascii`, a theme's where the run names a theme."""
        theme = fonts.get(f"{which}Theme", "")
        return self._theme.get(theme, "") if theme else fonts.get(which, "")


def _theme_fonts(root: Any) -> dict[str, str]:
    scheme = first(root, "themeElements", "fontScheme")
    found: dict[str, str] = {}
    for part, name in (("majorFont", "major"), ("minorFont", "minor")):
        fonts = first(scheme, part)
        latin = value(first(fonts, "latin"), "typeface")
        scripts = {value(each, "script"): value(each, "typeface") for each in children(fonts, "font")}
        east = value(first(fonts, "ea"), "typeface") or scripts.get("Hans", "")
        found |= {f"{name}EastAsia": east, f"{name}Ascii": latin, f"{name}HAnsi": latin}
    return found
