"""zhongshu proofread: the library's command line, under the office's own."""

import io
import json

import pytest

from zhongshu.cli import run


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "稿.txt"
    path.write_text("关于春耕的请示报告\n张县长：\n截止3月底，已完成50项。\n", encoding="utf-8")
    return path


def test_findings_as_json_with_rules_switched_off(paper, capsys):
    with pytest.raises(SystemExit) as done:
        run("proofread", [str(paper), "--json", "--off=标题", "--off=DOC-03"])
    assert done.value.code == 0
    assert [row["rule"] for row in json.loads(capsys.readouterr().out)] == ["WORD-02"]


def test_lines_are_mended(monkeypatch, capsys):
    monkeypatch.setattr("sys.stdin", io.StringIO("截止3月底，全县布署工作。\n"))
    with pytest.raises(SystemExit) as done:
        run("proofread", ["--lines"])
    assert (done.value.code, capsys.readouterr().out) == (0, "截至3月底，全县部署工作。\n")


def test_a_file_that_is_not_there_is_refused(tmp_path, capsys):
    with pytest.raises(SystemExit) as done:
        run("proofread", [str(tmp_path / "没有.txt"), "--json"])
    assert (done.value.code, capsys.readouterr().out) == (1, "")
