"""The lists a text is held against: people, units, divisions, and the register of papers that may be quoted."""

import csv
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Person:
    """A person and the posts held, in the office's words: ("张三", ("副县长",))."""

    name: str
    posts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit by its full name and the short names the office allows."""

    name: str
    short_names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A paper of the register: 发文字号 and title."""

    number: str
    title: str


@dataclass(frozen=True, slots=True)
class Division:
    """A division by its name and the names of those above it, nearest first."""

    name: str
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Lists:
    """All lists; an empty one switches its rules off."""

    people: tuple[Person, ...] = ()
    units: tuple[Unit, ...] = ()
    divisions: tuple[Division, ...] = ()
    register: tuple[Quoted, ...] = ()
    kept: dict[str, object] = field(default_factory=dict, compare=False, hash=False, repr=False)

    @classmethod
    def from_folder(cls, folder: Path) -> "Lists":
        """Read people.csv, units.csv, register.csv, and provinces.csv, cities.csv, areas.csv where they are there.

        Columns: people `name,posts`; units `full_name,short_names`; register `number,title`; several posts or short
        names are set apart by |. The divisions are those of the National Bureau of Statistics (`code,name,cityCode,
        provinceCode`). Raises `ValueError` where a file lacks a column.
        """
        return cls(
            people=tuple(
                Person(row["name"], _several(row["posts"]))
                for row in _rows(folder / "people.csv", "name", "posts")
            ),
            units=tuple(
                Unit(row["full_name"], _several(row["short_names"]))
                for path in (folder / "units.csv", folder / "county_departments_compiled.csv")
                for row in _rows(path, "full_name", "short_names")
            ),
            divisions=tuple(_divisions(folder)),
            register=tuple(
                Quoted(row["number"], row["title"])
                for row in _rows(folder / "register.csv", "number", "title")
            ),
        )

    @classmethod
    def from_json(cls, text: str) -> "Lists":
        """Read the lists from JSON: people [[name, [posts]]], units, register [[number, title]], divisions."""
        data = json.loads(text)
        return cls(
            people=tuple(Person(name, tuple(posts)) for name, posts in data.get("people", ())),
            units=tuple(Unit(name, tuple(short)) for name, short in data.get("units", ())),
            divisions=tuple(Division(name, tuple(above)) for name, above in data.get("divisions", ())),
            register=tuple(Quoted(number, title) for number, title in data.get("register", ())),
        )


def _several(text: str) -> tuple[str, ...]:
    return tuple(each.strip() for each in text.split("|") if each.strip())


def _rows(path: Path, *columns: str) -> list[dict[str, str]]:
    if not path.exists():
        return []
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [each for each in columns if each not in (reader.fieldnames or ())]:
            raise ValueError(f"{path.name} 缺少列：{'、'.join(missing)}")
        return list(reader)


def _divisions(folder: Path) -> Iterable[Division]:
    provinces = {row["code"]: row["name"] for row in _rows(folder / "provinces.csv", "code", "name")}
    cities = {row["code"]: row for row in _rows(folder / "cities.csv", "code", "name", "provinceCode")}
    yield from (Division(name) for name in provinces.values())
    for row in cities.values():
        if row["name"] not in ("市辖区", "县", "自治区直辖县级行政区划", "省直辖县级行政区划"):
            yield Division(row["name"], (provinces[row["provinceCode"]],))
    for row in _rows(folder / "areas.csv", "name", "cityCode", "provinceCode"):
        city = cities[row["cityCode"]]["name"] if row["cityCode"] in cities else ""
        yield Division(row["name"], tuple(filter(None, (city, provinces[row["provinceCode"]]))))
