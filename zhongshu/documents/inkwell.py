"""Handwriting as a drawing, and the codes that lead a signed page back into its box."""

import json
from typing import Any

from zhongshu.files import paper
from zhongshu.matters.models import Matter
from zhongshu.ui import ink


def svg(strokes: dict[str, Any]) -> str:
    """Return strokes as an SVG."""
    return ink.svg_of(ink.read(json.dumps(strokes)))


def code_svg(matter: Matter, box: str) -> str:
    """Return the QR code of a box as an SVG, ready to stand in the page."""
    return paper.qr_svg(matter, box, label=f"{matter.number} {box}")
