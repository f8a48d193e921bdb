"""Verifying the trail: walk the chain from the beginning and name the first link that does not hold."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from zhongshu.base import chain, crypto, heads
from zhongshu.base.models import TrailEntry, TrailHead

CHUNK = 2000


@dataclass(frozen=True)
class Break:
    """The first link that does not hold; kind is changed, missing, inserted, relinked, cut, head or export."""

    seq: int
    kind: str
    message: str


@dataclass(frozen=True)
class VerifyReport:
    """What was looked at and what was found."""

    checked: int
    last_seq: int
    heads_checked: int
    first_broken: Break | None = None

    @property
    def is_whole(self) -> bool:
        """Say whether every link holds."""
        return self.first_broken is None

    def as_json(self) -> dict[str, Any]:
        """Return the report for a machine."""
        return {"ok": self.is_whole, **asdict(self)}


class _Found(Exception):  # noqa: N818
    """Carries the break out of the walk."""

    def __init__(self, seq: int, kind: str, message: str) -> None:
        super().__init__(message)
        self.broken = Break(seq, kind, message)


class _Walk:
    """A walk along the chain, link by link."""

    def __init__(self, from_seq: int) -> None:
        self.key = chain.chain_key()
        self.first = self.next_seq = from_seq
        self.last_hash = chain.GENESIS
        self.checked = self.heads_checked = 0

    @property
    def last_seq(self) -> int:
        return self.next_seq - 1

    def start(self) -> None:
        """Begin at the first entry, or trust the one before the entry asked for."""
        if self.first > 1:
            before = TrailEntry.objects.filter(seq=self.first - 1).values_list("hash", flat=True).first()
            if before is None:
                raise _Found(self.first - 1, "missing", f"第{self.first - 1}条缺失")
            self.last_hash = before
        elif alien := TrailEntry.objects.filter(seq__lt=1).order_by("seq").first():
            raise _Found(alien.seq, "inserted", f"第{alien.seq}条是链外插入的")

    def go_on(self) -> None:
        """Check every link that is there by now."""
        for values in self._rows():
            *linked, stored = values
            self._check(linked, stored)
            self.last_hash, self.next_seq = stored, self.next_seq + 1
            self.checked += 1

    def _rows(self) -> Iterator[tuple[Any, ...]]:
        rows = TrailEntry.objects.order_by("seq").values_list(*chain.LINKED, "hash")
        while chunk := list(rows.filter(seq__gte=self.next_seq)[:CHUNK]):
            yield from chunk

    def _check(self, linked: list[Any], stored: str) -> None:
        seq, prev_hash = linked[0], linked[-1]
        if seq != self.next_seq:
            raise _Found(self.next_seq, "missing", f"第{self.next_seq}条缺失（其后是第{seq}条）")
        if not crypto.same(chain.link(linked, self.key), stored):
            if self._is_inserted(seq):
                raise _Found(seq, "inserted", f"第{seq}条是链外插入的")
            raise _Found(seq, "changed", f"第{seq}条的内容被改动")
        if prev_hash != self.last_hash:
            raise _Found(seq, "relinked", f"第{seq}条与前一条接不上")

    def _is_inserted(self, seq: int) -> bool:
        """An alien row is skipped by the link of the row after it, or lies beyond the head."""
        after = TrailEntry.objects.filter(seq=seq + 1).values_list("prev_hash", flat=True).first()
        return after == self.last_hash or (after is None and seq > _head().seq)

    def finish(self) -> None:
        """Compare with the head; acts may go on meanwhile, so wait for a moment without one."""
        before = _head()
        self.go_on()
        while (head := _head()).seq != before.seq:
            before = head
            self.go_on()
        if head.seq > self.last_seq:
            raise _Found(self.next_seq, "cut", f"第{self.last_seq}条之后被截断，链头记到第{head.seq}条")
        if head.seq < self.last_seq:
            raise _Found(head.seq + 1, "inserted", f"第{head.seq + 1}条在链头之外")
        if head.hash != self.last_hash:
            raise _Found(head.seq, "head", f"链头与第{head.seq}条不符")

    def compare_exports(self, folder: Path | None) -> None:
        """Compare with the heads that were exported, the oldest first."""
        known = dict[int, str]()
        for place, head in heads.exported_heads(folder):
            if head is None:
                raise _Found(self.last_seq, "export", f"导出的链头文件 {place} 被改动")
            self.heads_checked += 1
            if head.seq > self.last_seq:
                words = f"第{self.last_seq}条之后被截断：{head.at[:10]}导出的链头是第{head.seq}条（{place}）"
                raise _Found(self.next_seq, "cut", words)
            if head.seq >= max(self.first, 1) and self._hash_at(head.seq, known) != head.hash:
                words = f"第{head.seq}条或更早的痕迹被整体改写：与{head.at[:10]}导出的链头不符（{place}）"
                raise _Found(head.seq, "relinked", words)

    def _hash_at(self, seq: int, known: dict[int, str]) -> str:
        if seq not in known:
            known[seq] = TrailEntry.objects.values_list("hash", flat=True).get(seq=seq)
        return known[seq]


def _head() -> TrailHead:
    return TrailHead.objects.filter(pk=chain.HEAD_ID).first() or TrailHead(seq=0, hash=chain.GENESIS)


def verify(from_seq: int | None = None, heads_folder: Path | None = None) -> VerifyReport:
    """Check the chain from `from_seq` (else from the beginning), its head and the exported heads."""
    walk, broken = _Walk(max(1, from_seq or 1)), None
    try:
        walk.start()
        walk.finish()
        walk.compare_exports(heads_folder)
    except _Found as found:
        broken = found.broken
    return VerifyReport(walk.checked, walk.last_seq, walk.heads_checked, broken)
