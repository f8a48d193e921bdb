"""Where single letters stand within a word of known width."""

from collections.abc import Iterator

FINE = 10_000
HALF_WIDTH = 0x2E7F


def shared_out(word: str, left: float, right: float) -> Iterator[tuple[str, float, float]]:
    """Yield each letter with its left and right edge; a Latin one takes about half the width of a Chinese one."""
    weights = [1.0 if ord(letter) > HALF_WIDTH else 0.5 for letter in word]
    share = (right - left) / max(0.5, sum(weights))
    for letter, weight in zip(word, weights, strict=True):
        yield letter, left, left + share * weight
        left += share * weight
