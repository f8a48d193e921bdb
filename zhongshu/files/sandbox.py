"""Runs `files.reading` on a file in a process with little time and memory, and reads its answer."""

import json
import os
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import IO, Any

import zhongshu
from zhongshu.files.reading.troubles import Trouble

SECONDS = 20
WALL_SECONDS = 40
AT_ONCE = 3
LARGEST_ANSWER = 16 * 2**20
HOME = Path(zhongshu.__file__).resolve().parent.parent

_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):  # noqa: N818 - not an error: come again
    """Too many files are being read at this moment."""


def read(task: str, file: IO[bytes], *, seconds: int = SECONDS, **given: Any) -> dict[str, Any]:
    """Do one task on the file, or raise `Trouble`; never takes longer than the wall clock allows."""
    if not _places.acquire(timeout=WALL_SECONDS):
        raise Busy(task)
    try:
        with _on_disk(file) as source, tempfile.TemporaryFile() as answer:
            source.seek(0)
            code = _run({"task": task, "seconds": seconds, **given}, source, answer)
            return _answered(code, answer)
    finally:
        _places.release()


def _run(task: dict[str, Any], source: IO[bytes], answer: IO[bytes]) -> int:
    command = [sys.executable, "-m", "zhongshu.files.reading", json.dumps(task)]
    try:
        return subprocess.run(
            command,
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            cwd=HOME,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
            timeout=WALL_SECONDS,
            check=False,
        ).returncode
    except subprocess.TimeoutExpired as error:
        raise Trouble("bomb", "timeout") from error


def _answered(code: int, answer: IO[bytes]) -> dict[str, Any]:
    answer.seek(0)
    text = answer.read(LARGEST_ANSWER)
    if code != 0 or not text:
        # A killed process ran out of processor time or memory; a crash is the file's doing as well.
        raise Trouble("bomb" if code < 0 else "broken", f"exit {code}")
    try:
        found: dict[str, Any] = json.loads(text)
    except ValueError as error:
        raise Trouble("bomb", "answer") from error
    if "trouble" in found:
        raise Trouble(found["trouble"], found.get("detail", ""))
    answered: dict[str, Any] = found["answer"]
    return answered


class _on_disk:  # noqa: N801 - used as a with-word
    """The file itself where it has a number, else a nameless copy on disk."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._copy: IO[bytes] | None = None

    def __enter__(self) -> IO[bytes]:
        try:
            self._file.fileno()
        except (OSError, AttributeError):
            self._copy = tempfile.TemporaryFile()
            self._file.seek(0)
            while piece := self._file.read(1 << 20):
                self._copy.write(piece)
            self._copy.flush()
            return self._copy
        self._file.flush()
        return self._file

    def __exit__(self, *_: object) -> None:
        if self._copy is not None:
            self._copy.close()
