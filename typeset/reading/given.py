"""What a reader hands to the builder: rows in their order, each with its runs, its table or its pictures."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from typeset.model.blocks import Table
from typeset.model.document import Document
from typeset.model.inline import Picture, Run, Runs
from typeset.reading.outline import Row
from typeset.reading.wordml.things import Oddity
from typeset.reading.words import BLANKS


@dataclass(frozen=True, slots=True)
class Shown:
    """A picture of the file that the model can hold."""

    picture: Picture
    width: float
    floats: bool


@dataclass(slots=True)
class Given:
    """A row and what stands in it; a formula alone on its line has its source in `formula`."""

    row: Row
    runs: Runs = ()
    table: Table | None = None
    shown: list[Shown] = field(default_factory=list)
    formula: str = ""
    formula_number: str = ""
    rings: int = 0


@dataclass(frozen=True, slots=True)
class Reading:
    """A document as it was understood, and what was not: nothing is dropped silently."""

    document: Document
    oddities: tuple[Oddity, ...] = ()


def joined(runs: Iterable[Run]) -> Runs:
    """Return runs without empty ones, neighbours of one look made one."""
    made: list[Run] = []
    for run in runs:
        if not run.text and not run.footnote:
            continue
        last = made[-1] if made else None
        if (
            last
            and not last.footnote
            and replace(last, text="", footnote="") == replace(run, text="", footnote="")
        ):
            made[-1] = replace(run, text=last.text + run.text)
        else:
            made.append(run)
    return tuple(made)


def trimmed(runs: Runs) -> Runs:
    """Return runs without blanks at either end."""
    kept = list(joined(runs))
    while kept and not kept[0].footnote and not kept[0].text.strip(BLANKS):
        kept.pop(0)
    while kept and not kept[-1].footnote and not kept[-1].text.strip(BLANKS):
        kept.pop()
    if kept:
        kept[0] = replace(kept[0], text=kept[0].text.lstrip(BLANKS))
        if not kept[-1].footnote:
            kept[-1] = replace(kept[-1], text=kept[-1].text.rstrip(BLANKS))
    return joined(kept)


def parted(runs: Runs, at: int) -> tuple[Runs, Runs]:
    """Cut runs in two at a letter."""
    before: list[Run] = []
    after: list[Run] = []
    for run in runs:
        if at >= len(run.text):
            before.append(run)
        elif at <= 0:
            after.append(run)
        else:
            before.append(replace(run, text=run.text[:at], footnote=""))
            after.append(replace(run, text=run.text[at:]))
        at -= len(run.text)
    return joined(before), joined(after)
