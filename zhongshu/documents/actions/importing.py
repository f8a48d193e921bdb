"""历史台账导入: what the clerk orders; the worker carries it out."""

from collections.abc import Mapping
from typing import IO

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, after_commit
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.documents.importing import columns, gaps, turns, undoing
from zhongshu.documents.importing.writing import note_run
from zhongshu.documents.models import ColumnHabit, ImportRow, RegisterImport
from zhongshu.files import blobs, gate, names, quarantine, screening

TYPES = ("xlsx", "xls", "et", "csv", "txt")
State = RegisterImport.State
BUSY = "这个导入现在是“{state}”，不能这样办，请刷新后再看"


def check_upload(name: str, size: int, *, promised: bool, by: Actor) -> str:
    """Return the name made harmless, or refuse what is no register; before the act, a suspect name raises an alarm."""
    called = names.clean(name)
    if not promised:
        raise Refused(screening.NOT_PROMISED)
    if any(gate.in_name(called)):
        data = {"codes": ["DOC-01"], "sm3": "", "size": size}
        screening.raise_alarm(data, uploader=by, by=by.with_key(""))
        raise Refused.one("DOC-01", screening.secret_words(by.office), "file")
    if names.split(called)[1] not in TYPES:
        raise Refused.one("IMP-01", "只能导入 Excel（xlsx、xls、et）或 CSV 文件，请另存后再传", "file")
    if not size:
        raise Refused.one("FILE-03", "文件是空的，没有任何内容。请重新选择文件", "file")
    return called


def upload(file: IO[bytes], *, name: str, size: int, by: Actor) -> RegisterImport:
    """Take a workbook in: it lies in the quarantine until it is read and imported."""
    digest, item = blobs.digest_of(file), quarantine.put(file, name=name)
    try:
        return _enter(item, name, size, digest, by=by)
    except BaseException:
        quarantine.wipe(item)
        raise


@act("upload_import", "上传历史台账")
def _enter(item: str, name: str, size: int, digest: str, *, by: Actor) -> RegisterImport:
    run = RegisterImport.objects.create(
        tenant_id=by.office,
        file_name=name,
        size=size,
        digest=digest,
        quarantine_id=item,
        created_by_id=by.me,
        created_at=clock.now(),
    )
    turns.next_turn(run)
    _note(run, "upload_import", "上传历史台账", f"{name}，文件摘要 {digest[:16]}", by)
    return run


@act("check_import", "核对历史台账")
def check_again(
    run: RegisterImport, *, sheet_no: int, header_row: int | None, mapping: Mapping[str, int], by: Actor
) -> RegisterImport:
    """Read the workbook again as the clerk says: which sheet, which head, which column is what."""
    run = _locked(run, State.CHECKED)
    if not 0 <= sheet_no < len(run.sheets):
        raise Refused.one("IMP-02", "没有这个工作表，请重新选择", "sheet_no")
    is_same = sheet_no == run.sheet_no and header_row == run.header_row
    if is_same:
        _remember(run, mapping)
    turns.reset(
        run,
        State.READING,
        sheet_no=sheet_no,
        header_row=header_row if is_same or sheet_no == run.sheet_no else None,
        mapping=dict(mapping) if is_same else {},
        notes=[],
    )
    turns.next_turn(run)
    _note(run, "check_import", "核对历史台账", run.file_name, by)
    return run


def _remember(run: RegisterImport, mapping: Mapping[str, int]) -> None:
    """Keep what the office calls its columns, also that a column means nothing."""
    meant = {at: field for field, at in mapping.items()}
    for at, head in enumerate(run.heads):
        key = columns.head_key(head)
        if key and meant.get(at, "") != columns.field_of(head, {}):
            ColumnHabit.objects.update_or_create(
                tenant_id=run.tenant_id, head=key, defaults={"field": meant.get(at, "")}
            )
        elif key:
            ColumnHabit.objects.filter(tenant_id=run.tenant_id, head=key).delete()


@act("start_import", "导入历史台账")
def start(run: RegisterImport, *, only_good: bool, by: Actor) -> RegisterImport:
    """Let the worker write the rows: all that have no error, or all or nothing."""
    run = _locked(run, State.CHECKED)
    _refuse_start(run, only_good)
    gaps.go_on_after(run, by=by)
    _forget_file(run)
    turns.reset(run, State.RUNNING, only_good=only_good, started_at=clock.now(), created_by_id=by.me)
    turns.next_turn(run)
    how = "只导入没有错误的行" if only_good else "全部导入，否则一行不导"
    data = {"sm3": run.digest, "rows": run.total, "faulty": run.faulty}
    text = f"{run.file_name}：{run.total}行，{how}；文件摘要 {run.digest[:16]}"
    _note(run, "start_import", "导入历史台账", text, by, data=data, key_act=True)
    return run


def _refuse_start(run: RegisterImport, only_good: bool) -> None:
    if lacking := columns.missing(run.mapping):
        raise Refused.one("IMP-03", f"还不知道哪一列是{'、'.join(lacking)}，请先选定列的对应")
    if not run.good:
        raise Refused.one("IMP-04", "没有一行可以导入，请按错误表改好后重新上传")
    if run.faulty and not only_good:
        raise Refused.one("IMP-05", f"还有{run.faulty}行有错误，改好重新上传，或选“只导入没有错误的行”")
    others = RegisterImport.objects.filter(tenant_id=run.tenant_id).exclude(pk=run.pk)
    if other := others.filter(state__in=[State.RUNNING, State.PAUSED, State.UNDOING]).first():
        raise Refused.one(
            "IMP-06", f"《{other.file_name}》{other.get_state_display()}，等它办完或中止后再导入这一份"
        )
    since = others.filter(finished_at__gt=run.judged_at) | others.filter(undone_at__gt=run.judged_at)
    if since.exists():
        raise Refused.one("IMP-07", "核对之后又导入或撤销了别的台账，请点“重新核对”再导入")


@act("pause_import", "暂停导入")
def pause(run: RegisterImport, *, by: Actor) -> RegisterImport:
    """Stop after the chunk in hand; nothing is lost."""
    run = _locked(run, State.RUNNING)
    run.state = State.PAUSED
    run.save(update_fields=["state"])
    _note(run, "pause_import", "暂停导入", f"{run.file_name}，已办到第{run.cursor}行", by)
    return run


@act("resume_import", "继续导入")
def resume(run: RegisterImport, *, by: Actor) -> RegisterImport:
    """Go on where it stopped; in the name of who says so."""
    run = _locked(run, State.PAUSED)
    run.state, run.problem, run.created_by_id = State.RUNNING, "", by.me
    run.save(update_fields=["state", "problem", "created_by"])
    turns.next_turn(run)
    _note(run, "resume_import", "继续导入", f"{run.file_name}，从第{run.cursor}行以后", by)
    return run


@act("stop_import", "中止导入")
def stop(run: RegisterImport, *, by: Actor) -> RegisterImport:
    """Leave it at what is written; that can still be undone as a whole."""
    run = _locked(run, State.RUNNING, State.PAUSED)
    run.state, run.finished_at = State.STOPPED, clock.now()
    run.save(update_fields=["state", "finished_at"])
    if not (run.created or run.merged):
        gaps.fall_back(run)
    note_run(run, "stop_import", "中止导入", by)
    return run


@act("discard_import", "放弃导入")
def discard(run: RegisterImport, *, by: Actor) -> RegisterImport:
    """Forget a workbook that was not imported, with its rows."""
    run = _locked(run, State.READING, State.CHECKED, State.FAILED)
    _forget_file(run)
    ImportRow.objects.filter(run=run).delete()
    run.state, run.turn = State.DISCARDED, run.turn + 1
    run.save(update_fields=["state", "turn", "quarantine_id"])
    _note(run, "discard_import", "放弃导入", run.file_name, by)
    return run


@act("undo_import", "撤销导入")
def undo(run: RegisterImport, *, reason: str, by: Actor) -> RegisterImport:
    """Take the import back as a whole, as long as nothing was done to its papers."""
    run = _locked(run, State.DONE, State.STOPPED)
    if not reason.strip():
        raise Refused.one("IMP-08", "请写明撤销的理由", "reason")
    if found := list(undoing.touched(run)[:5]):
        raise Refused.one(
            "IMP-09", f"导入后已有人办理过其中的{undoing.numbers_said(found)}等件，不能整批撤销；请逐件更正"
        )
    others = RegisterImport.objects.filter(tenant_id=run.tenant_id).exclude(pk=run.pk)
    if others.filter(state__in=[State.RUNNING, State.PAUSED, State.UNDOING]).exists():
        raise Refused.one("IMP-06", "另有台账正在导入或撤销，等它办完后再撤销这一份")
    turns.reset(run, State.UNDOING, undo_reason=reason.strip()[:200], created_by_id=by.me)
    turns.next_turn(run)
    text = f"{run.file_name}：新建{run.created}件、并件{run.merged}件；{run.undo_reason}"
    _note(run, "undo_import", "撤销导入", text, by, key_act=True)
    return run


def _forget_file(run: RegisterImport) -> None:
    item, run.quarantine_id = run.quarantine_id, ""
    after_commit(lambda: quarantine.wipe(item))


def _locked(run: RegisterImport, *states: str) -> RegisterImport:
    found = turns.locked(run.pk)
    if found.state not in states:
        raise Refused.one("IMP-10", BUSY.format(state=found.get_state_display()))
    return found


def _note(run: RegisterImport, verb: str, label: str, text: str, by: Actor, **extra: object) -> None:
    record(
        verb,
        by=by,
        object_kind="register_import",
        object_id=run.public_id,
        label=label,
        text=text,
        **extra,  # type: ignore[arg-type]
    )
