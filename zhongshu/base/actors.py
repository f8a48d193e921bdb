"""Who acts: a plain picture of the person, the chosen post, and for whom; it travels without a request."""

from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Actor:
    """The acting person at one moment; pure data."""

    person_id: int | None
    name: str
    unit_id: int | None = None
    unit_name: str = ""
    appointment_id: int | None = None
    tenant_id: int | None = None
    roles: frozenset[str] = frozenset()
    permissions: frozenset[str] = frozenset()
    principals: tuple[int, ...] = ()
    on_behalf_of_id: int | None = None
    on_behalf_of_name: str = ""
    ip: str = ""
    channel: str = "web"
    key: str = ""

    @property
    def display(self) -> str:
        """Return the name as the office writes it: 乙（代甲）."""
        return f"{self.name}（代{self.on_behalf_of_name}）" if self.on_behalf_of_name else self.name

    @property
    def me(self) -> int:
        """Return the acting person's id where only a person can act."""
        if self.person_id is None:
            raise ValueError("the system is no person")
        return self.person_id

    @property
    def office(self) -> int:
        """Return the id of the unit whose office the actor works in."""
        if self.tenant_id is None:
            raise ValueError("this actor has no office")
        return self.tenant_id

    def may(self, permission: str) -> bool:
        """Say whether the permission is held."""
        return permission in self.permissions

    def has(self, *roles: str) -> bool:
        """Say whether any of the roles is held."""
        return not self.roles.isdisjoint(roles)

    def for_(self, person_id: int, name: str) -> "Actor":
        """Return this actor acting on behalf of another person."""
        return replace(self, on_behalf_of_id=person_id, on_behalf_of_name=name)

    def with_key(self, key: str) -> "Actor":
        """Return this actor answering the form with that idempotency key."""
        return replace(self, key=key)


SYSTEM = Actor(person_id=None, name="系统", channel="system")
