"""The whole year: papers, their stories and numbers, poured from moulds and written in bulk."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable

from django.core.management.color import no_style
from django.db import connection, transaction

from demo.papers import writing
from demo.papers.paper import Paper
from demo.registry import County
from demo.year import columns, filing, script
from demo.year.dues import Dues
from demo.year.importing import import_register
from demo.year.mould import MODELS, cast_moulds
from demo.year.numbering import Numberer
from demo.year.parts import Shape
from demo.year.pour import Pourer, Told
from demo.year.templates import Template, prepare
from demo.year.touches import begins, touch
from zhongshu.archive import rules as archive_rules
from zhongshu.archive.models import ArchiveScope, Retention
from zhongshu.base import clock, trail
from zhongshu.base.bulk import insert
from zhongshu.flow import timers
from zhongshu.flow.models import FlowTask, FlowTimer
from zhongshu.matters import search_index
from zhongshu.matters.models import SearchEntry

CHUNK = 200
SECTION = "BGS"
Say = Callable[[str], object]


def tell_year(
    county: County,
    seed: int,
    now: dt.datetime,
    count: int,
    say: Say,
    *,
    span: int = 365,
    earlier: bool = True,
) -> dict[str, int]:
    """Write the papers of a year (or a shorter span of days) up to now, after the register of the time before."""
    begin, upto = now - dt.timedelta(days=span), begins(now)
    before = _days_before(begin) if earlier else 0
    papers = writing.generate(seed, upto, _total(count, span, before), span + before, begin)
    scopes = columns.Scopes(list(ArchiveScope.objects.filter(tenant=county.office)))
    pourer = Pourer(county, upto, Dues(county.office.pk), scopes)
    numberer = Numberer(county.office.pk)
    old = [paper for paper in papers if paper.received_at < begin]
    entries = import_register(county, old, pourer, numberer, clock.local(begin))
    # The moulds are cast by real acts, which must not draw the ids of the register written above.
    _set_sequences()
    say(f"旧台账 {len(old)} 件")
    told = _stories(papers[len(old) :], pourer.dues, upto)
    say(f"来文 {len(told)} 件")
    _number(county, scopes, numberer, told)
    templates = _templates(county, told)
    say(f"办法 {len({one.story.shape for one in told})} 种")
    _pour_all(pourer, told, templates)
    numberer.write()
    filed = filing.file_papers(county, told, upto)
    say(f"文件 {len(filed)} 个")
    entries += sorted([*pourer.out.entries, *filed], key=lambda entry: entry.at)
    written = trail.write_bulk(entry for entry in entries if entry.at <= upto)
    _index()
    _set_timers(now)
    say(f"痕迹 {written} 条")
    touched = touch(county, now)
    say(f"今日 {touched} 件")
    return {"papers": len(told), "imported": len(old), "files": len(filed), "trail": written}


def _days_before(begin: dt.datetime) -> int:
    """Back to the first day of the year in which the system began, so that years can be compared."""
    return begin.timetuple().tm_yday - 1


def _total(count: int, span: int, before: int) -> int:
    """The time before was a little quieter."""
    return round(count * (1 + writing.QUIETER * before / span))


def _stories(papers: Iterable[Paper], dues: Dues, now: dt.datetime) -> list[Told]:
    """Tell all stories; a paper that has not even been put on the table yet is left out."""
    found = []
    for paper in papers:
        due = dues.of_paper(paper)
        told = Told(paper, script.tell(paper, now, due), due)
        if told.story.told:
            found.append(told)
    return found


def _number(county: County, scopes: columns.Scopes, numberer: Numberer, told: Iterable[Told]) -> None:
    """Draw every number of the year in the order of its moment."""
    waiting: list[tuple[dt.datetime, str, Told]] = []
    for one in told:
        steps = one.story.shape.steps
        for step, at in zip(steps, one.story.moments, strict=False):
            waiting.append((at, step, one))
    for at, step, one in sorted(waiting, key=lambda row: row[0]):
        _draw(county, scopes, numberer, at, step, one)


def _draw(
    county: County, scopes: columns.Scopes, numberer: Numberer, at: dt.datetime, step: str, one: Told
) -> None:
    players = one.story.players
    verb, _, rest = step.partition(":")
    if verb in {"register", "take"}:
        by = county.actor(players.clerk)
        one.incoming_number = numberer.draw("documents.incoming", at, by, "incoming", one.public_id)[1]
    elif verb == "instruct" and rest[1] != "c":
        by = county.actor(players.leaders[int(rest[0])] if rest[1] == "w" else players.sorter)
        one.instruction_numbers.append(numberer.draw("documents.instruction", at, by, "instruction", "")[1])
    elif verb == "send_back":
        by = county.actor(players.deputy)
        one.return_number = numberer.draw("documents.return", at, by, "return", one.public_id)[1]
    elif verb == "archive":
        _draw_archive(county, scopes, numberer, at, one)


def _draw_archive(
    county: County, scopes: columns.Scopes, numberer: Numberer, at: dt.datetime, one: Told
) -> None:
    scope = scopes.of(one.paper, one.story.shape.is_reading)
    retention = scope.retention if scope and scope.is_archived else Retention.D10
    closed = one.story.moments[one.story.shape.steps.index("close")]
    name = f"archive.{retention}.{SECTION}"
    by = county.actor(one.story.players.archivist)
    year = clock.local(closed).year
    no = numberer.draw(name, at, by, "archival_file", "", year=year)[0]
    code = archive_rules.code_of(county.office.fonds_no, year, retention, SECTION, no)
    one.archived = retention, no, code


def _templates(county: County, told: Iterable[Told]) -> dict[tuple[Shape, int], Template]:
    """Cast one set of moulds for each shape, with a mould for every place where a paper stands."""
    cuts: dict[Shape, set[int]] = defaultdict(set)
    for one in told:
        cuts[one.story.shape].add(one.story.told)
    found = {}
    for shape, wanted in cuts.items():
        moulds = cast_moulds(county, shape, wanted)
        for steps, mould in moulds.by_steps.items():
            found[shape, steps] = prepare(county, mould, moulds.moments)
    return found


def _pour_all(pourer: Pourer, told: list[Told], templates: dict[tuple[Shape, int], Template]) -> None:
    for start in range(0, len(told), CHUNK):
        for one in told[start : start + CHUNK]:
            pourer.pour(one, templates[one.story.shape, one.story.told])
        # A task answers an instance and an instance a task: checking each row as it comes takes minutes.
        with connection.constraint_checks_disabled(), transaction.atomic():
            for model, rows in pourer.flush().items():
                insert(model, rows)
    connection.check_constraints()
    _set_sequences()


def _set_sequences() -> None:
    """Keys were handed out by us; PostgreSQL must be told where to go on."""
    with connection.cursor() as cursor:
        for sql in connection.ops.sequence_reset_sql(no_style(), [*MODELS, SearchEntry]):
            cursor.execute(sql)


def _index() -> None:
    with transaction.atomic():
        search_index.write(SearchEntry.objects.values_list("matter_id", "text").iterator(500))


def _set_timers(now: dt.datetime) -> None:
    """What waits will make itself heard."""
    waiting = FlowTask.objects.filter(closed_at__isnull=True, due_at__gt=now).select_related("matter")
    found = [timers.following(task, task.matter, now) for task in waiting]
    FlowTimer.objects.bulk_create([timer for timer in found if timer])
