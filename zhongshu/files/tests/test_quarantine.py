"""隔离区: sealed under a key of its own, wiped for good, on no disk in plain, in no backup."""

import io
import os
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings as house
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base import clock, keys
from zhongshu.files import drops, quarantine, sandbox, uploads
from zhongshu.files.models import Drop
from zhongshu.matters import backups, outbox

MARK = "云岭县水利局的一段只出现一次的话".encode()


def lie_open(*folders: Path, mark: bytes = MARK) -> list[Path]:
    """Return the files under these folders that hold the words in plain."""
    found = (path for folder in folders for path in folder.rglob("*") if path.is_file())
    return [path for path in found if mark in path.read_bytes()]


@pytest.mark.parametrize("size", [0, 1, quarantine.PIECE - 1, quarantine.PIECE, 2 * quarantine.PIECE + 1])
def test_what_is_laid_down_comes_back_whole(size):
    data = os.urandom(size)
    item = quarantine.put(io.BytesIO(data), name="关于某事的通知.pdf")
    with quarantine.opened(item) as file:
        assert file.read() == data
    assert quarantine.name_of(item) == "关于某事的通知.pdf"


def place_of(item: str, kind: str) -> Path:
    return Path(house.ZHONGSHU_QUARANTINE_DIR) / (item + kind)


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def changed(data: bytes) -> bytes:
    return data[:100] + bytes([data[100] ^ 1]) + data[101:]


def swapped(data: bytes) -> bytes:
    """Put the second piece before the first; both have the same length."""
    length = int.from_bytes(data[:4], "big") + 4
    return data[length : 2 * length] + data[:length] + data[2 * length :]


def shortened(data: bytes) -> bytes:
    """Leave out the last piece."""
    length = int.from_bytes(data[:4], "big") + 4
    return data[:length]


@pytest.mark.parametrize("damage", [cut, changed, swapped, shortened])
def test_what_was_tampered_with_does_not_open(damage):
    item = quarantine.put(io.BytesIO(os.urandom(2 * quarantine.PIECE)), name="a.pdf")
    body = place_of(item, quarantine.BODY)
    body.write_bytes(damage(body.read_bytes()))
    with pytest.raises(quarantine.Lost), quarantine.opened(item):
        pass


def test_one_items_key_opens_no_other():
    one = quarantine.put(io.BytesIO(b"one"), name="a.pdf")
    two = quarantine.put(io.BytesIO(b"two"), name="b.pdf")
    place_of(two, quarantine.KEY).write_bytes(place_of(one, quarantine.KEY).read_bytes())
    with pytest.raises(quarantine.Lost), quarantine.opened(two):
        pass


def test_wiping_leaves_nothing_even_for_who_kept_a_second_name(tmp_path):
    item = quarantine.put(io.BytesIO(b"words" * 1000), name="a.pdf")
    before = {}
    for kind in (quarantine.KEY, quarantine.BODY):
        os.link(place_of(item, kind), tmp_path / f"kept{kind}")
        before[kind] = place_of(item, kind).read_bytes()
    quarantine.wipe(item)
    quarantine.wipe(item)
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []
    for kind, data in before.items():
        kept = (tmp_path / f"kept{kind}").read_bytes()
        assert (len(kept), kept != data) == (len(data), True)


def test_its_key_is_its_own_and_private():
    quarantine.put(io.BytesIO(b"words"), name="a.pdf")
    path = keys.keys_dir() / "quarantine" / "quarantine.key"
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text().strip() not in (house.SECRET_KEY, keys.key("data", 16).hex())
    assert "quarantine.key" not in backups.fingerprints()


@pytest.mark.django_db
def test_from_upload_to_verdict_nothing_lies_on_a_disk_in_plain(
    client, office, monkeypatch, settings, tmp_path
):
    settings.VAR_DIR = tmp_path
    (tmp_path / "tmp").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "tmp"))
    seen: list[str] = []

    def watched(module, name):
        real = getattr(module, name)

        def watching(*args, **kwargs):
            answer = real(*args, **kwargs)
            seen.append(name)
            assert lie_open(tmp_path) == []
            return answer

        monkeypatch.setattr(module, name, watching)

    watched(uploads.OfficeUploadHandler, "receive_data_chunk")
    watched(quarantine, "put")
    watched(sandbox, "_run")
    client.force_login(office.clerk)
    data = "机密★10年\n".encode() + MARK * 5000
    form = {"file": SimpleUploadedFile("某事.txt", data), "promise": "on"}
    assert client.post(reverse("files:drop"), form).status_code == 201
    outbox.drain()
    assert Drop.objects.get().state == "stopped"
    assert {"receive_data_chunk", "put", "_run"} <= set(seen)
    assert lie_open(tmp_path) == []


@pytest.mark.django_db
def test_a_backup_holds_nothing_of_a_laid_drop(office, tmp_path, monkeypatch):
    """Beside the database, whose rows of a drop hold no more than its digest (test_drop)."""

    def rows_of_drops(draft: Path) -> Path:
        (draft / "database").write_text(str(list(Drop.objects.values())), encoding="utf-8")
        return draft / "database"

    # The database itself cannot be copied out of the transaction of a test.
    monkeypatch.setattr(backups, "_dump", rows_of_drops)
    drop = drops.lay(MARK * 100, name="某事.txt", by=office.actor(office.clerk))
    sealed = place_of(drop.quarantine_id, quarantine.BODY).read_bytes()[:64]
    own_key = (keys.keys_dir() / "quarantine" / "quarantine.key").read_bytes().strip()
    place, _ = backups.back_up(tmp_path / "backup")
    assert list(place.iterdir())
    for words in (MARK, sealed, own_key, "某事.txt".encode()):
        assert lie_open(tmp_path / "backup", mark=words) == []
