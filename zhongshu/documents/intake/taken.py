"""What came at night and was signed for: its files are read as those of the basket are, beside what was written at the door."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from zhongshu.base.actors import Actor
from zhongshu.documents.intake import organs
from zhongshu.documents.intake.filling import TYPED, Filling, Reading, fill
from zhongshu.documents.intake.seen import Seen, SeenFile, seen_file
from zhongshu.documents.models import Direction, IncomingDocument
from zhongshu.files import drops
from zhongshu.files.models import Attachment, AttachmentKind
from zhongshu.files.queries import attachments_of
from zhongshu.matters.models import SecurityLabel, Urgency

# The fields of 值班收文, and the words of those that are chosen.
AT_THE_DOOR: Mapping[str, Any] = {
    "issuer_name": None,
    "direction": Direction,
    "doc_number": None,
    "title": None,
    "urgency": Urgency,
    "label": SecurityLabel,
}


@dataclass
class Taken:
    """A paper that waits to be registered, with its files."""

    incoming: IncomingDocument
    by: Actor

    @cached_property
    def files(self) -> list[Attachment]:
        """Return the files, the text first."""
        return list(attachments_of(self.incoming.matter))

    @property
    def bodies(self) -> list[Attachment]:
        """Return the files of the text."""
        return [file for file in self.files if file.kind == AttachmentKind.BODY]

    @cached_property
    def seen(self) -> Seen:
        """Return what was read of the text."""
        return Seen(tuple(_seen(file) for file in self.bodies))

    @cached_property
    def filling(self) -> Filling:
        """Return the form as it fills itself; what was written at the door stands."""
        pages = sum(file.page_count for file in self.bodies)
        read = fill(self.seen, tenant_id=self.incoming.matter.tenant_id, pages=pages)
        readings = {name: self._known(reading) for name, reading in read.readings.items()}
        unit = organs.unit_named(readings["issuer_name"].value)
        unit_id = self.incoming.issuer_unit_id or (unit.pk if unit else None)
        return replace(read, readings=readings, unit_id=unit_id)

    def initial(self) -> dict[str, Any]:
        """Return the values as Django's form takes them."""
        known = {"copies": self.incoming.copies, "body": self.incoming.body}
        return {**self.filling.initial(), **known}

    def _known(self, reading: Reading) -> Reading:
        value = self._written(reading.name)
        if not value or value == reading.value:
            return reading
        read = _in_words(reading.name, reading.value)
        why = f"识别为“{read}”，请核对" if read else ""
        return replace(reading, value=value, level=TYPED, why=why, must_see=bool(read))

    def _written(self, name: str) -> str:
        if name == "is_litigation_related":
            return "on" if self.incoming.is_litigation_related else ""
        if name not in AT_THE_DOOR:
            return ""
        holder = self.incoming if hasattr(self.incoming, name) else self.incoming.matter
        return str(getattr(holder, name))


def _seen(file: Attachment) -> SeenFile:
    return seen_file(file.public_id, drops.recognition_at(file.tenant_id, file.sm3_digest), file.page_count)


def _in_words(name: str, value: str) -> str:
    choices = AT_THE_DOOR.get(name)
    return str(dict(choices.choices).get(value, value)) if choices else value
