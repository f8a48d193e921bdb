"""How alike two texts are: shingles of five characters, their least hashes, and buckets to look likes up by.

Pure functions. One permutation of 64-bit hashes is cut into bins (Li, Owen, Zhang 2012); an empty bin borrows from a full
one chosen by its own hash (Shrivastava 2017). Bands of five bins make a bucket: texts that share 80 % of their shingles meet in
one of twelve buckets with a probability of 0.99, texts that share a third nearly never.
"""

import hashlib
import struct
from collections.abc import Iterable, Sequence

from zhongshu.matters import bigrams

SHINGLE = 5
BANDS = 12
ROWS = 5
BINS = BANDS * ROWS
LEAST = 80  # characters; shorter texts are too like each other to say anything
MOST = 20_000
_PACKED = struct.Struct(f">{BINS}Q")


def plain(text: str) -> str:
    """Return what counts of a text: characters, digits and letters without what stands between them."""
    return "".join(bigrams.runs(text[: 2 * MOST]))[:MOST]


def shingles(text: str) -> frozenset[str]:
    """Return the runs of five characters of a text, none when it is too short."""
    bare = plain(text)
    if len(bare) < LEAST:
        return frozenset()
    return frozenset(bare[at : at + SHINGLE] for at in range(len(bare) - SHINGLE + 1))


def signature(of: Iterable[str]) -> tuple[int, ...]:
    """Return the least hash of each bin, () for no shingles."""
    least: list[int | None] = [None] * BINS
    for shingle in of:
        hashed = _hash(shingle.encode())
        at, value = hashed % BINS, hashed // BINS
        known = least[at]
        if known is None or value < known:
            least[at] = value
    if all(value is None for value in least):
        return ()
    return tuple(_lent(least, at) for at in range(BINS))


def _lent(least: list[int | None], at: int) -> int:
    """Return a bin's value; an empty one takes that of the first full one its own hashes lead to."""
    value, tried = least[at], 0
    while value is None:
        tried += 1
        value = least[_hash(b"%d:%d" % (at, tried)) % BINS]
    return value


def buckets(values: Sequence[int], office: int) -> list[int]:
    """Return the buckets of a signature within an office, as signed 64-bit numbers."""
    found = []
    for band in range(len(values) // ROWS):
        part = values[band * ROWS : (band + 1) * ROWS]
        hashed = _hash(struct.pack(f">qq{ROWS}Q", office, band, *part))
        found.append(hashed - 2**63)
    return found


def packed(values: Sequence[int]) -> bytes:
    """Return a signature as it is stored."""
    return _PACKED.pack(*values)


def unpacked(data: bytes) -> tuple[int, ...]:
    """Return a stored signature."""
    return _PACKED.unpack(bytes(data))


def estimate(one: Sequence[int], other: Sequence[int]) -> float:
    """Guess from two signatures how much of their shingles the texts share."""
    return sum(a == b for a, b in zip(one, other, strict=True)) / BINS if one and other else 0.0


def share(one: frozenset[str], other: frozenset[str]) -> float:
    """Return how much of all shingles both texts have (Jaccard)."""
    return len(one & other) / len(one | other) if one and other else 0.0


def _hash(data: bytes) -> int:
    return int.from_bytes(hashlib.blake2b(data, digest_size=8).digest(), "big")
