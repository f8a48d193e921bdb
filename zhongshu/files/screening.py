"""Everything a file must pass before it is kept: type, size, soundness, and the first gate of 涉密."""

import io
from dataclasses import dataclass
from typing import IO, cast

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from zhongshu.base import acts
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import Outcome, log_event
from zhongshu.files import blobs, names, sandbox, secrecy, texts, virus
from zhongshu.files.limits import largest_mb, obstacles_of_type
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.reading.types import BY_CODE, FileType
from zhongshu.files.uploads import MB, too_large
from zhongshu.matters.notices import tell
from zhongshu.people.defaults import SEC_ADMIN
from zhongshu.people.queries import holders

Upload = UploadedFile | File | IO[bytes] | bytes

SECRET = "疑似涉密内容，本系统为非涉密系统，禁止上传，请通过机要渠道办理"
TROUBLES = {
    "broken": Refusal("FILE-05", "文件打不开，可能已损坏或没有传完整。请在电脑上打开确认后重新上传", "file"),
    "encrypted": Refusal("FILE-05", "文件设了打开密码，无法检查。请去掉密码后再上传", "file"),
    "bomb": Refusal("FILE-06", "文件展开后异常庞大或过于复杂，为安全起见不予接收。请另存一份后再试", "file"),
    "too_many_pages": Refusal("FILE-06", "文件页数过多，请分成几份上传", "file"),
    "macro": Refusal("FILE-01", "文件带有宏程序，不能上传。请另存为不带宏的文档", "file"),
}


@dataclass(frozen=True)
class Received:
    """A file that passed and whose bytes lie in the store; it becomes an attachment by `actions.attach`."""

    name: str
    file_type: FileType
    size: int
    digest: str
    tenant_id: int
    page_count: int
    has_text: bool


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
    with sandbox.on_disk(_as_file(upload)) as file:
        size, digest = _size_of(file), blobs.digest_of(file)
        try:
            return _screened(file, called, size, digest, tenant_id, promised)
        except Refused as refused:
            _note_refusal(refused, by=by, digest=digest, size=size, name=called)
            raise _telling_digest(refused, digest) from refused


def _screened(file: IO[bytes], name: str, size: int, digest: str, tenant_id: int, promised: bool) -> Received:
    if not promised:
        raise Refused.one("FILE-07", "请先确认文件不涉及国家秘密，再上传", "promise")
    if secrecy.is_suspect(name=name):
        raise Refused.one("DOC-01", SECRET, "file")
    if size == 0:
        raise Refused.one("FILE-03", "文件是空的，没有任何内容。请重新选择文件", "file")
    if size > largest_mb(tenant_id) * MB:
        raise Refused(too_large(largest_mb(tenant_id)))
    _, extension = names.split(name)
    look = _look(file, extension, tenant_id)
    file_type = BY_CODE[str(look["type"])]
    if reasons := obstacles_of_type(file_type, extension, size, tenant_id):
        raise Refused(*reasons)
    if secrecy.is_suspect(first_text=str(look["first_text"]), meta_text=str(look["meta_text"])):
        raise Refused.one("DOC-01", SECRET, "file")
    if reasons := virus.obstacles_of(file):
        raise Refused(*reasons)
    blobs.put(tenant_id, digest, file, size)
    texts.keep(tenant_id, digest, str(look["text"]))
    return Received(
        name=names.with_extension_of(name, file_type),
        file_type=file_type,
        size=size,
        digest=digest,
        tenant_id=tenant_id,
        page_count=int(str(look["pages"])),
        has_text=bool(look["has_text"]),
    )


def _look(file: IO[bytes], extension: str, tenant_id: int) -> dict[str, object]:
    try:
        return sandbox.read("look", file)
    except sandbox.Busy as error:
        raise Refused.one("FILE-08", "正在检查的文件太多，请过一分钟再传", "file") from error
    except Trouble as trouble:
        known = TROUBLES.get(trouble.code)
        reasons = [known] if known else obstacles_of_type(None, extension, 0, tenant_id)
        raise Refused(*reasons) from trouble


def _note_refusal(refused: Refused, *, by: Actor, digest: str, size: int, name: str) -> None:
    """Leave in the trail that and why a file was refused; of a suspect one not even its name."""
    if acts.current() is not None:
        return  # the act writes the refusal after its rollback
    data = {"codes": refused.codes, "sm3": digest, "size": size}
    if "DOC-01" in refused.codes:
        # Without the form's key: this is no answer to the form.
        raise_alarm(data, by=by.with_key(""))
        return
    log_event(
        "refuse_file",
        by=by,
        label="拒收文件",
        outcome=Outcome.REFUSED,
        object_kind="file",
        text=f"{name}：{refused}",
        data=data,
    )


@act("refuse_secret_file")
def raise_alarm(data: dict[str, object], *, by: Actor) -> None:
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
    words = (
        f"拦截疑似涉密文件一份，上传人{by.display}（{by.unit_name}），摘要 {str(data['sm3'])[:16]}，请核查"
    )
    tell(officers, matter=None, text=words, by=by, event="secret_upload")


def _telling_digest(refused: Refused, digest: str) -> Refused:
    """Inside an act only the words reach the trail, so they carry the digest."""
    if acts.current() is None or "DOC-01" not in refused.codes:
        return refused
    return Refused.one("DOC-01", f"{SECRET}（文件摘要 {digest}）", "file")


def _as_file(upload: Upload) -> IO[bytes]:
    """Return the open file behind what was given."""
    if isinstance(upload, bytes):
        return io.BytesIO(upload)
    return cast(IO[bytes], getattr(upload, "file", upload))


def _size_of(file: IO[bytes]) -> int:
    return file.seek(0, 2)
