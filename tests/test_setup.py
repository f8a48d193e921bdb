"""安装: the checkout is complete, names no registry, keeps no secret, and carries nothing of others."""

import os
import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SCRIPTS = ["run", "test", ".ci/run", "manage.py"]
# Written in pieces, so that this file itself passes.
REGISTRIES = re.compile(
    "|".join(["pyp" + r"i\.org", "python" + "hosted", "npm" + r"js\.", "deb\\.deb" + "ian"])
)
SECRETS = re.compile(
    "|".join(["BEGIN [A-Z ]*PRIV" + "ATE KEY", "AK" + "IA[0-9A-Z]{16}", "gh" + "[pousr]_[A-Za-z0-9]{36}"])
)
OF_OTHERS = re.compile(r"\.min\.(js|css)$|\.(woff2?|ttf|otf|ttc|eot)$")
# The checkout may belong to another account than the one that tests.
GIT = ["git", "-c", "safe.directory=*"]
LOCKS = ["requirements.lock", "requirements-dev.lock", "package-lock.json", "tests/browser/package-lock.json"]


def committed() -> list[Path]:
    """Return the files that git keeps; in an unpacked archive without git there is nothing to ask."""
    if not (ROOT / ".git").exists():
        pytest.skip("不是 git 检出，无从列出入库文件")
    names = subprocess.run([*GIT, "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in names.decode().split("\0") if name and (ROOT / name).is_file()]


def text_of(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content[:8000] else content.decode("utf-8", errors="replace")


def shell_scripts() -> list[str]:
    return [
        "run",
        "test",
        ".ci/run",
        *(str(path.relative_to(ROOT)) for path in sorted(ROOT.glob("tools/*.sh"))),
    ]


@pytest.mark.parametrize("name", SCRIPTS)
def test_script_has_its_run_bit(name):
    assert os.access(ROOT / name, os.X_OK)


@pytest.mark.parametrize("name", shell_scripts())
def test_shell_script_parses(name):
    assert subprocess.run(["bash", "-n", ROOT / name], capture_output=True, check=False).stderr == b""


@pytest.mark.parametrize("name", LOCKS)
def test_lock_file_carries_no_address(name):
    text = (ROOT / name).read_text(encoding="utf-8")
    assert '"resolved"' not in text
    assert not re.search(r"--(extra-)?index-url|--find-links|--trusted-host|file://", text)


def test_python_locks_agree():
    locked = [
        dict(
            re.findall(r"^([A-Za-z0-9._-]+)==(\S+)", (ROOT / name).read_text(encoding="utf-8"), re.MULTILINE)
        )
        for name in LOCKS[:2]
    ]
    assert locked[0].items() <= locked[1].items()


def test_no_registry_is_named():
    assert [path for path in committed() if REGISTRIES.search(text_of(path))] == []


def test_no_secret_is_kept():
    assert [path for path in committed() if SECRETS.search(text_of(path))] == []


def test_no_file_is_heavy():
    """The one exception is our own trained model, of a package's size."""
    heavy = {
        path.relative_to(ROOT).as_posix(): path for path in committed() if path.stat().st_size > 1_000_000
    }
    model = heavy.pop("proofread/spelling/spelling.npz")
    assert (heavy, model.stat().st_size <= 30_000_000) == ({}, True)


def test_nothing_of_others_is_committed():
    assert [path for path in committed() if OF_OTHERS.search(path.name)] == []


@pytest.mark.parametrize(
    "path", ["var/zhongshu.sqlite3", "node_modules/x", ".venv/x", "zhongshu/static/dist/app.js"]
)
def test_what_is_made_is_not_committed(path):
    if not (ROOT / ".git").exists():
        pytest.skip("不是 git 检出，无从询问忽略规则")
    assert subprocess.run([*GIT, "check-ignore", "-q", path], cwd=ROOT, check=False).returncode == 0


def test_help_lists_every_promised_target():
    said = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("setup", "dev", "check", "test", "build", "bench"):
        assert f"make {target} " in said
