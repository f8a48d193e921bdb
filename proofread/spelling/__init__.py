"""Spelling of Chinese official prose, offline: which letters are misspelt, and what was meant.

A pure library: `correct_line("完善上行发展机智。")` gives the line mended, `find` the slips with their places.
The model is one file beside this one, made by `python -m tools.spelling`; its card is docs/spelling-model.md.
"""

from proofread.spelling.finding import Slip, correct_line, find

__all__ = ["Slip", "correct_line", "find"]
