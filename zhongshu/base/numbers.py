"""Numbers: drawn in the same transaction as what they number, without gaps, never twice, kept when void."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import islice
from string import Formatter

from zhongshu.base import acts, bulk, clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.models import NumberSequence, NumberUse
from zhongshu.base.models.numbers import NumberState
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record


@dataclass(frozen=True)
class Series:
    """A declared kind of number and how it is written unless an office says otherwise."""

    scope: str
    label: str
    format: str = "{prefix}〔{year}〕{no}号"
    prefix: str = ""


@dataclass(frozen=True)
class Number:
    """A number that was drawn."""

    no: int
    text: str
    use_id: int

    def __str__(self) -> str:
        return self.text


_series: dict[str, Series] = {}


def declare_series(scope: str, label: str, *, format: str = Series.format, prefix: str = "") -> Series:
    """Declare a kind of number; a room does so when it is loaded."""
    _series[scope] = Series(scope, label, check_format(format), prefix)
    return _series[scope]


def declared_series() -> list[Series]:
    """Return all declared kinds."""
    return list(_series.values())


def check_format(pattern: str) -> str:
    """Return the pattern if it can be filled and carries the number; NUM-03 otherwise."""
    try:
        names = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
        pattern.format(prefix="", year=2026, no=1)
    except (ValueError, LookupError, AttributeError):
        names = set()
    if "no" not in names or not names <= {"no", "year", "prefix"}:
        raise Refused.one("NUM-03", "编号格式须含 {no}，另可用 {year}、{prefix}", "format")
    return pattern


def draw(
    scope: str,
    *,
    tenant_id: int,
    year: int | None = None,
    by: Actor,
    object_kind: str = "",
    object_id: str | int = "",
) -> Number:
    """Draw the next number inside the running act; the series stays locked until the act ends."""
    acts.running()
    sequence = _locked(scope, tenant_id, year or clock.today().year)
    (no,) = _next_free(sequence)
    sequence.last_no = no
    sequence.save(update_fields=["last_no"])
    return _use(sequence, no, by, NumberState.USED, object_kind=object_kind, object_id=str(object_id))


def draw_reserved(use: NumberUse, *, by: Actor, object_kind: str = "", object_id: str | int = "") -> Number:
    """Put a reserved number to use inside the running act."""
    acts.running()
    taken = NumberUse.objects.filter(pk=use.pk, state=NumberState.RESERVED).update(
        state=NumberState.USED,
        object_kind=object_kind,
        object_id=str(object_id),
        at=clock.now(),
        by_id=by.person_id,
        by_name=by.name,
    )
    if not taken:
        raise Refused.one("NUM-02", f"{use.text}已不是预留号，请另取")
    return Number(use.no, use.text, use.pk)


RETRACTED = "台账导入已撤销"
PASSED = "历史台账用过或缺号"
# Void numbers of these reasons were never given here: an old book may still say whose they are.
NEVER_GIVEN = (RETRACTED, PASSED)


def adopt(
    scope: str,
    *,
    tenant_id: int,
    year: int,
    given: Mapping[int, tuple[str, str]],
    object_kind: str,
    reason: str,
    by: Actor,
) -> set[int]:
    """Enter numbers that old books gave, by no: text and object id; the series steps over them.

    Inside the running act, also into a sealed year. Returns those that the series had given itself; they stay.
    """
    acts.running()
    sequence = _locked(scope, tenant_id, year, even_sealed=True)
    there = dict(sequence.uses.filter(no__in=list(given)).values_list("no", "reason"))
    held = {no for no, why in there.items() if why not in NEVER_GIVEN}
    sequence.uses.filter(no__in=there.keys() - held).delete()
    common = {
        **bulk.defaults(NumberUse),
        "sequence_id": sequence.pk,
        "reason": reason,
        "object_kind": object_kind,
        "by_id": by.person_id,
        "by_name": by.name,
    }
    rows = [{**common, "no": no, "text": text, "object_id": of} for no, (text, of) in given.items()]
    bulk.insert(NumberUse, bulk.keyed(NumberUse, [row for row in rows if row["no"] not in held]))
    return held


def retract(scope: str, *, tenant_id: int, year: int, given: Mapping[int, str]) -> None:
    """Take adopted numbers back, by no and object id: passed ones stay void, the others may be given."""
    acts.running()
    sequence = _locked(scope, tenant_id, year, even_sealed=True)
    uses = sequence.uses.filter(no__in=list(given), object_id__in=list(given.values()))
    uses.filter(no__gt=sequence.last_no).delete()
    uses.update(state=NumberState.VOID, reason=RETRACTED)


def go_on_after(scope: str, *, tenant_id: int, year: int, no: int, by: Actor) -> int:
    """Let the series go on after what an old book has reached; return where it stood.

    Inside the running act. Numbers before it of which nothing is known are void; `adopt` may still say what they were.
    """
    acts.running()
    sequence = _locked(scope, tenant_id, year)
    common = {
        **bulk.defaults(NumberUse),
        "sequence_id": sequence.pk,
        "state": str(NumberState.VOID),
        "reason": PASSED,
        "by_id": by.person_id,
        "by_name": by.name,
    }
    passed = [{**common, "no": each, "text": sequence.text_of(each)} for each in _unknown(sequence, no)]
    bulk.insert(NumberUse, bulk.keyed(NumberUse, passed))
    before, sequence.last_no = sequence.last_no, max(sequence.last_no, no)
    sequence.save(update_fields=["last_no"])
    return before


def fall_back(scope: str, *, tenant_id: int, year: int, no: int, before: int) -> None:
    """Let a series that went on after `no` go on where it stood before, unless it gave numbers since."""
    acts.running()
    sequence = _locked(scope, tenant_id, year, even_sealed=True)
    if sequence.last_no == no:
        sequence.uses.filter(no__gt=before, reason__in=NEVER_GIVEN).delete()
        sequence.last_no = before
        sequence.save(update_fields=["last_no"])


def unknown(scope: str, *, tenant_id: int, year: int, upto: int) -> list[int]:
    """Return the numbers up to one of which the series knows nothing, or only that nobody told of them."""
    sequence = NumberSequence.objects.filter(tenant_id=tenant_id, scope=scope, year=year).first()
    if sequence is None:
        return list(range(1, upto + 1))
    known = set(sequence.uses.exclude(reason__in=NEVER_GIVEN).values_list("no", flat=True))
    return [no for no in range(1, upto + 1) if no not in known]


def _unknown(sequence: NumberSequence, upto: int) -> list[int]:
    known = set(sequence.uses.values_list("no", flat=True))
    return [no for no in range(1, upto + 1) if no not in known]


@act("reserve_numbers")
def reserve(
    scope: str,
    *,
    tenant_id: int,
    reason: str,
    by: Actor,
    year: int | None = None,
    count: int = 1,
    nos: Iterable[int] = (),
) -> list[Number]:
    """Keep numbers back: the given ones ahead of the series, else the next `count`."""
    _need_reason(reason, "预留")
    sequence = _locked(scope, tenant_id, year or clock.today().year)
    wanted = sorted(set(nos)) or _next_free(sequence, count)
    held = set(sequence.uses.filter(no__in=wanted).values_list("no", flat=True))
    if taken := [str(no) for no in wanted if no <= sequence.last_no or no in held]:
        raise Refused.one("NUM-04", f"{'、'.join(taken)}号已用过或已预留，不能再预留", "nos")
    kept = [_use(sequence, no, by, NumberState.RESERVED, reason=reason) for no in wanted]
    _record(sequence, "reserve_numbers", "预留编号", "、".join(map(str, kept)) + f"：{reason}", by)
    return kept


@act("void_number")
def void(number: Number | NumberUse, reason: str, *, by: Actor) -> None:
    """Void a number for good: it is kept with its reason and never given again."""
    _need_reason(reason, "作废")
    use_id = number.use_id if isinstance(number, Number) else number.pk
    use = NumberUse.objects.select_for_update(of=("self",)).select_related("sequence").get(pk=use_id)
    if use.state == NumberState.VOID:
        raise Refused.one("NUM-02", f"{use.text}已经作废")
    use.state, use.reason = NumberState.VOID, reason
    use.save(update_fields=["state", "reason"])
    _record(use.sequence, "void_number", "编号作废", f"{use.text}：{reason}", by)


@act("format_series")
def set_format(
    scope: str,
    *,
    tenant_id: int,
    format: str,
    prefix: str,
    by: Actor,
    year: int | None = None,
) -> None:
    """Change how an office writes its numbers from now on; numbers already drawn keep their text."""
    sequence = _locked(scope, tenant_id, year or clock.today().year)
    sequence.format, sequence.prefix = check_format(format), prefix
    sequence.save(update_fields=["format", "prefix"])
    _record(sequence, "format_series", "改编号格式", f"{prefix} {format}", by)


@act("close_series")
def close_year(scope: str, *, tenant_id: int, year: int, by: Actor) -> None:
    """Seal the series of a past year: no number of it is drawn any more."""
    sequence = _locked(scope, tenant_id, year)
    sequence.closed_at = clock.now()
    sequence.save(update_fields=["closed_at"])
    _record(sequence, "close_series", "封存编号", f"{scope} {year} 年，用到 {sequence.last_no}", by)


def _locked(scope: str, tenant_id: int, year: int, *, even_sealed: bool = False) -> NumberSequence:
    """Return the series locked, beginning it with the year; NUM-01 if it is sealed."""
    of_year = NumberSequence.objects.filter(tenant_id=tenant_id, scope=scope, year=year)
    sequence = of_year.select_for_update().first()
    if sequence is None:
        NumberSequence.objects.bulk_create([_fresh(scope, tenant_id, year)], ignore_conflicts=True)
        sequence = of_year.select_for_update().get()
    if sequence.closed_at and not even_sealed:
        raise Refused.one("NUM-01", f"{year}年的编号已封存，请用当年的编号")
    return sequence


def _fresh(scope: str, tenant_id: int, year: int) -> NumberSequence:
    """Begin a series as the office wrote it the year before, else as declared."""
    sequence = NumberSequence(tenant_id=tenant_id, scope=scope, year=year)
    of_scope = NumberSequence.objects.filter(tenant_id=tenant_id, scope=scope, year__lt=year)
    if before := of_scope.order_by("-year").first():
        sequence.format, sequence.prefix = before.format, before.prefix
    else:
        series = _series.get(scope) or Series(scope, scope)
        sequence.format, sequence.prefix = series.format, series.prefix
    return sequence


def _next_free(sequence: NumberSequence, count: int = 1) -> list[int]:
    """Return the next numbers that nobody holds; reserved ones ahead are stepped over."""
    ahead = set(sequence.uses.filter(no__gt=sequence.last_no).values_list("no", flat=True))
    return list(islice((no for no in itertools.count(sequence.last_no + 1) if no not in ahead), count))


def _use(sequence: NumberSequence, no: int, by: Actor, state: str, **extra: str) -> Number:
    text = sequence.text_of(no)
    use = NumberUse.objects.create(
        sequence=sequence, no=no, text=text, state=state, by_id=by.person_id, by_name=by.name, **extra
    )
    return Number(no, text, use.pk)


def _need_reason(reason: str, verb: str) -> None:
    if not reason.strip():
        raise Refused.one("NUM-05", f"请写明{verb}的原因", "reason")


def _record(sequence: NumberSequence, verb: str, label: str, text: str, by: Actor) -> None:
    record(verb, by=by, object_kind="numbersequence", object_id=sequence.pk, label=label, text=text)


def gaps(sequence: NumberSequence) -> list[int]:
    """Return the numbers up to the last one of which nothing is known; always empty."""
    return _unknown(sequence, sequence.last_no)
