"""格式细则: the standard by default, a county's own as data, and a plain refusal for what cannot be."""

import json

import pytest

from typeset.profiles import NotAProfile, load_profile, names


def test_the_standard_works_out_its_own_line():
    standard = load_profile()
    assert round(standard.zi, 3) == 5.571
    assert round(standard.pitch, 3) == 10.449


def test_a_county_changes_what_it_names_and_nothing_else():
    county, standard = load_profile("example-county"), load_profile()
    assert (county.left, county.body_pt, county.name) == (27, 16, "某县公文格式细则（示例）")
    assert county.mark_top == standard.mark_top
    assert "example-county" in names()


@pytest.mark.parametrize(
    ("own", "words"),
    [
        ({"topp": 30}, "不认识 topp"),
        ({"top": "30"}, "的 top 不能是 '30'"),
        ({"top": True}, "的 top 不能是 True"),
        ({"double_sided": 1}, "double_sided"),
        ({"red": "red"}, "red"),
        ({"width": 200}, "放不进纸面"),
        ({"pitch_pt": 10}, "行距小于字高"),
        ([], "应是一个对象"),
    ],
)
def test_what_cannot_be_a_profile_is_refused(tmp_path, own, words):
    path = tmp_path / "own.json"
    path.write_text(json.dumps(own), encoding="utf-8")
    with pytest.raises(NotAProfile, match=words):
        load_profile(path)


def test_an_unknown_name_lists_those_known(tmp_path):
    with pytest.raises(NotAProfile, match="可用的有 example-county、gbt9704"):
        load_profile("none")
    with pytest.raises(NotAProfile, match="打不开"):
        load_profile(tmp_path / "none.json")
