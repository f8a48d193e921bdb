"""The form fills itself: each field with its value, how sure, why, and where on the paper it was read."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from zhongshu.base import calendars, clock
from zhongshu.documents.intake import organs
from zhongshu.documents.intake.corrections import Memory, key_of, prefix_of, with_prefix
from zhongshu.documents.intake.seen import Seen, SeenField
from zhongshu.documents.models import DocType, HandlingType
from zhongshu.matters import settings
from zhongshu.matters.models import SecurityLabel, Urgency

SURE_FROM = "documents.sure_percent"
UNSURE_BELOW = "documents.unsure_percent"
HEAD_LINES = 12
WORDS = {
    "high": "把握高",
    "mid": "把握中",
    "low": "把握低",
    "none": "没有读到",
    "remembered": "按上次更正",
    "typed": "值班收文时填的",
}
TYPED = "typed"
# What an ordinary paper has; left empty it is looked for by eye.
EXPECTED = {"issuer_name", "title", "doc_number", "doc_date", "doc_type", "handling_type"}
PLAIN = {
    "title": 300,
    "main_recipients": 300,
    "cc": 300,
    "signer": 60,
    "contact": 60,
    "contact_phone": 40,
}
CHOICES: dict[str, Any] = {"doc_type": DocType, "urgency": Urgency}


@dataclass(frozen=True)
class Reading:
    """One field of the form as recognition fills it."""

    name: str
    value: str = ""
    read: str = ""
    level: str = "none"
    why: str = ""
    lines: tuple[str, ...] = ()
    quote: str = ""
    must_see: bool = False

    @property
    def words(self) -> str:
        """Return how sure it is, in words."""
        return WORDS[self.level]

    @property
    def help(self) -> str:
        """Return the line under the field: how sure, why, and what stands there; a correction has its own tag."""
        if self.level == "remembered":
            return self.why
        said = f"{self.words}：{self.why}" if self.why and self.why != self.words else self.words
        return f"{said}（原文“{self.quote}”）" if self.quote else said

    @property
    def css(self) -> str:
        """Return the classes of the field."""
        return f"is-read is-sure-{self.level}"

    @property
    def marks(self) -> str:
        """Return the lines it was read on, as the preview names them."""
        return " ".join(self.lines)


@dataclass(frozen=True)
class Filling:
    """The whole form: initial values, readings by field, and what to learn from."""

    readings: Mapping[str, Reading] = field(default_factory=dict)
    unit_id: int | None = None
    attachments: tuple[str, ...] = ()
    pages: int = 0
    name_key: str = ""
    read: Mapping[str, str] = field(default_factory=dict)

    @property
    def unsure(self) -> list[str]:
        """Return the fields to be looked at, in the order of the form."""
        return [name for name, reading in self.readings.items() if reading.must_see]

    @property
    def issuer(self) -> str:
        """Return the issuer the form is filled with."""
        return self.value("issuer_name")

    @property
    def number(self) -> str:
        """Return the 字号 the form is filled with."""
        return self.value("doc_number")

    def value(self, name: str) -> str:
        """Return the value a field is filled with."""
        return self.readings[name].value if name in self.readings else ""

    def initial(self) -> dict[str, Any]:
        """Return the values as Django's form takes them."""
        values: dict[str, Any] = {name: reading.value for name, reading in self.readings.items()}
        for name in ("requires_feedback", "is_litigation_related"):
            values[name] = bool(values.get(name))
        values = {name: value for name, value in values.items() if value != ""}
        return {**values, "issuer_unit": self.unit_id, "pages": self.pages or None}


@dataclass
class _Draft:
    """A form being filled."""

    seen: Seen
    high: float
    low: float
    readings: dict[str, Reading] = field(default_factory=dict)

    def put(self, name: str, value: str, said: SeenField, *, read: str | None = None) -> None:
        """Fill a field with what was read."""
        level = self._level(value, said.confidence)
        must_see = level == "low" or (level == "none" and name in EXPECTED)
        self.readings[name] = Reading(
            name,
            value,
            value if read is None else read,
            level,
            said.rule,
            tuple(f"{said.file}:{number}" for number in said.lines),
            said.quote,
            must_see,
        )

    def _level(self, value: str, confidence: float) -> str:
        if not value and confidence < self.high:
            return "none" if confidence < self.low else "mid"
        if confidence >= self.high:
            return "high"
        return "mid" if confidence >= self.low else "low"

    def remember(self, name: str, memory: Memory, read: str | None = None) -> None:
        """Put in place what the clerk made of the same reading before."""
        reading = self.readings[name]
        known = memory.of(name, reading.read if read is None else read)
        if known is None:
            return
        value = known.value.partition(":")[0] if name == "handling_type" else known.value
        if value == reading.value:
            return
        why = f"上次读作“{reading.read}”" if reading.read else "这一栏常读不到"
        self.readings[name] = Reading(
            name,
            value,
            reading.read,
            "remembered",
            f"{why}，已更正{known.times}次",
            reading.lines,
            reading.quote,
        )


def fill(seen: Seen, *, tenant_id: int, pages: int = 0) -> Filling:
    """Fill the form from what was read, with the corrections of this issuer."""
    draft = _Draft(seen, *_scale(tenant_id))
    number = _text(seen.field("doc_number").value)[:80]
    name_key = key_of(_text(seen.field("issuer_name").value), number)
    draft.put("issuer_name", _text(seen.field("issuer_name").value)[:120], seen.field("issuer_name"))
    draft.remember("issuer_name", Memory(tenant_id, name_key))
    issuer = draft.readings["issuer_name"].value
    memory = Memory(tenant_id, key_of(issuer, number))
    unit = organs.unit_named(issuer)
    _direction(draft, issuer, organs.side_of(issuer, unit, organs.home_of(tenant_id)))
    _number(draft, number, memory)
    _the_rest(draft)
    _handling(draft, memory)
    for name in ("direction", "main_recipients", "contact", "contact_phone"):
        draft.remember(name, memory)
    read = {name: draft.readings[name].read for name in ("issuer_name", "direction", *REMEMBERED)}
    read["doc_prefix"] = prefix_of(number)
    read["handling_type"] = _typed(draft)
    listed = seen.field("attachments").value
    names = tuple(map(str, listed)) if isinstance(listed, list) else ()
    unit_id = unit.pk if unit else None
    return Filling(_ordered(draft.readings), unit_id, names, pages, name_key, read)


REMEMBERED = ("main_recipients", "contact", "contact_phone")
ORDER = (
    "issuer_name", "direction", "doc_number", "doc_type", "doc_date", "title", "urgency", "label", "handling_type",
    "requires_feedback", "stated_due", "is_litigation_related", "main_recipients", "cc", "signer", "contact",
    "contact_phone",
)  # fmt: skip


def _ordered(readings: Mapping[str, Reading]) -> dict[str, Reading]:
    return {name: readings[name] for name in ORDER}


def _scale(tenant_id: int) -> tuple[float, float]:
    return int(settings.get(SURE_FROM, tenant_id)) / 100, int(settings.get(UNSURE_BELOW, tenant_id)) / 100


def _text(value: Any) -> str:
    if value is None:
        return ""
    return "、".join(map(str, value)) if isinstance(value, list) else str(value).strip()


def _direction(draft: _Draft, issuer: str, side: organs.Side) -> None:
    said = SeenField(side.direction, side.confidence if issuer else 0.0, side.why)
    draft.put("direction", side.direction, said)


def _number(draft: _Draft, number: str, memory: Memory) -> None:
    said = draft.seen.field("doc_number")
    draft.put("doc_number", number, said)
    prefix = prefix_of(number)
    known = memory.of("doc_prefix", prefix) if prefix else None
    if known and known.value and known.value != prefix:
        reading = draft.readings["doc_number"]
        value = with_prefix(number, known.value)
        why = f"机关代字上次由“{prefix}”更正为“{known.value}”"
        draft.readings["doc_number"] = Reading(
            "doc_number", value, number, "remembered", why, reading.lines, reading.quote
        )


def _the_rest(draft: _Draft) -> None:
    for name, most in PLAIN.items():
        said = draft.seen.field(name)
        draft.put(name, _text(said.value)[:most], said)
    for name, choices in CHOICES.items():
        said = draft.seen.field(name)
        value = _text(said.value)
        draft.put(name, value if value in choices.values else "", said)
    draft.put("doc_date", _text(draft.seen.field("doc_date").value), draft.seen.field("doc_date"))
    for name in ("requires_feedback", "is_litigation_related"):
        said = draft.seen.field(name)
        draft.put(name, "on" if said.value is True else "", said)
    _due(draft)
    _label(draft)


def _due(draft: _Draft) -> None:
    """A day becomes the end of its office hours; one that is over is told, not filled in."""
    said = draft.seen.field("stated_due")
    try:
        day = date.fromisoformat(_text(said.value))
    except ValueError:
        draft.put("stated_due", "", SeenField(None, said.confidence and min(said.confidence, 0.5), said.rule))
        return
    due = datetime.combine(day, calendars.end_of_office(), clock.ZONE)
    if due > clock.now():
        draft.put("stated_due", f"{due:%Y-%m-%dT%H:%M}", said)
        return
    draft.put("stated_due", "", said)
    past = f"文上要求{day.month}月{day.day}日前，已经过了，请核对"
    kept = draft.readings["stated_due"]
    draft.readings["stated_due"] = Reading(
        "stated_due", "", "", "low", past, kept.lines, kept.quote, must_see=True
    )


LABELS: tuple[tuple[str, str], ...] = (
    ("工作秘密", SecurityLabel.WORK_SECRET),
    ("内部", SecurityLabel.INTERNAL),
)


def _label(draft: _Draft) -> None:
    """Suggest 密级标识 from a mark that stands by itself in the head of the paper."""
    for file in draft.seen.files[:1]:
        for line in file.lines[:HEAD_LINES]:
            bare = "".join(line.text.split())
            for word, label in LABELS:
                if bare.startswith(word) and len(bare) <= len(word) + 6:
                    said = SeenField(
                        label, 0.9, f"版头标有“{bare}”", (line.number,), file.key, line.text.strip()
                    )
                    draft.put("label", label, said)
                    return
    if label := next((file.label for file in draft.seen.files if file.label), ""):
        draft.put("label", label, SeenField(label, 0.9, "文上有标识"))
        return
    draft.put("label", SecurityLabel.INTERNAL, SeenField(None, draft.low, "版头没有标识，先按内部"))


def _handling(draft: _Draft, memory: Memory) -> None:
    said = draft.seen.field("handling_type")
    value = _text(said.value)
    known = value in HandlingType.values
    draft.put("handling_type", value if known else HandlingType.ACTION, said, read=value)
    draft.remember("handling_type", memory, _typed(draft))


def _typed(draft: _Draft) -> str:
    """办件 or 阅件 is remembered for each 文种 of an issuer by itself."""
    return f"{draft.readings['handling_type'].read}:{draft.readings['doc_type'].value}"


def kept_values(filled: Mapping[str, Any]) -> dict[str, str]:
    """Return what was registered in the words corrections are compared in."""
    values = {name: _text(filled.get(name)) for name in ("issuer_name", "direction", *REMEMBERED)}
    values["doc_prefix"] = prefix_of(_text(filled.get("doc_number")))
    values["handling_type"] = f"{_text(filled.get('handling_type'))}:{_text(filled.get('doc_type'))}"
    return values
