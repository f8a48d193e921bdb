"""The limited process: a file on standard input, a task as JSON in the argument, an answer as JSON out."""

import importlib
import json
import os
import resource
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

from recognize.troubles import Unreadable
from zhongshu.files import gate
from zhongshu.files.reading import archives, inside
from zhongshu.files.reading.sniff import sniff
from zhongshu.files.reading.troubles import Trouble

LARGEST_ANSWER = 200 * 2**20
PACKAGES = frozenset({"docx", "xlsx", "pptx", "ofd"})
HERE = "zhongshu.files.reading."

# Modules are loaded by name so that a text file does not wait for the PDF engine.
READERS: dict[str, tuple[str, dict[str, str]]] = {
    "pdf": ("pdf", {}),
    "docx": ("word", {}),
    "xlsx": ("sheets", {}),
    "pptx": ("packages", {"code": "pptx"}),
    "ofd": ("ofd", {}),
    "doc": ("legacy", {}),
    "xls": ("legacy", {}),
    "ppt": ("legacy", {}),
    "txt": ("plain", {}),
}


def main() -> None:
    """Do one task and print its answer."""
    task = json.loads(sys.argv[1])
    _limit(int(task["seconds"]), int(task["memory"]))
    with os.fdopen(os.dup(0), "rb") as file:
        sys.stdout.write(json.dumps(answer_to(task, file), ensure_ascii=False))


def _limit(seconds: int, memory: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    os.nice(5)


def answer_to(task: dict[str, Any], file: IO[bytes]) -> dict[str, Any]:
    """Do a task and return what goes back; what is refused is shown to the gate all the same."""
    answer = _answer(task, file)
    if "trouble" in answer and task["task"] == "look":
        answer["reasons"] = _reasons_anyway(file)
    return answer


def _answer(task: dict[str, Any], file: IO[bytes]) -> dict[str, Any]:
    try:
        return {"answer": _do(task, file)}
    except Trouble as trouble:
        return {"trouble": trouble.code, "detail": trouble.detail}
    except Unreadable as unread:
        return {"trouble": unread.code, "detail": unread.detail}
    except (MemoryError, RecursionError) as error:
        return {"trouble": "bomb", "detail": type(error).__name__}
    except Exception as error:  # a stranger's file may break a parser in any way it likes
        return {"trouble": "broken", "detail": f"{type(error).__name__}: {error}"[:200]}


def _reasons_anyway(file: IO[bytes]) -> list[dict[str, Any]]:
    """Ask the gate about what is refused for another reason: an archive, a locked or a broken file."""
    reasons: list[gate.Reason] = []
    try:
        file.seek(0)
        for piece in inside.pieces(file.read()):
            reasons += gate.judge([piece])
    except Exception:  # a bomb is refused as what it is; what it showed before counts
        pass
    return [reason.as_json() for reason in dict.fromkeys(reasons)]


def _do(task: dict[str, Any], file: IO[bytes]) -> Any:
    code = sniff(file)
    name, given = READERS.get(code, ("images", {}))
    if known := TASKS.get(task["task"]):
        return known(task, file, code)
    match task["task"]:
        case "look":
            look = _module(name).look(file, **given)
            if code in PACKAGES:
                look["pictures"] = archives.is_only_pictures(file, look["text"])
                look["scans"] = archives.count_pictures(file)
            reasons = gate.judge(_module("carriers").pieces(file, code, look))
            return {"type": code, **look, "reasons": [reason.as_json() for reason in reasons]}
        case "glance":
            return {"png": _module(name).glance(file, number=task["number"], width=task["width"])}
        case "blocks":
            return _module(name).blocks(file, **given)
        case unknown:
            raise ValueError(unknown)


def _draw(task: dict[str, Any], file: IO[bytes], code: str) -> dict[str, Any]:
    folder, name = Path(task["folder"]), READERS.get(code, ("images", {}))[0]
    if task.get("laid"):
        _module("laid").draw(_laid(file, code), task["numbers"], task["width"], folder)
    else:
        _module(name).draw(file, numbers=task["numbers"], width=task["width"], folder=folder)
    return {}


def _letters(task: dict[str, Any], file: IO[bytes], code: str) -> dict[str, Any]:
    _module("layers").write(file, Path(task["path"]), _laid(file, code) if task.get("laid") else None)
    return {}


def _layer(task: dict[str, Any], file: IO[bytes], code: str) -> Any:
    tell = _teller(task["tell"])
    return _module("recognizing").answer(file, code, eyes=task["eyes"], most=task.get("most"), tell=tell)


def _sheets(_: dict[str, Any], file: IO[bytes], code: str) -> dict[str, Any]:
    return {"pages": len(_laid(file, code))}


def _codes(_: dict[str, Any], file: IO[bytes], code: str) -> dict[str, Any]:
    return {"codes": _module("codes").read_codes(file, code=code)}


def _tables(task: dict[str, Any], file: IO[bytes], code: str) -> Any:
    return _module("tables").tables(file, code=code, folder=task["folder"], sheet=task["sheet"])


TASKS: dict[str, Callable[[dict[str, Any], IO[bytes], str], Any]] = {
    "draw": _draw,
    "letters": _letters,
    "layer": _layer,
    "sheets": _sheets,
    "codes": _codes,
    "tables": _tables,
}


def _teller(number: int) -> Callable[[int, int], None]:
    """Return what tells the other side how many pages are done; it may have stopped listening."""

    def tell(done: int, total: int) -> None:
        with suppress(OSError):
            os.write(number, b"%d %d\n" % (done, total))

    return tell


def _module(name: str) -> Any:
    return importlib.import_module(HERE + name)


def _laid(file: IO[bytes], code: str) -> Any:
    """Return a flowing document laid out on sheets."""
    name, given = READERS[code]
    return _module("laid").sheets_of(_module(name).blocks(file, **given), code)


if __name__ == "__main__":
    main()
