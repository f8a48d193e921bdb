"""来文机关: whether it is a unit of the county, and from which side its papers come."""

import re
from dataclasses import dataclass

from django.db.models import Q

from zhongshu.documents.models import Direction
from zhongshu.people.models import OrgUnit, OrgUnitName

STATE = re.compile(
    r"^(?:中共中央|中央|国务院|国办|国家|全国|最高人民|中华人民共和国|教育部|财政部|公安部|民政部|水利部|司法部)"
)
PROVINCE = re.compile(r"^(?:中共)?[\u4e00-\u9fff]{2,8}?(?:省|自治区)")
CITY = re.compile(r"^(?:中共)?[\u4e00-\u9fff]{2,8}?(?:市|自治州|州|盟|地区)")
COUNTY = re.compile(r"[\u4e00-\u9fff]{1,8}?(?:县|自治县|旗|区)")
PEERS = re.compile(r"(?:人大|人民代表大会|政协|政治协商|人民法院|人民检察院|监察委员会|监委|纪委|武装部)")
PARTY = re.compile(r"^中共|县委|区委|旗委")


@dataclass(frozen=True)
class Side:
    """行文方向, how sure, and why."""

    direction: str
    confidence: float
    why: str


def unit_named(name: str) -> OrgUnit | None:
    """Return the unit of the county that goes, or went, by this name or its short form; of several organs the first."""
    first = re.split(r"[、，,；;]", name.strip())[0].strip()
    if not first:
        return None
    standing = OrgUnit.objects.filter(valid_to__isnull=True, is_tenant=True)
    if unit := standing.filter(Q(name=first) | Q(short_name=first)).order_by("pk").first():
        return unit
    past = OrgUnitName.objects.filter(Q(name=first) | Q(short_name=first)).values("unit_id")
    return standing.filter(pk__in=past).order_by("pk").first()


def side_of(name: str, unit: OrgUnit | None, home: str) -> Side:
    """Guess where a paper comes from; `home` is the county as its government is called, without 人民政府."""
    if unit is not None:
        return Side(Direction.UPWARD, 0.95, f"县内单位：{unit.label}")
    if STATE.match(name):
        return Side(Direction.DOWNWARD, 0.95, "中央和国家机关")
    if PROVINCE.match(name) and not COUNTY.search(name):
        return Side(Direction.DOWNWARD, 0.95, "省级机关")
    if home and name.removeprefix("中共").startswith(home):
        return _of_this_county(name.removeprefix("中共").removeprefix(home), name)
    if CITY.match(name) and not COUNTY.search(CITY.sub("", name)):
        return Side(Direction.DOWNWARD, 0.9, "市级机关")
    if re.search(r"(?:县|区|旗)(?:人民政府|委员会|委)", name):
        return Side(Direction.LATERAL, 0.75, "其他县区")
    return Side(Direction.UPWARD if COUNTY.search(name) else Direction.DOWNWARD, 0.4, "看不出隶属，请核对")


def _of_this_county(rest: str, name: str) -> Side:
    if PEERS.search(rest):
        return Side(Direction.LATERAL, 0.85, "县级平行机关")
    if PARTY.search(name) or rest.startswith("委"):
        return Side(Direction.DOWNWARD, 0.85, "县委")
    return Side(Direction.UPWARD, 0.6, "县内机关，但机构表里没有")


def home_of(tenant_id: int) -> str:
    """Return the county's name, e.g. 云岭县, from the units above the office."""
    office = OrgUnit.objects.select_related("parent").filter(pk=tenant_id).first()
    while office is not None:
        if found := re.match(r"(.+?(?:县|区|市|旗))人民政府", office.name):
            return found[1]
        office = office.parent
    return ""
