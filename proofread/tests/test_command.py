"""命令行: `python -m proofread FILE --json` and `--lines`; the library stands alone."""

import io
import json
import subprocess
import sys
from pathlib import Path

import docx
import pytest

from proofread.__main__ import main

ROOT = Path(__file__).resolve().parents[2]
KEYS = {"start", "end", "para", "kind", "severity", "wrong", "suggestion", "rule", "source", "reason"}
TEXT = "关于做好春耕工作的通知\n各乡镇人民政府：\n截止3月底，已完成50项。\n"


@pytest.fixture
def paper(tmp_path):
    path = tmp_path / "通知.txt"
    path.write_text(TEXT, encoding="gb18030")
    return path


def test_json_is_a_list_of_findings(paper, capsys):
    assert main([str(paper), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [set(row) for row in rows] == [KEYS]
    assert rows[0]["wrong"] == TEXT[rows[0]["start"] : rows[0]["end"]] == "截止"
    assert (rows[0]["para"], rows[0]["suggestion"], rows[0]["severity"]) == (2, "截至", "错误")


def test_without_json_a_line_a_finding(paper, capsys):
    assert main([str(paper)]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 1
    assert lines[0].startswith("第3行 错误 错别字：“截止” → 截至；")


def test_a_word_file_is_read_in_its_order_with_its_tables(tmp_path, capsys):
    document = docx.Document()
    document.add_paragraph("关于防汛情况的通报")
    table = document.add_table(rows=4, cols=2)
    for row, cells in zip(
        table.rows, [("单位", "件数"), ("县水利局", "12"), ("县财政局", "8"), ("合计", "21")], strict=True
    ):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    document.add_paragraph("截止目前，已办结。")
    path = tmp_path / "通报.docx"
    document.save(str(path))
    assert main([str(path), "--json"]) == 0
    found = {row["rule"]: row for row in json.loads(capsys.readouterr().out)}
    assert set(found) == {"COUNT-05", "WORD-02"}
    assert (found["COUNT-05"]["wrong"], found["COUNT-05"]["suggestion"], found["COUNT-05"]["para"]) == (
        "21",
        "20",
        4,
    )


def test_lines_are_mended_one_by_one(monkeypatch, capsys):
    monkeypatch.setattr(
        sys, "stdin", io.StringIO("全县布署工作。\n\n截至目前，运行平稳。\n完善上行发展机智。\n")
    )
    assert main(["--lines"]) == 0
    assert capsys.readouterr().out == "全县部署工作。\n\n截至目前，运行平稳。\n完善上行发展机制。\n"


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("坏.docx", b"PK\x03\x04 broken", "不是完好的 DOCX"),
        ("旧.doc", b"\xd0\xcf\x11\xe0 old", "另存为 DOCX"),
        ("版式.pdf", b"%PDF-1.7", "另存为 DOCX"),
        ("乱.txt", b"\xff\x00\x81\x30\xff", "另存为 UTF-8"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_plainly(tmp_path, capsys, name, data, said):
    path = tmp_path / name
    path.write_bytes(data)
    assert main([str(path), "--json"]) == 1
    printed = capsys.readouterr()
    assert (said in printed.err, printed.out) == (True, "")


def test_rules_are_switched_off_and_words_added_on_the_command_line(tmp_path, paper, capsys):
    office = tmp_path / "office.json"
    office.write_text('{"words": {"50项": "五十项"}}', encoding="utf-8")
    assert main([str(paper), "--json", "--off=WORD-02", f"--office={office}"]) == 0
    assert [row["rule"] for row in json.loads(capsys.readouterr().out)] == ["OWN-01"]


def test_lists_are_read_from_a_folder(tmp_path, capsys):
    (tmp_path / "people.csv").write_text(
        "name,posts\n李大成,县长\n张明远,副县长|县委常委\n", encoding="utf-8"
    )
    (tmp_path / "register.csv").write_text(
        "number,title\n云政发〔2026〕5号,关于做好春耕工作的通知\n", encoding="utf-8"
    )
    (tmp_path / "provinces.csv").write_text("code,name\n32,江苏省\n33,浙江省\n", encoding="utf-8")
    (tmp_path / "cities.csv").write_text("code,name,provinceCode\n3301,杭州市,33\n", encoding="utf-8")
    path = tmp_path / "稿.txt"
    path.write_text(
        "县长张明远陪同江苏省杭州市客人，并传达《关于春耕的通知》（云政发〔2026〕5号）。", encoding="utf-8"
    )
    assert main([str(path), "--json", f"--lists={tmp_path}"]) == 0
    rules = {row["rule"]: row["wrong"] for row in json.loads(capsys.readouterr().out)}
    assert rules == {
        "LIST-01": "县长",
        "LIST-04": "杭州市",
        "QUOTE-04": "《关于春耕的通知》（云政发〔2026〕5号）",
    }


@pytest.mark.parametrize("words", [[], ["没有.txt", "--office=没有.json"]])
def test_misuse_exits_2(words):
    with pytest.raises(SystemExit) as misused:
        main(words)
    assert misused.value.code == 2


def test_every_rule_is_listed(capsys):
    assert main(["--rules"]) == 0
    assert "DOC-04\t行文规则\t错误\t报告不得夹带请示事项" in capsys.readouterr().out


def test_nothing_of_the_office_and_no_django_is_loaded():
    code = "import sys, proofread.__main__; print(sorted({'zhongshu', 'django', 'demo', 'recognize'} & sys.modules.keys()))"
    ran = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
