"""标题: broken at word sense into a trapezoid or a diamond, with no lonely character (7.3.1)."""

from itertools import pairwise

import pytest

from typeset.layout.titles import title_lines, width_of

ROOM = 19.1


@pytest.mark.parametrize(
    "lines",
    [
        ["云岭县人民政府关于防汛工作的通知"],
        ["国务院办公厅", "关于加强三级公立医院绩效考核工作的意见"],
        ["国务院办公厅关于印发“无废城市”", "建设试点工作方案的通知"],
        ["国务院办公厅", "关于2019年部分节假日安排的通知"],
        ["国务院办公厅关于印发", "《政府网站集约化试点工作方案》的通知"],
        ["中共云岭县委办公室", "云岭县人民政府办公室", "关于做好防汛工作的通知"],
    ],
    ids=lambda lines: lines[-1],
)
def test_words_stay_whole(lines):
    title = "".join(lines) if lines[0] != "中共云岭县委办公室" else "　".join(lines[:2]) + lines[2]
    assert title_lines(title, ROOM) == lines


def test_the_authors_own_breaks_stand():
    assert title_lines("甲县人民政府\n关于乙的通知", ROOM) == ["甲县人民政府", "关于乙的通知"]


@pytest.mark.parametrize("count", [21, 24, 30, 38, 45, 60])
def test_shape_and_room_hold_for_any_length(count):
    words = (
        "关于进一步加强和改进新形势下全县农村基层党组织建设推进乡村全面振兴促进"
        "共同富裕若干政策措施贯彻落实情况督查考核评价激励保障工作机制实施办法"
    )
    lines = title_lines(words[: count - 3] + "的通知", ROOM)
    widths = [width_of(line) for line in lines]
    assert max(widths) <= ROOM
    assert min(widths) >= 4
    rises = [two - one for one, two in pairwise(widths)]
    bulges = len(widths) > 2 and max(widths[1:-1]) >= max(widths[0], widths[-1])
    assert all(rise > 0 for rise in rises) or all(rise < 0 for rise in rises) or bulges


def test_a_title_without_words_is_not_lost():
    assert title_lines("", ROOM) == []
    assert "".join(title_lines("x" * 100, ROOM)) == "x" * 100
