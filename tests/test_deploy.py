"""The units of docs/deploy are what systemd accepts, and call the product as it is."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
UNITS = sorted((ROOT / "docs/deploy").glob("*.service"))
PROGRAM = Path(sys.executable).parent / "zhongshu"


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_systemd_reads_each_unit_without_a_word(unit, tmp_path):
    verify = shutil.which("systemd-analyze")
    if verify is None:
        pytest.skip("systemd-analyze is not installed here")
    text = unit.read_text(encoding="utf-8").replace("/opt/zhongshu/.venv/bin/zhongshu", str(PROGRAM))
    named = tmp_path / unit.name.replace("@.", "@8000.")
    named.write_text(text, encoding="utf-8")
    said = subprocess.run([verify, "verify", str(named)], capture_output=True, text=True, check=False)
    assert (said.returncode, said.stdout + said.stderr) == (0, "")


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_each_unit_calls_a_command_with_options_it_has(unit):
    line = re.search(r"^ExecStart=\S+/zhongshu (.+)$", unit.read_text(encoding="utf-8"), re.MULTILINE)
    assert line is not None
    command, *given = line[1].split()
    call = [sys.executable, "-m", "zhongshu.cli", command, "--help"]
    told = subprocess.run(call, capture_output=True, text=True, check=True, cwd=ROOT).stdout
    for option in (each for each in given if each.startswith("--")):
        assert option in told
