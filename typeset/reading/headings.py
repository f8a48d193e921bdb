"""Where a heading ends and its text runs on: 一、 stands alone, after （一） and 1. a first sentence may lead."""

import re
from dataclasses import replace

from typeset.model.blocks import Heading, Level, Paragraph
from typeset.model.inline import Runs, text_of
from typeset.reading.given import parted

LONGEST = 60
ALONE = 40
LEVELS: dict[int, Level] = {1: 1, 2: 2, 3: 3, 4: 4}


def heading_of(runs: Runs, level: int, turn: int = 0) -> Heading | Paragraph:
    """Return a heading, its first sentence apart from what runs on; a numbered sentence that is none stays a paragraph.

    `turn` is where the face changes back to that of the text, 0 where a file does not tell.
    """
    runs = tuple(replace(run, bold=False) for run in runs)
    text = text_of(runs)
    depth = LEVELS[level]
    if turn and turn < len(text):
        head, body = parted(runs, turn)
        return Heading(depth, head, body)
    stop = re.search(r"[。：](?=.)", text)
    if stop and stop.end() <= LONGEST and not re.search(r"[；！？]", text[: stop.end()]) and stop[0] == "。":
        head, body = parted(runs, stop.end())
        return Heading(depth, head, body)
    if len(text) <= ALONE and not re.search(r"[；，、：]$", text):
        return Heading(depth, runs)
    return Paragraph(runs)
