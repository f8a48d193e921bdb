"""Backing up and bringing back: the database, the attachments, the heads of the trail; keys are only listed.

A backup folder holds one pool of attachments (their names are their digests, so each is copied once) and a folder for
each backup with the database, the list of its attachments, and a manifest.
"""

import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives import hashes
from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from zhongshu.base import clock, crypto, keys
from zhongshu.base.heads import heads_dir
from zhongshu.base.refusals import Refused

FORMAT = 1
POOL, MANIFEST, LIST, HEADS = "blobs", "manifest.json", "blobs.txt", "trail-heads"
CHUNK = 1 << 20


@dataclass
class Manifest:
    """What a backup holds and what it takes to bring it back."""

    made_at: str
    version: str
    vendor: str
    database: str
    database_sm3: str
    list_sm3: str
    blobs: int
    blob_bytes: int
    attachments_elsewhere: bool
    keys: dict[str, str]
    migrations: list[str]
    damaged: list[str] = field(default_factory=list)
    format: int = FORMAT


def back_up(folder: Path) -> tuple[Path, Manifest]:
    """Write a backup below the folder and return its place and manifest; it appears whole or not at all."""
    name = f"{clock.now():%Y%m%d-%H%M%S}"
    draft, place = folder / f".{name}", folder / name
    if place.exists() or draft.exists():
        raise Refused.one("BACKUP-01", f"{place} 已存在，请稍后再试")
    draft.mkdir(parents=True, mode=0o700)
    try:
        manifest = _fill(draft, folder / POOL)
        (draft / MANIFEST).write_text(json.dumps(asdict(manifest), ensure_ascii=False, indent=1), "utf-8")
        draft.rename(place)
    except BaseException:
        shutil.rmtree(draft, ignore_errors=True)
        raise
    return place, manifest


def _fill(draft: Path, pool: Path) -> Manifest:
    database = _dump(draft)
    # After the database: whatever it names lay there before it was copied.
    names, damaged = _copy_blobs(pool)
    (draft / LIST).write_text("".join(f"{size} {name}\n" for name, size in names), "utf-8")
    if heads_dir().is_dir():
        shutil.copytree(heads_dir(), draft / HEADS)
    return Manifest(
        made_at=clock.now().isoformat(),
        version=_version(),
        vendor=connection.vendor,
        database=database.name,
        database_sm3=sm3_of(database),
        list_sm3=sm3_of(draft / LIST),
        blobs=len(names),
        blob_bytes=sum(size for _, size in names),
        attachments_elsewhere="blobs" in settings.STORAGES,
        keys=fingerprints(),
        migrations=sorted(
            f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()
        ),
        damaged=damaged,
    )


def _version() -> str:
    try:
        return version("zhongshu")
    except PackageNotFoundError:
        return ""


def sm3_of(path: Path) -> str:
    """Return the digest of a file, read piece by piece."""
    work = hashes.Hash(hashes.SM3())
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            work.update(piece)
    return work.finalize().hex()


def fingerprints() -> dict[str, str]:
    """Return the names and digests of the key files; the keys themselves are kept apart from the backup."""
    found = sorted(keys.keys_dir().glob("*.key"))
    return {path.name: crypto.sm3(path.read_bytes().strip())[:16] for path in found}


def _dump(draft: Path) -> Path:
    if connection.vendor == "sqlite":
        path = draft / "database.sqlite3"
        connection.ensure_connection()
        copy = sqlite3.connect(path)
        try:
            connection.connection.backup(copy)
            _check_sqlite(copy)
        finally:
            copy.close()
        return path
    path = draft / "database.dump"
    _postgres("pg_dump", "--format=custom", "--no-owner", f"--file={path}")
    return path


def _check_sqlite(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise Refused.one("BACKUP-02", f"数据库文件已损坏：{found}")


def _postgres(program: str, *argv: str) -> None:
    command = shutil.which(program) or next(
        (str(path) for path in sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{program}"), reverse=True)), ""
    )
    if not command:
        raise Refused.one("BACKUP-03", f"没有找到 {program}，请安装 PostgreSQL 客户端")
    at = connection.settings_dict
    names = {
        "HOST": "PGHOST",
        "PORT": "PGPORT",
        "USER": "PGUSER",
        "PASSWORD": "PGPASSWORD",
        "NAME": "PGDATABASE",
    }
    env = os.environ | {names[key]: str(at[key]) for key in names if at.get(key)}
    done = subprocess.run([command, *argv], env=env, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Refused.one("BACKUP-04", f"{program} 没有成功：{done.stderr.strip()[-500:]}")


def _copy_blobs(pool: Path) -> tuple[list[tuple[str, int]], list[str]]:
    """Copy what the pool lacks; return what there is, and what no longer is what its name says."""
    names, damaged = [], []
    for path in _blobs():
        name = path.relative_to(settings.ZHONGSHU_BLOBS_DIR).as_posix()
        try:
            if not _copy(path, pool / name):
                damaged.append(name)
            names.append((name, path.stat().st_size))
        except FileNotFoundError:
            continue  # an orphan that was swept meanwhile
    return names, damaged


def _blobs() -> Iterator[Path]:
    root = Path(settings.ZHONGSHU_BLOBS_DIR)
    if "blobs" in settings.STORAGES or not root.is_dir():
        return
    yield from sorted(path for path in root.rglob("*") if path.is_file() and len(path.name) == 64)


def _copy(source: Path, target: Path) -> bool:
    """Copy unless it is there; say whether the content is what the name says."""
    if target.exists() and target.stat().st_size == source.stat().st_size:
        return True
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = target.with_name(f".{target.name}")
    shutil.copyfile(source, draft)
    draft.replace(target)
    return sm3_of(target) == target.name


@dataclass(frozen=True)
class Restored:
    """What was brought back."""

    database: str
    blobs: int
    missing: list[str]


def read(place: Path) -> Manifest:
    """Read a backup's manifest and prove that its files are those that were written."""
    try:
        data: dict[str, Any] = json.loads((place / MANIFEST).read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise Refused.one("BACKUP-05", f"{place} 不是一个备份（缺 {MANIFEST} 或已损坏）") from error
    if data.get("format") != FORMAT:
        raise Refused.one("BACKUP-05", f"备份格式 {data.get('format')} 不能识别，请用做备份时的版本恢复")
    manifest = Manifest(**data)
    for name, digest in ((manifest.database, manifest.database_sm3), (LIST, manifest.list_sm3)):
        if not (place / name).is_file() or sm3_of(place / name) != digest:
            raise Refused.one("BACKUP-06", f"备份中的 {name} 缺失或与摘要不符")
    return manifest


def obstacles(manifest: Manifest, *, replace: bool) -> None:
    """Refuse what would end in a house that cannot be opened, or write over one that is lived in."""
    if manifest.vendor != connection.vendor:
        raise Refused.one("BACKUP-07", f"备份来自 {manifest.vendor}，现在配置的数据库是 {connection.vendor}")
    here = fingerprints()
    wrong = [name for name, mark in manifest.keys.items() if here.get(name) != mark]
    if wrong:
        raise Refused.one(
            "BACKUP-08", f"密钥不符或缺失：{'、'.join(wrong)}。请先把另行保管的密钥放回 {keys.keys_dir()}"
        )
    if not replace and connection.introspection.table_names():
        raise Refused.one("BACKUP-09", "当前数据库不是空的。确认要覆盖时加 --replace（请先停掉全部服务）")


def restore(place: Path, *, replace: bool = False) -> Restored:
    """Bring a backup back."""
    manifest = read(place)
    obstacles(manifest, replace=replace)
    _load(place / manifest.database)
    count, missing = _bring_blobs(place)
    if (place / HEADS).is_dir():
        shutil.copytree(place / HEADS, heads_dir(), dirs_exist_ok=True)
    return Restored(manifest.database, count, missing)


def _load(dump: Path) -> None:
    if connection.vendor == "postgresql":
        name = connection.settings_dict["NAME"]
        _postgres(
            "pg_restore",
            "--clean",
            "--if-exists",
            "--no-owner",
            "--single-transaction",
            f"--dbname={name}",
            str(dump),
        )
        return
    target = Path(connection.settings_dict["NAME"])
    connection.close()
    draft = target.with_name(f".{target.name}.restoring")
    shutil.copyfile(dump, draft)
    for tail in ("-wal", "-shm"):
        target.with_name(target.name + tail).unlink(missing_ok=True)
    draft.replace(target)


def _bring_blobs(place: Path) -> tuple[int, list[str]]:
    root, pool, missing, count = Path(settings.ZHONGSHU_BLOBS_DIR), place.parent / POOL, [], 0
    for line in (place / LIST).read_text("utf-8").splitlines():
        name = line.partition(" ")[2]
        if not (pool / name).is_file() or not _copy(pool / name, root / name):
            missing.append(name)
        count += 1
    return count, missing
