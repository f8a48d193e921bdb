"""内容存储: content lies once, whole, under its digest; orphans go, changes are found."""

import io
import json
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from django.core.management import call_command

from zhongshu.base import clock
from zhongshu.base.crypto import sm3
from zhongshu.base.models import TrailEntry
from zhongshu.files import blobs, derived, drops, integrity, preview
from zhongshu.files.actions import attach, remove
from zhongshu.files.handing import receive
from zhongshu.files.models import Drop
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import open_matter

pytestmark = pytest.mark.django_db


def path_of(store, attachment):
    return store / blobs.name_of(attachment.tenant_id, attachment.sm3_digest)


def age(path, hours):
    then = clock.now().timestamp() - hours * 3600
    os.utime(path, (then, then))


def test_the_same_content_lies_once_within_a_tenant(office, matter, attachment, empty_store):
    by = office.actor(office.clerk)
    other = open_matter(office, "另一件", by=by)
    data = samples.pdf_bytes("Flood notice", "Second page")
    again = attach(other, data, "body", by=by, name="同一份.pdf")
    assert again.sm3_digest == attachment.sm3_digest
    assert list(blobs.listed()) == [(office.tenant.pk, sm3(data))]


def test_tenants_keep_their_contents_apart(office, attachment):
    by = office.actor(office.clerk)
    data = samples.pdf_bytes("Flood notice", "Second page")
    receive(data, tenant_id=office.depts[0].unit.pk, by=by, name="a.pdf")
    assert len(list(blobs.listed())) == 2


def test_an_orphan_goes_after_a_day_and_not_before(office, empty_store):
    received = receive(b"words", tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")
    path = empty_store / blobs.name_of(received.tenant_id, received.digest)
    age(path, 25)
    assert integrity.sweep_blobs(clock.now()) == 0
    drops.discard(Drop.objects.get(), by=office.actor(office.clerk))
    assert integrity.sweep_blobs(clock.now()) == 1
    assert not path.exists()


def test_content_that_a_row_speaks_of_stays(office, attachment, empty_store):
    path = path_of(empty_store, attachment)
    age(path, 1000)
    assert integrity.sweep_blobs(clock.now()) == 0
    remove(attachment, by=office.actor(office.clerk))
    assert integrity.sweep_blobs(clock.now()) == 1


def test_content_wanted_again_is_fresh_again(office, empty_store):
    by = office.actor(office.clerk)
    received = receive(b"words", tenant_id=office.tenant.pk, by=by, name="a.txt")
    age(empty_store / blobs.name_of(received.tenant_id, received.digest), 1000)
    receive(b"words", tenant_id=office.tenant.pk, by=by, name="b.txt")
    assert integrity.sweep_blobs(clock.now()) == 0


def test_a_touch_between_look_and_removal_saves_the_content(office, attachment, empty_store, monkeypatch):
    path = path_of(empty_store, attachment)
    age(path, 1000)
    rename = type(path).rename

    def touched_first(self, target):
        os.utime(self)
        return rename(self, target)

    monkeypatch.setattr(type(path), "rename", touched_first)
    before = clock.now() - timedelta(hours=24)
    monkeypatch.undo() if not path.exists() else None
    assert not blobs.take_away(attachment.tenant_id, attachment.sm3_digest, before)
    assert path.exists()


def test_received_content_that_is_gone_is_not_attached(office, matter, empty_store):
    by = office.actor(office.clerk)
    received = receive(b"words", tenant_id=office.tenant.pk, by=by, name="a.txt")
    (empty_store / blobs.name_of(received.tenant_id, received.digest)).unlink()
    with pytest.raises(Exception, match="已经过期"):
        attach(matter, received, "attachment", by=by)


def test_a_half_written_file_never_shows(office, empty_store, monkeypatch):
    def power_cut(*args, **kwargs):
        raise OSError("power cut")

    monkeypatch.setattr("zhongshu.files.blobs.os.fsync", power_cut)
    with pytest.raises(OSError, match="power cut"):
        receive(b"words", tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="a.txt")
    assert [path for path in empty_store.rglob("*") if path.is_file()] == []


def test_verification_finds_what_changed_and_what_is_gone(office, matter, attachment, empty_store):
    by = office.actor(office.clerk)
    sound = attach(matter, b"sound", "attachment", by=by, name="好.txt")
    gone = attach(matter, b"gone", "attachment", by=by, name="丢.txt")
    path_of(empty_store, attachment).write_bytes(b"forged")
    path_of(empty_store, gone).unlink()
    out = io.StringIO()
    with pytest.raises(SystemExit) as ended:
        call_command("verify_blobs", "--json", stdout=out)
    assert ended.value.code == 1
    report = json.loads(out.getvalue())
    assert report["attachments"] == 3
    found = {damage["attachments"][0]: damage["problem"] for damage in report["damaged"]}
    assert found == {attachment.public_id: "内容与登记时的摘要不符", gone.public_id: "内容缺失"}
    assert sound.public_id not in found
    assert TrailEntry.objects.filter(verb="blob_changed", outcome="refused").count() == 2


def test_verification_of_a_sound_store_says_so(office, attachment):
    out = io.StringIO()
    call_command("verify_blobs", stdout=out)
    assert out.getvalue() == "核对附件 1 份，全部一致。\n"


def test_what_was_derived_is_thrown_away_in_time_and_made_again(office, attachment):
    page = preview.base_page(attachment, 1, 640)
    assert derived.sweep(clock.now() - timedelta(days=7)) == 0
    assert derived.sweep(clock.now() + timedelta(minutes=1)) == 1
    assert not page.exists()
    assert preview.base_page(attachment, 1, 640).exists()


def test_any_storage_of_django_will_do(office, settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "blobs": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    }
    by = office.actor(office.clerk)
    matter = open_matter(office, "存对象", by=by)
    attachment = attach(matter, samples.pdf_bytes("x"), "body", by=by, name="a.pdf")
    assert integrity.problem_of(attachment) == ""
    assert preview.base_page(attachment, 1, 640).exists()
    remove(attachment, by=by)
    assert integrity.sweep_blobs(clock.now() + timedelta(days=2)) == 1
    assert list(blobs.listed()) == []


def test_a_bucket_is_chosen_by_the_environment_alone(tmp_path):
    words = "import django; django.setup(); from zhongshu.files import blobs; s = blobs.store();"
    words += "print(type(s).__name__, s.bucket_name, s.endpoint_url, s.file_overwrite, s.default_acl)"
    chosen = {
        "DJANGO_SETTINGS_MODULE": "zhongshu.settings",
        "ZHONGSHU_VAR_DIR": str(tmp_path),
        "ZHONGSHU_S3_BUCKET": "office-files",
        "ZHONGSHU_S3_ENDPOINT": "http://127.0.0.1:9",
        "ZHONGSHU_S3_ACCESS_KEY": "a",
        "ZHONGSHU_S3_SECRET_KEY": "b",
    }
    done = subprocess.run(
        [sys.executable, "-c", words],
        env={**os.environ, **chosen},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["S3Storage", "office-files", "http://127.0.0.1:9", "True", "None"]
