"""A register with everything on: lights, filters, tabs, ticks, drawer."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from zhongshu.base.actors import Actor
from zhongshu.ui.samples.county import county
from zhongshu.ui.tables import BulkAct, Column, DateRange, Register, Select, View, read, row, show
from zhongshu.ui.tags.charts import progress
from zhongshu.ui.tags.marks import light, tag


@dataclass(frozen=True)
class Item:
    colour: str
    words: str
    number: str
    title: str
    source: str
    unit: str
    helpers: int
    leader: str
    due: str
    percent: int
    told: str
    ago: str
    state: str = "在办"


def told(item: Item) -> SafeString:
    return format_html('{} <span class="zs-meta">{}</span>', item.told, item.ago)


REGISTER = Register(
    code="sample",
    title="督办台账",
    columns=(
        Column("light", "时限", lambda i: light(i.colour, i.words), lambda i: i.words, "zs-w-light", order="due", is_fixed=True),
        Column("number", "编号", width="zs-w-short-no", is_shy=True),
        Column("title", "事项", is_title=True),
        Column("source", "来源", width="zs-w-short-no", is_shy=True),
        Column("unit", "牵头单位", width="zs-w-unit"),
        Column("helpers", "配合", lambda i: i.helpers or "—", width="zs-w-num", is_number=True, is_shy=True),
        Column("leader", "分管领导", width="zs-w-person", is_shy=True),
        Column("due", "办结时限", width="zs-w-day"),
        Column("percent", "进度", lambda i: progress(i.percent), width="zs-w-bar"),
        Column("told", "最近反馈", told, width="zs-w-time", is_shy=True),
        Column("state", "状态", lambda i: tag(i.state, "soon") if i.state == "待审" else i.state, width="zs-w-kind"),
    ),
    selects=(
        Select("source", "来源", [("report", "政府工作报告"), ("mayor", "县长批示件"), ("meeting", "会议议定事项")]),
        Select("unit", "牵头单位", [("housing", "县住房城乡建设局"), ("water", "县水利局")]),
        Select("leader", "分管领导", [("he", "贺云岫"), ("gu", "顾怀川")]),
    ),
    ranges=(DateRange("due", "办结"),),
    lights=("r", "y", "g", "paused"),
    orders=(("due", "按时限"), ("new", "按交办")),
    placeholder="编号、事项、承办人",
)  # fmt: skip

COUNTS = {"r": 3, "y": 6, "g": 116, "paused": 3}
VIEWS = (
    View("", "全部在办", count=128),
    View("red", "红灯", {"light": "r"}, 3),
    View("mayor", "县长批示件", {"source": "mayor"}, 31),
    View("meeting", "常务会议定事项", {"source": "meeting"}, 44),
)


def items() -> list[Item]:
    return [Item(*line) for line in county()["items"]]


def context(request: HttpRequest) -> dict[str, Any]:
    """Return the register as the address asks for it; filters only mark what is chosen, light really filters."""
    state = read(REGISTER, request, order="due")
    found = [i for i in items() if not state.light or i.colour == state.light]
    found = [i for i in found if state.q in i.title + i.number + i.unit]
    here = reverse("ui:styleguide_page", args=["register"])
    drawer = reverse("ui:styleguide_page", args=["drawer"])
    shown = show(
        REGISTER,
        state,
        request,
        actor=Actor(1, "尹卓"),
        rows=[],
        counts=COUNTS,
        views=VIEWS,
        bulk=(
            BulkAct("批量催办", here, "催办所选各项？", "各牵头单位会收到短信。"),
            BulkAct("导出所选", here),
        ),
        export_url=here,
        save_url=here,
        print_title="云岭县人民政府督办台账（全部在办，截至2026年6月10日）",
        said=f"共 128 项，显示 1–{len(found)}",
    )
    shown.rows = [
        row(shown.columns, i, id=i.number, url=here, drawer_url=drawer, label=i.title, is_unread=n == 2)
        for n, i in enumerate(found)
    ]
    shown.next_url = state.query(after="sample")
    return {"title": "督办台账", "shown": shown}
