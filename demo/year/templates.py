"""A mould made ready to be poured: every value sorted once into what stays, what is mapped and what is filled."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import DateTimeField, Field, ForeignKey, JSONField, Model

from demo import cast
from demo.registry import County
from demo.year.mould import MODELS, Mould, Row
from demo.year.stage import ASSIGN_DUE
from zhongshu.base.chain import Entry
from zhongshu.people.models import OrgUnit, Person, Principal

Fill = Callable[["Answers"], Any]
_DUE_WORDS = f"{ASSIGN_DUE:%-m月%-d日 %H:%M}"
_DUE_ISO = ASSIGN_DUE.isoformat()


@dataclass
class Answers:
    """What one story puts into a mould."""

    words: dict[str, str]
    ids: dict[type[Model], dict[Any, Any]]
    moments: tuple[dt.datetime, ...]
    assign_due: dt.datetime | None
    _quoted: dict[str, str] = field(default_factory=dict)

    def say(self, parts: tuple[str, ...]) -> str:
        """Join a text, every other part of which is a blank."""
        words = self.words
        return "".join(words.get(part, part) if at % 2 else part for at, part in enumerate(parts))

    def say_in_json(self, parts: tuple[str, ...]) -> Any:
        """Join a JSON text, the words quoted as JSON wants them."""
        return json.loads("".join(self._quote(part) if at % 2 else part for at, part in enumerate(parts)))

    def _quote(self, part: str) -> str:
        if part not in self._quoted:
            self._quoted[part] = json.dumps(self.words.get(part, part), ensure_ascii=False)[1:-1]
        return self._quoted[part]

    def id_of(self, model: type[Model], old: Any) -> Any:
        return self.ids[model].get(old, old)


class Blanks:
    """Finds the blanks in the texts of a mould: tokens, names, units, numbers and addresses."""

    def __init__(self, county: County, mould: Mould) -> None:
        names = [member.name for member in cast.members() if member.is_primary]
        labels = [unit.label for unit in county.units.values() if unit.is_tenant]
        own = [str(value) for row in _numbered(mould) for value in row if value]
        fixed = sorted({*names, *labels, *own, _DUE_WORDS, _DUE_ISO}, key=len, reverse=True)
        self._pattern = re.compile("(⟪[^⟫]*⟫|" + "|".join(map(re.escape, fixed)) + ")")

    def parts(self, text: str) -> tuple[str, ...]:
        return tuple(self._pattern.split(text))


def _numbered(mould: Mould) -> Iterable[tuple[Any, ...]]:
    for rows in mould.rows.values():
        for row in rows:
            yield row.get("public_id"), row.get("number"), row.get("archival_code")


@dataclass
class RowTemplate:
    """One row: its old key, what never changes, and how the rest is found."""

    old_pk: Any
    old: Row
    fixed: Row
    fills: dict[str, Fill]

    def values(self, answers: Answers) -> Row:
        return {**self.fixed, **{name: fill(answers) for name, fill in self.fills.items()}}


@dataclass
class EntryTemplate:
    """One line of the trail."""

    entry: Entry
    moment: int
    text: tuple[str, ...]
    data: Fill | None


@dataclass
class Template:
    """A mould, ready."""

    matter_id: int
    rows: dict[type[Model], list[RowTemplate]]
    entries: list[EntryTemplate]


def prepare(county: County, mould: Mould, moments: tuple[dt.datetime, ...]) -> Template:
    """Sort every value of a mould."""
    blanks = Blanks(county, mould)
    steps = {moment: at for at, moment in enumerate(moments)}
    sorter = _Sorter(blanks, steps)
    rows = {model: [sorter.row(model, row) for row in found] for model, found in mould.rows.items()}
    entries = [
        EntryTemplate(entry, steps[entry.at], blanks.parts(entry.text), sorter.json(entry.data))
        for entry in mould.entries
    ]
    return Template(mould.matter_id, rows, entries)


class _Sorter:
    def __init__(self, blanks: Blanks, steps: dict[dt.datetime, int]) -> None:
        self._blanks = blanks
        self._steps = steps

    def row(self, model: type[Model], row: Row) -> RowTemplate:
        fixed: Row = {}
        fills: dict[str, Fill] = {}
        for column in model._meta.concrete_fields:
            value = row[column.attname]
            fill = self._fill(column, value) if value not in (None, "") else None
            if fill is None:
                fixed[column.attname] = value
            else:
                fills[column.attname] = fill
        pk = model._meta.pk
        return RowTemplate(row[pk.attname] if pk else None, row, fixed, fills)

    def _fill(self, field: Field[Any, Any], value: Any) -> Fill | None:
        if isinstance(field, ForeignKey):
            return self._link(field, value)
        if isinstance(field, DateTimeField):
            return self._moment(value)
        if isinstance(field, JSONField):
            return self.json(value)
        if field.primary_key:
            return None
        if isinstance(value, str):
            return self._text(value)
        return None

    def _link(self, field: ForeignKey[Any, Any], value: Any) -> Fill | None:
        model = field.remote_field.model
        if model in MODELS or model in (Person, OrgUnit, Principal):
            return lambda answers: answers.id_of(model, value)
        return None

    def _moment(self, value: dt.datetime) -> Fill | None:
        if value in self._steps:
            at = self._steps[value]
            return lambda answers: answers.moments[at]
        if value == ASSIGN_DUE:
            return lambda answers: answers.assign_due
        return None

    def _text(self, value: str) -> Fill | None:
        parts = self._blanks.parts(value)
        return (lambda answers: answers.say(parts)) if len(parts) > 1 else None

    def json(self, value: Any) -> Fill | None:
        """Fill the strings inside a JSON value."""
        if not value:
            return None
        parts = self._blanks.parts(json.dumps(value, ensure_ascii=False))
        if len(parts) == 1:
            return None
        return lambda answers: answers.say_in_json(parts)


def due_words(due: dt.datetime | None) -> dict[str, str]:
    """What stands for the units' deadline in texts."""
    if due is None:
        return {}
    return {_DUE_WORDS: f"{due:%-m月%-d日 %H:%M}", _DUE_ISO: due.isoformat()}
