"""Who and what a story puts in the place of the stand-ins."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model

from demo import cast
from demo.papers.paper import Paper
from demo.registry import County
from demo.year.parts import Players, Story
from demo.year.stage import ISSUER, STAND_INS, TITLE, token
from demo.year.templates import Answers, due_words
from zhongshu.people.models import OrgUnit, Person, Principal


def answers_for(county: County, paper: Paper, story: Story) -> Answers:
    """Map the stand-ins to the players, and the tokens to the texts."""
    people = dict(_swapped(_pairs(story.players)))
    units = _unit_map(story.players)
    words = {TITLE: paper.title, ISSUER: paper.sender.name, **people}
    words |= {token(step): text for step, text in story.texts.items()}
    words |= {county.unit(old).label: county.unit(new).label for old, new in units.items()}
    words |= due_words(story.assign_due)
    return Answers(words, _ids(county, people, units), story.moments, story.assign_due)


def _pairs(players: Players) -> Iterator[tuple[str, str]]:
    """Stand-in and player of every part, the units' people with them."""
    for part in ("clerk", "sorter", "director", "deputy", "legal", "supervisor", "archivist"):
        yield getattr(STAND_INS, part), getattr(players, part)
    yield from zip(STAND_INS.leaders, players.leaders, strict=False)
    yield from zip(STAND_INS.readers, players.readers, strict=False)
    for old, new in zip(STAND_INS.units, players.units, strict=False):
        yield from zip(Players.unit_people(old), Players.unit_people(new), strict=True)


def _swapped(pairs: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Where a player stood elsewhere in the play, the stand-in takes that place."""
    forward = dict(pairs)
    taken = {new: old for old, new in forward.items() if old != new and new not in forward}
    yield from taken.items()
    yield from forward.items()


def _unit_map(players: Players) -> dict[str, str]:
    forward = dict(zip(STAND_INS.units, players.units, strict=False))
    return {**{new: old for old, new in forward.items() if new not in forward}, **forward}


def _ids(county: County, people: dict[str, str], units: dict[str, str]) -> dict[type[Model], dict[Any, Any]]:
    persons = {county.person(old).pk: county.person(new).pk for old, new in people.items()}
    orgs = {county.unit(old).pk: county.unit(new).pk for old, new in units.items()}
    principals = {
        county.person(old).principal_id: county.person(new).principal_id for old, new in people.items()
    }
    principals |= {county.unit(old).principal_id: county.unit(new).principal_id for old, new in units.items()}
    return {Person: persons, OrgUnit: orgs, Principal: principals}


def post_of(county: County, name: str) -> str:
    """How the sheet writes somebody's post: 县政府 县长, 办公室主任."""
    member = cast.member(name)
    unit = county.unit(member.unit)
    return member.post if unit.is_tenant else f"{unit.label} {member.post}"
