"""常用批语: change, put in order and throw away; one's own by oneself, the office's by its directors."""

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.documents.models import TypicalPhrase

MAX_PHRASE = 100


def _demand(row: TypicalPhrase, by: Actor) -> None:
    if row.person_id is None and not by.may("documents.office_phrases"):
        raise Refused.one("PHR-02", "办公室的常用批语由办公室主任、副主任维护")
    if row.person_id is not None and row.person_id != by.person_id:
        raise Refused.one("PHR-03", "只能改自己的常用批语")


def _note(row: TypicalPhrase, verb: str, label: str, text: str, by: Actor) -> None:
    record(verb, by=by, object_kind="phrase", object_id=row.pk, label=label, text=text)


@act("change_phrase", "改常用批语")
def change_phrase(row: TypicalPhrase, text: str, *, by: Actor) -> TypicalPhrase:
    """Write a phrase anew."""
    _demand(row, by)
    text = text.strip()[:MAX_PHRASE]
    if not text:
        raise Refused.one("PHR-01", "请填写批语", "text")
    before, row.text = row.text, text
    row.save(update_fields=["text"])
    _note(row, "change_phrase", "改常用批语", f"{before} → {text}", by)
    return row


@act("raise_phrase", "常用批语排序")
def raise_phrase(row: TypicalPhrase, *, by: Actor) -> TypicalPhrase:
    """Put a phrase one place further up among its own."""
    _demand(row, by)
    found = TypicalPhrase.objects.filter(tenant_id=row.tenant_id, box=row.box)
    rows = [each for each in found if each.person_id == row.person_id]
    here = next(n for n, each in enumerate(rows) if each.pk == row.pk)
    if here:
        rows[here - 1], rows[here] = rows[here], rows[here - 1]
    for order, each in enumerate(rows):
        each.sort_order = order
    TypicalPhrase.objects.bulk_update(rows, ["sort_order"])
    _note(row, "raise_phrase", "常用批语排序", row.text, by)
    return row


@act("drop_phrase", "删常用批语")
def drop_phrase(row: TypicalPhrase, *, by: Actor) -> None:
    """Throw a phrase away."""
    _demand(row, by)
    _note(row, "drop_phrase", "删常用批语", row.text, by)
    row.delete()
