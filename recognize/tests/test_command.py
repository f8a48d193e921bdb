"""命令行: `python -m recognize FILE --json`, and the library stands alone."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from recognize.__main__ import main
from recognize.tests.makers import REQUEST

ROOT = Path(__file__).resolve().parents[2]


def test_json_names_value_confidence_place_and_rule(tmp_path, capsys):
    paper = tmp_path / "来文.txt"
    paper.write_text(REQUEST, encoding="gb18030")
    assert main([str(paper), "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    assert report["fields"]["doc_date"] == {
        "value": "2026-06-01",
        "confidence": 0.95,
        "places": [{"page": 1, "lines": [14, 14], "box": None}],
        "rule": "署名下的日期",
    }


def test_without_json_a_line_a_field(tmp_path, capsys):
    paper = tmp_path / "来文.txt"
    paper.write_text(REQUEST, encoding="utf-8")
    main([str(paper)])
    assert "签发人\t王磊、李大山\t0.95\t签发人" in capsys.readouterr().out.splitlines()


def test_a_refusal_is_said_plainly_and_exits_1(tmp_path, capsys):
    paper = tmp_path / "图.png"
    paper.write_bytes(b"\x89PNG\r\n\x1a\n")
    assert main([str(paper), "--json", "--no-ocr"]) == 1
    printed = capsys.readouterr()
    assert json.loads(printed.out)["refused"]["code"] == "image"
    assert "没有文字层" in printed.err


def test_misuse_exits_2(tmp_path):
    with pytest.raises(SystemExit) as misused:
        main([str(tmp_path / "没有这个文件")])
    assert misused.value.code == 2


def test_nothing_of_the_office_and_no_django_is_loaded():
    code = (
        "import sys, recognize.__main__; print(sorted({'zhongshu', 'django', 'demo'} & sys.modules.keys()))"
    )
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
