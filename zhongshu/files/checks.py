"""What every file is examined for before anybody may keep it: type, size, soundness, viruses, marks of secrecy."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import IO, Any

from zhongshu.base.refusals import Refusal, Refused
from zhongshu.files import gate, names, sandbox, virus
from zhongshu.files.limits import largest_mb, obstacles_of_camera, obstacles_of_type
from zhongshu.files.reading.troubles import Trouble
from zhongshu.files.reading.types import BY_CODE, FileType
from zhongshu.files.uploads import MB, too_large

TROUBLES = {
    "broken": Refusal("FILE-05", "文件打不开，可能已损坏或没有传完整。请在电脑上打开确认后重新上传", "file"),
    "empty": Refusal("FILE-03", "文件是空的，没有任何内容。请重新选择文件", "file"),
    "encrypted": Refusal("FILE-05", "文件设了打开密码，无法检查。请去掉密码后再上传", "file"),
    "entities": Refusal("FILE-05", "文件的 XML 带有文档类型声明，打不开。请用原程序另存一份后再上传", "file"),
    "too_deep": Refusal("FILE-06", "文件内部嵌套过深，为安全起见不予接收。请另存一份后再试", "file"),
    "bomb": Refusal("FILE-06", "文件展开后异常庞大或过于复杂，为安全起见不予接收。请另存一份后再试", "file"),
    "polyglot": Refusal(
        "FILE-04", "文件同时是两种格式，为安全起见不予接收。请用原程序重新导出后再上传", "file"
    ),
    "too_many_pages": Refusal("FILE-06", "文件页数过多（最多 3000 页），请分成几份上传", "file"),
    "macro": Refusal("FILE-01", "文件带有宏程序，不能上传。请另存为不带宏的文档", "file"),
}


@dataclass(frozen=True)
class Checked:
    """What a file is and says, why the gate doubts it, and why it could not be taken even if the gate let it through."""

    file_type: FileType | None
    page_count: int = 0
    has_text: bool = False
    text: str = ""
    reasons: tuple[gate.Reason, ...] = ()
    refused: Refused | None = None
    has_pictures: bool = False
    scans: int = 0

    @property
    def sound_type(self) -> FileType:
        """Return the type of a file that may be taken; raises `Refused` for what else is wrong with it."""
        if self.refused is not None or self.file_type is None:
            raise self.refused or Refused(TROUBLES["broken"])
        return self.file_type


def check_size(size: int, tenant_id: int) -> None:
    """Refuse what is empty or larger than the office takes."""
    if size == 0:
        raise Refused(TROUBLES["empty"])
    if size > largest_mb(tenant_id) * MB:
        raise Refused(too_large(largest_mb(tenant_id)))


def check(file: IO[bytes], name: str, size: int, tenant_id: int) -> Checked:
    """Examine a file in the limited process; raises `sandbox.Busy` when it is not its turn.

    Raises `Refused` too, unless marks of secrecy weigh more than what else is wrong.
    """
    check_size(size, tenant_id)
    checked = _looked_at(file, name, size, tenant_id)
    if checked.refused is not None and gate.kind_of(checked.reasons) != "classified":
        raise checked.refused
    return checked


def _looked_at(file: IO[bytes], name: str, size: int, tenant_id: int) -> Checked:
    _, extension = names.split(name)
    try:
        look = sandbox.read("look", file)
    except Trouble as trouble:
        refused = refused_for(trouble, extension, tenant_id)
        return Checked(None, reasons=reasons_in(trouble.reasons), refused=refused)
    file_type = BY_CODE[look["type"]]
    obstacles = obstacles_of_type(file_type, extension, size, tenant_id)
    obstacles += obstacles_of_camera(look.get("camera", False), tenant_id)
    obstacles = obstacles or virus.obstacles_of(file)
    return Checked(
        file_type,
        look["pages"],
        look["has_text"],
        look["text"],
        reasons_in(look["reasons"]),
        Refused(*obstacles) if obstacles else None,
        look.get("pictures", False),
        look.get("scans", 0),
    )


def reasons_in(answer: Iterable[dict[str, Any]]) -> tuple[gate.Reason, ...]:
    """Read the gate's reasons out of an answer of the limited process."""
    return tuple(gate.Reason(**reason) for reason in answer)


def refused_for(trouble: Trouble, extension: str, tenant_id: int) -> Refused:
    """Say in the office's words what is wrong with a file."""
    known = TROUBLES.get(trouble.code)
    return Refused(*([known] if known else obstacles_of_type(None, extension, 0, tenant_id)))
