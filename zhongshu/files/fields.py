"""File fields of forms: what is sent with the form, or was handed in before and waits in the quarantine."""

from collections.abc import Mapping, Sequence
from copy import copy
from typing import Any, NamedTuple, cast

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.datastructures import MultiValueDict

from zhongshu.base.actors import Actor
from zhongshu.base.acts import refuse_repeated
from zhongshu.base.refusals import Refused
from zhongshu.files import handing, permissions
from zhongshu.files.models import Drop
from zhongshu.files.models.drops import OPEN
from zhongshu.files.reading.types import ACCEPT
from zhongshu.files.screening import NOT_PROMISED, Received
from zhongshu.matters.models import Matter

AGAIN = "-handed"


class Sent(NamedTuple):
    """What a form sends of a field: files, and the public ids of drops handed in before."""

    uploads: list[UploadedFile]
    drops: list[str]


class HandedInput(forms.FileInput):
    """A file control, and the files that were handed in by it and wait."""

    template_name = "files/handed.html"
    allow_multiple_selected = True

    def __init__(self, *, many: bool = False, accept: str = ACCEPT) -> None:
        super().__init__({"accept": accept, "multiple": many})
        self.by: Actor | None = None
        self.place = self.promise = self.matter = ""

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Sent:
        """Return files and drops."""
        again = data.getlist(name + AGAIN) if isinstance(data, MultiValueDict) else []
        uploads = files.getlist(name) if isinstance(files, MultiValueDict) else []
        return Sent(list(uploads), [str(each)[:32] for each in again])

    def value_omitted_from_data(self, data: Mapping[str, Any], files: Any, name: str) -> bool:
        """Say whether neither came."""
        return name not in files and name + AGAIN not in data

    def use_required_attribute(self, initial: Any) -> bool:
        """Let the server say what is missing: the file may have been handed in before."""
        return False

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Add what waits, and where the page hands in what is chosen."""
        context = super().get_context(name, None, attrs)
        lines = self._lines(value.drops if isinstance(value, Sent) else [])
        may_drop = self.by is not None and self.by.may(permissions.DROP)
        context["widget"] |= {
            "lines": lines,
            "again": name + AGAIN,
            "drop_url": reverse("files:drop") if may_drop else "",
            "place": self.place,
            "promise": self.promise,
            "matter": self.matter,
        }
        return context

    def _lines(self, ticked: Sequence[str]) -> list[dict[str, Any]]:
        """What this form names is ticked; what came by it another time is offered, and left to its owner to tick."""
        if self.by is None or self.by.person_id is None:
            return []
        named = handing.chosen(ticked, by=self.by)
        others = [drop for drop in handing.waiting_at(self.place, by=self.by) if drop not in named]
        return [{"said": handing.said_of(drop), "is_ticked": drop in named} for drop in [*named, *others]]


class HandedField(forms.Field):
    """One file, or several."""

    def __init__(self, *, many: bool = False, accept: str = ACCEPT, **kwargs: Any) -> None:
        super().__init__(widget=HandedInput(many=many, accept=accept), **kwargs)
        self.many = many

    def clean(self, value: Sent) -> Sent:
        """Refuse nothing where something is asked; of one file the last chosen counts."""
        if self.required and not (value.uploads or value.drops):
            raise forms.ValidationError(self.error_messages["required"], code="required")
        if self.many:
            return value
        return Sent(value.uploads[-1:], [] if value.uploads else value.drops[-1:])


class TakesFiles(forms.Form):
    """A form with file fields; cleaned, they hold what passed, and what has to wait stays with the form.

    The files stay with it as well where another field is wrong: nobody chooses a file twice.
    """

    promise_name = ""
    by: Actor

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in self._file_fields():
            widget: HandedInput = self.fields[name].widget
            matter = self.matter_of_files()
            widget.by, widget.promise = self.by, self.promise_name
            widget.matter = matter.public_id if matter else ""
            widget.place = f"{type(self).__name__}:{widget.matter}:{name}"

    def matter_of_files(self) -> Matter | None:
        """Return the matter they are for; None where it is still to be opened."""
        return None

    def clean(self) -> dict[str, Any]:
        """Hand in what was sent."""
        data: dict[str, Any] = super().clean() or {}
        names = [name for name in self._file_fields() if name in data]
        if names:
            # Answered before, its files are taken and would come in anew.
            refuse_repeated(self.by.key)
        for name in names:
            data[name] = self._hand_in(name, data[name])
        return data

    def _file_fields(self) -> list[str]:
        return [name for name, field in self.fields.items() if isinstance(field, HandedField)]

    def _hand_in(self, name: str, sent: Sent) -> list[Received]:
        matter = self.matter_of_files()
        tenant_id = matter.tenant_id if matter else self.by.office
        place = self.fields[name].widget.place
        found = handing.chosen(sent.drops, by=self.by)
        if len(found) < len(set(sent.drops)):
            self._say(name, Refused(handing.GONE), "")
        for upload in sent.uploads if self._is_promised() else ():
            try:
                found.append(handing.hand_in(upload, tenant_id=tenant_id, place=place, by=self.by))
            except Refused as refused:
                self._say(name, refused, upload.name or "")
        found = list({drop.pk: drop for drop in found}.values())
        self._keep(name, found)
        return self._received(name, found)

    def _received(self, name: str, found: Sequence[Drop]) -> list[Received]:
        passed = []
        for drop in found:
            try:
                passed.append(handing.received(drop, by=self.by))
            except Refused as refused:
                self._say(name, refused, handing.name_of(drop))
        return passed

    def _is_promised(self) -> bool:
        if not self.promise_name or self.cleaned_data.get(self.promise_name):
            return True
        if self.promise_name not in self.errors:
            self.add_error(self.promise_name, f"{NOT_PROMISED.message}（{NOT_PROMISED.code}）")
        return False

    def _say(self, name: str, refused: Refused, called: str) -> None:
        for refusal in refused.refusals:
            whose = "" if refusal.code == "DOC-01" or not called else f"“{called}”："
            self.add_error(name, f"{whose}{refusal.message}（{refusal.code}）")

    def _keep(self, name: str, found: Sequence[Drop]) -> None:
        """Let the form name its drops when it is shown again; a browser forgets its files."""
        data, files = cast("MultiValueDict[str, Any]", copy(self.data)), copy(self.files)
        key = self.add_prefix(name)
        data.setlist(key + AGAIN, [drop.public_id for drop in found if drop.state in OPEN])
        files.setlist(key, [])
        self.data, self.files = data, files
