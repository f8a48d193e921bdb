"""Reads official papers: text layers of files, and the fields of a Chinese official document from them.

A pure library: it imports nothing of the office and no Django. `python -m recognize FILE --json` is its command line.
"""

from recognize.fields import Recognition, recognize_layer
from recognize.found import Found, Place
from recognize.pages import Box, Line, Page, TextLayer, Word
from recognize.reading import read
from recognize.troubles import Unreadable

__all__ = [
    "Box", "Found", "Line", "Page", "Place", "Recognition", "TextLayer", "Unreadable", "Word", "read", "recognize",
    "recognize_layer",
]  # fmt: skip


def recognize(data: bytes) -> Recognition:
    """Read a file and its fields; the type is told from the bytes, never from a name.

    Raises `Unreadable` with its code and a plain message when the file cannot or must not be read.
    """
    return recognize_layer(read(data))
