"""What a room adds to a procedure: its default drawing, its phases, and code before, after and at the gates."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.flow.graph import Node
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.matters.models import Matter


@dataclass
class Moment:
    """What a hook is told. It may change `data`, `vars`, `label`, `key_act`, and raise Refused."""

    verb: str
    by: Actor
    matter: Matter
    instance: FlowInstance
    node: Node | None = None
    step: FlowStep | None = None
    task: FlowTask | None = None
    outcome: str = ""
    opinion: str = ""
    data: dict[str, Any] = field(default_factory=dict)
    label: str = ""
    key_act: bool = False

    @property
    def vars(self) -> dict[str, Any]:
        """Return the variables of the instance; what is put there is kept."""
        vars_: dict[str, Any] = self.instance.vars
        return vars_


Hook = Callable[[Moment], None]
Gate = Callable[[Moment], str]
Resolver = Callable[[Moment], list[Any]]
Entitlement = Callable[[Moment], bool]


@dataclass(frozen=True)
class Procedure:
    """A procedure as its room registers it."""

    key: str
    name: str = ""
    blocks: list[dict[str, Any]] = field(default_factory=list)
    options: Mapping[str, Any] = field(default_factory=dict)
    phases: Mapping[str, str] = field(default_factory=dict)
    vars: Mapping[str, str] = field(default_factory=dict)
    before: Mapping[str, Hook] = field(default_factory=dict)
    after: Mapping[str, Hook] = field(default_factory=dict)
    on_enter: Mapping[str, Hook] = field(default_factory=dict)
    on_end: Hook | None = None
    resolvers: Mapping[str, Resolver] = field(default_factory=dict)
    gates: Mapping[str, Gate] = field(default_factory=dict)
    entitled: Mapping[str, Entitlement] = field(default_factory=dict)
    returns_to_first_receiver: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)


_procedures: dict[str, Procedure] = {}


def register(key: str, **parts: Any) -> Procedure:
    """Register a room's procedure; hooks must not call verbs on the same matter.

    before, after: {verb: fn(moment)}; on_enter: {phase: fn(moment)}; resolvers: {name: fn(moment) -> persons
    or principals}; gates: {name: fn(moment) -> "" or the reason why not}; entitled: {verb: fn(moment) -> bool}
    ("record": the actor may write down what the holder of the task did on paper);
    labels: {gate, resolver, variable or "variable=value": its Chinese name}; returns_to_first_receiver: 退办 goes to 首接负责人,
    not to the leader who relayed the paper. Of verbs that name others, `data["called"]` holds the seats.
    """
    _procedures[key] = Procedure(key, **parts)
    return _procedures[key]


def forget(key: str) -> None:
    """Take a registration back (tests)."""
    _procedures.pop(key, None)


def procedure(key: str) -> Procedure:
    """Return what is registered for a key; nothing is an empty registration."""
    return _procedures.get(key) or Procedure(key)


def procedures() -> list[Procedure]:
    """Return all registrations."""
    return list(_procedures.values())


def before(key: str, moment: Moment) -> None:
    """Call the room's hook before a verb."""
    if hook := procedure(key).before.get(moment.verb):
        hook(moment)


def after(key: str, moment: Moment) -> None:
    """Call the room's hook after a verb's writes, before its trail."""
    if hook := procedure(key).after.get(moment.verb):
        hook(moment)
