"""check-layout: one finding a line, the profile named, exit 1 when something fails."""

import json

import pytest

from typeset.checking.__main__ import main
from typeset.checking.docx.tests.seeding import SEEDS
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import notice


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good.docx").write_bytes(write_docx(notice()))
    return str(tmp_path / "good.docx")


@pytest.fixture
def bad(tmp_path):
    (tmp_path / "bad.docx").write_bytes(SEEDS[0].make())
    return str(tmp_path / "bad.docx")


def test_a_conformant_file_exits_0(good, capsys):
    assert main([good, "--brief"]) == 0
    said = capsys.readouterr().out.splitlines()
    assert said[0].startswith("依据：GB/T 9704-2012")
    assert "不合格 0 项" in said[-1]
    assert len(said) == 2


def test_a_failing_figure_is_a_line_and_exits_1(bad, capsys):
    assert main([bad, "--brief"]) == 1
    rows = [line.split("\t") for line in capsys.readouterr().out.splitlines()[1:-1]]
    assert rows == [
        ["不合格", "page.margin.top", "天头（上白边）", "32 mm", "37 mm ±1 mm", "GB/T 9704 5.2.1", ""]
    ]


def test_each_figure_is_reported_with_its_measure(good, capsys):
    main([good])
    said = capsys.readouterr().out.splitlines()
    assert len(said) > 80
    assert "合格\tpage.margin.left\t订口（左白边）\t27.99 mm\t28 mm ±1 mm\tGB/T 9704 5.2.1\t" in said


def test_json_names_the_profile(good, capsys):
    assert main([good, "--json", "--profile", "example-county"]) == 1
    report = json.loads(capsys.readouterr().out)
    assert report["profile"] == "example-county"
    assert report["failed"] == sum(each["verdict"] == "fail" for each in report["findings"]) > 0


@pytest.mark.parametrize(
    ("name", "data"), [("broken.docx", b"PK rubbish"), ("old.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")]
)
def test_an_unreadable_file_is_refused_in_plain_words(name, data, tmp_path, capsys):
    (tmp_path / name).write_bytes(data)
    assert main([str(tmp_path / name)]) == 1
    assert capsys.readouterr().err.endswith("）\n")


@pytest.mark.parametrize("arguments", [["missing.docx"], ["paper.odt"]])
def test_misuse_exits_2(arguments):
    with pytest.raises(SystemExit) as stopped:
        main(arguments)
    assert stopped.value.code == 2


def test_an_unknown_profile_is_refused(good, capsys):
    assert main([good, "--profile", "nowhere"]) == 1
    assert "nowhere" in capsys.readouterr().err
