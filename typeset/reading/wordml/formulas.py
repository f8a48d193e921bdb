r"""Office MathML into the model's small notation: \frac{}{}, ^{}, _{}, \sqrt{}; what it cannot say is left linear."""

from typing import Any

from typeset.reading.wordml.package import children, first, local

SPECIAL = {"\\": "\\\\", "{": "\\{", "}": "\\}", "^": "", "_": ""}
KNOWN = {
    "oMath",
    "oMathPara",
    "r",
    "t",
    "f",
    "num",
    "den",
    "sSup",
    "sSub",
    "e",
    "sup",
    "sub",
    "rad",
    "deg",
    "rPr",
    "ctrlPr",
}


def source_of(element: Any) -> tuple[str, bool]:
    """Return a formula's source, and whether all of it could be said."""
    names = {local(each) for each in element.iter() if local(each)}
    structural = {
        name for name in names if not name.endswith("Pr") and name not in ("degHide", "jc", "rFonts")
    }
    return _row(element), structural <= KNOWN and not _has_degree(element)


def _has_degree(element: Any) -> bool:
    return any("".join(each.text or "" for each in deg.iter("{*}t")) for deg in element.iter("{*}deg"))


def _row(element: Any) -> str:
    return "".join(_part(child) for child in (element if element is not None else ()))


def _part(element: Any) -> str:
    name = local(element)
    if name == "f":
        return rf"\frac{{{_row(first(element, 'num'))}}}{{{_row(first(element, 'den'))}}}"
    if name in ("sSup", "sSub"):
        base, script = _row(first(element, "e")), _row(first(element, "sup" if name == "sSup" else "sub"))
        return f"{base}{'^' if name == 'sSup' else '_'}{{{script}}}" if base else script
    if name == "rad":
        return rf"\sqrt{{{_row(first(element, 'e'))}}}"
    if name == "r":
        text = "".join(each.text or "" for each in children(element, "t"))
        return "".join(SPECIAL.get(letter, letter) for letter in text)
    if name.endswith("Pr"):
        return ""
    return _row(element)
