"""识别: `zhongshu recognize FILE --json` hands a file to the library and keeps nothing."""

import json

import pytest

from zhongshu import cli


def test_the_fields_are_printed(tmp_path, capsys):
    paper = tmp_path / "来函.txt"
    paper.write_text(
        "云岭县水务局\n云水函〔2026〕1号\n关于巡查的函\n县公安局：\n请支持。\n", encoding="utf-8"
    )
    with pytest.raises(SystemExit) as ended:
        cli.run("recognize", [str(paper), "--json"])
    assert ended.value.code == 0
    assert json.loads(capsys.readouterr().out)["fields"]["doc_number"]["value"] == "云水函〔2026〕1号"


def test_a_picture_is_refused_without_ocr(tmp_path, capsys):
    picture = tmp_path / "照片.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0")
    with pytest.raises(SystemExit) as ended:
        cli.run("recognize", [str(picture), "--no-ocr"])
    assert ended.value.code == 1
    assert "没有文字层" in capsys.readouterr().err
