"""The people and units of 云岭县, all invented: who works where, in which post, and who answers for what."""

from dataclasses import dataclass
from functools import cache

from demo.texts import COUNTY, lines, sections

PASSWORD = "Yunling@2026"


@dataclass(frozen=True)
class Unit:
    """A unit or a section of the office."""

    code: str
    name: str
    short: str
    kind: str
    prefix: str
    group: str
    order: int

    @property
    def formal(self) -> str:
        """The name as a sheet shows it: 县自然资源局, 白水镇."""
        return self.short if self.kind == "township" else self.name

    @property
    def is_outside(self) -> bool:
        return self.group in {"县直部门", "乡镇"}


@dataclass(frozen=True)
class Member:
    """One person's post in one unit; a person with two posts is two members of the same login."""

    login: str
    name: str
    unit: str
    post: str
    roles: tuple[str, ...]
    extension: str
    order: int
    is_primary: bool

    @property
    def given(self) -> str:
        """The given name, as a leader is addressed: 怀川同志."""
        return self.name[2:] if self.name[:2] in {"诸葛", "澹台"} else self.name[1:]


@dataclass(frozen=True)
class Portfolio:
    """What a leader answers for."""

    leader: str
    partner: str
    deputy: str
    units: tuple[str, ...]
    topics: tuple[str, ...]
    townships: tuple[str, ...]


@cache
def units() -> tuple[Unit, ...]:
    found = []
    for order, (group, line) in enumerate(sections(COUNTY / "units.txt"), start=1):
        code, name, short, kind, prefix = line.split()
        found.append(Unit(code, name, short, kind, prefix.strip("-"), group, order))
    return tuple(found)


@cache
def members() -> tuple[Member, ...]:
    seen: set[str] = set()
    counted: dict[str, int] = {}
    found: list[Member] = []
    for unit, line in sections(COUNTY / "people.txt"):
        name, login, post, roles = line.split()
        counted[unit] = counted.get(unit, 0) + 1
        extension = f"{unit_order(unit) + 10:02d}{counted[unit]:02d}"
        wanted = tuple(role for role in roles.split(",") if role != "-")
        found.append(
            Member(login, name, unit, post, wanted, extension, len(found) + 1, is_primary=login not in seen)
        )
        seen.add(login)
    return tuple(found)


@cache
def portfolios() -> tuple[Portfolio, ...]:
    found: list[Portfolio] = []
    for line in lines(COUNTY / "portfolios.txt"):
        leader, partner, deputy, owned, topics, linked = line.split("；")
        found.append(
            Portfolio(
                leader,
                partner,
                deputy,
                tuple(unit_called(short).code for short in owned.split("、")),
                tuple(topics.split("、")),
                tuple(unit_called(short).code for short in linked.split("、")),
            )
        )
    return tuple(found)


@cache
def unit(code: str) -> Unit:
    return next(unit for unit in units() if unit.code == code)


@cache
def unit_called(name: str) -> Unit:
    """Find a unit by its short or its full name."""
    return next(unit for unit in units() if name in {unit.short, unit.name})


def unit_order(code: str) -> int:
    return unit(code).order


def of_kind(*kinds: str) -> tuple[Unit, ...]:
    return tuple(unit for unit in units() if unit.kind in kinds)


def office_sections() -> tuple[Unit, ...]:
    return of_kind("section")


def departments() -> tuple[Unit, ...]:
    return tuple(unit for unit in units() if unit.group == "县直部门")


def townships() -> tuple[Unit, ...]:
    return of_kind("township")


@cache
def staff(code: str) -> tuple[Member, ...]:
    return tuple(member for member in members() if member.unit == code)


@cache
def member(name: str) -> Member:
    """The first post of the person of that name; names are unique in the county."""
    return next(member for member in members() if member.name == name)


def head(code: str) -> Member:
    return next(member for member in staff(code) if set(member.roles) & {"dept_head", "section_head"})


def liaisons(code: str) -> tuple[Member, Member]:
    """The A and the B of a unit."""
    a, b = (member for member in staff(code) if "liaison" in member.roles)
    return a, b


@cache
def portfolio_of(code: str) -> Portfolio:
    """The portfolio a unit stands in; a township stands in that of its contact leader."""
    return next(one for one in portfolios() if code in one.units or code in one.townships)


def leader_of(code: str) -> Member:
    return member(portfolio_of(code).leader)


def county_head() -> Member:
    return next(member for member in members() if "county_head" in member.roles)


def holders(role: str) -> tuple[Member, ...]:
    return tuple(member for member in members() if role in member.roles)


def address(leader: Member) -> str:
    """How the sheet names a leader: 陆县长, 沈常务, 顾副县长."""
    title = {"county_head": "县长", "exec_vice_mayor": "常务副县长", "vice_mayor": "副县长"}
    return leader.name + title[leader.roles[0]]
