"""Forms of words in a box: 批示, 圈阅, 补批, 改批, 录文 and 代录."""

import json
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from zhongshu.documents.actions.opinions import ON_PAPER, Words
from zhongshu.documents.actions.recording import RECORDED_BOXES
from zhongshu.documents.forms.base import ActForm, leaders, moment_field
from zhongshu.documents.forms.routing import RouteForm
from zhongshu.documents.models import Box, Meaning, OpinionForm
from zhongshu.documents.states import INSTRUCTING
from zhongshu.documents.tasks import my_tasks, next_in_turn
from zhongshu.files.fields import HandedField, TakesFiles
from zhongshu.files.models import Attachment
from zhongshu.flow.models import FlowTask
from zhongshu.matters.models import Matter
from zhongshu.people.models import Person
from zhongshu.ui import ink

MAX_INK = 400_000


class WordsForm(ActForm):
    """Words in a box: typed, in ink with its 录文, or a circle."""

    form = forms.ChoiceField(
        choices=OpinionForm.choices, initial=OpinionForm.TYPED, widget=forms.HiddenInput()
    )
    meaning = forms.ChoiceField(
        label="含义", choices=Meaning.choices, initial=Meaning.WORDS, widget=forms.RadioSelect, required=False
    )
    text = forms.CharField(
        label="批示", required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=5000
    )
    ink = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=MAX_INK)

    def clean_ink(self) -> dict[str, Any] | None:
        """Read the strokes."""
        return read_ink(self.cleaned_data["ink"])

    def clean_meaning(self) -> str:
        """Take plain words where no meaning was chosen."""
        return self.cleaned_data["meaning"] or Meaning.WORDS

    def words(self, **extra: Any) -> Words:
        """Return the words."""
        data = self.cleaned_data
        strokes = data["ink"]
        form = OpinionForm.INK if strokes and data["form"] == OpinionForm.TYPED else data["form"]
        return Words(text=data["text"], form=form, meaning=data["meaning"], strokes=strokes, **extra)


def read_ink(raw: str) -> dict[str, Any] | None:
    """Read strokes as the pad writes them; a broken one is refused, not lost in silence."""
    if not raw:
        return None
    try:
        found = ink.read(raw)
    except ink.InkError as error:
        raise ValidationError("笔迹没有读出来，请重写或改为键入") from error
    return None if found.is_empty else json.loads(raw)


class ReadForm(WordsForm):
    """圈阅 of what was circulated: a circle means read and nothing more; words are words."""

    meaning = None  # type: ignore[assignment]
    text = forms.CharField(
        label="意见（不写即为已阅）",
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )

    def words(self, **extra: Any) -> Words:
        """Return the words."""
        self.cleaned_data["meaning"] = Meaning.READ
        return super().words(**extra)


class InstructForm(RouteForm, WordsForm):
    """批示, with 转给 and 时限 prefilled from the 拟办 (签名并转办); only the last leader puts it to the units."""

    leaders = None  # type: ignore[assignment]
    relay = forms.BooleanField(label="签名并转办", required=False)

    def prepare(self) -> None:
        super().prepare()
        self.after: FlowTask | None = None
        if self.incoming is not None:
            turns = [
                task
                for task in my_tasks(self.incoming.matter, by=self.by)
                if task.step and task.step.phase == INSTRUCTING
            ]
            self.after = next_in_turn(turns[0]) if turns else None


class LateForm(WordsForm):
    """补批: words only; a circle would tell those at work nothing."""

    meaning = None  # type: ignore[assignment]

    def words(self, **extra: Any) -> Words:
        """Return the words."""
        self.cleaned_data["meaning"] = Meaning.WORDS
        return super().words(**extra)


class AmendForm(LateForm):
    """改批."""


class TranscribeForm(ActForm):
    """录文."""

    text = forms.CharField(
        label="录文",
        help_text="照原样录入手写的内容，不加标点以外的改动",
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=5000,
    )


class RecordForm(TakesFiles, WordsForm):
    """秘书代录: what the leader wrote on paper, said, or telephoned."""

    leader = forms.ModelChoiceField(label="批示领导", queryset=Person.objects.none())
    box = forms.ChoiceField(
        label="栏目",
        choices=[(box, str(Box(box).label)) for box in RECORDED_BOXES],
        widget=forms.RadioSelect,
        initial=Box.INSTRUCTION,
    )
    form = forms.ChoiceField(
        label="形式",
        choices=[choice for choice in OpinionForm.choices if choice[0] in ON_PAPER],
        widget=forms.RadioSelect,
        initial=OpinionForm.PAPER,
    )
    instructed_at = moment_field("实际批示时间", required=True)
    original_holder = forms.CharField(label="原件在谁手里", required=False, max_length=60)
    scan = HandedField(
        label="签批页扫描件",
        required=False,
        help_text="从“扫描件回单”来的已经带上，不用再传。上传即确认不涉及国家秘密",
    )
    kept_scan = forms.CharField(required=False, widget=forms.HiddenInput(), max_length=40)
    is_late = forms.BooleanField(label="补批（流程已往下走）", required=False)

    field_order = (
        "leader", "box", "form", "meaning", "text", "instructed_at", "original_holder", "scan", "is_late",
    )  # fmt: skip

    def add_prefix(self, field_name: str) -> str:
        """Send 形式 under another name: radios called `form` hide the property of that name from scripts."""
        return super().add_prefix("given_as" if field_name == "form" else field_name)

    def prepare(self) -> None:
        self.fields["leader"].queryset = leaders(self.by)  # type: ignore[attr-defined]

    def matter_of_files(self) -> Matter | None:
        return self.incoming.matter if self.incoming else None

    def clean_kept_scan(self) -> Attachment | None:
        """Return the page that came back through 扫描件回单, if it belongs to this paper."""
        if not (named := self.cleaned_data["kept_scan"]) or self.incoming is None:
            return None
        return self.incoming.matter.attachments.filter(
            public_id=named, kind="scan", voided_at__isnull=True
        ).first()


class ScanForm(TakesFiles, ActForm):
    """扫描件回单: a signed page that comes back; the code on it says which paper it belongs to."""

    scan = HandedField(
        label="扫描件",
        accept=".pdf,image/*",
        help_text="上传即确认不涉及国家秘密",
        error_messages={"required": "请选择扫描件"},
    )
