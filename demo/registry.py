"""A handle on the county in the database: units by code, people by name, actors as they would act."""

from dataclasses import dataclass, field, replace

from demo import cast
from zhongshu.base.actors import Actor
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Appointment, OrgUnit, Person


@dataclass
class County:
    """What the builders look up again and again."""

    units: dict[str, OrgUnit]
    people: dict[str, Person]
    appointments: dict[tuple[str, str], Appointment]
    _actors: dict[str, Actor] = field(default_factory=dict)

    @property
    def office(self) -> OrgUnit:
        return self.units["office"]

    def unit(self, code: str) -> OrgUnit:
        return self.units[code]

    def person(self, name: str) -> Person:
        return self.people[name]

    def holder(self, role: str) -> Person:
        """The first who holds a role."""
        return self.people[cast.holders(role)[0].name]

    def actor(self, name: str, key: str = "") -> Actor:
        """The actor of a person, as a page would make it."""
        if name not in self._actors:
            self._actors[name] = actor_for(self.people[name], ip="10.26.1." + str(self.people[name].pk % 250))
        return replace(self._actors[name], key=key)

    def actor_in(self, name: str, code: str) -> Actor:
        """The actor of a person in the post of one unit, for whoever has two."""
        return actor_for(self.people[name], appointment=self.appointments[name, code])


def county() -> County:
    """Read the county back from the database."""
    units = {unit.name: unit for unit in OrgUnit.objects.select_related("principal", "tenant")}
    people = {person.username: person for person in Person.objects.select_related("principal")}
    known = {(one.person_id, one.unit_id): one for one in Appointment.objects.select_related("unit", "post")}
    by_code = {unit.code: units[unit.name] for unit in cast.units()}
    by_name = {member.name: people[member.login] for member in cast.members()}
    posts = {
        (member.name, member.unit): known[by_name[member.name].pk, by_code[member.unit].pk]
        for member in cast.members()
    }
    return County(by_code, by_name, posts)
