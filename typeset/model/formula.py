r"""The small notation of formulas: text, `^{}`, `_{}`, `\frac{}{}`, `\sqrt{}` and names of signs; read into a tree.

It is parsed here and never handed on as markup, so no formula can make a writer do anything but draw it.
"""

from dataclasses import dataclass
from typing import Literal

SIGNS = {
    "times": "×", "div": "÷", "pm": "±", "cdot": "·", "leq": "≤", "geq": "≥", "neq": "≠", "approx": "≈", "sum": "∑",
    "prod": "∏", "int": "∫", "infty": "∞", "alpha": "α", "beta": "β", "gamma": "γ", "delta": "δ", "Delta": "Δ",
    "theta": "θ", "lambda": "λ", "mu": "μ", "pi": "π", "sigma": "σ", "phi": "φ", "omega": "ω", "Omega": "Ω",
    "rightarrow": "→", "percent": "%", "dots": "…", "degree": "°", "in": "∈", "{": "{", "}": "}", "\\": "\\", ",": " ",
}  # fmt: skip
DEEPEST = 12


@dataclass(frozen=True, slots=True)
class Text:
    """Letters, digits and signs set on the line."""

    text: str


@dataclass(frozen=True, slots=True)
class Fraction:
    """A fraction of two rows."""

    above: "Row"
    below: "Row"


@dataclass(frozen=True, slots=True)
class Root:
    """A square root."""

    inside: "Row"


@dataclass(frozen=True, slots=True)
class Script:
    """What stands raised or lowered at what went before."""

    base: "Node"
    place: Literal["super", "sub"]
    script: "Row"


Node = Text | Fraction | Root | Script
Row = tuple[Node, ...]


def parse(source: str) -> Row:
    """Return the tree of a formula; raises `ValueError` with a plain sentence where it cannot be read."""
    reader = _Reader(source)
    row = reader.row(closing=False, depth=0)
    if not row:
        raise ValueError("公式是空的")
    return row


class _Reader:
    """Walks through the source once."""

    def __init__(self, source: str) -> None:
        self.source = source
        self.at = 0

    def row(self, *, closing: bool, depth: int) -> Row:
        """Read up to the closing brace, or to the end."""
        nodes: list[Node] = []
        while (sign := self._next()) not in ("", "}"):
            nodes.append(self._script(nodes, depth) if sign in "^_" else self._plain(depth))
        if closing != bool(sign):
            raise ValueError("公式里少了一个“}”" if closing else "公式里多了一个“}”")
        self.at += closing
        return tuple(nodes)

    def _next(self) -> str:
        return self.source[self.at : self.at + 1]

    def _script(self, before: list[Node], depth: int) -> Node:
        sign = self._next()
        if not before:
            raise ValueError(f"公式里“{sign}”前面没有内容")
        self.at += 1
        return Script(before.pop(), "super" if sign == "^" else "sub", self._group(depth))

    def _plain(self, depth: int) -> Node:
        sign = self._next()
        if sign == "\\":
            return self._command(depth)
        if sign == "{":
            raise ValueError("公式里的“{”要跟在 ^、_、\\frac 或 \\sqrt 之后")
        self.at += 1
        return Text(sign)

    def _command(self, depth: int) -> Node:
        name = self._name()
        if name == "frac":
            return Fraction(self._group(depth), self._group(depth))
        if name == "sqrt":
            return Root(self._group(depth))
        if name not in SIGNS:
            raise ValueError(f"公式里不认识“\\{name}”")
        return Text(SIGNS[name])

    def _name(self) -> str:
        start = self.at = self.at + 1
        while (
            self.at < len(self.source) and self.source[self.at].isascii() and self.source[self.at].isalpha()
        ):
            self.at += 1
        if self.at == start:
            self.at = min(start + 1, len(self.source))
        return self.source[start : self.at]

    def _group(self, depth: int) -> Row:
        if depth > DEEPEST:
            raise ValueError(f"公式嵌套超过 {DEEPEST} 层")
        sign = self._next()
        if sign == "{":
            self.at += 1
            return self.row(closing=True, depth=depth + 1)
        if sign in ("", "}", "^", "_"):
            raise ValueError("公式里 ^、_、\\frac 或 \\sqrt 之后缺内容")
        return (self._plain(depth + 1),)
