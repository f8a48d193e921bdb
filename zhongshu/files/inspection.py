"""The worker's look at a drop: examined in the limited process, judged by the gate, kept or wiped."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO, Any

from zhongshu.base import clock
from zhongshu.base.actors import SYSTEM, Actor
from zhongshu.base.acts import act, nothing_done
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.files import (
    blobs,
    checks,
    derived,
    drops,
    gate,
    names,
    office,
    paper,
    quarantine,
    releases,
    sandbox,
    texts,
)
from zhongshu.files.checks import Checked
from zhongshu.files.limits import EYE_PAGES
from zhongshu.files.models import Drop, DropSource, DropState
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.screening import raise_alarm, secret_words
from zhongshu.matters import settings
from zhongshu.matters.notices import tell
from zhongshu.people.models import Person
from zhongshu.people.queries import holders

Reader = Callable[[Drop, IO[bytes], Checked], dict[str, Any] | None]

BEING_READ = (DropState.WAITING, DropState.READING)
LOST = Refusal("FILE-33", "等待检查的副本已经不在，请重新上传", "file")
SECONDS_A_PAGE = 20
LONGEST_WALL = 3000


@dataclass(frozen=True)
class Seen:
    """What the worker saw in a drop."""

    name: str
    checked: Checked
    reasons: tuple[gate.Reason, ...]
    answer: dict[str, Any] | None

    @property
    def text(self) -> str:
        """The text by whichever way it was read; where pages were read by eye, that of all pages."""
        if self.answer is not None and (self.answer["by_eye"] or not self.checked.text.strip()):
            return str(self.answer["text"])
        return self.checked.text

    @property
    def may_carry_codes(self) -> bool:
        """Say whether it may be a scan of a sheet that we printed."""
        checked = self.checked
        is_scan = not checked.has_text or bool(self.answer and self.answer["by_eye"])
        return checked.sound_type.showing == "pages" and is_scan

    @property
    def is_unread(self) -> bool:
        """Say whether pages or pictures remain that nobody could read."""
        if self.checked.scans and (self.answer is None or self.answer["left"]):
            return True
        if self.checked.sound_type.showing != "pages":
            return self.checked.has_pictures
        if self.answer is None:
            return True
        return bool(self.answer["unread"]) if self.answer["layer"] else not self.text.strip()

    @property
    def needs_eye(self) -> bool:
        """Say whether the worker may read more of it than could be read without one."""
        kind = self.checked.sound_type
        if (
            kind.family == "image"
            or self.checked.scans
            or (kind.code in office.OLD_TYPES and office.program())
        ):
            return True
        return kind.showing == "pages" and self.is_unread


def inspect(drop: Drop) -> None:
    """Look at a drop and bring it to its verdict; raises `sandbox.Busy` when it is not its turn."""
    if _begin(drop):
        with _refusing(drop, by=robot(drop)), quarantine.opened(drop.quarantine_id) as file:
            _settle(drop, _see(drop, file, _layer), file, by=robot(drop))


def inspect_at_once(drop: Drop, *, by: Actor) -> None:
    """Bring a drop to its verdict while its uploader waits; what needs an eye, or a turn, is left to the worker."""
    if not _begin(drop):
        return
    try:
        with _refusing(drop, by=by), quarantine.opened(drop.quarantine_id) as file:
            seen = _see(drop, file, _written)
            if _is_for_worker(drop, seen):
                leave_to_worker(drop, by=by)
            else:
                _settle(drop, seen, file, by=by)
    except sandbox.Busy:
        leave_to_worker(drop, by=by)


def _is_for_worker(drop: Drop, seen: Seen) -> bool:
    if gate.kind_of(seen.reasons) == "classified" and not releases.is_open(drop.tenant_id, drop.sm3_digest):
        return False
    return seen.needs_eye


@act("leave_to_worker")
def leave_to_worker(drop: Drop, *, by: Actor) -> None:
    """Let the worker look at it."""
    if drops.leave(drop, DropState.WAITING, BEING_READ):
        drops.ask_for_inspection(drop)
    nothing_done()


@contextmanager
def _refusing(drop: Drop, *, by: Actor) -> Iterator[None]:
    """Wipe what cannot be taken, and say why."""
    try:
        yield
    except quarantine.Lost:
        refuse(drop, Refused(LOST), by=by)
    except Refused as refused:
        refuse(drop, refused, by=by)


def robot(drop: Drop) -> Actor:
    """Return the house itself, working for the drop's office."""
    return replace(SYSTEM, tenant_id=drop.tenant_id)


def _begin(drop: Drop) -> bool:
    waiting = Drop.objects.filter(pk=drop.pk, state__in=BEING_READ)
    begun = waiting.update(state=DropState.READING, changed_at=clock.now())
    drop.refresh_from_db()
    return bool(begun)


def _see(drop: Drop, file: IO[bytes], read: Reader) -> Seen:
    name = quarantine.name_of(drop.quarantine_id)
    marks = tuple(gate.in_name(name))
    if gate.kind_of(marks) == "classified" and not releases.is_open(drop.tenant_id, drop.sm3_digest):
        return Seen(name, Checked(None), marks, None)
    checked = checks.check(file, name, drop.size, drop.tenant_id)
    answer = read(drop, file, checked) if checked.refused is None else None
    of_layer = checks.reasons_in(answer["reasons"]) if answer else ()
    reasons = tuple(dict.fromkeys((*marks, *checked.reasons, *of_layer)))
    return Seen(name, checked, reasons, answer)


def _written(drop: Drop, file: IO[bytes], checked: Checked) -> dict[str, Any] | None:
    """Read what is written, and tell which pages would need an eye; only pages hide any."""
    if checked.sound_type.showing != "pages" or checked.sound_type.family == "image":
        return None
    try:
        return sandbox.read("layer", file, patience=0, eyes=True, most=0)
    except Trouble:
        return None


def _layer(drop: Drop, file: IO[bytes], checked: Checked) -> dict[str, Any] | None:
    """Read lines, fields and, where need be, pictures; what fails here leaves the drop unread, not refused."""
    pages = max(1, checked.page_count, checked.scans)
    most = int(settings.get(EYE_PAGES, drop.tenant_id))
    wall = min(60 + SECONDS_A_PAGE * min(pages, most), LONGEST_WALL)
    code = checked.sound_type.code
    try:
        with office.readable(file, code) as paper:
            return sandbox.read(
                "layer",
                paper,
                room=sandbox.ROOMY,
                wall=wall,
                seconds=2 * int(wall),
                progress=Progress(drop),
                eyes=True,
                most=most,
            )
    except Trouble:
        return None


def read_again(drop: Drop) -> None:
    """Read by eye once more what passed and whose reading was swept; raises `sandbox.Busy`."""
    if drop.state not in (DropState.CLEAN, DropState.TAKEN):
        return
    checked = Checked(drop.file_type, page_count=drop.page_count)
    try:
        with blobs.opened(drop.tenant_id, drop.sm3_digest) as file:
            answer = _layer(drop, file, checked)
    except FileNotFoundError:
        return
    if answer is not None:
        path = drops.recognition_path(drop.tenant_id, drop.sm3_digest)
        derived.write_json(path, drops.recognition_in(answer))


class Progress:
    """Writes how many pages are done into the row, once a second at most."""

    def __init__(self, drop: Drop) -> None:
        self.drop, self.told = drop, 0.0

    def __call__(self, done: int, total: int) -> None:
        now = time.monotonic()
        if now - self.told >= 1 or done == total:
            self.told = now
            Drop.objects.filter(pk=self.drop.pk).update(done=done, total=total, changed_at=clock.now())


def _settle(drop: Drop, seen: Seen, file: IO[bytes], *, by: Actor) -> None:
    kind = gate.kind_of(seen.reasons)
    if kind != "clean" and releases.use(drop.tenant_id, drop.sm3_digest, by=by):
        kind = "clean"
    if kind == "classified":
        stop(drop, seen.reasons, by=by)
    elif kind == "doubtful":
        hold(drop, DropState.DOUBTFUL, seen.reasons, by=by)
    elif seen.is_unread and drop.confirmed_by_id is None:
        hold(drop, DropState.UNREAD, (), by=by)
    else:
        _keep(drop, seen, file)
        clear(drop, seen, by=by)


def _keep(drop: Drop, seen: Seen, file: IO[bytes]) -> None:
    """Lay the bytes into the store before any row says that they are there."""
    blobs.put(drop.tenant_id, drop.sm3_digest, file, drop.size)
    texts.keep(drop.tenant_id, drop.sm3_digest, seen.text)
    if seen.answer is not None:
        path = drops.recognition_path(drop.tenant_id, drop.sm3_digest)
        derived.write_json(path, drops.recognition_in(seen.answer))
    if seen.may_carry_codes:
        paper.keep_codes(drop.tenant_id, drop.sm3_digest, file)


@act("clear_drop")
def clear(drop: Drop, seen: Seen, *, by: Actor) -> None:
    """Let a drop through: now its name may stand in the table."""
    checked = seen.checked
    moved = drops.leave(
        drop,
        DropState.CLEAN,
        BEING_READ,
        name=names.with_extension_of(seen.name, checked.sound_type),
        type_code=checked.sound_type.code,
        page_count=checked.page_count,
        has_text=bool(seen.text.strip()),
        read_by_ocr=bool(seen.answer and seen.answer["by_eye"]),
        findings=[],
    )
    if not moved:
        nothing_done()
        return
    drops.note(drop, "clear_drop", "检查通过", f"{checked.page_count}页", by=by)
    if drop.source == DropSource.FORM and (drop.confirmed_by_id or drop.judged_by_id):
        words = f"您{_when(drop)}上传的一份文件已确认不涉密，请回到上传的那一页提交"
        _tell_owner(drop, words, by=by)


@act("stop_drop")
def stop(drop: Drop, reasons: tuple[gate.Reason, ...], *, by: Actor) -> None:
    """Stop a classified drop: wipe it, keep its digest, tell who laid it where to go, and the security officers."""
    words = secret_words(drop.tenant_id)
    if not drops.leave(
        drop, DropState.STOPPED, BEING_READ, refusal_code="DOC-01", refusal_text=words[:300],
        findings=[reason.as_json() for reason in reasons],
    ):  # fmt: skip
        nothing_done()
        return
    data = {"sm3": drop.sm3_digest, "size": drop.size, "rules": sorted({r.rule for r in reasons})}
    raise_alarm(data, uploader=_uploader(drop), by=by)
    drops.note(drop, "stop_drop", "拦截并擦除", "", by=by)
    _tell_owner(drop, f"您{_when(drop)}上传的一份文件已被拦截并擦除：{words}", by=by)


def put_away(drop: Drop, *, by: Actor) -> None:
    """Wipe a waiting file that was judged a secret, inside the act that judged it."""
    words = secret_words(drop.tenant_id)
    known = {"refusal_code": "DOC-01", "refusal_text": words[:300]}
    if not drops.leave(drop, DropState.STOPPED, (DropState.DOUBTFUL, DropState.UNREAD), **known):
        raise Refused.one("FILE-38", "这份文件已经有了结论，请刷新后再看")
    data = {"sm3": drop.sm3_digest, "size": drop.size, "judged_by": by.person_id}
    raise_alarm(data, uploader=_uploader(drop), by=by)
    _tell_owner(drop, f"您{_when(drop)}上传的一份文件经保密审查不能在本系统办理，已擦除：{words}", by=by)


@act("hold_drop")
def hold(drop: Drop, state: str, reasons: tuple[gate.Reason, ...], *, by: Actor) -> None:
    """Let a drop wait in the quarantine for a judgement, and tell those who can give it."""
    findings = [reason.as_json() for reason in reasons]
    if not drops.leave(drop, state, BEING_READ, findings=findings):
        nothing_done()
        return
    drops.note(drop, "hold_drop", drop.get_state_display(), "", by=by)
    role = "secrecy_reviewer" if state == DropState.DOUBTFUL else "secretariat"
    words = (
        f"{drop.owner_name or drop.get_source_display()}{_when(drop)}上传的一份文件{drop.get_state_display()}"
    )
    judges = [person for person in holders(role, tenant=drop.tenant_id) if person.pk != drop.owner_id]
    tell(judges, matter=None, text=words, by=by, event="secrecy_review", key=f"drop:{drop.pk}:{state}")


@act("refuse_drop")
def refuse(drop: Drop, refused: Refused, *, by: Actor) -> None:
    """Refuse a drop for what it is, and wipe it."""
    first = refused.refusals[0]
    known = {"refusal_code": first.code, "refusal_text": str(refused)[:300]}
    if not drops.leave(drop, DropState.REFUSED, (*BEING_READ, DropState.DOUBTFUL, DropState.UNREAD), **known):
        nothing_done()
        return
    drops.note(drop, "refuse_drop", "拒收文件", first.message, by=by, codes=refused.codes)


def _uploader(drop: Drop) -> Actor:
    name = drop.owner_name or drop.get_source_display()
    return Actor(drop.owner_id, name, unit_name=drop.unit_name, tenant_id=drop.tenant_id)


def _tell_owner(drop: Drop, words: str, *, by: Actor) -> None:
    owner = Person.objects.filter(pk=drop.owner_id or 0)
    tell(owner, matter=None, text=words, by=by, event="drop_judged", key=f"drop:{drop.pk}:{drop.state}")


def _when(drop: Drop) -> str:
    return f"{clock.local(drop.created_at):%m月%d日 %H:%M}"
