"""上传篮: files laid down before anybody knows what they are, inspected by the worker, taken by registration."""

from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.http import Http404

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, after_commit, nothing_done
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.files import blobs, checks, derived, names, permissions, quarantine, sandbox
from zhongshu.files.limits import MOST_DROPS
from zhongshu.files.models import Drop, DropSource, DropState
from zhongshu.files.models.drops import OPEN
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.screening import NOT_PROMISED, Received, Upload, as_file, size_of
from zhongshu.matters import outbox, settings

INSPECT = "files.inspect"
READ_AGAIN = "files.read_again"
COMMON = (DropSource.MAILBOX, DropSource.FOLDER)


def lay(
    upload: Upload,
    *,
    name: str = "",
    by: Actor,
    source: str = DropSource.DROP,
    place: str = "",
    promised: bool = True,
    asks: bool = True,
) -> Drop:
    """Lay a file into the quarantine and promise its inspection; the table learns digest, size and state alone.

    `place`: the field of which form it came by. Who looks at once himself does not let it ask for the worker.
    """
    if not promised:
        raise Refused(NOT_PROMISED)
    called = names.clean(name or str(getattr(upload, "name", "") or ""))
    with sandbox.on_disk(as_file(upload)) as file:
        size, digest = size_of(file), blobs.digest_of(file)
        checks.check_size(size, by.office)
        _check_room(by)
        item = quarantine.put(file, name=called)
    try:
        known = {"source": DropSource(source), "form_place": place}
        return _enter(item, size, digest, known, asks=asks, by=by)
    except BaseException:
        quarantine.wipe(item)
        raise


def _check_room(by: Actor) -> None:
    """Refuse to fill the quarantine; mailbox and folder, which are nobody's, take what comes."""
    most = int(settings.get(MOST_DROPS, by.office))
    if (
        by.person_id is not None
        and Drop.objects.filter(owner_id=by.person_id, state__in=OPEN).count() >= most
    ):
        raise Refused.one(
            "FILE-40", f"上传篮里已有 {most} 份没有登记，请先登记或丢弃一些，再继续上传", "file"
        )


@act("lay_drop")
def _enter(item: str, size: int, digest: str, known: dict[str, str], *, asks: bool, by: Actor) -> Drop:
    drop = Drop.objects.create(
        tenant_id=by.office,
        owner_id=by.person_id,
        owner_name=by.display[:60],
        unit_name=by.unit_name[:100],
        size=size,
        sm3_digest=digest,
        quarantine_id=item,
        **known,
    )
    if asks:
        ask_for_inspection(drop)
    note(drop, "lay_drop", "放进上传篮", drop.get_source_display(), by=by)
    return drop


def ask_for_inspection(drop: Drop, again: str = "") -> None:
    """Promise the inspection of a drop, once for each reason to look again."""
    outbox.enqueue(INSPECT, {"drop": drop.pk}, key=f"{INSPECT}:{drop.pk}:{again}")


def access_drop(actor: Actor, public_id: str) -> Drop:
    """Return the drop, or 404: it is its owner's, and of those who register for the same office."""
    drop = _within_reach(actor).filter(public_id=public_id).first()
    if drop is None:
        raise Http404("没有这份文件，或者您无权查看")
    return drop


def mine(actor: Actor) -> QuerySet[Drop]:
    """Return the open drops in a person's basket: the own ones, and for who registers, mailbox and folder.

    What was handed in by a form waits in that form.
    """
    reach = Q(owner_id=actor.person_id, tenant_id=actor.tenant_id)
    if actor.may(permissions.TAKE_DROPS):
        reach |= Q(tenant_id=actor.tenant_id, source__in=COMMON)
    found = Drop.objects.filter(reach, state__in=OPEN).exclude(source=DropSource.FORM)
    return found.order_by("created_at", "pk")


def handed_in(actor: Actor) -> QuerySet[Drop]:
    """Return what a person handed in by forms, also for a paper of another office."""
    found = Drop.objects.filter(owner_id=actor.me, source=DropSource.FORM)
    return found.order_by("created_at", "pk")


def _within_reach(actor: Actor) -> QuerySet[Drop]:
    reach = Q(owner_id=actor.person_id, tenant_id=actor.tenant_id)
    if actor.person_id is not None:
        reach |= Q(owner_id=actor.person_id, source=DropSource.FORM)
    if actor.may(permissions.TAKE_DROPS):
        reach |= Q(tenant_id=actor.tenant_id)
    return Drop.objects.filter(reach)


def received_of(drop: Drop, *, by: Actor) -> Received:
    """Return a clean drop as a received file; attaching it takes the drop, once."""
    drop = access_drop(by, drop.public_id)
    if drop.state != DropState.CLEAN:
        raise Refused.one("FILE-31", f"这份文件现在是“{drop.get_state_display()}”，不能登记", "file")
    if not blobs.is_there(drop.tenant_id, drop.sm3_digest):
        raise Refused.one("FILE-20", "文件已经过期，请重新上传", "file")
    return Received(
        name=drop.name,
        file_type=drop.file_type,
        size=drop.size,
        digest=drop.sm3_digest,
        tenant_id=drop.tenant_id,
        page_count=drop.page_count,
        has_text=drop.has_text,
        drop_id=drop.pk,
    )


def recognition_of(drop: Drop) -> dict[str, Any] | None:
    """Return the fields read from a drop that passed, with its layer; None where nothing can be read.

    The keys are those of `Recognition.as_json()`, and `layer`, `suggested_label` and `unread` (pages).
    """
    if drop.state not in (DropState.CLEAN, DropState.TAKEN):
        return None
    if drop.read_by_ocr and not recognition_path(drop.tenant_id, drop.sm3_digest).exists():
        _ask_to_read_again(drop)
        return None
    return recognition_at(drop.tenant_id, drop.sm3_digest)


def recognition_at(tenant_id: int, digest: str) -> dict[str, Any] | None:
    """Return what was read of a content in the store; None where nothing can be read without eyes."""
    path = recognition_path(tenant_id, digest)
    if (kept := derived.read_json(path)) is None:
        derived.write_json(path, kept := _read_again(tenant_id, digest))
    found: dict[str, Any] | None = kept["recognition"]
    return found


def recognition_path(tenant_id: int, digest: str) -> Path:
    """Return where the recognition of a content is kept; what is swept is read again."""
    return derived.folder(tenant_id, digest) / "recognition.json"


def recognition_in(answer: dict[str, Any]) -> dict[str, Any]:
    """Put an answer of the limited process into the shape that is kept."""
    if answer["recognition"] is None:
        return {"recognition": None}
    return {"recognition": answer["recognition"] | {"layer": answer["layer"], "unread": answer["unread"]}}


def _ask_to_read_again(drop: Drop) -> None:
    """Let the worker read by eye what was swept from the cache, once a day; until then nothing is known."""
    with transaction.atomic():
        outbox.enqueue(READ_AGAIN, {"drop": drop.pk}, key=f"{READ_AGAIN}:{drop.pk}:{clock.today()}")


def _read_again(tenant_id: int, digest: str) -> dict[str, Any]:
    """Read what is written."""
    try:
        with blobs.opened(tenant_id, digest) as file:
            return recognition_in(sandbox.read("layer", file, eyes=False))
    except (Trouble, FileNotFoundError, sandbox.Busy):
        return {"recognition": None}


@act("discard_drop")
def discard(drop: Drop, *, by: Actor) -> None:
    """Throw a drop away and wipe what lies in the quarantine; discarded twice is discarded."""
    access_drop(by, drop.public_id)
    if not leave(drop, DropState.DISCARDED, OPEN):
        if drop.state == DropState.DISCARDED:
            nothing_done()
            return
        raise Refused.one("FILE-31", f"这份文件已经是“{drop.get_state_display()}”，不能丢弃")
    note(drop, "discard_drop", "从上传篮丢弃", "", by=by)


def leave(drop: Drop, state: str, out_of: tuple[str, ...], **known: Any) -> bool:
    """Move a drop on, and wipe its bytes if they need not wait; False if it no longer stood where it was thought."""
    item = drop.quarantine_id
    stays = state in (DropState.DOUBTFUL, DropState.UNREAD, DropState.WAITING, DropState.READING)
    known |= {"state": state, "changed_at": clock.now(), **({} if stays else {"quarantine_id": ""})}
    moved = Drop.objects.filter(pk=drop.pk, state__in=out_of).update(**known)
    drop.refresh_from_db()
    if moved and not stays:
        after_commit(lambda: quarantine.wipe(item))
    return bool(moved)


def note(drop: Drop, verb: str, label: str, text: str, *, by: Actor, **data: Any) -> None:
    """Write into the trail what became of a drop; never its name or a word of it."""
    record(
        verb,
        by=by,
        object_kind="drop",
        object_id=drop.pk,
        label=label,
        text=text,
        data={"sm3": drop.sm3_digest, "size": drop.size, **data},
        after=drop.sm3_digest,
    )
