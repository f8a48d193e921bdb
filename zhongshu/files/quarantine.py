"""The quarantine: what waits for its verdict lies here encrypted, under a key of its own, and is wiped afterwards.

An item is two files: `.key` holds its own random key and its name, sealed with the quarantine's key; `.body` holds
its bytes in sealed pieces. Neither is in a backup, and without the first nobody can read the second.
"""

import io
import os
import secrets
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

from zhongshu.base import keys
from zhongshu.base.crypto import Undecipherable, provider
from zhongshu.files.blobs import BlobFiles

PIECE = 1 << 20
KEY_SIZE = 16
KEY, BODY = ".key", ".body"
LENGTH = 4


class Lost(Exception):  # noqa: N818 - the word of the house
    """The item is no longer there, or no key opens it: it must be laid down again."""


def store() -> Storage:
    """Return where quarantined items lie: the storage called `quarantine`, else the folder of the settings."""
    if "quarantine" in settings.STORAGES:
        return storages["quarantine"]
    return BlobFiles(location=settings.ZHONGSHU_QUARANTINE_DIR)


def put(file: IO[bytes], *, name: str) -> str:
    """Seal a file and its name, and return the item's id."""
    item, own = secrets.token_hex(16), secrets.token_bytes(KEY_SIZE)
    with tempfile.TemporaryFile() as sealed:
        _seal(file, own, item, sealed)
        store().save(item + BODY, File(sealed))
    head = provider().encrypt(_master_key(), own + name.encode(), item.encode())
    store().save(item + KEY, File(io.BytesIO(head)))
    return item


def name_of(item: str) -> str:
    """Return the name under which the file was laid down; raises `Lost`."""
    return _head(item)[1]


@contextmanager
def opened(item: str) -> Iterator[IO[bytes]]:
    """Open the plain bytes in memory, never on a disk; raises `Lost`."""
    own, _ = _head(item)
    with os.fdopen(os.memfd_create("item"), "w+b") as plain:
        _unseal(item, own, plain)
        plain.seek(0)
        yield plain


def wipe(item: str) -> None:
    """Forget the item's key, overwrite and delete its bytes; what is gone already stays gone."""
    if item:
        for name in (item + KEY, item + BODY):
            _wipe(name)


def listed(before: datetime) -> list[str]:
    """Return the items whose body was laid down before the moment."""
    there = store()
    try:
        names = there.listdir("")[1]
    except FileNotFoundError:
        return []
    bodies = [name for name in names if name.endswith((KEY, BODY))]
    return sorted({name.split(".")[0] for name in bodies if there.get_modified_time(name) < before})


def _master_key() -> bytes:
    return keys.key("quarantine", KEY_SIZE, folder=keys.keys_dir() / "quarantine")


def _head(item: str) -> tuple[bytes, str]:
    try:
        with store().open(item + KEY) as file:
            plain = provider().decrypt(_master_key(), file.read(), item.encode())
    except (OSError, Undecipherable) as error:
        raise Lost(item) from error
    return plain[:KEY_SIZE], plain[KEY_SIZE:].decode()


def _seal(file: IO[bytes], key: bytes, item: str, sealed: IO[bytes]) -> None:
    file.seek(0)
    number, piece = 0, file.read(PIECE)
    while True:
        following = file.read(PIECE)
        data = provider().encrypt(key, piece, _bound(item, number, is_last=not following))
        sealed.write(len(data).to_bytes(LENGTH, "big") + data)
        if not following:
            break
        number, piece = number + 1, following
    file.seek(0)
    sealed.seek(0)


def _unseal(item: str, key: bytes, plain: IO[bytes]) -> None:
    """Pieces that are missing, doubled or from elsewhere do not open."""
    try:
        with store().open(item + BODY) as sealed:
            number, data = 0, _piece(sealed)
            while data:
                following = _piece(sealed)
                bound = _bound(item, number, is_last=not following)
                plain.write(provider().decrypt(key, data, bound))
                number, data = number + 1, following
    except (OSError, Undecipherable) as error:
        raise Lost(item) from error
    if not number:
        raise Lost(item)


def _piece(sealed: File) -> bytes:
    return bytes(sealed.read(int.from_bytes(sealed.read(LENGTH), "big")))


def _bound(item: str, number: int, *, is_last: bool) -> bytes:
    return f"{item}:{number}:{'last' if is_last else 'more'}".encode()


def _wipe(name: str) -> None:
    there = store()
    if not isinstance(there, BlobFiles):
        there.delete(name)
        return
    path = Path(there.path(name))
    try:
        with path.open("r+b") as file:
            _overwrite(file, path.stat().st_size)
        path.unlink()
    except FileNotFoundError:
        return


def _overwrite(file: IO[bytes], size: int) -> None:
    for start in range(0, size, PIECE):
        file.write(os.urandom(min(PIECE, size - start)))
    file.flush()
    os.fsync(file.fileno())
