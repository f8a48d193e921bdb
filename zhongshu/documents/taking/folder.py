"""The watched folder: what a scanner lays down is taken when it no longer grows, then moved to done or failed."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from django.conf import settings as site

from zhongshu.base import clock
from zhongshu.base.refusals import Refused
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking import entering
from zhongshu.documents.taking.keeping import Tally, Unable, key_of
from zhongshu.files import blobs

KIND = TakerKind.FOLDER
DONE, FAILED = "done", "failed"
SETTLED = 10
AT_ONCE = 50
SKIPPED = (".", "~$")
UNFINISHED = (".tmp", ".part", ".crdownload", ".filepart")


def is_configured() -> bool:
    """Say whether the site names a folder."""
    return bool(site.ZHONGSHU_WATCH_FOLDER)


def take_files(taker: Taker) -> Tally:
    """Take what lay still since an earlier look."""
    if not is_configured():
        raise Unable("没有设置扫描文件夹：请在环境变量里设置 ZHONGSHU_WATCH_FOLDER")
    folder = Path(site.ZHONGSHU_WATCH_FOLDER)
    tally = Tally()
    try:
        _prepare(folder)
        for name in _still(taker, _look(folder))[:AT_ONCE]:
            _take(folder, name, taker, tally)
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise Unable(f"扫描文件夹读写不了（{why}），请检查路径和权限") from error
    return tally


def _prepare(folder: Path) -> None:
    """Make the places beside; a link in their stead could lead files anywhere."""
    if not folder.is_dir():
        raise Unable("扫描文件夹不存在，请检查 ZHONGSHU_WATCH_FOLDER")
    for name in (DONE, FAILED):
        place = folder / name
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            raise Unable(f"扫描文件夹里的 {name} 不是普通文件夹")
        place.mkdir(mode=0o750, exist_ok=True)


def _look(folder: Path) -> dict[str, tuple[int, int]]:
    """Return size and time of change of every entry that may be a scan."""
    found = {}
    with os.scandir(folder) as entries:
        for entry in entries:
            is_scan = not entry.name.startswith(SKIPPED) and not entry.name.lower().endswith(UNFINISHED)
            at = entry.stat(follow_symlinks=False)
            if is_scan and not stat.S_ISDIR(at.st_mode):
                found[entry.name] = (at.st_size, at.st_mtime_ns)
    return found


def _still(taker: Taker, files: dict[str, tuple[int, int]]) -> list[str]:
    """Return what has not changed for some seconds, and remember the rest; clocks of other machines do not count."""
    now, before = clock.now().timestamp(), taker.seen
    taker.seen, still = {}, []
    for name, (size, changed) in sorted(files.items()):
        was = before.get(key_of(name))
        since = was[2] if was and was[:2] == [size, changed] else now
        taker.seen[key_of(name)] = [size, changed, since]
        if now - since >= SETTLED:
            still.append(name)
    taker.save(update_fields=["seen"])
    return still


def _take(folder: Path, name: str, taker: Taker, tally: Tally) -> None:
    place = DONE
    by = entering.robot(taker.tenant_id)
    try:
        with _opened(folder / name) as file:
            at = os.fstat(file.fileno())
            key = key_of(name, str(at.st_mtime_ns), blobs.digest_of(file))
            drop = entering.take(file, name=_decoded(name), kind=KIND, key=key, by=by)
            tally.taken += drop is not None
    except (Refused, _Trick):
        place = FAILED
        tally.refused += 1
    _move(folder, name, folder / place)


class _Trick(Exception):  # noqa: N818 - it is moved aside, no more
    """A link, a pipe, a device, or a file with a second name."""


@contextmanager
def _opened(path: Path) -> Iterator[IO[bytes]]:
    """Open the file itself: never through a link, never something that is no plain file."""
    try:
        number = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError as error:
        if path.is_symlink() or not path.is_file():
            raise _Trick(path.name) from error
        raise
    with os.fdopen(number, "rb") as file:
        at = os.fstat(number)
        if not stat.S_ISREG(at.st_mode) or at.st_nlink > 1:
            raise _Trick(path.name)
        yield file


def _move(folder: Path, name: str, place: Path) -> None:
    """Move the entry itself, a link as a link; nothing that lies there is overwritten."""
    target = place / name
    number = 1
    while os.path.lexists(target):
        number += 1
        target = place / f"{Path(name).stem}（{number}）{Path(name).suffix}"
    (folder / name).rename(target)


def _decoded(name: str) -> str:
    """Return a name that is text: scanners write what they like."""
    return os.fsencode(name).decode("utf-8", "replace")
