"""What a font file says of its letters: the number of a glyph and how far it reaches, from cmap and hmtx alone."""

import struct
from bisect import bisect_right
from collections.abc import Iterator


class FontFile:
    """The tables of one TrueType or OpenType font; a broken one knows no letter."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._runs: list[tuple[int, int, int]] = []
        self._pairs: dict[int, int] = {}
        self._units, self._wide, self._metrics = 1000, 0, 0
        try:
            self._read()
        except (struct.error, IndexError):
            self._runs, self._pairs = [], {}
        self._starts = [start for start, _, _ in self._runs]

    def glyph(self, letter: str) -> int:
        """Return the number of a letter's glyph, 0 if the font lacks it."""
        code = ord(letter)
        if code in self._pairs:
            return self._pairs[code]
        at = bisect_right(self._starts, code) - 1
        if at < 0 or code > self._runs[at][1]:
            return 0
        return code - self._runs[at][0] + self._runs[at][2]

    def advance(self, glyph: int) -> float:
        """Return a glyph's width in squares; 1 when the font does not say."""
        place = self._wide + 4 * min(glyph, self._metrics - 1)
        if not self._metrics or place + 2 > len(self._data):
            return 1.0
        return float(self._number(">H", place)) / self._units

    def _read(self) -> None:
        tables = self._tables()
        if "head" in tables:
            self._units = max(16, self._number(">H", tables["head"] + 18))
        if "hhea" in tables and "hmtx" in tables:
            self._metrics, self._wide = self._number(">H", tables["hhea"] + 34), tables["hmtx"]
        if "cmap" in tables:
            self._read_map(tables["cmap"])

    def _tables(self) -> dict[str, int]:
        start = self._number(">I", 12) if self._data[:4] == b"ttcf" else 0
        count = self._number(">H", start + 4)
        places = (start + 12 + 16 * number for number in range(count))
        return {self._data[at : at + 4].decode("latin-1"): self._number(">I", at + 8) for at in places}

    def _read_map(self, cmap: int) -> None:
        maps = []
        for number in range(self._number(">H", cmap + 2)):
            platform, encoding, offset = struct.unpack_from(">HHI", self._data, cmap + 4 + 8 * number)
            if (platform, encoding) in ((0, 3), (0, 4), (0, 6), (3, 1), (3, 10)):
                maps.append((self._number(">H", cmap + offset), cmap + offset))
        for kind, at in sorted(maps, reverse=True):
            if kind == 12:
                count = self._number(">I", at + 12)
                self._runs = sorted(struct.iter_unpack(">III", self._data[at + 16 : at + 16 + 12 * count]))
                return
            if kind == 4:
                self._pairs = dict(self._format_4(at))
                return

    def _format_4(self, at: int) -> Iterator[tuple[int, int]]:
        count = self._number(">H", at + 6) // 2
        ends, starts = at + 14, at + 16 + 2 * count
        deltas, ranges = starts + 2 * count, starts + 4 * count
        for number in range(count):
            end, start, delta, offset = (
                self._number(">H", table + 2 * number) for table in (ends, starts, deltas, ranges)
            )
            for code in range(start, min(end, 0xFFFE) + 1):
                glyph = code
                if offset:
                    glyph = self._number(">H", ranges + 2 * number + offset + 2 * (code - start))
                if glyph and (found := (glyph + delta) & 0xFFFF):
                    yield code, found

    def _number(self, form: str, place: int) -> int:
        return int(struct.unpack_from(form, self._data, place)[0])
