"""Office documents as pages by LibreOffice, where the office has installed it: once, in the worker, kept as derived."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import transaction

from zhongshu.base import clock
from zhongshu.files import blobs, derived, sandbox
from zhongshu.files.models import Attachment
from zhongshu.files.reading.troubles import Trouble
from zhongshu.matters import outbox

CONVERT = "files.convert"
TYPES = frozenset({"docx", "xlsx", "pptx", "doc", "xls", "ppt"})
OLD_TYPES = frozenset({"doc", "xls", "ppt"})
IN_MEMORY = Path("/dev/shm")
SECONDS = 180
NAMES = ("soffice", "libreoffice")
OFF = "off"
# Nothing in a stranger's document runs, and nothing is fetched from elsewhere.
PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema"
 xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting">
<prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop>
<prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop>
<prop oor:name="DisableActiveContent" oor:op="fuse"><value>true</value></prop>
<prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
</oor:items>
"""
NOWHERE = "http://127.0.0.1:9"


def program() -> str:
    """Return LibreOffice as the settings name it, else as this machine has it; "" without."""
    given = str(settings.ZHONGSHU_SOFFICE)
    return "" if given == OFF else given or _found()


@lru_cache(maxsize=1)
def _found() -> str:
    return next((path for name in NAMES if (path := shutil.which(name))), "")


def can_convert(attachment: Attachment) -> bool:
    """Say whether pages can be made of this file here."""
    return attachment.type_code in TYPES and bool(program())


def kept(attachment: Attachment) -> int:
    """Return how many pages were made of the file; 0 while there are none."""
    if attachment.type_code not in TYPES:
        return 0
    found = derived.read_json(_note(attachment))
    return int(found["pages"]) if found and pdf_of(attachment).exists() else 0


def has_failed(attachment: Attachment) -> bool:
    """Say whether making pages was tried in vain."""
    found = derived.read_json(_note(attachment))
    return bool(found) and not found["pages"]


def pdf_of(attachment: Attachment) -> Path:
    """Return where the PDF made of the file lies."""
    return derived.folder(attachment.tenant_id, attachment.sm3_digest) / "pages.pdf"


def ask_for(attachment: Attachment) -> None:
    """Let the worker make the pages, once a day at most."""
    if can_convert(attachment) and not kept(attachment) and not has_failed(attachment):
        key = f"{CONVERT}:{attachment.tenant_id}:{attachment.sm3_digest}:{clock.today()}"
        with transaction.atomic():
            outbox.enqueue(CONVERT, {"attachment": attachment.pk}, key=key)


@outbox.handler(CONVERT, lease=2 * SECONDS, tries=2)
def convert(payload: dict[str, Any]) -> None:
    """Make a PDF of an attachment; what cannot be made is noted, so that it is not tried at every look."""
    attachment = Attachment.objects.filter(pk=payload["attachment"]).first()
    if attachment is None or not can_convert(attachment) or kept(attachment):
        return
    try:
        pages = _made(attachment)
    except (Trouble, FileNotFoundError, subprocess.SubprocessError, OSError) as error:
        derived.write_json(_note(attachment), {"pages": 0, "why": str(error)[:200]})
        raise outbox.GiveUp(f"LibreOffice 没有转成：{error}"[:200]) from error
    derived.write_json(_note(attachment), {"pages": pages})


@contextmanager
def readable(file: IO[bytes], code: str) -> Iterator[IO[bytes]]:
    """Open what can be read of a document in an old format: a PDF made of it in memory, else the file itself.

    It may come out of the quarantine, so nothing of it touches a disk; without room in memory it is left as it is.
    """
    if code not in OLD_TYPES or not program() or not IN_MEMORY.is_dir():
        yield file
        return
    with tempfile.TemporaryDirectory(prefix="zhongshu-office-", dir=IN_MEMORY) as name:
        try:
            made = _pdf_in(Path(name), file, code).open("rb")
        except (Trouble, subprocess.SubprocessError, OSError):
            yield file
            return
        with made:
            yield made


def _made(attachment: Attachment) -> int:
    with tempfile.TemporaryDirectory(prefix="zhongshu-office-") as name:
        with blobs.opened(attachment.tenant_id, attachment.sm3_digest) as file:
            made = _pdf_in(Path(name), file, attachment.type_code)
        with made.open("rb") as file:
            pages = int(sandbox.read("look", file)["pages"])
        target = pdf_of(attachment)
        shutil.copyfile(made, target.with_suffix(".tmp"))
        target.with_suffix(".tmp").replace(target)
    return pages


def _pdf_in(folder: Path, file: IO[bytes], code: str) -> Path:
    paper = folder / f"paper.{code}"
    file.seek(0)
    with paper.open("wb") as copy:
        shutil.copyfileobj(file, copy, blobs.CHUNK)
    _run(folder, paper)
    made = folder / "out" / "paper.pdf"
    if not made.exists():
        raise Trouble("broken", "no PDF")
    return made


def _run(folder: Path, paper: Path) -> None:
    """Run LibreOffice with a profile of its own, little time and memory, and no way outside."""
    user = folder / "profile" / "user"
    user.mkdir(parents=True)
    (user / "registrymodifications.xcu").write_text(PROFILE, encoding="utf-8")
    command = [
        *(sys.executable, "-m", "zhongshu.files.reading.confined", program()),
        *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
        f"-env:UserInstallation={(folder / 'profile').as_uri()}",
        *("--convert-to", "pdf", "--outdir", str(folder / "out"), str(paper)),
    ]
    env = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(folder),
        "TMPDIR": str(folder),
        "LANG": "C.UTF-8",
        "http_proxy": NOWHERE,
        "https_proxy": NOWHERE,
    }
    process = subprocess.Popen(
        command,
        cwd=sandbox.HOME,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        process.wait(SECONDS)
    finally:
        # Its helpers outlive it otherwise.
        _end_group(process.pid)
        process.wait()


def _end_group(pid: int) -> None:
    try:
        os.killpg(pid, signal.SIGKILL)
    except ProcessLookupError:
        return


def _note(attachment: Attachment) -> Path:
    return derived.folder(attachment.tenant_id, attachment.sm3_digest) / "pages.json"
