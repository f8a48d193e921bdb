"""What the form of a dropped paper shows beside its fields: how sure, why, where; and the paper to look at."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.urls import reverse

from zhongshu.documents.intake.cards import Card
from zhongshu.documents.intake.filling import Filling, Reading
from zhongshu.documents.intake.seen import SeenFile
from zhongshu.documents.intake.taken import Taken
from zhongshu.files import preview
from zhongshu.files.models import Attachment, Drop

MOST_PAGES = 60
SCALE = 1000
GROUPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("来文", ("issuer_name", "issuer_unit", "direction", "doc_number", "doc_type", "doc_date")),
    ("", ("title",)),
    ("", ("urgency", "label", "handling_type", "stated_due", "requires_feedback", "is_litigation_related")),
    ("收发和联系", ("main_recipients", "cc", "signer", "contact", "contact_phone", "leader_ordered")),
    ("怎么来的", ("channel", "received_at", "copies", "pages")),
)


@dataclass(frozen=True)
class ReadField:
    """A field of the form with its reading."""

    bound: BoundField
    reading: Reading | None

    @property
    def css(self) -> str:
        """Return its classes."""
        if self.reading is None:
            return ""
        return f"{self.reading.css} is-unsure" if self.reading.must_see else self.reading.css

    @property
    def help(self) -> str:
        """Return the line under it."""
        return self.reading.help if self.reading else str(self.bound.help_text)

    @property
    def marks(self) -> str:
        """Return the lines it was read on."""
        return self.reading.marks if self.reading else ""

    @property
    def must_see(self) -> bool:
        """Say whether the cursor goes there first."""
        return bool(self.reading and self.reading.must_see)

    @property
    def suggestions(self) -> str | bool:
        """Return the list its control suggests from, if any."""
        return "issuers" if self.bound.name == "issuer_name" else False

    @property
    def undo(self) -> Reading | None:
        """Return the reading to go back to, if a correction stands in its place."""
        return self.reading if self.reading and self.reading.level == "remembered" else None


def groups_of(form: forms.Form, filling: Filling) -> list[tuple[str, list[ReadField]]]:
    """Return the fields in the order of the form, in groups with a heading or none."""
    found = []
    for heading, names in GROUPS:
        fields = [ReadField(form[name], filling.readings.get(name)) for name in names if name in form.fields]
        if fields:
            found.append((heading, fields))
    return found


@dataclass(frozen=True)
class ShownLine:
    """A line over a page image, in thousandths of the page, or a line of a flowing text."""

    name: str
    text: str
    left: int = 0
    top: int = 0
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class ShownPage:
    """A page image with its lines."""

    number: int
    url: str
    srcset: str
    lines: tuple[ShownLine, ...]


@dataclass(frozen=True)
class ShownFile:
    """A file as the paper's side shows it: pages, or lines of words."""

    name: str
    role: str
    pages: tuple[ShownPage, ...] = ()
    words: tuple[ShownLine, ...] = ()
    note: str = ""


def paper_of(card: Card) -> list[ShownFile]:
    """Return all files of a paper as they are shown; where no pages can be drawn, the words are."""
    read = {file.key: file for file in card.seen.files}
    return [
        _shown(line.drop, line.name, line.role, read.get(line.drop.public_id), "documents:drop_page")
        for line in card.lines
    ]


def paper_of_taken(taken: Taken) -> list[ShownFile]:
    """Return all files of a paper that was taken in before, as they are shown."""
    read = {file.key: file for file in taken.seen.files}
    return [
        _shown(file, file.name, file.get_kind_display(), read.get(file.public_id), "files:page")
        for file in taken.files
    ]


def _shown(file: Drop | Attachment, name: str, role: str, seen: SeenFile | None, address: str) -> ShownFile:
    if file.file_type.showing == "pages":
        pages = range(1, min(file.page_count, MOST_PAGES) + 1)
        return ShownFile(
            name, role, tuple(_page(reverse(address, args=[file.public_id, n]), n, seen) for n in pages)
        )
    words = tuple(ShownLine(f"{seen.key}:{line.number}", line.text) for line in seen.lines) if seen else ()
    return ShownFile(name, role, words=words, note="" if words else "登记后在办理单里查看")


def _page(base: str, number: int, seen: SeenFile | None) -> ShownPage:
    srcset = ", ".join(f"{base}?w={width} {width}w" for width in preview.WIDTHS)
    lines = tuple(_over(seen, number)) if seen else ()
    return ShownPage(number, f"{base}?w={preview.USUAL_WIDTH}", srcset, lines)


def _over(seen: SeenFile, number: int) -> Iterable[ShownLine]:
    for line in seen.lines:
        if line.page == number and line.box:
            left, top, right, bottom = (round(side * SCALE) for side in line.box)
            yield ShownLine(f"{seen.key}:{line.number}", line.text, left, top, right - left, bottom - top)


def context_of(card: Card, form: forms.Form) -> dict[str, Any]:
    """Return what the page of the form needs."""
    return {
        "card": card,
        "heading": card.title,
        "listed": card.filling.attachments,
        "form": form,
        "groups": groups_of(form, card.filling),
        "paper": paper_of(card),
        "unsure": len(card.filling.unsure),
        "twins": card.twins,
    }


def context_of_taken(taken: Taken, form: forms.Form) -> dict[str, Any]:
    """Return what the page of the form needs for a paper that was taken in before."""
    groups = groups_of(form, taken.filling)
    if taken.incoming.body:
        groups.append(("", [ReadField(form["body"], None)]))
    return {
        "listed": taken.filling.attachments,
        "form": form,
        "groups": groups,
        "paper": paper_of_taken(taken),
        "unsure": len(taken.filling.unsure),
    }
