"""Who writes to the county: superiors, its own organs, departments, townships, neighbours, firms, schools."""

from dataclasses import dataclass
from functools import cache

from demo import cast
from demo.texts import COUNTY, sections

SUPERIOR = frozenset({"省", "市", "市委"})


@dataclass(frozen=True)
class Issuer:
    """One organ and the series it numbers its papers in."""

    name: str
    short: str
    level: str
    weight: int
    series: tuple[tuple[str, tuple[str, ...]], ...]
    unit: str = ""
    nickname: str = ""

    @property
    def is_superior(self) -> bool:
        return self.level in SUPERIOR

    @property
    def writes_upward(self) -> bool:
        return self.level in {"部门", "乡镇"}

    @property
    def realm(self) -> str:
        """What 全… means in its papers."""
        return {"省": "全省", "市": "全市", "市委": "全市"}.get(self.level, "全县")

    @property
    def land(self) -> str:
        return {"省": "岚江省", "市": "澜川市", "市委": "澜川市"}.get(self.level, "云岭县")

    def prefixes(self, kind: str, urgency: str) -> tuple[str, ...]:
        """The series such a paper is numbered in."""
        by_use = dict(self.series)
        if kind == "纪要":
            return by_use.get("纪", by_use["发"])
        if kind in {"函", "批复"}:
            return by_use.get("函", by_use["发"])
        return by_use.get("电", by_use["发"]) if urgency == "extra_urgent" else by_use["发"]


@cache
def issuers() -> tuple[Issuer, ...]:
    outer = [_outer(level, line) for level, line in sections(COUNTY / "issuers.txt")]
    inner = [_inner(unit) for unit in cast.units() if unit.is_outside]
    return tuple(outer + inner)


@cache
def issuer(name: str) -> Issuer:
    """Find an issuer by short or full name: 市水利局, 白水镇, 财政局, 县财政局."""
    return next(one for one in issuers() if name in {one.short, one.name, one.nickname})


def _outer(level: str, line: str) -> Issuer:
    name, short, weight, *series = line.split()
    return Issuer(name, short, level, int(weight), tuple(_uses(word) for word in series))


def _uses(word: str) -> tuple[str, tuple[str, ...]]:
    use, prefixes = word.split("=")
    return use, tuple(prefixes.split("|"))


def _inner(unit: cast.Unit) -> Issuer:
    level = "乡镇" if unit.kind == "township" else "部门"
    return Issuer(unit.name, unit.formal, level, 3, (("发", (unit.prefix,)),), unit.code, unit.short)
