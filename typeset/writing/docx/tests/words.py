"""All words of a document of the model, in no particular order but whole."""

import dataclasses
from datetime import date
from typing import Any

from typeset.model import Document, Formula, Picture, Run, day_words
from typeset.model.formula import parse

SILENT = {"kind", "doc_type", "urgency", "align", "position"}


def words_of(document: Document) -> str:
    return "".join(_words(document))


def _words(thing: Any) -> list[str]:
    if isinstance(thing, str):
        return [thing]
    if isinstance(thing, date):
        return [day_words(thing)]
    if isinstance(thing, Formula):
        return [str(parse(thing.source)), thing.number]
    if isinstance(thing, Picture) or thing is None:
        return []
    if isinstance(thing, tuple) and thing and isinstance(thing[0], Run):
        return [run.text for run in thing] + [run.footnote for run in thing]
    if isinstance(thing, tuple):
        return [word for each in thing for word in _words(each)]
    if dataclasses.is_dataclass(thing):
        names = [each.name for each in dataclasses.fields(thing) if each.name not in SILENT]
        return [word for name in names for word in _words(getattr(thing, name))]
    return []
