"""Pouring: the rows of one paper's story, made from a template, with what only this paper can say."""

import datetime as dt
import hashlib
import random
import secrets
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Model

from demo import cast
from demo.papers.paper import Paper
from demo.registry import County
from demo.year import columns
from demo.year.answers import answers_for, post_of
from demo.year.dues import Dues
from demo.year.mould import MODELS, Row
from demo.year.parts import Story
from demo.year.templates import Answers, EntryTemplate, RowTemplate, Template
from zhongshu.archive.models import ArchivalFile
from zhongshu.base.actors import Actor
from zhongshu.base.chain import Entry
from zhongshu.documents.models import IncomingDocument, LeaderInstruction
from zhongshu.flow.models import FlowStep, FlowTask
from zhongshu.matters.cursors import FAR
from zhongshu.matters.models import Matter, Notification, Part, SearchEntry

RECENT = dt.timedelta(days=21)
_OBJECTS: dict[str, type[Model]] = {
    "flowtask": FlowTask,
    "matter": Matter,
    "archival_file": ArchivalFile,
}


@dataclass
class Told:
    """A paper with its story and the numbers drawn for it."""

    paper: Paper
    story: Story
    matter_due: dt.datetime
    incoming_number: str = ""
    instruction_numbers: list[str] = field(default_factory=list)
    return_number: str = ""
    archived: tuple[str, int, str] | None = None
    matter_id: int = 0
    public_id: str = ""


@dataclass
class Poured:
    """Rows waiting to be written, by model, and the lines of the trail."""

    rows: dict[type[Model], list[Row]] = field(default_factory=lambda: defaultdict(list))
    entries: list[Entry] = field(default_factory=list)


class Pourer:
    """Pours one story after another, handing out keys as it goes."""

    def __init__(self, county: County, now: dt.datetime, dues: Dues, scopes: columns.Scopes) -> None:
        self.county = county
        self.now = now
        self.dues = dues
        self.scopes = scopes
        self.out = Poured()
        self._next: dict[type[Model], int] = {model: _last_key(model) for model in MODELS}
        self._posts = {member.name: post_of(county, member.name) for member in cast.members()}
        self._by_serial: dict[int, int] = {}
        self.imported: dict[int, tuple[int, str, str]] = {}

    def next_key(self, model: type[Model]) -> int:
        """Hand out one key."""
        self._next[model] += 1
        return self._next[model]

    def key_of(self, serial: int | None) -> int | None:
        """The matter of an earlier paper."""
        return self._by_serial.get(serial or 0)

    def remember(self, serial: int, pk: int, public_id: str, number: str) -> None:
        """Know an imported paper, so that later ones can name it."""
        self._by_serial[serial] = pk
        self.imported[serial] = pk, public_id, number

    def flush(self) -> dict[type[Model], list[Row]]:
        """Hand over the rows gathered so far."""
        rows, self.out.rows = self.out.rows, defaultdict(list)
        return rows

    def pour(self, told: Told, template: Template) -> None:
        """Make all rows of one story."""
        answers = answers_for(self.county, told.paper, told.story)
        self._hand_out_keys(template, answers)
        self._give_numbers(told, template, answers)
        made = {
            model: [self._make(model, row, answers) for row in rows] for model, rows in template.rows.items()
        }
        self._say_what_is_its_own(told, template, answers, made)
        for model, rows in made.items():
            self.out.rows[model] += rows
        self._speak(told, template, answers, made)
        told.matter_id = answers.ids[Matter][template.matter_id]
        self._by_serial[told.paper.serial] = told.matter_id

    # keys and numbers

    def _hand_out_keys(self, template: Template, answers: Answers) -> None:
        for model, rows in template.rows.items():
            if model in (IncomingDocument, LeaderInstruction):
                continue
            first = self._next[model] + 1
            answers.ids[model] = {row.old_pk: first + at for at, row in enumerate(rows)}
            self._next[model] += len(rows)
        for model in (IncomingDocument, LeaderInstruction):
            answers.ids[model] = answers.ids[Matter]

    def _give_numbers(self, told: Told, template: Template, answers: Answers) -> None:
        """Put the numbers and addresses of this story in the place of the mould's."""
        numbers = [told.incoming_number, *told.instruction_numbers]
        for row, number in zip(template.rows[Matter], numbers, strict=False):
            answers.words[columns.old_text(row, "public_id")] = secrets.token_urlsafe(16)
            if old := columns.old_text(row, "number"):
                answers.words[old] = number
        told.public_id = answers.words[columns.old_text(template.rows[Matter][0], "public_id")]
        if told.archived and template.rows[ArchivalFile]:
            answers.words[columns.old_text(template.rows[ArchivalFile][0], "archival_code")] = told.archived[
                2
            ]
        if told.return_number:
            answers.words[columns.slip_number(template)] = told.return_number

    def _make(self, model: type[Model], row: RowTemplate, answers: Answers) -> Row:
        values = row.values(answers)
        pk = model._meta.pk
        if pk is not None and pk.remote_field is None:
            values[pk.attname] = answers.ids[model][row.old_pk]
        return values

    # what only this paper can say

    def _say_what_is_its_own(
        self, told: Told, template: Template, answers: Answers, made: dict[type[Model], list[Row]]
    ) -> None:
        paper, due = told.paper, told.matter_due
        columns.fit_document(self.county, told.paper, made, self.key_of(paper.previous))
        columns.fit_matters(told.paper, due, made)
        columns.fit_flow(self.county, paper, answers, made)
        columns.fit_opinions(self._posts, answers, made, random.Random(f"ink-{paper.serial}"), self.now)
        columns.fit_instructions(self.dues, answers, made)
        columns.fit_archive(self.scopes, paper, told.archived, made)
        self._set_task_dues(made, due)
        made[Part] = _distinct(made[Part])
        made[Notification] = self._notices(answers, told, made)
        self._open_other_ways(told, made)

    def _set_task_dues(self, made: dict[type[Model], list[Row]], matter_due: dt.datetime) -> None:
        for task in made[FlowTask]:
            due = self.dues.of_task(task["limit"] or {}, task["created_at"], matter_due)
            task["due_at"], task["sort_due"] = due, due or FAR

    def _notices(self, answers: Answers, told: Told, made: dict[type[Model], list[Row]]) -> list[Row]:
        """Old notices are read and forgotten; those of today about what waits are still new."""
        kept = []
        waiting = {row["assignee_id"] for row in made[FlowTask] if row["closed_at"] is None}
        for row in made[Notification]:
            if self.now - row["created_at"] > RECENT:
                continue
            row["key"] = hashlib.sha256(f"{row['key']}{told.public_id}".encode()).hexdigest()[:24]
            is_new = self.now - row["created_at"] < dt.timedelta(hours=20) and row["person_id"] in waiting
            row["read_at"] = None if is_new else min(self.now, row["created_at"] + dt.timedelta(minutes=42))
            kept.append(row)
        return list({(row["person_id"], row["key"]): row for row in kept}.values())

    def _open_other_ways(self, told: Told, made: dict[type[Model], list[Row]]) -> None:
        """The same paper came another way some days later."""
        for other in told.paper.arrivals[1:]:
            if other.at <= self.now and told.story.told > 1:
                model = columns.CHANNEL
                made[model].append(columns.other_way(made[model][0], self.next_key(model), other))

    # the trail and the search

    def _speak(
        self, told: Told, template: Template, answers: Answers, made: dict[type[Model], list[Row]]
    ) -> None:
        for line in template.entries:
            self.out.entries.append(self._line(told, line, answers))
        for row in made[columns.CHANNEL][1:]:
            self.out.entries.append(columns.joined(self._actor(told.story.players.clerk), told, row))
        for pk, kind, text in columns.searchable(made):
            self.out.rows[SearchEntry].append({"matter_id": pk, "kind": kind, "text": text})

    def _line(self, told: Told, line: EntryTemplate, answers: Answers) -> Entry:
        entry = line.entry
        data = line.data(answers) if line.data else dict(entry.data)
        for name, model in (("step", FlowStep), ("task", FlowTask)):
            if name in data:
                data[name] = answers.id_of(model, data[name])
        text = columns.trail_text(entry, told) or answers.say(line.text)
        return replace(
            entry,
            by=self._player(entry.by, answers),
            label=self._label(entry.label, answers),
            text=text,
            data=data,
            object_id=self._object(entry, answers),
            matter_id=answers.id_of(Matter, entry.matter_id),
            after_digest=columns.digest_of(entry, told),
            at=answers.moments[line.moment],
        )

    def _label(self, label: str, answers: Answers) -> str:
        """A unit's progress carries the unit's name in its label."""
        name = label.removesuffix("反馈进展")
        return answers.words.get(name, name) + "反馈进展" if name != label else label

    def _object(self, entry: Entry, answers: Answers) -> str:
        if model := _OBJECTS.get(entry.object_kind):
            return str(answers.id_of(model, int(entry.object_id)))
        return answers.words.get(str(entry.object_id), str(entry.object_id))

    def _player(self, by: Actor, answers: Answers) -> Actor:
        """The player in the stand-in's place: in the unit's post where a unit speaks, else in their own."""
        name = answers.words.get(by.name, by.name)
        found = self._actor(name)
        unit_id = answers.id_of(columns.UNIT, by.unit_id)
        if unit_id != found.unit_id and unit_id != by.unit_id:
            unit = next(one for one in self.county.units.values() if one.pk == unit_id)
            found = replace(found, unit_id=unit_id, unit_name=unit.label, tenant_id=unit.tenant_id)
        if by.on_behalf_of_id:
            principal = answers.words.get(by.on_behalf_of_name, by.on_behalf_of_name)
            return found.for_(self.county.person(principal).pk, principal)
        return found

    def _actor(self, name: str) -> Actor:
        return self.county.actor(name)


def _last_key(model: type[Model]) -> int:
    newest = model._default_manager.order_by("-pk").values_list("pk", flat=True).first()
    return int(newest or 0)


def _distinct(parts: Iterable[Row]) -> list[Row]:
    """One part for each principal and matter, as the table wants it."""
    kept: dict[tuple[Any, Any], Row] = {}
    for part in parts:
        kept.setdefault((part["principal_id"], part["matter_id"]), part)
    return list(kept.values())
