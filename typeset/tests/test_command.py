"""命令行: `python -m typeset IN.json -o OUT`, and the library stands alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from bench.typeset_papers import usual
from typeset.__main__ import main
from typeset.fonts import Faces
from typeset.model import as_json

ROOT = Path(__file__).resolve().parents[2]
prints = pytest.mark.skipif(Faces.find().face("fangsong") is None, reason="没有中文字体，排不出公文")


@pytest.fixture
def content(tmp_path):
    path = tmp_path / "通知.json"
    path.write_text(json.dumps(as_json(usual()), ensure_ascii=False), encoding="utf-8")
    return path


@prints
def test_the_ending_chooses_the_writer(content, tmp_path, capsys):
    assert main([str(content), "-o", str(tmp_path / "通知.pdf")]) == 0
    assert (tmp_path / "通知.pdf").read_bytes().startswith(b"%PDF")
    assert main([str(content), "-o", str(tmp_path / "页.png"), "--profile", "example-county"]) == 0
    assert (tmp_path / "页-1.png").exists()
    assert "某县公文格式细则（示例）" in capsys.readouterr().err


def test_a_fault_in_the_content_is_said_with_its_place(tmp_path, capsys):
    path = tmp_path / "坏.json"
    path.write_text(
        '{"version": 1, "kind": "file", "body": [{"type": "table", "rows": [["甲", "乙"], ["丙"]]}]}'
    )
    assert main([str(path), "-o", str(tmp_path / "out.pdf")]) == 1
    assert "正文[0].行[1]（body[0].rows[1]）：这一行只有 1 列，应是 2 列" in capsys.readouterr().err
    assert not (tmp_path / "out.pdf").exists()


@pytest.mark.parametrize("text", ["{", "[" * 100_000, "\ufeff甲", "[]"])
def test_what_is_no_content_is_refused(text, tmp_path, capsys):
    path = tmp_path / "坏.json"
    path.write_text(text, encoding="utf-8")
    assert main([str(path), "-o", str(tmp_path / "out.pdf")]) == 1
    assert capsys.readouterr().err


def test_misuse_exits_2(content, tmp_path):
    for words in (
        ["-o", "x.pdf"],
        [str(content)],
        [str(content), "-o", "x.rtf"],
        [str(tmp_path / "none"), "-o", "x.pdf"],
    ):
        with pytest.raises(SystemExit) as caught:
            main(words)
        assert caught.value.code == 2


def test_an_unknown_profile_is_refused(content, tmp_path, capsys):
    assert main([str(content), "-o", str(tmp_path / "o.pdf"), "--profile", "none"]) == 1
    assert "没有“none”这个格式细则" in capsys.readouterr().err


def test_the_fonts_in_use_are_listed(capsys):
    assert main(["--fonts"]) == 0
    assert [line.split("：")[0] for line in capsys.readouterr().out.splitlines()] == [
        "仿宋",
        "小标宋",
        "楷体",
        "黑体",
        "宋体",
    ]


def test_nothing_of_the_office_is_loaded():
    words = "import sys, typeset.__main__; print(sorted(n for n in sys.modules if n.split('.')[0] in {'django', 'zhongshu'}))"
    said = subprocess.run([sys.executable, "-c", words], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == "[]"
