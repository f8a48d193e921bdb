"""Exported heads: once a day the last link goes to a file, so that a cut or rewritten trail is found."""

import json
import os
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings

from zhongshu.base import chain, clock, crypto
from zhongshu.base.models import TrailHead


@dataclass(frozen=True)
class ExportedHead:
    """A head as it was at a moment; `mac` proves that this house wrote it."""

    at: str
    seq: int
    hash: str
    mac: str = ""

    def sealed(self) -> str:
        """Return the mac that the line must have."""
        return crypto.hmac_sm3(chain.chain_key(), chain.canonical(["head", self.at, self.seq, self.hash]))


def heads_dir() -> Path:
    """Return where the heads are kept (ZHONGSHU_TRAIL_HEADS_DIR)."""
    return Path(settings.ZHONGSHU_TRAIL_HEADS_DIR)


def export_head() -> ExportedHead:
    """Append the present head to the file of the year; a copy belongs on another machine or on paper."""
    head = TrailHead.objects.filter(pk=chain.HEAD_ID).first() or TrailHead(seq=0, hash=chain.GENESIS)
    bare = ExportedHead(clock.now().isoformat(timespec="seconds"), head.seq, head.hash)
    line = ExportedHead(bare.at, bare.seq, bare.hash, bare.sealed())
    folder = heads_dir()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(folder / f"{bare.at[:4]}.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as file:
        file.write(json.dumps(asdict(line)) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return line


def exported_heads(folder: Path | None = None) -> Iterator[tuple[str, ExportedHead | None]]:
    """Yield every exported head with its place; None for a line that this house did not write so."""
    for path in sorted((folder or heads_dir()).glob("*.jsonl")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            yield f"{path.name}:{number}", _read(line)


def _read(line: str) -> ExportedHead | None:
    try:
        given = json.loads(line)
        head = ExportedHead(str(given["at"]), int(given["seq"]), str(given["hash"]), str(given["mac"]))
    except (ValueError, KeyError, TypeError):
        return None
    return head if crypto.same(head.mac, head.sealed()) else None
