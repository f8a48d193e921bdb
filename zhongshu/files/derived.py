"""What is derived from a blob (pages, texts): kept beside for speed, thrown away at will."""

import json
import os
import shutil
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings

VERSION = 1


def root() -> Path:
    """Return the folder of everything derived."""
    return Path(settings.ZHONGSHU_CACHE_DIR) / "files"


def folder(tenant_id: int, digest: str, *parts: str) -> Path:
    """Return the folder of one content, made if need be."""
    path = root() / f"v{VERSION}" / str(tenant_id) / digest[:2] / digest
    path = path.joinpath(*parts)
    path.mkdir(parents=True, exist_ok=True, mode=0o700)
    return path


def write(path: Path, data: bytes) -> None:
    """Write a file that appears whole."""
    handle, draft = tempfile.mkstemp(dir=path.parent)
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(draft).replace(path)


def write_json(path: Path, thing: Any) -> None:
    """Write an answer of the limited process."""
    write(path, json.dumps(thing, ensure_ascii=False).encode())


def read_json(path: Path) -> Any:
    """Return what was written, or None."""
    try:
        return json.loads(path.read_bytes())
    except (FileNotFoundError, ValueError):
        return None


def sweep(before: datetime) -> int:
    """Throw away what nobody derived or used since; return how many contents went."""
    gone = 0
    for path in sorted(root().glob("v*/*/??/*")):
        if path.is_dir() and _newest(path) < before.timestamp():
            shutil.rmtree(path, ignore_errors=True)
            gone += 1
    return gone


def forget(tenant_id: int, digest: str) -> None:
    """Throw away what was derived from one content."""
    shutil.rmtree(root() / f"v{VERSION}" / str(tenant_id) / digest[:2] / digest, ignore_errors=True)


def _newest(path: Path) -> float:
    times = [path.stat().st_mtime]
    for inner in path.rglob("*"):
        try:
            times.append(inner.stat().st_mtime)
        except FileNotFoundError:
            continue
    return max(times)
