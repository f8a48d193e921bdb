"""A house to photograph: its own folder, database and server, gone afterwards."""

import datetime as dt
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from zhongshu.base import clock

ROOT = Path(__file__).resolve().parents[2]
MORNING = Path(__file__).with_name("morning")
PATIENCE = 60


@contextmanager
def open_house(scale: float) -> Iterator[str]:
    """Build a small county, serve it, and yield its address."""
    folder = Path(tempfile.mkdtemp(prefix="zhongshu-shots-"))
    env = {
        **os.environ,
        "DATABASE_URL": f"sqlite:///{folder}/county.sqlite3",
        "ZHONGSHU_VAR_DIR": str(folder),
        "ZHONGSHU_DEMO": "1",
        "PYTHONPATH": f"{MORNING}{os.pathsep}{ROOT}",
        "ZHONGSHU_SHOTS_SHIFT": str(shift_to_morning().total_seconds()),
    }
    try:
        _manage(env, "migrate", "--noinput", "--verbosity", "0")
        _manage(env, "demo", "build", "--scale", str(scale))
        _manage(env, "collectstatic", "--noinput", "--verbosity", "0")
        port = _free_port()
        server = subprocess.Popen(_command("serve", "--port", str(port), "--no-live"), cwd=ROOT, env=env)
        try:
            url = f"http://127.0.0.1:{port}"
            _wait_for(url)
            yield url
        finally:
            server.terminate()
            server.wait(PATIENCE)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def shift_to_morning() -> dt.timedelta:
    """How far the clock goes back: to half past nine of the last working day."""
    now = clock.now()
    day = now.date() if now.hour >= 10 else now.date() - dt.timedelta(days=1)
    while day.weekday() > 4:
        day -= dt.timedelta(days=1)
    return clock.midnight(day) + dt.timedelta(hours=9, minutes=30) - now


def _command(*words: str) -> list[str]:
    return [sys.executable, str(ROOT / "manage.py"), *words]


def _manage(env: dict[str, str], *words: str) -> None:
    subprocess.run(_command(*words), cwd=ROOT, env=env, check=True)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(PATIENCE * 4):
        try:
            with urllib.request.urlopen(f"{url}/sign-in/", timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
    raise RuntimeError("服务没有起来")
