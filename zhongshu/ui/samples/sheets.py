"""The sheet of a paper, with a page image, ink and trail."""

import base64
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from math import hypot, sin
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from zhongshu.base.clock import ZONE
from zhongshu.ui.ink import Ink, Point, svg_of

Line = Sequence[tuple[int, int]]

# 同意, as a pen would write it; the second sign stands 66 to the right.
SIGNS: list[tuple[int, list[Line]]] = [
    (
        0,
        [
            [(10, 11), (9, 30), (11, 55)],
            [(10, 11), (30, 9), (51, 9), (51, 30), (50, 54), (43, 49)],
            [(19, 22), (41, 20)],
            [(20, 31), (22, 46)],
            [(20, 31), (40, 29), (38, 44)],
            [(22, 44), (38, 43)],
        ],
    ),
    (
        66,
        [
            [(30, 3), (35, 9)],
            [(13, 14), (50, 11)],
            [(22, 16), (25, 22)],
            [(41, 14), (37, 21)],
            [(6, 26), (57, 22)],
            [(18, 29), (19, 43)],
            [(18, 29), (44, 27), (42, 42)],
            [(20, 36), (41, 34)],
            [(20, 43), (42, 41)],
            [(10, 48), (6, 56)],
            [(19, 47), (22, 57), (43, 58), (46, 51)],
            [(31, 46), (35, 52)],
            [(49, 46), (56, 53)],
        ],
    ),
]


@dataclass(frozen=True)
class Opinion:
    text: str
    signer: str
    at: datetime


@dataclass(frozen=True)
class Entry:
    at: datetime
    actor_name: str
    label: str
    text: str = ""
    unit_name: str = ""
    key_act: bool = False
    outcome: str = "done"
    on_behalf_of_name: str = ""
    data: dict[str, Any] = field(default_factory=dict)


def at(day: int, hour: int, minute: int) -> datetime:
    """Return a moment of June 2026."""
    return datetime(2026, 6, day, hour, minute, tzinfo=ZONE)


TRAIL = [
    Entry(at(10, 10, 5), "系统", "自动催签", "短信提醒县住房城乡建设局（第1次）"),
    Entry(at(10, 9, 12), "祁文远", "反馈进展", "山洪沟23条排查完毕，发现隐患5处，已落实监测人。附件1份", "县水利局"),
    Entry(at(9, 17, 48), "罗启明", "反馈进展", "排查方案已印发，4个排查组到位，在册隐患点137处", "县自然资源局"),
    Entry(at(9, 16, 20), "许清和", "办结", "承办单位尚未反馈，不能办结", "综合股", outcome="refused"),
    Entry(at(9, 15, 6), "程以安", "转办", "主办县自然资源局，协办县水利局、县应急管理局；时限6月12日 17:30", key_act=True),
    Entry(at(9, 14, 52), "顾怀川", "批示", "平板手写", key_act=True),
    Entry(at(9, 14, 10), "陆承安", "批示", "平板手写，送顾怀川", key_act=True),
    Entry(at(9, 11, 36), "程以安", "审核拟办", "送陆承安、顾怀川；传阅沈知衡", key_act=True),
    Entry(at(9, 11, 2), "林晓禾", "登记", "扫描6页，识别要素7项，人工改正1项（来文字号）"),
]  # fmt: skip
STEPS = [
    ("登记", "林晓禾 11:02", "is-done"),
    ("拟办", "许清和 11:20", "is-done"),
    ("审核", "程以安 11:36", "is-done"),
    ("批示", "陆承安 顾怀川", "is-done"),
    ("转办", "程以安 15:06", "is-done"),
    ("承办", "", "is-now"),
    ("汇总反馈", "综合股", ""),
    ("办结归档", "文书股", ""),
]
SECOND = "按陆县长批示落实。自然资源局今日拿出排查方案，水利、应急、住建配合，周五前报第一次进展。"
UNITS = [
    ("县自然资源局", "主办", "罗启明", "y", "余2天", "方案已印发，4个排查组到位，在册隐患点137处", "催办"),
    ("县水利局", "协办", "祁文远", "done", "已反馈", "山洪沟23条排查完毕，发现隐患5处，已落实监测人", "查看"),
    ("县应急管理局", "协办", "段知秋", "y", "今日 17:30", "已签收，尚未反馈", "催办"),
    ("县住房城乡建设局", "协办", "—", "r", "超期2小时", "签收时限 10日 08:00，已短信催签1次", "催办"),
]


def context(request: HttpRequest) -> dict[str, Any]:
    """Return a paper under way."""
    return {
        "title": "关于开展2026年汛期地质灾害隐患排查整治工作的通知",
        "phone_title": "待批 1 / 4",
        "phone_back_url": reverse("ui:styleguide_page", args=["phone-list"]),
        "phone_next_url": "#next",
        "steps": STEPS,
        "units": UNITS,
        "trail": TRAIL,
        "ink_url": sample_ink_url(),
        "draft": Opinion(
            "建议由顾怀川副县长牵头，县自然资源局主办，县水利局、县应急管理局、县住房城乡建设局协办，"
            "6月12日前反馈，综合股汇总后报市。",
            "综合股 许清和",
            at(9, 11, 20),
        ),
        "first": Opinion("同意。", "陆承安", at(9, 14, 10)),
        "second": Opinion(SECOND, "顾怀川", at(9, 14, 52)),
    }  # fmt: skip


def sample_ink_url() -> str:
    """Return an image of 同意 in ink, as a data address."""
    strokes = tuple(_stroke(line, left) for left, lines in SIGNS for line in lines)
    svg = svg_of(Ink(140, 64, strokes))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


def _stroke(line: Line, left: int) -> tuple[Point, ...]:
    points, time = [], 0.0
    for (ax, ay), (bx, by) in pairwise(line):
        steps = max(2, int(hypot(bx - ax, by - ay) / 3))
        for step in range(steps):
            part = step / steps
            x, y = ax + (bx - ax) * part, ay + (by - ay) * part
            points.append(Point(x + left + sin(y / 7), y + sin(x / 9), time, 0.5))
            time += 5 + 3 * sin(part * 3)
    points.append(Point(line[-1][0] + left, line[-1][1], time + 14, 0.4))
    return tuple(points)
