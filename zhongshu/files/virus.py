"""The office's own virus scanner, if it has one: any command that reads standard input (clamdscan -)."""

import shlex
import subprocess
from typing import IO

from django.conf import settings

from zhongshu.base.refusals import Refusal

SECONDS = 120
CLEAN, FOUND = 0, 1


def obstacles_of(file: IO[bytes]) -> list[Refusal]:
    """Say what the scanner says; where a scanner is configured and silent, nothing is taken."""
    command = shlex.split(getattr(settings, "ZHONGSHU_VIRUS_SCANNER", ""))
    if not command:
        return []
    verdict = _verdict(command, file)
    if verdict == CLEAN:
        return []
    if verdict == FOUND:
        return [Refusal("FILE-25", "查毒软件认为文件带有病毒，已拒绝接收。请先在本机查杀", "file")]
    return [Refusal("FILE-08", "查毒软件没有应答，暂时不能接收文件，请告知系统管理员", "file")]


def _verdict(command: list[str], file: IO[bytes]) -> int:
    file.seek(0)
    try:
        done = subprocess.run(
            command,
            stdin=file,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            timeout=SECONDS,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return -1
    return done.returncode
