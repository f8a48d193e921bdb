"""Which characters of a text are drawn by another face than the one meant, and which by none.

Typst draws nothing for a character no font has and does not say so; so it is asked before.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from typeset.fonts.finding import INVISIBLE, Face, Faces, known_faces


@dataclass(frozen=True, slots=True)
class Substitute:
    """A character that another face than the role's own draws."""

    character: str
    role: str
    family: str


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was found for one text: `missing` are drawn as their code in a box, so that they are seen."""

    substitutes: tuple[Substitute, ...] = ()
    missing: tuple[str, ...] = ()
    used: Mapping[str, Face] = field(default_factory=dict)

    def report(self) -> list[str]:
        """Return a plain line for each face that stood in, and one for what no font has."""
        by_family: dict[tuple[str, str], list[str]] = {}
        for each in self.substitutes:
            by_family.setdefault((each.role, each.family), []).append(each.character)
        lines = [
            f"{known_faces()[role]['label']}缺“{''.join(found)}”，改用 {family}"
            for (role, family), found in by_family.items()
        ]
        if self.missing:
            shown = "、".join(f"{each}（U+{ord(each):04X}）" for each in self.missing)
            lines.append(f"没有字体能印 {shown}，已印成方框和编码，请安装含该字的字体")
        return lines


def cover(faces: Faces, texts: Mapping[str, Iterable[str]]) -> Coverage:
    """Look up the characters of each role's texts in its faces."""
    substitutes: list[Substitute] = []
    missing: dict[str, None] = {}
    for role, parts in texts.items():
        wanted = sorted(set().union(*parts) - INVISIBLE)
        chain = faces.chains[role]
        first = chain[0].characters if chain else frozenset()
        for character in wanted:
            if ord(character) in first:
                continue
            other = next((face for face in chain[1:] if ord(character) in face.characters), None)
            if other:
                substitutes.append(Substitute(character, role, other.family))
            else:
                missing[character] = None
    used = {role: face for role in texts if (face := faces.face(role))}
    return Coverage(tuple(substitutes), tuple(missing), used)
