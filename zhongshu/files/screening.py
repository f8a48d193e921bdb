"""What every way in shares: a file that passed, the words for one that must not, and who is told of it."""

import io
from dataclasses import dataclass
from typing import IO, Any, cast

from django.core.files.base import File
from django.core.files.uploadedfile import UploadedFile

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal
from zhongshu.base.trail import Outcome, log_event
from zhongshu.files.limits import SECRET_ADVICE
from zhongshu.files.reading.types import FileType
from zhongshu.matters import settings
from zhongshu.matters.notices import tell
from zhongshu.people.defaults import SEC_ADMIN
from zhongshu.people.queries import holders

Upload = UploadedFile | File | IO[bytes] | bytes

SECRET = "疑似涉密内容，本系统为非涉密系统，禁止上传，请通过机要渠道办理"
NOT_PROMISED = Refusal("FILE-07", "请先确认文件不涉及国家秘密，再上传", "promise")


@dataclass(frozen=True)
class Received:
    """A file that passed and whose bytes lie in the store; it becomes an attachment by `actions.attach_all`.

    It comes from a clean drop: attaching takes that drop, once.
    """

    name: str
    file_type: FileType
    size: int
    digest: str
    tenant_id: int
    page_count: int
    has_text: bool
    drop_id: int


def secret_words(tenant_id: int) -> str:
    """Say that a file looks classified, and where the office takes such papers instead."""
    advice = str(settings.get(SECRET_ADVICE, tenant_id)).strip()
    return f"疑似涉密内容，本系统为非涉密系统，禁止上传，{advice}" if advice else SECRET


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


def as_file(upload: Upload) -> IO[bytes]:
    """Return the open file behind what was given."""
    if isinstance(upload, bytes):
        return io.BytesIO(upload)
    return cast(IO[bytes], getattr(upload, "file", upload))


def size_of(file: IO[bytes]) -> int:
    """Return how many bytes a file has."""
    return file.seek(0, 2)
