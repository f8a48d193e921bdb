"""Names, posts and places held against the lists of people, units and divisions."""

import re
from collections import defaultdict
from collections.abc import Iterator

from proofread.hits import Given, Hit
from proofread.paper import Paper
from proofread.vocabulary import POSTS

UNIT = re.compile(
    r"(?<![\u4e00-\u9fff])?([县市区](?:人民政府)?[\u4e00-\u9fff]{1,12}?(?:局|委员会|委|办公室|办|中心|大队|联合会|联))(?=[\u4e00-\u9fff、，。；：）]|$)"
)
PLACE = re.compile(
    r"([\u4e00-\u9fff]{2,7}?(?:省|自治区))([\u4e00-\u9fff]{2,10}?(?:市|自治州|州|地区|盟))(?:([\u4e00-\u9fff]{1,10}?(?:县|区|市|旗)))?"
)
SHORTEST = 3


def posts(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find a person named with a post that the list does not give: 县长张三 where 张三 is 副县长."""
    held: dict[str, set[str]] = defaultdict(set)
    for person in given.lists.people:
        held[person.name].update(person.posts)
    if not held:
        return
    names = "|".join(sorted(map(re.escape, held), key=len, reverse=True))
    form = re.compile(
        rf"(?P<post>(?:常务)?{POSTS})(?P<name>{names})|(?P<name2>{names})(?P<post2>(?:常务)?{POSTS})"
    )
    for match in form.finditer(paper.text):
        name, post = match["name"] or match["name2"], match["post"] or match["post2"]
        if held[name] and not any(own.endswith(post) and not _is_deputy(own, post) for own in held[name]):
            group = "post" if match["post"] else "post2"
            right = next((own for own in sorted(held[name])), "")
            yield Hit(
                match.start(group),
                match.end(group),
                right,
                f"名单上{name}的职务是{'、'.join(sorted(held[name]))}",
            )


def names(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find a post with a name that is one character off the listed one: 县长李鸣 for 县长李明."""
    known = {person.name for person in given.lists.people}
    for person in given.lists.people:
        for post in person.posts:
            for match in re.finditer(
                rf"(?<!副){re.escape(post)}([\u4e00-\u9fff]{{{len(person.name)}}})", paper.text
            ):
                if (
                    match[1] not in known
                    and _one_off(match[1], person.name)
                    and match[1][0] == person.name[0]
                ):
                    yield Hit(match.start(1), match.end(1), person.name, f"名单上的{post}是{person.name}")


def units(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find names of units that are one character off a listed one and not listed themselves."""
    known = {name for unit in given.lists.units for name in (unit.name, *unit.short_names)}
    if not known:
        return
    by_length = defaultdict(list)
    for name in known:
        if len(name) > SHORTEST:
            by_length[len(name)].append(name)
    for match in UNIT.finditer(paper.text):
        written = match[1]
        if written in known or any(written.endswith(name) for name in known):
            continue
        near = [name for name in by_length[len(written)] if _one_off(written, name)]
        near = near or [
            name for size in (1, -1) for name in by_length[len(written) + size] if _one_more(written, name)
        ]
        if len(near) >= 1:
            yield Hit(match.start(1), match.end(1), min(near), f"单位名录里没有“{written}”")


def places(paper: Paper, given: Given) -> Iterator[Hit]:
    """Find a place under a division it does not belong to: 江苏省杭州市."""
    kept = _kept(given)
    if not kept:
        return
    for match in PLACE.finditer(paper.text):
        province = _longest(match[1], kept)
        if not province:
            continue
        city = match[2]
        if city in kept and province not in kept[city]:
            right = max(kept[city]) if kept[city] else ""
            yield Hit(
                match.start(2), match.end(2), "", f"{city}不属{province}" + (f"，属{right}" if right else "")
            )
        elif (
            match[3]
            and city in kept
            and match[3] in kept
            and city not in kept[match[3]]
            and not _is_county_of(match[3], city, kept)
        ):
            yield Hit(match.start(3), match.end(3), "", f"{match[3]}不属{city}")


def _kept(given: Given) -> dict[str, set[str]]:
    above: dict[str, set[str]] = defaultdict(set)
    for division in given.lists.divisions:
        above[division.name].update(division.above)
    return above


def _longest(text: str, known: dict[str, set[str]]) -> str:
    return next((text[at:] for at in range(len(text) - 2) if text[at:] in known and not known[text[at:]]), "")


def _is_county_of(name: str, city: str, known: dict[str, set[str]]) -> bool:
    return city in known.get(name, set())


def _is_deputy(own: str, post: str) -> bool:
    return own.endswith((f"副{post}", f"代{post}"))


def _one_off(one: str, other: str) -> bool:
    return len(one) == len(other) and sum(a != b for a, b in zip(one, other, strict=True)) == 1


def _one_more(one: str, other: str) -> bool:
    short, long = sorted((one, other), key=len)
    return any(long[:at] + long[at + 1 :] == short for at in range(1, len(long) - 1))
