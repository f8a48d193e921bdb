"""签收 and 登记: how a paper enters the house."""

from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import digest
from zhongshu.documents import rules
from zhongshu.documents import states as s
from zhongshu.documents.actions.trails import note
from zhongshu.documents.dues import due_of
from zhongshu.documents.models import (
    ChannelKind,
    Direction,
    DocType,
    HandlingType,
    IncomingChannel,
    IncomingDocument,
)
from zhongshu.documents.numbers import draw, number_key
from zhongshu.documents.search import reindex
from zhongshu.documents.tasks import my_task, open_tasks, persons_of_task, root_of
from zhongshu.files.actions import attach_all
from zhongshu.files.screening import Received
from zhongshu.flow import verbs
from zhongshu.matters import spine
from zhongshu.matters.models import Matter, SecurityLabel, Urgency
from zhongshu.people.models import OrgUnit, Person, PrincipalKind

MATTER_FIELDS = ("title", "urgency", "label")


@dataclass(frozen=True)
class Arrival:
    """How the paper came in."""

    kind: str = ChannelKind.EXCHANGE
    received_at: datetime = field(default_factory=clock.now)
    copies: int = 1
    note: str = ""

    @property
    def kind_label(self) -> str:
        """Return the way in words."""
        return str(ChannelKind(self.kind).label)


@dataclass(frozen=True)
class Registration:
    """What is registered of a paper."""

    title: str
    issuer_name: str
    issuer_unit_id: int | None = None
    direction: str = Direction.DOWNWARD
    doc_number: str = ""
    doc_type: str = DocType.NOTICE
    doc_date: date | None = None
    urgency: str = Urgency.NORMAL
    label: str = SecurityLabel.INTERNAL
    copies: int = 1
    pages: int | None = None
    main_recipients: str = ""
    cc: str = ""
    signer: str = ""
    contact: str = ""
    contact_phone: str = ""
    body: str = ""
    handling_type: str = HandlingType.ACTION
    requires_feedback: bool = False
    stated_due: datetime | None = None
    is_litigation_related: bool = False
    leader_ordered: str = ""
    telegram_grade: str = ""
    previous_id: int | None = None
    distinct_reason: str = ""

    def columns(self) -> dict[str, Any]:
        """Return what belongs to the document itself."""
        values = asdict(self)
        for name in (*MATTER_FIELDS, "distinct_reason"):
            values.pop(name)
        return {**values, "number_key": number_key(self.doc_number)}


def _obstacles(data: Registration, tenant_id: int, itself: int | None = None) -> list[Refusal]:
    found = []
    if not data.title.strip():
        found.append(Refusal("REG-01", "请填写标题", "title"))
    if not data.issuer_name.strip():
        found.append(Refusal("REG-02", "请填写来文机关", "issuer_name"))
    if data.doc_date and data.doc_date > clock.today():
        found.append(Refusal("REG-03", "成文日期晚于今天，请核对", "doc_date"))
    if data.stated_due and data.stated_due < clock.now():
        found.append(
            Refusal(
                "REG-04",
                f"来文要求时限早于现在（{clock.local(clock.now()):%Y-%m-%d %H:%M}），请核对",
                "stated_due",
            )
        )
    same = rules.duplicates(tenant_id, data.issuer_name, data.doc_number).exclude(pk=itself).first()
    if same and not data.distinct_reason.strip():
        found.append(rules.duplicate_refusal(same))
    return found


@act("receive_incoming", "来文")
def receive(data: Registration, arrival: Arrival, *, by: Actor) -> IncomingDocument:
    """Let a paper in to be signed for (exchange, duty office); it waits for the 秘书科."""
    tenant = _office(by)
    matter = spine.open_matter(
        s.KIND,
        tenant=tenant,
        title=data.title.strip() or "（待登记）",
        urgency=data.urgency,
        label=data.label,
        by=by,
        phase=s.ARRIVED,
        phase_name=s.NAMES[s.ARRIVED],
        sort_at=arrival.received_at,
    )
    incoming = IncomingDocument.objects.create(
        matter=matter, received_at=arrival.received_at, first_receiver_id=by.me, **data.columns()
    )
    _add_channel(incoming, arrival, by)
    if matter.label != SecurityLabel.WORK_SECRET:
        spine.give_part(matter, tenant.principal_id, "office")
    verbs.start(matter, s.KIND, vars=_facts(incoming), origin=data.issuer_name, by=by)
    note(incoming, "receive_incoming", "来文", f"{arrival.kind_label}到", by)
    reindex(incoming)
    return incoming


def _office(by: Actor) -> OrgUnit:
    if by.tenant_id is None or by.person_id is None:
        raise Refused.one("REG-05", "您没有在任何单位任职，不能收文")
    return OrgUnit.objects.get(pk=by.office)


def _facts(incoming: IncomingDocument) -> dict[str, Any]:
    return {
        "litigation": incoming.is_litigation_related,
        "handling_type": incoming.handling_type,
        "doc_type": incoming.doc_type,
        "direction": incoming.direction,
        "needs_reply": incoming.requires_feedback or incoming.is_request,
        "relayed": False,
        "leaders": [],
        "readers": [],
        "units": [],
    }


def _add_channel(incoming: IncomingDocument, arrival: Arrival, by: Actor) -> IncomingChannel:
    return IncomingChannel.objects.create(
        incoming=incoming,
        kind=arrival.kind,
        received_at=arrival.received_at,
        copies=arrival.copies,
        note=arrival.note[:120],
        signed_by_id=by.me,
    )


@act("receive_with_files", "值班收文")
def receive_with_files(
    data: Registration, arrival: Arrival, files: list[tuple[Received, str]], *, by: Actor
) -> IncomingDocument:
    """值班收文: what comes at night or by exchange waits, with its files, for the 秘书科 to sign."""
    missing = [
        Refusal(code, message, name)
        for code, message, name, value in (
            ("REG-01", "请填写标题", "title", data.title),
            ("REG-02", "请填写来文机关", "issuer_name", data.issuer_name),
        )
        if not value.strip()
    ]
    if missing:
        raise Refused(*missing)
    incoming = receive(data, arrival, by=by)
    for received, kind in files:
        attach_all(incoming.matter, [received], kind, by=by)
    return incoming


@act("sign_for_incoming", "签收")
def sign_for(incoming: IncomingDocument, *, by: Actor) -> IncomingDocument:
    """签收: who signs a paper in answers for it to the end (首接负责)."""
    task = my_task(incoming, s.ARRIVED, by=by)
    incoming.first_receiver = Person.objects.get(pk=by.on_behalf_of_id or by.me)
    incoming.save(update_fields=["first_receiver"])
    verbs.finish(task, opinion="", by=by)
    return incoming


@act("register_incoming", "收文登记")
def register(data: Registration, arrival: Arrival, *, by: Actor) -> IncomingDocument:
    """收文登记: sign in and register a paper that lies on the clerk's table, in one act."""
    if found := _obstacles(data, by.tenant_id or 0):
        raise Refused(*found)
    incoming = receive(data, arrival, by=by)
    sign_for(incoming, by=by)
    return complete_registration(incoming, data, by=by)


@act("register_with_files", "收文登记")
def register_with_files(
    data: Registration, arrival: Arrival, files: list[tuple[Received, str]], *, by: Actor
) -> IncomingDocument:
    """收文登记 together with its text and attachments: all of it or nothing."""
    incoming = register(data, arrival, by=by)
    for received, kind in files:
        attach_all(incoming.matter, [received], kind, by=by)
    return incoming


@act("complete_registration", "登记")
def complete_registration(incoming: IncomingDocument, data: Registration, *, by: Actor) -> IncomingDocument:
    """登记: write the register's entry, draw its number, start the clock."""
    task = my_task(incoming, s.RECEIVED, by=by)
    matter = incoming.matter
    if found := _obstacles(data, matter.tenant_id, itself=incoming.pk):
        raise Refused(*found)
    _write(incoming, data, by=by)
    incoming.registered_at = clock.now()
    incoming.save()
    spine.describe(matter, number=draw("incoming", by=by, object_id=matter.public_id))
    spine.set_due(matter, due_of(incoming))
    verbs.finish(task, opinion="", data={"vars": _facts(incoming)}, by=by)
    reindex(incoming)
    note(incoming, "register_incoming", "登记", _summary(incoming, data), by, after=digest(incoming))
    return incoming


def _write(incoming: IncomingDocument, data: Registration, *, by: Actor) -> None:
    for name, value in data.columns().items():
        setattr(incoming, name, value)
    matter, before = incoming.matter, incoming.matter.label
    spine.describe(matter, title=data.title.strip(), urgency=data.urgency, label=data.label)
    if matter.label != before:
        _fit_circle(incoming, by)


def _fit_circle(incoming: IncomingDocument, by: Actor) -> None:
    """工作秘密 is known to persons only: those who have it in hand keep it, offices and units lose sight of it."""
    matter = incoming.matter
    if matter.label != SecurityLabel.WORK_SECRET:
        spine.give_part(matter, matter.tenant.principal_id, "office")
        return
    persons = {incoming.first_receiver.principal_id, *by.principals[:1]}
    for task in open_tasks(matter):
        persons |= {person.principal_id for person in persons_of_task(task)}
    spine.give_part(matter, persons, "circle")
    for part in matter.parts.filter(principal__kind=PrincipalKind.UNIT):
        spine.drop_part(matter, part.principal_id)


def _summary(incoming: IncomingDocument, data: Registration) -> str:
    text = f"{incoming.issuer_name} {incoming.doc_number}，{incoming.get_doc_type_display()}，{incoming.copies}份"
    return f"{text}；与已登记同字号件并非同一件：{data.distinct_reason}" if data.distinct_reason else text


@act("correct_incoming", "改登记")
def correct(
    incoming: IncomingDocument, data: Registration, *, seen: int | None = None, by: Actor
) -> IncomingDocument:
    """改登记: correct what was registered; number and receiver stay, what it was stays in the trail."""
    matter = spine.locked(incoming.matter_id, seen=seen)
    if matter.closed_at:
        raise Refused.one("REG-06", "这件已经办结，登记内容不能再改；确需更正的，请在办理痕迹中说明")
    if found := _obstacles(data, matter.tenant_id, itself=incoming.pk):
        raise Refused(*found)
    incoming.matter, before = matter, digest(incoming)
    data = _keeping(incoming, data)
    changes = _differences(incoming, data)
    if not changes:
        raise Refused.one("REG-07", "没有改动任何内容")
    _write(incoming, data, by=by)
    incoming.save()
    spine.set_due(matter, due_of(incoming))
    _tell_procedure(incoming, by)
    reindex(incoming)
    note(
        incoming, "correct_incoming", "改登记", "；".join(changes), by, before=before, after=digest(incoming)
    )
    return incoming


def _keeping(incoming: IncomingDocument, data: Registration) -> Registration:
    """What a correction never touches: 涉法涉诉 (an act of its own), the paper it follows, the telegram's grade."""
    return replace(
        data,
        is_litigation_related=incoming.is_litigation_related,
        previous_id=data.previous_id or incoming.previous_id,
        telegram_grade=data.telegram_grade or incoming.telegram_grade,
    )


def _tell_procedure(incoming: IncomingDocument, by: Actor) -> None:
    """Let the running procedure go by the corrected facts, and its tasks take their new place."""
    root = root_of(incoming.matter)
    if root is None:
        return
    names = ("doc_type", "direction", "needs_reply", "handling_type")
    root.vars |= {name: value for name, value in _facts(incoming).items() if name in names}
    root.save(update_fields=["vars"])
    verbs.refresh(incoming.matter, by=by)


def _differences(incoming: IncomingDocument, data: Registration) -> list[str]:
    old = {name: getattr(incoming, name) for name in data.columns()}
    old.update({name: getattr(incoming.matter, name) for name in MATTER_FIELDS})
    new = {**data.columns(), **{name: getattr(data, name) for name in MATTER_FIELDS}}
    return [
        f"{_label(name)}：{old[name] or '空'} → {new[name] or '空'}"
        for name in new
        if name != "number_key" and old[name] != new[name]
    ]


def _label(name: str) -> str:
    model = Matter if name in MATTER_FIELDS else IncomingDocument
    return str(getattr(model._meta.get_field(name), "verbose_name", name))
