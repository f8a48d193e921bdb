"""The blob store: bytes under their own SM3 digest, apart for each tenant; on disk, or in a bucket."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages

CHUNK = 1 << 20
GRACE = timedelta(hours=24)
ASIDE = ".aside"


class BlobFiles(FileSystemStorage):
    """Files that appear whole or not at all, and survive a power cut once written."""

    def _save(self, name: str, content: IO[bytes]) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle, draft = tempfile.mkstemp(dir=path.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                shutil.copyfileobj(content, file, CHUNK)
                file.flush()
                os.fsync(file.fileno())
            Path(draft).replace(path)
        except BaseException:
            Path(draft).unlink(missing_ok=True)
            raise
        _sync_folder(path.parent)
        return name

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Keep the name: the same name is the same content."""
        return name

    def freshen(self, name: str, size: int) -> bool:
        """Mark a file that is there whole as wanted now; False if it is not there."""
        path = Path(self.path(name))
        try:
            if path.stat().st_size != size:
                return False
            os.utime(path)
        except FileNotFoundError:
            return False
        return True

    def take_away(self, name: str, older_than: float) -> bool:
        """Delete the file unless somebody freshened it; renaming first leaves no moment between."""
        path = Path(self.path(name))
        aside = path.with_name(path.name + ASIDE)
        try:
            if path.stat().st_mtime > older_than:
                return False
            path.rename(aside)
        except FileNotFoundError:
            return False
        if aside.stat().st_mtime > older_than:
            aside.rename(path)
            return False
        aside.unlink()
        return True


def store() -> Storage:
    """Return where blobs lie: the storage called `blobs`, else the folder of the settings."""
    if "blobs" in settings.STORAGES:
        return storages["blobs"]
    return BlobFiles(location=settings.ZHONGSHU_BLOBS_DIR)


def name_of(tenant_id: int, digest: str) -> str:
    """Return the name under which a tenant's content lies."""
    return f"{tenant_id}/{digest[:2]}/{digest}"


def digest_of(file: IO[bytes] | File) -> str:
    """Return the SM3 digest of a file, read in pieces."""
    work = hashes.Hash(hashes.SM3())
    file.seek(0)
    while piece := file.read(CHUNK):
        work.update(piece)
    file.seek(0)
    return work.finalize().hex()


def put(tenant_id: int, digest: str, file: IO[bytes], size: int) -> None:
    """Lay the bytes down before any row speaks of them; content that is there already stays."""
    there, name = store(), name_of(tenant_id, digest)
    if isinstance(there, BlobFiles):
        if there.freshen(name, size):
            return
    elif not getattr(there, "file_overwrite", False) and there.exists(name):
        return
    file.seek(0)
    there.save(name, File(file))
    file.seek(0)


def opened(tenant_id: int, digest: str) -> File:
    """Open the content for reading; FileNotFoundError if it is gone."""
    return store().open(name_of(tenant_id, digest))


def is_there(tenant_id: int, digest: str) -> bool:
    """Say whether the content lies in the store."""
    return store().exists(name_of(tenant_id, digest))


def listed() -> Iterator[tuple[int, str]]:
    """Yield tenant and digest of everything in the store."""
    there = store()
    for tenant in _folders(there, ""):
        for shelf in _folders(there, tenant):
            for digest in there.listdir(f"{tenant}/{shelf}")[1]:
                if tenant.isdigit() and len(digest) == 64:
                    yield int(tenant), digest


def take_away(tenant_id: int, digest: str, before: datetime) -> bool:
    """Delete content that nobody has laid down since `before`."""
    there, name = store(), name_of(tenant_id, digest)
    if isinstance(there, BlobFiles):
        return there.take_away(name, before.timestamp())
    if there.get_modified_time(name) > before:
        return False
    there.delete(name)
    return True


def _folders(there: Storage, path: str) -> list[str]:
    try:
        return sorted(there.listdir(path)[0])
    except FileNotFoundError:
        return []


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
