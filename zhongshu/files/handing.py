"""What forms hand in: every file goes through the quarantine, and is given to the form once all of it was looked at.

What needs no eye is looked at while the person waits. Scanned pages are left to the worker: the file stays where it
is, the form keeps its address and is sent again when it was read.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import Outcome, log_event
from zhongshu.files import blobs, drops, gate, inspection, names, quarantine
from zhongshu.files.models import Drop, DropSource, DropState
from zhongshu.files.models.drops import OPEN
from zhongshu.files.screening import Received, Upload, as_file, secret_words

UNNAMED = "未命名文件"
LABELS = {DropState.WAITING: "等待检查", DropState.CLEAN: "可以提交", DropState.TAKEN: "已提交"}
ADVICE = {
    DropState.WAITING: "轮到时自动检查，可以先填别的",
    DropState.READING: "扫描页正在识别，可以先填别的",
    DropState.CLEAN: "检查通过，可以提交",
    DropState.DOUBTFUL: "文件里有像密级标志的字样，已请保密审查人判断；有结论后通知您，再回到这一页提交",
    DropState.UNREAD: "有的页认不出文字，已请收文办公室另一人查看；确认不涉密后通知您，再回到这一页提交",
    DropState.STOPPED: "副本已擦除。确属误拦的，请带原件找保密审查人",
    DropState.EXPIRED: "到期没有提交，副本已清除；需要时请重新上传",
}
GONE = Refusal("FILE-20", "文件已经过期，请重新上传", "file")
COME_BACK = "文件已经留下，请稍后再点提交"
NOT_YET = {
    DropState.WAITING: Refusal("FILE-58", f"有扫描页，识别完才能提交，一页约需几秒。{COME_BACK}", "file"),
    DropState.READING: Refusal("FILE-58", f"有扫描页，正在识别，一页约需几秒。{COME_BACK}", "file"),
    DropState.DOUBTFUL: Refusal(
        "FILE-30", "有像密级标志的字样，已请保密审查人判断。文件已经留下，有结论后通知您再提交", "file"
    ),
    DropState.UNREAD: Refusal(
        "FILE-59", "有的页认不出文字，已请另一人查看。文件已经留下，确认不涉密后通知您再提交", "file"
    ),
}


@dataclass(frozen=True)
class Said:
    """What a form says of a file that was handed in."""

    drop: Drop
    name: str
    label: str
    words: str

    @property
    def is_working(self) -> bool:
        """Say whether the worker still has it in hand."""
        return self.drop.state in inspection.BEING_READ


def hand_in(upload: Upload, *, tenant_id: int, place: str = "", name: str = "", by: Actor) -> Drop:
    """Lay a file of a form into the quarantine and look at it at once; what needs an eye is left to the worker.

    The same file sent again while it waits is the same drop. Raises `Refused` for what is not even laid down.
    """
    # Not under the form's key: the files of a form are several, and this is no answer to it.
    by = replace(by.with_key(""), tenant_id=tenant_id)
    called = names.clean(name or str(getattr(upload, "name", "") or ""))
    if (waiting := _laid_before(upload, called, by=by)) is not None:
        return waiting
    try:
        drop = drops.lay(upload, name=called, by=by, source=DropSource.FORM, place=place, asks=False)
    except Refused as refused:
        _note_refusal(refused, called, by=by)
        raise
    inspection.inspect_at_once(drop, by=by)
    drop.refresh_from_db()
    return drop


def _laid_before(upload: Upload, name: str, *, by: Actor) -> Drop | None:
    """Return the open drop of the same bytes under the same name."""
    if by.person_id is None:
        return None
    digest = blobs.digest_of(as_file(upload))
    same = drops.handed_in(by).filter(tenant_id=by.office, sm3_digest=digest, state__in=OPEN)
    return next((drop for drop in same if names.split(name_of(drop))[0] == names.split(name)[0]), None)


def _note_refusal(refused: Refused, name: str, *, by: Actor) -> None:
    called = "" if any(gate.in_name(name)) else f"{name}："
    data = {"codes": refused.codes}
    text = f"{called}{refused}"
    log_event(
        "refuse_file",
        by=by,
        label="拒收文件",
        outcome=Outcome.REFUSED,
        object_kind="file",
        text=text,
        data=data,
    )


def receive(upload: Upload, *, tenant_id: int, by: Actor, name: str = "") -> Received:
    """Hand a file in and return what passed; raises `Refused`, also where it has to wait."""
    return received(hand_in(upload, tenant_id=tenant_id, name=name, by=by), by=by)


def received(drop: Drop, *, by: Actor) -> Received:
    """Return a file that passed; raises `Refused` with the reason why it did not, or not yet."""
    state = DropState(drop.state)
    if state in NOT_YET:
        # Without its name: until the verdict that stands nowhere but in the quarantine.
        raise Refused(NOT_YET[state])
    if state == DropState.STOPPED:
        raise Refused.one("DOC-01", secret_words(drop.tenant_id), "file")
    if state == DropState.REFUSED:
        raise Refused.one(drop.refusal_code, drop.refusal_text, "file")
    return drops.received_of(drop, by=by)


def chosen(public_ids: Sequence[str], *, by: Actor) -> list[Drop]:
    """Return the person's own drops that a form names, in its order."""
    found = {drop.public_id: drop for drop in drops.handed_in(by).filter(public_id__in=public_ids)}
    return [found[each] for each in dict.fromkeys(public_ids) if each in found]


def waiting_at(place: str, *, by: Actor) -> list[Drop]:
    """Return what the person handed in at this place of a form and did not use yet."""
    return list(drops.handed_in(by).filter(form_place=place, state__in=OPEN))


def said_of(drop: Drop) -> Said:
    """Say where a file stands, in the words of a form."""
    state = DropState(drop.state)
    label = "待放行" if drop.waits_for_release else LABELS.get(state, str(state.label))
    return Said(drop, name_of(drop), label, drop.refusal_text or ADVICE.get(state, ""))


def name_of(drop: Drop) -> str:
    """Return the name for who handed it in; until the verdict it stands in the quarantine alone."""
    if drop.name or not drop.is_quarantined:
        return drop.name or UNNAMED
    try:
        return quarantine.name_of(drop.quarantine_id)
    except quarantine.Lost:
        return UNNAMED
