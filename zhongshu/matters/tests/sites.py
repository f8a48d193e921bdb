"""The test's database as other processes see it."""

import os
import sqlite3
import subprocess
import sys

from django.conf import settings
from django.db import connection


class Site:
    """The test's database as processes of their own see it: PostgreSQL itself, or a file copy of SQLite's."""

    def __init__(self, folder):
        self.file = folder / "site.sqlite3"
        self.env = os.environ | {
            "ZHONGSHU_VAR_DIR": str(folder),
            "ZHONGSHU_SECRET_KEY": settings.SECRET_KEY,
            "DATABASE_URL": self._url(),
        }

    def _url(self):
        if connection.vendor == "sqlite":
            return f"sqlite:///{self.file}"
        at = connection.settings_dict
        return f"postgresql://{at['USER']}:{at['PASSWORD']}@/{at['NAME']}?host={at['HOST']}&port={at['PORT']}"

    def open(self):
        if connection.vendor == "sqlite":
            connection.ensure_connection()
            with sqlite3.connect(self.file) as copy:
                connection.connection.backup(copy)
            copy.execute("PRAGMA journal_mode=WAL")
            copy.close()

    def start(self, module, *argv, **env):
        argv = [sys.executable, "-m", module, *argv]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        return subprocess.Popen(argv, env=self.env | env, **pipes)

    def ask(self, sql):
        if connection.vendor == "sqlite":
            file = sqlite3.connect(self.file, timeout=20)
            try:
                return file.execute(sql).fetchone()[0]
            finally:
                file.close()
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()[0]


def end(process):
    """Strike a process down and close its pipes."""
    process.kill()
    process.wait()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            pipe.close()
