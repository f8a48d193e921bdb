"""Rule profiles as data: GB/T 9704-2012 as it stands, and what a county's or province's own 细则 sets otherwise.

A profile is a JSON object; what it leaves out is as in `gbt9704.json`. Millimetres, but for `_pt`. `body_pt` and
`pitch_pt` left null are worked out: the 字 that fills the width with `chars`, the line that fills the height with `lines`
(3.1, 3.2, 5.2.3). `faces` names families preferred by role (fangsong, biaosong, kai, hei, song).
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
DEFAULT = "gbt9704"
MM_OF_PT = 25.4 / 72


class NotAProfile(ValueError):  # noqa: N818 - the word of the library
    """The profile cannot be used; the message says why."""


@dataclass(frozen=True, slots=True)
class Profile:
    """The figures of a page; `id` and `name` are shown in every report."""

    id: str
    name: str
    page_width: float
    page_height: float
    top: float
    left: float
    width: float
    height: float
    lines: int
    chars: int
    body_pt: float | None
    pitch_pt: float | None
    title_pt: float
    title_pitch_mm: float
    mark_top: float
    mark_pt: float
    letter_mark_top: float
    letter_mark_pt: float
    letter_rule: float
    letter_foot: float
    order_mark_top: float
    rule_gap: float
    rule_thick: float
    number_drop: float
    double_sided: bool
    keep_headings: bool
    red: str
    faces: Mapping[str, list[str]] = field(default_factory=dict)

    @property
    def zi(self) -> float:
        """Return the width and height of one character of the text, in mm (3.1)."""
        return self.body_pt * MM_OF_PT if self.body_pt else self.width / self.chars

    @property
    def pitch(self) -> float:
        """Return the distance from line to line, in mm (3.2)."""
        return self.pitch_pt * MM_OF_PT if self.pitch_pt else (self.height - self.zi) / (self.lines - 1)


def names() -> list[str]:
    """Return the profiles that come with the library."""
    return sorted(path.stem for path in FOLDER.glob("*.json"))


def load_profile(which: str | Path = DEFAULT) -> Profile:
    """Return a profile by its name, or by the path of a JSON file; raises `NotAProfile` with a plain sentence."""
    path = Path(which) if str(which).endswith(".json") else FOLDER / f"{which}.json"
    if path.parent == FOLDER and path.stem not in names():
        raise NotAProfile(f"没有“{which}”这个格式细则；可用的有 {'、'.join(names())}，或给出 .json 文件")
    base = _read(FOLDER / f"{DEFAULT}.json")
    own = _read(path)
    if unknown := sorted(set(own) - set(base)):
        raise NotAProfile(f"格式细则 {path.name} 里不认识 {'、'.join(unknown)}")
    values = base | own
    for each in fields(Profile)[2:]:
        _check(path, each.name, values[each.name], base[each.name])
    profile = Profile(id=path.stem, **values)
    _check_room(path, profile)
    return profile


def _read(path: Path) -> dict[str, Any]:
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise NotAProfile(f"打不开格式细则 {path}：{error.strerror}") from None
    except ValueError as error:
        raise NotAProfile(f"格式细则 {path.name} 不是 JSON：{error}") from None
    if not isinstance(data, dict):
        raise NotAProfile(f"格式细则 {path.name} 应是一个对象")
    return data


def _check(path: Path, name: str, value: Any, usual: Any) -> None:
    if name == "red":
        good = isinstance(value, str) and bool(re.fullmatch("#[0-9a-fA-F]{6}", value))
    elif name == "faces":
        good = isinstance(value, dict) and all(isinstance(each, list) for each in value.values())
    elif isinstance(usual, bool):
        good = isinstance(value, bool)
    else:
        number = isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 1000
        good = number or (value is None and name in {"body_pt", "pitch_pt"})
    if not good:
        raise NotAProfile(f"格式细则 {path.name} 的 {name} 不能是 {value!r}")


def _check_room(path: Path, profile: Profile) -> None:
    """See that the text area lies on the paper and its lines do not run into each other."""
    fits = (
        profile.left + profile.width <= profile.page_width
        and profile.top + profile.height <= profile.page_height
    )
    if not fits or profile.lines < 2 or profile.pitch < profile.zi:
        raise NotAProfile(f"格式细则 {path.name} 的版心放不进纸面，或行距小于字高")
