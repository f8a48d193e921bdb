"""命令行: a real installation from nothing, its backup brought back, and one process that keeps the others alive."""

import json
import os
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import psycopg
import pytest
from django.db import connection

ANSWERS = {
    "government": "云岭县人民政府",
    "office": "云岭县人民政府办公室",
    "admins": {
        "sys_admin": {"username": "sys", "name": "管一"},
        "sec_admin": {"username": "sec", "name": "管二"},
        "audit_admin": {"username": "audit", "name": "管三"},
    },
}


class House:
    """An installation of its own on the kind of database that is being tested."""

    def __init__(self, folder: Path, url: str = ""):
        self.folder = folder
        self.url = url
        folder.mkdir(exist_ok=True)
        clean = {
            k: v for k, v in os.environ.items() if not k.startswith(("ZHONGSHU_", "DATABASE_URL", "DJANGO_"))
        }
        self.env = clean | {"ZHONGSHU_VAR_DIR": str(folder), "DATABASE_URL": url, "ZHONGSHU_HTTPS": "0"}

    def command(self, *argv):
        return [sys.executable, "-m", "zhongshu.cli", *map(str, argv)]

    def run(self, *argv, code=0, **env):
        done = subprocess.run(
            self.command(*argv), env=self.env | env, capture_output=True, text=True, timeout=120, check=False
        )
        assert done.returncode == code, done.stderr
        return done

    def answers(self, **changes):
        path = self.folder / "answers.json"
        path.write_text(json.dumps(ANSWERS | changes), "utf-8")
        return path

    def ask(self, sql):
        if not self.url:
            file = sqlite3.connect(self.folder / "zhongshu.sqlite3")
            try:
                return file.execute(sql).fetchone()[0]
            finally:
                file.close()
        with psycopg.connect(self.url) as line:
            return line.execute(sql).fetchone()[0]


def url_of(name):
    if connection.vendor == "sqlite":
        return ""
    at = connection.settings_dict
    port = f"&port={at['PORT']}" if at["PORT"] else ""
    return f"postgresql://{at['USER']}:{at['PASSWORD']}@/{name}?host={at['HOST']}{port}"


@pytest.fixture(scope="module")
def databases():
    """Two empty databases of the kind under test; SQLite needs nothing but folders."""
    names = [f"zs_cli_{os.getpid()}_{n}" for n in "ab"]
    if connection.vendor == "sqlite":
        yield names
        return
    with psycopg.connect(url_of("postgres"), autocommit=True) as server:
        for name in names:
            server.execute(f"CREATE DATABASE {name}")
        yield names
        for name in names:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="module")
def house(tmp_path_factory, databases):
    """A real installation, made once."""
    house = House(tmp_path_factory.mktemp("house"), url_of(databases[0]))
    house.issued = json.loads(house.run("init", "--answers", house.answers()).stdout)
    return house


def test_all_commands_are_listed_and_each_explains_itself(tmp_path):
    house = House(tmp_path)
    listed = house.run("--help").stdout
    for name in (
        "serve",
        "worker",
        "live",
        "init",
        "backup",
        "restore",
        "migrate",
        "verify-trail",
        "verify-blobs",
    ):
        assert f"  {name} " in listed
    assert "--no-worker" in house.run("serve", "--help").stdout


@pytest.mark.parametrize("argv", [[], ["fly"], ["serve", "--fly"]])
def test_misuse_is_said_with_status_2(tmp_path, argv):
    assert House(tmp_path).run(*argv, code=2).stderr


def test_a_new_house_has_three_administrators_and_nobody_else(house):
    assert [one["username"] for one in house.issued["administrators"]] == ["sys", "sec", "audit"]
    assert len({one["password"] for one in house.issued["administrators"]}) == 3
    assert int(house.ask("SELECT count(*) FROM people_person")) == 3
    assert int(house.ask("SELECT count(*) FROM people_person WHERE must_change_password")) == 3
    house.run("verify-trail")


def test_a_house_is_founded_once(house):
    assert "INIT-01" in house.run("init", "--answers", house.answers(), code=1).stderr


def test_a_file_that_makes_no_sense_founds_none(house):
    assert "不认识" in house.run("init", "--answers", house.answers(colour="red"), code=1).stderr


def test_the_demonstration_is_no_real_installation(house):
    assert "演示" in house.run("init", "--answers", house.answers(), code=1, ZHONGSHU_DEMO="1").stderr


def test_a_worker_does_what_is_due_and_goes(house):
    assert int(house.run("worker", "--once").stdout) >= 1
    assert int(house.ask("SELECT count(*) FROM matters_tickerjob WHERE finished_at IS NOT NULL")) >= 1


@pytest.fixture(scope="module")
def backup(house, tmp_path_factory):
    """A backup with one attachment in it."""
    digest = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"  # SM3 of "abc", GB/T 32905
    blob = house.folder / "blobs" / "1" / "66" / digest
    blob.parent.mkdir(parents=True)
    blob.write_text("abc")
    folder = tmp_path_factory.mktemp("backup")
    made = json.loads(house.run("backup", folder).stdout)
    assert (made["blobs"], made["damaged"]) == (1, [])
    return Path(made["backup"]), blob


def test_the_keys_are_named_and_not_copied(house, backup):
    manifest = json.loads((backup[0] / "manifest.json").read_text())
    assert {"trail.key", "data.key", "secret.key"} <= set(manifest["keys"])
    assert json.loads(house.run("keys").stdout) == manifest["keys"]
    assert not list(backup[0].parent.rglob("*.key"))
    key = (house.folder / "keys" / "trail.key").read_text().strip()
    assert key not in (backup[0] / "manifest.json").read_text()


def test_a_second_backup_copies_no_attachment_again(house, backup):
    pool = backup[0].parent / "blobs"
    before = {p: p.stat().st_mtime_ns for p in pool.rglob("*") if p.is_file()}
    time.sleep(1.1)  # backups are named by the second
    assert json.loads(house.run("backup", backup[0].parent).stdout)["blobs"] == 1
    assert {p: p.stat().st_mtime_ns for p in pool.rglob("*") if p.is_file()} == before


def test_a_backup_is_brought_back_elsewhere_and_its_trail_verifies(house, backup, tmp_path, databases):
    place, blob = backup
    other = House(tmp_path / "other", url_of(databases[1]))
    assert "密钥" in other.run("restore", place, code=1).stderr
    (other.folder / "keys").mkdir(exist_ok=True)
    for key in (house.folder / "keys").glob("*.key"):
        (other.folder / "keys" / key.name).write_bytes(key.read_bytes())
    done = json.loads(other.run("restore", place).stdout)
    assert (done["blobs"], done["missing"]) == (1, [])
    assert (other.folder / blob.relative_to(house.folder)).read_text() == "abc"
    assert int(other.ask("SELECT count(*) FROM people_person")) == 3
    other.run("verify-trail")
    assert "BACKUP-09" in other.run("restore", place, code=1).stderr
    other.run("restore", place, "--replace")
    other.run("verify-trail")


def test_a_backup_that_was_touched_is_refused(house, backup, tmp_path):
    place, _ = backup
    copy = tmp_path / "copy"
    subprocess.run(["cp", "-r", place, copy], check=True)
    house.run("restore", copy, "--check")
    database = next(copy.glob("database.*"))
    data = bytearray(database.read_bytes())
    data[len(data) // 2] ^= 1
    database.write_bytes(data)
    assert "BACKUP-06" in house.run("restore", copy, "--check", code=1).stderr


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def get(url, **headers):
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as error:
        error.close()
        return error.code
    except OSError:
        return 0


def wait_for(what, seconds=40):
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if found := what():
            return found
        time.sleep(0.1)
    raise AssertionError("it did not come in time")


def children(pid):
    return {int(c): Path(f"/proc/{c}/cmdline").read_bytes().decode().replace("\0", " ")
            for c in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()}  # fmt: skip


def strike(serve, part):
    """Kill one child outright and wait for another in its place; nothing of the old one may live on."""
    before = children(serve.pid)
    victim = next(pid for pid, line in before.items() if f" {part} " in line)
    below = children(victim)
    os.kill(victim, signal.SIGKILL)
    wait_for(lambda: len(set(children(serve.pid)) - set(before)) == 1)
    wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below))


def processes_of(house):
    """Return what still runs in this house."""
    mark = f"ZHONGSHU_VAR_DIR={house.folder}".encode()
    found = []
    for path in Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in path.read_bytes().split(b"\0"):
                found.append(path.parent.name)
        except OSError:
            continue
    return found


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="looks at children in /proc")
def test_one_command_serves_all_and_a_fallen_child_is_started_again(house):
    port, live = free_port(), free_port()
    argv = house.command("serve", "--port", port, "--live-port", live)
    log = (house.folder / "serve.log").open("w")
    serve = subprocess.Popen(argv, env=house.env, stdout=log, stderr=log)
    try:
        wait_for(lambda: get(f"http://127.0.0.1:{port}/notices/") in {200, 302, 404})
        wait_for(lambda: get(f"http://127.0.0.1:{live}/live/health") == 200)
        assert get(f"http://127.0.0.1:{live}/live/?t=forged") == 403
        before = children(serve.pid)
        assert len(before) == 3
        strike(serve, "worker")
        strike(serve, "wsgi")
        wait_for(lambda: get(f"http://127.0.0.1:{port}/notices/") in {200, 302, 404})
        assert "已被占用" in house.run("serve", "--port", port, "--live-port", live, code=1).stderr
    finally:
        serve.send_signal(signal.SIGTERM)
        log.close()
        assert serve.wait(40) == 0, (house.folder / "serve.log").read_text()
    assert get(f"http://127.0.0.1:{port}/") == 0
    assert not processes_of(house)


def test_a_house_without_a_database_is_not_served(tmp_path):
    assert "zhongshu migrate" in House(tmp_path).run("serve", code=1).stderr
