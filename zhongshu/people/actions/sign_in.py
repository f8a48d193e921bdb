"""登录与退出: failures are counted by the name typed, and look alike whether or not there is such an account."""

from __future__ import annotations

from datetime import timedelta

from django.contrib.auth.hashers import make_password
from django.db import transaction
from django.db.models import F, Q

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import Outcome, log_event
from zhongshu.base.transactions import writing
from zhongshu.people import alarms
from zhongshu.people import policy as policies
from zhongshu.people.alarms import Alarm
from zhongshu.people.models import AccountPolicy, Person, SignInGuard

FORGET_AFTER = timedelta(days=1)
# Several people may sit behind one address, so an address is locked only after many more failures.
ADDRESS_FACTOR = 10


def check_credentials(username: str, password: str, *, by: Actor) -> Person:
    """Return the person whose name and password these are, or refuse without saying which was wrong."""
    policy = policies.current()
    keys = _keys(username, by.ip)
    if _is_locked(keys):
        _log(username, by, "登录被锁定")
        raise _locked(policy)
    person = Person.objects.filter(username__iexact=username.strip()).first()
    if person is None:
        make_password(password)  # takes as long as a check, so that time tells nothing either
    if person is None or not person.check_password(password) or not person.is_active:
        _count_failure(keys, policy)
        _log(username, by, "登录失败", person)
        if _is_locked(keys):
            alarms.sound(Alarm.LOCKED, f"{by.ip}登录连续失败，已锁定{policy.lock_minutes}分钟")
            raise _locked(policy)
        raise Refused.one("SEC-02", "账号或口令不正确", "password")
    return person


def note_sign_in(person: Person, *, by: Actor, ended: int = 0) -> None:
    """Write that a person came in, and how many other sessions that ended; failures count anew."""
    SignInGuard.objects.filter(key__in=_keys(person.username, by.ip)).delete()
    text = f"结束同类终端的{ended}个会话" if ended else ""
    _note("sign_in", "登录", person, by, text)


def note_sign_out(person: Person, *, by: Actor) -> None:
    _note("sign_out", "退出", person, by)


def note_sessions_ended(person: Person, count: int, *, by: Actor) -> None:
    """Write that a person ended other sessions of their own."""
    _note("sessions_end", "退出其他会话", person, by, f"结束{count}个会话")


def note_failed_factor(person: Person, *, by: Actor) -> None:
    """Count a wrong code of the second factor like a wrong password."""
    _count_failure(_keys(person.username, by.ip), policies.current())
    _log(person.username, by, "动态码错误", person)


def is_locked(username: str, ip: str) -> bool:
    return _is_locked(_keys(username, ip))


def _keys(username: str, ip: str) -> list[str]:
    return [f"name:{username.strip().lower()[:60]}", f"ip:{ip}"]


def _is_locked(keys: list[str]) -> bool:
    return SignInGuard.objects.filter(key__in=keys, locked_until__gt=clock.now()).exists()


def _count_failure(keys: list[str], policy: AccountPolicy) -> None:
    limits = [policy.lock_after, policy.lock_after * ADDRESS_FACTOR]
    with writing():
        SignInGuard.objects.filter(last_failed_at__lt=clock.now() - FORGET_AFTER).delete()
        for key, limit in zip(keys, limits, strict=True):
            _count_one(key, limit, policy)


def _count_one(key: str, limit: int, policy: AccountPolicy) -> None:
    now = clock.now()
    SignInGuard.objects.bulk_create([SignInGuard(key=key)], ignore_conflicts=True)
    # A lock that has run out, or a quiet while as long as one, starts a new count.
    quiet = Q(locked_until__isnull=True, last_failed_at__lt=now - timedelta(minutes=policy.lock_minutes))
    stale = SignInGuard.objects.filter(Q(locked_until__lte=now) | quiet, key=key)
    stale.update(failures=0, locked_until=None)
    SignInGuard.objects.filter(key=key).update(failures=F("failures") + 1, last_failed_at=now)
    until = now + timedelta(minutes=policy.lock_minutes)
    SignInGuard.objects.filter(key=key, failures__gte=limit, locked_until__isnull=True).update(
        locked_until=until
    )


def _locked(policy: AccountPolicy) -> Refused:
    return Refused.one("SEC-02", f"失败次数过多，请{policy.lock_minutes}分钟后再试", "username")


def _log(username: str, by: Actor, label: str, person: Person | None = None) -> None:
    """Write the failure; what was typed as a name may be a password, so only its ends are kept."""
    shown = person.username if person else _veiled(username)
    log_event(
        "sign_in",
        by=by,
        label=label,
        outcome=Outcome.FAILED,
        object_kind="person",
        object_id=person.pk if person else "",
        text=f"账号：{shown}",
    )


def _veiled(username: str) -> str:
    name = username.strip()[:40]
    return name if len(name) < 3 else f"{name[0]}***{name[-1]}"


def _note(verb: str, label: str, person: Person, by: Actor, text: str = "") -> None:
    log_event(verb, by=by, label=label, object_kind="person", object_id=person.pk, text=text)


def forget_stale_guards() -> int:
    """Drop counters nobody has added to for a day."""
    with transaction.atomic():
        stale = SignInGuard.objects.filter(last_failed_at__lt=clock.now() - FORGET_AFTER)
        return stale.exclude(locked_until__gt=clock.now()).delete()[0]
