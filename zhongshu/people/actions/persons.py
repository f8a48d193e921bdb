"""人员与任职: a person is entered once, appointed to posts and released from them, never deleted."""

from __future__ import annotations

from datetime import date, timedelta

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import record
from zhongshu.people import versions
from zhongshu.people.models import Appointment, OrgUnit, Person, Post
from zhongshu.people.wording import label_of


@act("account_create")
def create_account(
    *,
    username: str,
    name: str,
    by: Actor,
    phone: str = "",
    email: str = "",
    unit: OrgUnit | None = None,
    post: Post | None = None,
    start: date | None = None,
) -> Person:
    """Enter a person with an account that cannot be used before the security administrator enables it."""
    if Person.objects.filter(username__iexact=username).exists():
        raise Refused.one("SEC-01", f"账号{username}已存在，请换一个", "username")
    person = Person(
        username=username.lower(), name=name, phone=phone, email=email, created_by_id=by.person_id
    )
    person.set_unusable_password()
    person.save()
    _note("account_create", person, by, "建立账号", f"为{name}建立账号{person.username}，待启用")
    if unit and post:
        appoint(person, unit, post, start=start or clock.today(), is_primary=True, by=by)
    return person


@act("person_edit")
def edit_person(person: Person, *, name: str, phone: str, email: str, by: Actor) -> None:
    """Correct a person's name and addresses; the trail says which, not the numbers themselves."""
    new = {"name": name, "phone": phone, "email": email}
    told = [label_of(Person, k) for k, v in new.items() if v != getattr(person, k)]
    for field, value in new.items():
        setattr(person, field, value)
    person.save(update_fields=[*new, "initials"])
    versions.bump(person.pk)
    _note("person_edit", person, by, "修改人员信息", "修改" + "、".join(told) if told else "未作改动")


@act("phone_reveal")
def reveal_phone(person: Person, reason: str, *, by: Actor) -> str:
    """Give a telephone in full; the trail keeps who looked and why, not the number."""
    _note("phone_reveal", person, by, "查看电话", f"查看{person.name}的电话，事由：{reason}")
    return person.phone


@act("appoint")
def appoint(
    person: Person, unit: OrgUnit, post: Post, *, start: date, is_primary: bool = False, by: Actor
) -> Appointment:
    """Put a person on a post; a new primary post takes the place of the old one."""
    if reasons := _obstacles_to_appointing(person, unit, post, start):
        raise Refused(*reasons)
    open_ones = Appointment.objects.filter(person=person, end__isnull=True)
    is_primary = is_primary or not open_ones.filter(is_primary=True).exists()
    if is_primary:
        open_ones.filter(is_primary=True).update(is_primary=False)
    appointment = Appointment.objects.create(
        person=person, unit=unit, post=post, start=start, is_primary=is_primary
    )
    versions.bump(person.pk)
    _note("appoint", person, by, "任职", f"{person.name}自{start:%Y-%m-%d}起任{unit.name}{post.name}")
    return appointment


@act("release")
def end_appointment(appointment: Appointment, *, end: date, by: Actor) -> None:
    """End an appointment; that day is its last, and its roles end with it."""
    person = appointment.person
    if appointment.end is not None and appointment.end < clock.today():
        raise Refused.one("ORG-18", "这项任职已经结束")
    if end < appointment.start:
        raise Refused.one("ORG-18", "离任日期不能早于任职日期", "end")
    appointment.end = end
    appointment.save(update_fields=["end"])
    _name_new_primary(appointment)
    versions.bump(person.pk)
    text = f"{person.name}于{end:%Y-%m-%d}离任{appointment.unit.name}{appointment.post.name}"
    _note("release", person, by, "离任", text)


def _name_new_primary(ended: Appointment) -> None:
    """Let the next open appointment come to the front once the primary one has an end."""
    if not ended.is_primary:
        return
    following = Appointment.objects.filter(person=ended.person, end__isnull=True).first()
    if following:
        Appointment.objects.filter(pk=ended.pk).update(is_primary=False)
        Appointment.objects.filter(pk=following.pk).update(is_primary=True)


def _obstacles_to_appointing(person: Person, unit: OrgUnit, post: Post, start: date) -> list[Refusal]:
    found = []
    if not unit.is_standing(max(start, unit.valid_from)) or start < unit.valid_from:
        found.append(Refusal("ORG-11", "任职之日该单位不存在", "unit"))
    if Appointment.objects.filter(person=person, unit=unit, post=post, end__isnull=True).exists():
        found.append(Refusal("ORG-18", "此人已任该岗位", "post"))
    if start > clock.today() + timedelta(days=366):
        found.append(Refusal("ORG-18", "任职日期不能晚于一年之后", "start"))
    return found


def _note(verb: str, person: Person, by: Actor, label: str, text: str) -> None:
    record(
        verb,
        by=by,
        object_kind="person",
        object_id=person.pk,
        label=label,
        text=text,
        data={"name": person.name},
    )
