"""收取扫描文件夹: what lies still is taken once and moved aside; links and other tricks are not followed."""

import os
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.core.management import call_command

from zhongshu.base import clock
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking import keeping, running
from zhongshu.files.models import Drop
from zhongshu.matters import settings as office_settings


@pytest.fixture
def folder(settings, tmp_path, office):
    settings.ZHONGSHU_WATCH_FOLDER = str(tmp_path / "scans")
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    switch_on(office, by=office.actor(office.sys_admin))
    (tmp_path / "scans").mkdir()
    return tmp_path / "scans"


@act("change_setting")
def switch_on(office, *, by):
    office_settings.change("documents.take_folder", True, tenant=office.tenant, by=by)


def look(seconds: float = 0):
    """Let the taker look, so many seconds from now."""
    with clock.fixed(clock.now() + timedelta(seconds=seconds)):
        return running.run_all(TakerKind.FOLDER)


def names(place):
    return sorted(path.name for path in place.iterdir() if not path.is_dir() or path.is_symlink())


def test_a_scan_is_taken_when_it_no_longer_grows(folder):
    scan = folder / "收文扫描001.txt"
    scan.write_bytes(b"one")
    assert look(0).taken == 0
    scan.write_bytes(b"one and two")
    assert look(20).taken == 0
    assert look(25).taken == 0
    assert look(40).taken == 1
    assert Drop.objects.get().source == "folder"
    assert (names(folder), names(folder / "done")) == ([], ["收文扫描001.txt"])


def test_taken_but_not_moved_it_is_not_taken_twice(folder, monkeypatch):
    scan = folder / "a.txt"
    scan.write_bytes(b"one")
    look(0)
    with monkeypatch.context() as patch:
        patch.setattr("zhongshu.documents.taking.folder._move", lambda *_: None)
        assert look(20).taken == 1
    assert look(40).taken == 0
    assert look(60).taken == 0
    assert Drop.objects.count() == 1
    assert names(folder / "done") == ["a.txt"]


def test_the_same_name_another_day_is_another_scan(folder):
    for n, seconds in ((1, 0), (2, 100)):
        (folder / "scan.txt").write_bytes(b"%d" % n)
        look(seconds)
        assert look(seconds + 20).taken == 1
    assert names(folder / "done") == ["scan.txt", "scan（2）.txt"]


def test_tricks_are_moved_aside_and_never_read(folder, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_bytes(b"not yours")
    (folder / "link.txt").symlink_to(secret)
    os.link(secret, folder / "second-name.txt")
    os.mkfifo(folder / "pipe.txt")
    (folder / "..evil.txt").write_bytes(b"hidden by its name")
    (folder / "sub").mkdir()
    (folder / "sub" / "deep.txt").write_bytes(b"below")
    look(0)
    tally = look(20)
    assert (tally.taken, tally.refused) == (0, 3)
    assert names(folder / "failed") == ["link.txt", "pipe.txt", "second-name.txt"]
    assert secret.read_bytes() == b"not yours"
    assert not Drop.objects.exists()


def test_a_link_in_place_of_the_done_is_refused(folder, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    (folder / "done").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(keeping.Unable, match="done 不是普通文件夹"):
        look(0)


def test_what_is_still_written_and_what_is_hidden_waits(folder):
    for name in (".hidden.txt", "~$lock.docx", "scan.part", "scan.TMP"):
        (folder / name).write_bytes(b"x")
    look(0)
    assert look(20).taken == 0
    assert len(names(folder)) == 4


def test_an_empty_or_too_large_file_goes_to_the_failed(folder):
    (folder / "empty.txt").write_bytes(b"")
    look(0)
    assert look(20).refused == 1
    assert names(folder / "failed") == ["empty.txt"]


def test_a_missing_folder_is_told(folder, settings):
    settings.ZHONGSHU_WATCH_FOLDER = str(folder / "nowhere")
    with pytest.raises(keeping.Unable, match="扫描文件夹不存在"):
        look(0)
    assert Taker.objects.get().error.startswith("扫描文件夹不存在")
    settings.ZHONGSHU_WATCH_FOLDER = ""
    with pytest.raises(keeping.Unable, match="没有设置扫描文件夹"):
        look(0)


def test_the_command_looks_twice(folder, capsys):
    (folder / "a.txt").write_bytes(b"one")
    look(-60)
    call_command("watch_folder", "--once", "--pause", "0")
    assert capsys.readouterr().out.strip() == "1"


def test_it_is_off_unless_switched_on(settings, tmp_path, office):
    cache.clear()
    settings.ZHONGSHU_WATCH_FOLDER = str(tmp_path)
    (tmp_path / "a.txt").write_bytes(b"one")
    with pytest.raises(Refused, match="没有单位启用"):
        call_command("watch_folder", "--once", "--pause", "0")
    assert not (tmp_path / "done").exists()
