"""Acts: one transaction each, done once however often the form comes, the trail written last."""

import functools
import logging
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, ParamSpec, TypeVar

from django.db import connection, models, transaction

from zhongshu.base import chain, clock
from zhongshu.base.actors import Actor
from zhongshu.base.chain import Entry
from zhongshu.base.models import ActKey
from zhongshu.base.models.trail import Outcome
from zhongshu.base.refusals import Refusal, Refused, Repeated
from zhongshu.base.transactions import writing

P = ParamSpec("P")
R = TypeVar("R")
log = logging.getLogger(__name__)


@dataclass
class Act:
    """The outermost act of this moment and what it has gathered."""

    verb: str
    label: str
    by: Actor
    entries: list[Entry] = field(default_factory=list)
    # What is to be known even if the act comes to nothing.
    events: list[Entry] = field(default_factory=list)
    afterwards: list[Callable[[], object]] = field(default_factory=list)
    # What is written once at the end however often it was asked for, by what writes it.
    together: dict[Callable[[list[int]], None], dict[int, None]] = field(default_factory=dict)
    notes: dict[str, Any] = field(default_factory=dict)
    reference: str = ""
    unchanged: bool = False


_current: ContextVar[Act | None] = ContextVar("current act", default=None)


def current() -> Act | None:
    """Return the running act, if any."""
    return _current.get()


def running() -> Act:
    """Return the running act; what asks for it may only be called inside one."""
    if (now := _current.get()) is None:
        raise RuntimeError("this belongs inside an @act")
    return now


def act(verb: str, label: str = "") -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function with a keyword `by: Actor` an act; inside another act it joins that one.

    The key of a form counts once per verb: an act on many things at once needs an outer act of its own.
    With a label a refusal reads 签收被拒绝 in the trail.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @functools.wraps(function)
        def acting(*args: P.args, **kwargs: P.kwargs) -> R:
            if _current.get() is not None:
                # No savepoint, but an exception that somebody swallows breaks the transaction: see `attempt`.
                with transaction.atomic(savepoint=False):
                    return function(*args, **kwargs)
            now = Act(verb, label, _actor_of(verb, kwargs))
            return _outermost(now, lambda: function(*args, **kwargs), args)

        return acting

    return decorate


def _actor_of(verb: str, kwargs: dict[str, Any]) -> Actor:
    by = kwargs.get("by")
    if not isinstance(by, Actor):
        raise TypeError(f"act {verb} needs by=Actor(…)")
    return by


def _outermost(now: Act, work: Callable[[], R], args: tuple[Any, ...]) -> R:
    token = _current.set(now)
    try:
        with writing():
            result = _perform(now, work)
    except BaseException as error:
        _current.reset(token)
        if isinstance(error, Refused):
            now.events.insert(0, _refusal(now, error, args))
        _write_events(now)
        raise
    _current.reset(token)
    _run_afterwards(now)
    return result


def _perform(now: Act, work: Callable[[], R]) -> R:
    if now.by.key:
        _claim_key(now)
    result = work()
    for write, ids in now.together.items():
        write(list(ids))
    if now.by.key and (reference := now.reference or reference_of(result)):
        ActKey.objects.filter(key=now.by.key, verb=now.verb).update(reference=reference[:200])
    if gathered := now.entries + now.events:
        chain.append(gathered)
    elif not now.unchanged:
        raise RuntimeError(f"an act leaves a trail: {now.verb} recorded nothing")
    return result


def _claim_key(now: Act) -> None:
    """Take the form's key; a second comer waits here for the first and then learns what it did."""
    at = connection.ops.adapt_datetimefield_value(clock.now())
    with connection.cursor() as cursor:
        cursor.execute(
            'INSERT INTO base_actkey ("key", verb, reference, at) VALUES (%s, %s, %s, %s)'
            " ON CONFLICT DO NOTHING",
            [now.by.key, now.verb, "", at],
        )
        taken = cursor.rowcount
    if not taken:
        raise Repeated(ActKey.objects.get(key=now.by.key, verb=now.verb).reference)


def refuse_repeated(key: str) -> None:
    """Raise Repeated for a form that was answered before; its choices may no longer hold what it chose then."""
    answered = ActKey.objects.filter(key=key).order_by("at").first() if key else None
    if answered is not None:
        raise Repeated(answered.reference)


def reference_of(result: object) -> str:
    """Return where the result can be found: its address, else its public id."""
    if callable(address := getattr(result, "get_absolute_url", None)):
        return str(address())
    return str(getattr(result, "public_id", "") or "")


def forget_keys(before: datetime) -> int:
    """Drop the keys of forms answered before the moment; return how many."""
    return ActKey.objects.filter(at__lt=before).delete()[0]


def remember(reference: str) -> None:
    """Say what a repetition of this form shall be answered with (an address or a public id)."""
    running().reference = reference


def nothing_done() -> None:
    """Say that the act changed nothing and so leaves no trail (a paper read twice)."""
    running().unchanged = True


def at_end(write: Callable[[list[int]], None], ids: Iterable[int]) -> None:
    """Write something for these ids once, as the act ends and in its transaction; outside an act at once."""
    if (now := _current.get()) is None:
        write(list(dict.fromkeys(ids)))
    else:
        now.together.setdefault(write, {}).update(dict.fromkeys(ids))


def after_commit(function: Callable[[], object]) -> None:
    """Run the function once the act stands; its failure is logged and no longer undoes anything."""
    running().afterwards.append(function)


def _run_afterwards(now: Act) -> None:
    for function in now.afterwards:
        try:
            function()
        except Exception:
            log.exception("after %s: %r failed", now.verb, function)


@dataclass
class Attempt:
    """What became of one part of a larger act."""

    refusals: tuple[Refusal, ...] = ()

    @property
    def refused(self) -> bool:
        """Say whether it was refused."""
        return bool(self.refusals)


@contextmanager
def attempt() -> Iterator[Attempt]:
    """Try one part of an act; if it is refused, only that part is undone and the refusals are kept."""
    now, tried = running(), Attempt()
    entries, afterwards = len(now.entries), len(now.afterwards)
    together = {write: dict(ids) for write, ids in now.together.items()}
    try:
        with transaction.atomic():
            yield tried
    except Refused as refused:
        del now.entries[entries:], now.afterwards[afterwards:]
        now.together = together
        tried.refusals = refused.refusals


def _refusal(now: Act, refused: Refused, args: tuple[Any, ...]) -> Entry:
    kind, pk, matter_id = _object_of(args)
    return Entry(
        verb=now.verb,
        by=now.by,
        label=f"{now.label}被拒绝",
        text=str(refused),
        object_kind=kind,
        object_id=pk,
        matter_id=matter_id,
        data={"codes": refused.codes},
        outcome=Outcome.REFUSED,
    )


def _write_events(now: Act) -> None:
    """Write after the rollback, in a transaction of its own, what is to be known all the same."""
    if not now.events:
        return
    try:
        with writing():
            chain.append(now.events)
    except Exception:
        log.exception("what came of %s could not be written to the trail", now.verb)


def _object_of(args: tuple[Any, ...]) -> tuple[str, str, int | None]:
    """Return kind, id and matter of the thing that the act was about: its first argument, if a row."""
    if not args or not isinstance(args[0], models.Model) or args[0].pk is None:
        return "", "", None
    thing = args[0]
    kind = thing._meta.model_name or ""
    matter_id = thing.pk if kind == "matter" else getattr(thing, "matter_id", None)
    return kind, str(thing.pk), matter_id
