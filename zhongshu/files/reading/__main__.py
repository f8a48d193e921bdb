"""The limited process: a file on standard input, a task as JSON in the argument, an answer as JSON out."""

import importlib
import json
import os
import resource
import sys
from pathlib import Path
from typing import IO, Any

from zhongshu.files.reading.sniff import sniff
from zhongshu.files.reading.troubles import Trouble

MEMORY = 1_536 * 2**20
LARGEST_ANSWER = 200 * 2**20
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
    _limit(int(task["seconds"]))
    with os.fdopen(os.dup(0), "rb") as file:
        sys.stdout.write(json.dumps(_answer(task, file), ensure_ascii=False))


def _limit(seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (LARGEST_ANSWER, LARGEST_ANSWER))
    os.nice(5)


def _answer(task: dict[str, Any], file: IO[bytes]) -> dict[str, Any]:
    try:
        return {"answer": _do(task, file)}
    except Trouble as trouble:
        return {"trouble": trouble.code, "detail": trouble.detail}
    except (MemoryError, RecursionError) as error:
        return {"trouble": "bomb", "detail": type(error).__name__}
    except Exception as error:  # a stranger's file may break a parser in any way it likes
        return {"trouble": "broken", "detail": f"{type(error).__name__}: {error}"[:200]}


def _do(task: dict[str, Any], file: IO[bytes]) -> Any:
    code = sniff(file)
    name, given = READERS.get(code, ("images", {}))
    match task["task"]:
        case "look":
            return {"type": code, **_module(name).look(file, **given)}
        case "blocks":
            return _module(name).blocks(file, **given)
        case "draw":
            folder = Path(task["folder"])
            if task.get("laid"):
                _module("laid").draw(_laid(name, given, file, code), task["numbers"], task["width"], folder)
            else:
                _module(name).draw(file, numbers=task["numbers"], width=task["width"], folder=folder)
            return {}
        case "sheets":
            return {"pages": len(_laid(name, given, file, code))}
        case "letters":
            sheets = _laid(name, given, file, code) if task.get("laid") else None
            _module("layers").write(file, Path(task["path"]), sheets)
            return {}
        case "codes":
            return {"codes": _module("codes").read_codes(file, code=code)}
        case unknown:
            raise ValueError(unknown)


def _module(name: str) -> Any:
    return importlib.import_module(HERE + name)


def _laid(name: str, given: dict[str, str], file: IO[bytes], code: str) -> Any:
    """Return a flowing document laid out on sheets."""
    return _module("laid").sheets_of(_module(name).blocks(file, **given), code)


if __name__ == "__main__":
    main()
