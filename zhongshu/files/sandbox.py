"""Runs `files.reading` on a file in a process with little time and memory, and reads its answer."""

import json
import os
import select
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any

import zhongshu
from zhongshu.files.reading.troubles import Trouble

SECONDS = 20
WALL_SECONDS = 40
AT_ONCE = 3
LARGEST_ANSWER = 64 * 2**20
HOME = Path(zhongshu.__file__).resolve().parent.parent
GB = 2**30

Progress = Callable[[int, int], None]


class Busy(Exception):  # noqa: N818 - not an error: come again
    """Too many files are being read at this moment."""


@dataclass(frozen=True)
class Room:
    """How much a kind of task may take: processor seconds, memory, and how many of them at once."""

    seconds: int
    memory: int
    places: threading.BoundedSemaphore = field(compare=False)


QUICK = Room(SECONDS, 3 * GB // 2, threading.BoundedSemaphore(AT_ONCE))
# Recognition by eye needs models in memory and seconds for each page.
ROOMY = Room(1200, 8 * GB, threading.BoundedSemaphore(1))


def read(
    task: str,
    file: IO[bytes],
    *,
    room: Room = QUICK,
    wall: float = 0,
    patience: float | None = None,
    seconds: int = 0,
    progress: Progress | None = None,
    **given: Any,
) -> dict[str, Any]:
    """Do one task on the file, or raise `Trouble`; never takes longer than the wall clock allows.

    `patience`: how long to wait for a place before `Busy`; as long as the wall unless given.
    """
    wall = wall or WALL_SECONDS
    if not room.places.acquire(timeout=wall if patience is None else patience):
        raise Busy(task)
    order = {"task": task, "seconds": seconds or room.seconds, "memory": room.memory, **given}
    try:
        # In memory: what a suspect says must not touch a disk on its way to the gate.
        with on_disk(file) as source, os.fdopen(os.memfd_create("answer"), "w+b") as answer:
            source.seek(0)
            code = _run(order, source, answer, wall, progress)
            return _answered(code, answer)
    finally:
        room.places.release()


def _run(
    order: dict[str, Any], source: IO[bytes], answer: IO[bytes], wall: float, progress: Progress | None
) -> int:
    heard, told = os.pipe()
    try:
        process = subprocess.Popen(
            [sys.executable, "-m", "zhongshu.files.reading", json.dumps(order | {"tell": told})],
            stdin=source,
            stdout=answer,
            stderr=subprocess.DEVNULL,
            pass_fds=(told,),
            cwd=HOME,
            env={"PATH": os.defpath, "LANG": "C.UTF-8", "PYTHONDONTWRITEBYTECODE": "1"},
        )
    finally:
        os.close(told)
    until = time.monotonic() + wall
    try:
        _listen(heard, until, progress)
        return process.wait(timeout=max(1.0, until - time.monotonic()))
    except subprocess.TimeoutExpired as error:
        raise Trouble("bomb", "timeout") from error
    finally:
        process.kill()
        process.wait()
        os.close(heard)


def _listen(heard: int, until: float, progress: Progress | None) -> None:
    """Pass on what the process tells of its pages, until it ends; time out when it does not."""
    waiting = b""
    while True:
        ready, _, _ = select.select([heard], [], [], max(0.0, until - time.monotonic()))
        if not ready:
            raise subprocess.TimeoutExpired("reading", 0)
        piece = os.read(heard, 4096)
        if not piece:
            return
        *lines, waiting = (waiting + piece).split(b"\n")
        if progress and lines:
            _pass_on(lines[-1], progress)
        waiting = waiting[-100:]


def _pass_on(line: bytes, progress: Progress) -> None:
    done, _, total = line.partition(b" ")
    if done.isdigit() and total.isdigit() and len(line) < 30:
        progress(int(done), int(total))


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
        raise Trouble(found["trouble"], found.get("detail", ""), tuple(found.get("reasons", ())))
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
