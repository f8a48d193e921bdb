"""Recognitions of small files of our own words, as the worker leaves them beside a drop."""

import io
import re
from dataclasses import asdict
from typing import Any

import docx as word

from recognize import read, recognize_layer
from recognize.tests.makers import REQUEST, docx, paragraphs, pdf

WIDE = 28
NOTICE = """澜川市水利局文件
澜水发〔2026〕31号
澜川市水利局关于做好小型水库安全度汛工作的通知
各县（市、区）人民政府：
为切实做好今年小型水库安全度汛工作，确保人民群众生命财产安全，现将有关事项通知如下。
一、落实责任。各地要逐库落实行政、技术和巡查三个责任人，在水库现场公示姓名、职务和联系电话，汛期保持通信畅通，不得缺位。
二、排查隐患。对坝体、溢洪道、放水设施逐座检查，建立清单，限期整改；不能及时整改的，降低水位或者空库运行，并落实看守人员。
三、完善预案。修订调度运用方案和应急预案，备足抢险物料，组织一次群众转移演练，演练情况留存备查，演练不走过场。
请于{due}前将落实情况书面报送我局运行管理科。
澜川市水利局
{day}
（联系人：赵小云，联系电话：0871-65432100）"""


def notice(due: str = "2099年6月30日", day: str = "2026年6月1日", **changes: str) -> str:
    """Return the words of a notice from above; `changes` puts other words in place of its own."""
    text = NOTICE.format(due=due, day=day)
    for old, new in changes.items():
        text = text.replace(WORDS[old], new)
    return text


WORDS = {
    "number": "澜水发〔2026〕31号",
    "contact": "赵小云",
    "verb": "降低水位或者空库运行",
}


def recognition(text: str) -> dict[str, Any]:
    """Return what the worker leaves: the fields and the layer, as plain data."""
    layer = read(docx(paragraphs(text)))
    return {**recognize_layer(layer).as_json(), "layer": asdict(layer)}


def as_docx(text: str) -> bytes:
    """Return a paper as Word writes it."""
    document = word.Document()
    for line in text.split("\n"):
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def printed(text: str) -> bytes:
    """Set a paper on pages as 公文 is set: mark, number, title in the middle, the rest in lines of 28."""
    rows: list[tuple[float, float, float, str]] = []
    y = 770.0
    for at, line in enumerate(text.split("\n")):
        size = 26 if at == 0 else 18 if at == 2 else 14
        for start in range(0, len(line), WIDE):
            piece = line[start : start + WIDE]
            is_middle = at < 3 or line.endswith("局") or re.fullmatch(r"\d{4}年\d+月\d+日", line)
            x = 297 - len(piece) * size / 2 if is_middle else 90 + (28 if start == 0 and at > 3 else 0)
            rows.append((x, y, size, piece))
            y -= size * 1.9
    return pdf([rows])


__all__ = ["NOTICE", "REQUEST", "WORDS", "as_docx", "notice", "printed", "recognition"]
