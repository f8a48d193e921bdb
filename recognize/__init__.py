"""Reads official papers: text layers of files.

A pure library: it imports nothing of the office and no Django.
"""

from recognize.pages import Box, Line, Page, TextLayer, Word
from recognize.reading import read
from recognize.troubles import Unreadable

__all__ = ["Box", "Line", "Page", "TextLayer", "Unreadable", "Word", "read"]
