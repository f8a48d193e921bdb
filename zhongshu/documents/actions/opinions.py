"""Writing into the boxes of the 办理单."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.documents.models import IncomingDocument, Meaning, Opinion, OpinionDraft, OpinionForm
from zhongshu.documents.tasks import acting
from zhongshu.files.models import Attachment
from zhongshu.flow.models import FlowTask
from zhongshu.people.models import Person, UnitType
from zhongshu.people.queries import primary_appointment

MAX_STROKES = 4000
MEANING_WORDS = {Meaning.AGREED: "同意。", Meaning.READ: "已阅。", Meaning.NOTED: "圈阅。"}
ON_PAPER = {OpinionForm.PAPER, OpinionForm.ORAL, OpinionForm.TELEPHONE}


@dataclass(frozen=True)
class Words:
    """What somebody says in a box: typed, in ink with its 录文, on paper, orally or by telephone."""

    text: str = ""
    form: str = OpinionForm.TYPED
    meaning: str = Meaning.WORDS
    strokes: dict[str, Any] | None = None
    signature: dict[str, Any] | None = None
    scan: Attachment | None = None
    original_holder: str = ""
    instructed_at: datetime | None = None

    @property
    def shown(self) -> str:
        """Return the words as the trail writes them."""
        return self.text.strip() or MEANING_WORDS.get(Meaning(self.meaning), "（手写，待录文）")

    @property
    def are_given(self) -> bool:
        """Tell whether something was said at all: words, ink or a signed page."""
        return bool(self.text.strip() or self.strokes or self.scan)


def write_opinion(
    incoming: IncomingDocument,
    box: str,
    words: Words,
    *,
    by: Actor,
    task: FlowTask | None = None,
    author: Person | None = None,
    is_late: bool = False,
    supersedes: Opinion | None = None,
) -> Opinion:
    """Write an entry; what an agent or secretary writes down for somebody shows as such."""
    said_by = acting(task, by=by) if task and author is None else by
    name = author.name if author else said_by.display
    author = author or Person.objects.get(pk=by.me)
    if words.strokes and len(words.strokes.get("s", ())) > MAX_STROKES:
        raise Refused.one("DOC-47", "笔迹太长，请分两次写，或改为键入", "strokes")
    at = words.instructed_at or clock.now()
    if at > clock.now():
        raise Refused.one("DOC-48", "批示时间晚于现在，请核对", "instructed_at")
    OpinionDraft.objects.filter(incoming=incoming, person_id=by.me, box=box).delete()
    return Opinion.objects.create(
        incoming=incoming,
        box=box,
        author=author,
        author_name=name,
        author_post=_post(author),
        form=words.form,
        meaning=words.meaning,
        text=words.text.strip() or MEANING_WORDS.get(Meaning(words.meaning), ""),
        strokes=words.strokes,
        signature=words.signature,
        scan=words.scan,
        original_holder=words.original_holder,
        instructed_at=at,
        is_late=is_late,
        supersedes=supersedes,
        recorded_by_id=by.me,
        recorded_by_name=by.display,
        recorded_at=clock.now(),
        confirmed_at=clock.now() if author.pk == by.person_id else None,
        task_id=task.pk if task else None,
    )


def _post(person: Person) -> str:
    found = primary_appointment(person)
    if found is None:
        return ""
    is_plain = found.unit.is_tenant or found.unit.unit_type == UnitType.COUNTY_GOV
    return found.post.name if is_plain else f"{found.unit.label} {found.post.name}"
