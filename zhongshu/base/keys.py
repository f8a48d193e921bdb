"""Secret keys: from the environment, else from private files made at first use, never from the database."""

import os
import secrets
import tempfile
from functools import lru_cache
from pathlib import Path

from django.conf import settings


def keys_dir() -> Path:
    """Return the directory of the key files."""
    return Path(settings.ZHONGSHU_KEYS_DIR)


def key(name: str, size: int = 32, *, folder: Path | None = None) -> bytes:
    """Return the key of that name: ZHONGSHU_<NAME>_KEY in hex, else <name>.key (in a folder of its own on wish)."""
    if given := os.environ.get(f"ZHONGSHU_{name.upper()}_KEY", "").strip():
        return _sized(name, bytes.fromhex(given), size)
    return _file_key((folder or keys_dir()) / f"{name}.key", name, size)


@lru_cache(maxsize=32)
def _file_key(path: Path, name: str, size: int) -> bytes:
    if not path.exists():
        _create(path, secrets.token_bytes(size))
    return _sized(name, bytes.fromhex(path.read_text(encoding="ascii").strip()), size)


def _sized(name: str, value: bytes, size: int) -> bytes:
    if len(value) != size:
        raise ValueError(f"key {name} must have {size} bytes, not {len(value)}")
    return value


def _create(path: Path, value: bytes) -> None:
    """Write the file whole, private, and only if no other process was faster."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, draft = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(value.hex() + "\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        Path(draft).unlink()
