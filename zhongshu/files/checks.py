"""What every file is examined for before anybody may keep it: type, size, soundness, viruses, marks of secrecy."""

from dataclasses import dataclass
from typing import IO

from zhongshu.base.refusals import Refusal, Refused
from zhongshu.files import gate, names, sandbox, virus
from zhongshu.files.limits import largest_mb, obstacles_of_type
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
    "too_many_pages": Refusal("FILE-06", "文件页数过多，请分成几份上传", "file"),
    "macro": Refusal("FILE-01", "文件带有宏程序，不能上传。请另存为不带宏的文档", "file"),
}


@dataclass(frozen=True)
class Checked:
    """A sound file of a known type, what it says, and why the gate doubts it."""

    file_type: FileType
    page_count: int
    has_text: bool
    text: str
    reasons: tuple[gate.Reason, ...]


def check_size(size: int, tenant_id: int) -> None:
    """Refuse what is empty or larger than the office takes."""
    if size == 0:
        raise Refused(TROUBLES["empty"])
    if size > largest_mb(tenant_id) * MB:
        raise Refused(too_large(largest_mb(tenant_id)))


def check(file: IO[bytes], name: str, size: int, tenant_id: int) -> Checked:
    """Examine a file in the limited process; raises `Refused`, or `sandbox.Busy` when it is not its turn."""
    check_size(size, tenant_id)
    _, extension = names.split(name)
    look = look_at(file, extension, tenant_id)
    file_type = BY_CODE[look["type"]]
    reasons = tuple(gate.Reason(**reason) for reason in look["reasons"])
    if gate.kind_of(reasons) == "clean":
        obstacles = obstacles_of_type(file_type, extension, size, tenant_id) or virus.obstacles_of(file)
        if obstacles:
            raise Refused(*obstacles)
    return Checked(file_type, look["pages"], look["has_text"], look["text"], reasons)


def look_at(file: IO[bytes], extension: str, tenant_id: int) -> dict:
    """Take the first look; a file that cannot be looked at is refused in the office's words."""
    try:
        return sandbox.read("look", file)
    except Trouble as trouble:
        raise refused_for(trouble, extension, tenant_id) from trouble


def refused_for(trouble: Trouble, extension: str, tenant_id: int) -> Refused:
    """Say in the office's words what is wrong with a file."""
    known = TROUBLES.get(trouble.code)
    return Refused(*([known] if known else obstacles_of_type(None, extension, 0, tenant_id)))
