"""Runs `files.reading` on a file in a process with little time and memory, and reads its answer."""

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
        with on_disk(file) as source, tempfile.TemporaryFile() as answer:
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


@contextmanager
def on_disk(file: IO[bytes]) -> Iterator[IO[bytes]]:
    """Give the file itself where it has a number, else a nameless copy, so that other processes can read it."""
    try:
        file.fileno()
    except (OSError, AttributeError):
        with tempfile.TemporaryFile() as copy:
            file.seek(0)
            shutil.copyfileobj(file, copy, 1 << 20)
            copy.flush()
            yield copy
    else:
        file.flush()
        yield file
