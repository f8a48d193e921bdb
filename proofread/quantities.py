"""Quantities of a text: figure, unit and what is counted, with how exactly the figure is given."""

import re
from dataclasses import dataclass
from decimal import Decimal

UNITS = (
    "人次|件次|件|项|个(?!百分点|月)|篇|人|户|家|次|起|万元|亿元|元|吨|公里|千米|万亩|亩|公顷|平方米|平方公里|立方米|套|台|辆|名|条|处|所|"
    "座|宗|份|例|张|期|笔|批|村|分|千瓦时|千瓦|头|只|株|艘|架|床|本|册|场|位|类|种|单"
)
QUANTITY = re.compile(
    rf"(?<![\d.第,])(?P<figure>\d+(?:,\d{{3}})*(?:\.\d+)?)\s?(?P<scale>万亿|万|亿)?(?P<unit>{UNITS})(?![以之]?[上下内]级)"
)
PERCENT = re.compile(r"(?<![\d.])(?P<figure>-?\d+(?:\.\d+)?)\s?(?:%|％)")
SCALES = {"": Decimal(1), "万": Decimal(10_000), "亿": Decimal(100_000_000), "万亿": Decimal(10**12)}
HALF = Decimal("0.5")
TOTAL = re.compile(r"共|合计|总计|总数|总量|累计|总任务|全部|细化为|总")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure with its unit; `slack` is how much the rounding of the figure may hide; `label` is the words before it."""

    value: Decimal
    slack: Decimal
    unit: str
    label: str
    start: int
    end: int

    @property
    def is_total(self) -> bool:
        """Say whether the words before it speak of a whole."""
        return bool(TOTAL.search(self.label))


def quantities_in(text: str) -> list[Quantity]:
    """Return the quantities of a text in their order."""
    found = []
    before = 0
    for match in QUANTITY.finditer(text):
        label = re.split(r"[，,。；;：:、（(）)]", text[before : match.start()])[-1]
        found.append(quantity_of(match, label))
        before = match.end()
    return found


def quantity_of(match: "re.Match[str]", label: str = "", prefix: str = "") -> Quantity:
    """Return the quantity of a match that has the groups figure, scale and unit, named with a prefix or not."""
    figure = match[f"{prefix}figure"].replace(",", "")
    unit = match[f"{prefix}unit"]
    scale = SCALES[match[f"{prefix}scale"] or ""]
    if unit in ("万元", "亿元", "万亩"):
        scale, unit = scale * SCALES[unit[0]], unit[1:]
    slack = step_of(figure) * HALF * scale if "." in figure else Decimal(0)
    return Quantity(Decimal(figure) * scale, slack, unit, label, *match.span())


def step_of(figure: str) -> Decimal:
    """Return the value of the last place of a written figure: 0.1 for 72.9."""
    places = len(figure.partition(".")[2])
    return Decimal(1).scaleb(-places)


def written(value: Decimal, like: str) -> str:
    """Write a value with as many places as the figure it stands for."""
    return str(value.quantize(step_of(like)))


def holds(part: Quantity, whole: Quantity, percent: str) -> bool:
    """Say whether part is that percentage of whole, rounding allowed for."""
    if whole.value - whole.slack <= 0:
        return True
    low = (part.value - part.slack) / (whole.value + whole.slack) * 100
    high = (part.value + part.slack) / (whole.value - whole.slack) * 100
    half = step_of(percent) * HALF
    return low - half <= Decimal(percent) <= high + half


def share(part: Quantity, whole: Quantity) -> Decimal:
    """Return part of whole in per cent."""
    return part.value / whole.value * 100
