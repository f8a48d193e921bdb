"""扫描件回单: pages that carry our codes are no new papers but signed sheets and originals that came back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from zhongshu.base.actors import Actor
from zhongshu.documents import states as s
from zhongshu.documents.models import Box
from zhongshu.files import paper
from zhongshu.files.models import Drop
from zhongshu.files.paper import Recognised
from zhongshu.matters.models import Matter

# A sheet carries a code in each box that is signed; where the paper stands says which one was meant.
BOX_OF_PHASE = {s.PROPOSED: Box.CHECK, s.INSTRUCTING: Box.INSTRUCTION, s.CIRCULATING: Box.READING}
BOX_OF_CODE = {Box.PROPOSAL: Box.CHECK, Box.INSTRUCTION: Box.INSTRUCTION, Box.READING: Box.READING}
BOXES = {paper.COVER, *Box.values}


@dataclass(frozen=True)
class Found:
    """One paper on a scan, by its signed sheet or by its cover."""

    matter: Matter
    box: str
    pages: Sequence[int]

    @property
    def is_cover(self) -> bool:
        """Say whether the original itself was scanned, behind its cover."""
        return self.box == paper.COVER

    @property
    def box_label(self) -> str:
        """Return the box in words."""
        return "封面" if self.is_cover else str(Box(self.box).label)


@dataclass(frozen=True)
class Returned:
    """A file of the basket that came back, and the papers on it."""

    drop: Drop
    papers: Sequence[Found]

    @property
    def only(self) -> Found | None:
        """Return the paper if it is one alone."""
        return self.papers[0] if len(self.papers) == 1 else None


def returned(drop: Drop, *, by: Actor) -> Returned | None:
    """Return what came back with a file, None where no code names a paper that this person sees."""
    codes = paper.kept_codes(drop.tenant_id, drop.sm3_digest)
    papers = papers_on(paper.known(codes, by=by))
    return Returned(drop, papers) if papers else None


def papers_on(places: Iterable[Recognised]) -> list[Found]:
    """Return each paper of the scan once: the signed ones with the box their present step signs in, then the covered."""
    by_matter: dict[Matter, list[Recognised]] = {}
    for one in places:
        if one.place.matter.kind == s.KIND and one.place.box in BOXES:
            by_matter.setdefault(one.place.matter, []).append(one)
    found = [_found(matter, group) for matter, group in by_matter.items()]
    return sorted(found, key=lambda one: one.is_cover)


def _found(matter: Matter, group: list[Recognised]) -> Found:
    signed = [one for one in group if one.place.box != paper.COVER]
    box = _box_of(signed) if signed else paper.COVER
    return Found(matter, box, sorted({one.page for one in signed or group}))


def _box_of(group: list[Recognised]) -> str:
    boxes = [BOX_OF_CODE.get(Box(one.place.box), Box.INSTRUCTION) for one in group]
    meant = BOX_OF_PHASE.get(group[0].place.matter.phase)
    return meant if meant in boxes else next((box for box in boxes if box != Box.CHECK), boxes[0])
