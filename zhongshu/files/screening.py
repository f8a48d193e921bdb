"""Takes a file in at once, for forms that cannot wait: checked, passed by the gate, and laid into the store."""

import io
from dataclasses import dataclass
from typing import IO, Any, cast

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from zhongshu.base import acts
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import Outcome, log_event
from zhongshu.files import blobs, checks, gate, names, releases, sandbox, texts
from zhongshu.files.checks import Checked
from zhongshu.files.limits import EYE_PAGES, SECRET_ADVICE
from zhongshu.files.models import Drop, DropSource, DropState
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.reading.types import FileType
from zhongshu.matters import settings
from zhongshu.matters.notices import tell
from zhongshu.people.defaults import SEC_ADMIN
from zhongshu.people.queries import holders

PAGES_AT_ONCE = 3
Upload = UploadedFile | File | IO[bytes] | bytes

SECRET = "疑似涉密内容，本系统为非涉密系统，禁止上传，请通过机要渠道办理"
NOT_PROMISED = Refusal("FILE-07", "请先确认文件不涉及国家秘密，再上传", "promise")
BUSY = Refusal("FILE-08", "正在检查的文件太多，请过一分钟再传", "file")
DOUBTFUL = Refusal(
    "FILE-30", "文件里有像密级标志的字样，须由保密审查人判断。请放进上传篮，审查后再从上传篮取用", "file"
)


@dataclass(frozen=True)
class Received:
    """A file that passed and whose bytes lie in the store; it becomes an attachment by `actions.attach`.

    `drop_id` says from which drop it comes: attaching takes that drop, once.
    """

    name: str
    file_type: FileType
    size: int
    digest: str
    tenant_id: int
    page_count: int
    has_text: bool
    drop_id: int | None = None


def receive(
    upload: Upload,
    *,
    tenant_id: int,
    by: Actor,
    name: str = "",
    promised: bool = True,
) -> Received:
    """Check a file and lay its bytes down; call it before the act, since checking takes time.

    `promised`: the uploader ticked that the file holds nothing classified.
    """
    called = names.clean(name or str(getattr(upload, "name", "") or ""))
    with sandbox.on_disk(as_file(upload)) as file:
        size, digest = size_of(file), blobs.digest_of(file)
        try:
            return _screened(file, called, size, digest, tenant_id, promised, by)
        except Refused as refused:
            _note_refusal(refused, by=by, digest=digest, size=size, name=called)
            raise _telling_digest(refused, digest) from refused


def _screened(
    file: IO[bytes], name: str, size: int, digest: str, tenant_id: int, promised: bool, by: Actor
) -> Received:
    if not promised:
        raise Refused(NOT_PROMISED)
    marks = tuple(gate.in_name(name))
    if marks and not releases.is_open(tenant_id, digest):
        raise _held_back(marks, tenant_id)
    try:
        checked = checks.check(file, name, size, tenant_id)
    except sandbox.Busy as error:
        raise Refused(BUSY) from error
    marks += checked.reasons or _seen_by_eye(file, checked, tenant_id)
    if marks and not releases.use(tenant_id, digest, by=by):
        raise _held_back(marks, tenant_id)
    return _kept(file, name, size, digest, tenant_id, checked)


def _seen_by_eye(file: IO[bytes], checked: Checked, tenant_id: int) -> tuple[gate.Reason, ...]:
    """Read the first scanned pages, alone or among printed ones, while the uploader waits; the rest is left to an eye."""
    is_seen = checked.file_type is not None and checked.file_type.showing == "pages"
    has_scans = is_seen and (checked.has_pictures or not checked.has_text)
    if not has_scans or not settings.get(EYE_PAGES, tenant_id):
        return ()
    wall = sandbox.WALL_SECONDS
    try:
        answer = sandbox.read(
            "layer",
            file,
            room=sandbox.ROOMY,
            patience=0,
            wall=wall,
            seconds=2 * wall,
            eyes=True,
            most=PAGES_AT_ONCE,
        )
    except (Trouble, sandbox.Busy):
        return ()
    return checks.reasons_in(answer["reasons"])


def _kept(file: IO[bytes], name: str, size: int, digest: str, tenant_id: int, checked: Checked) -> Received:
    """Lay a file that passed into the store, and its text beside."""
    file_type = checked.sound_type
    blobs.put(tenant_id, digest, file, size)
    texts.keep(tenant_id, digest, checked.text)
    return Received(
        name=names.with_extension_of(name, file_type),
        file_type=file_type,
        size=size,
        digest=digest,
        tenant_id=tenant_id,
        page_count=checked.page_count,
        has_text=checked.has_text,
    )


def secret_words(tenant_id: int) -> str:
    """Say that a file looks classified, and where the office takes such papers instead."""
    advice = str(settings.get(SECRET_ADVICE, tenant_id)).strip()
    return f"疑似涉密内容，本系统为非涉密系统，禁止上传，{advice}" if advice else SECRET


def _held_back(reasons: tuple[gate.Reason, ...], tenant_id: int) -> Refused:
    if gate.kind_of(reasons) == "doubtful":
        return Refused(DOUBTFUL)
    return Refused.one("DOC-01", secret_words(tenant_id), "file")


def _note_refusal(refused: Refused, *, by: Actor, digest: str, size: int, name: str) -> None:
    """Leave in the trail that and why a file was refused; of a suspect one not even its name."""
    if acts.current() is not None:
        return  # the act writes the refusal after its rollback
    data = {"codes": refused.codes, "sm3": digest, "size": size}
    if "DOC-01" in refused.codes:
        # Without the form's key: this is no answer to the form.
        _enter_stopped(data, by=by.with_key(""))
        return
    called = "" if DOUBTFUL.code in refused.codes else f"{name}："
    log_event(
        "refuse_file",
        by=by,
        label="拒收文件",
        outcome=Outcome.REFUSED,
        object_kind="file",
        text=f"{called}{refused}",
        data=data,
    )


@act("refuse_secret_file")
def _enter_stopped(data: dict[str, Any], *, by: Actor) -> None:
    """Enter what was stopped at a form beside the stopped drops: its digest may be asked to be released."""
    raise_alarm(data, uploader=by, by=by)
    if by.tenant_id is not None:
        Drop.objects.create(
            tenant_id=by.tenant_id,
            owner_id=by.person_id,
            owner_name=by.display[:60],
            unit_name=by.unit_name[:100],
            source=DropSource.FORM,
            state=DropState.STOPPED,
            size=data["size"],
            sm3_digest=data["sm3"],
            refusal_code="DOC-01",
            refusal_text=secret_words(by.tenant_id)[:300],
        )


@act("refuse_secret_file")
def raise_alarm(data: dict[str, Any], *, uploader: Actor, by: Actor) -> None:
    """Note the digest of a suspect file and tell the security officers; its name and words stay out."""
    log_event(
        "refuse_secret_file",
        by=by,
        label="拦截疑似涉密文件",
        outcome=Outcome.REFUSED,
        object_kind="file",
        text=SECRET,
        data=data,
    )
    officers = holders(SEC_ADMIN, tenant=by.tenant_id) if by.tenant_id else []
    whose = f"上传人{uploader.display}（{uploader.unit_name}）"
    words = f"拦截疑似涉密文件一份，{whose}，摘要 {str(data['sm3'])[:16]}，请核查"
    tell(officers, matter=None, text=words, by=by, event="secret_upload")


def _telling_digest(refused: Refused, digest: str) -> Refused:
    """Inside an act only the words reach the trail, so they carry the digest."""
    if acts.current() is None or "DOC-01" not in refused.codes:
        return refused
    return Refused.one("DOC-01", f"{SECRET}（文件摘要 {digest}）", "file")


def as_file(upload: Upload) -> IO[bytes]:
    """Return the open file behind what was given."""
    if isinstance(upload, bytes):
        return io.BytesIO(upload)
    return cast(IO[bytes], getattr(upload, "file", upload))


def size_of(file: IO[bytes]) -> int:
    """Return how many bytes a file has."""
    return file.seek(0, 2)
