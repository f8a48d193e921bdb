"""First letters of the pinyin of a name, so that 林晓禾 is found by "lxh"."""

from __future__ import annotations

# GB 2312 orders its first 3,755 characters by pinyin: where each letter begins.
STARTS = (
    (0xB0A1, "a"), (0xB0C5, "b"), (0xB2C1, "c"), (0xB4EE, "d"), (0xB6EA, "e"), (0xB7A2, "f"), (0xB8C1, "g"),
    (0xB9FE, "h"), (0xBBF7, "j"), (0xBFA6, "k"), (0xC0AC, "l"), (0xC2E8, "m"), (0xC4C3, "n"), (0xC5B6, "o"),
    (0xC5BE, "p"), (0xC6DA, "q"), (0xC8BB, "r"), (0xC8F6, "s"), (0xCBFA, "t"), (0xCDDA, "w"), (0xCEF4, "x"),
    (0xD1B9, "y"), (0xD4D1, "z"),
)  # fmt: skip
END = 0xD7FA
# Surnames read otherwise than the character is ordered, and common characters beyond the first 3,755.
READ_AS = {"单": "s", "曾": "z", "解": "x", "仇": "q", "查": "z", "盖": "g", "砚": "y", "岚": "l", "昊": "h", "玥": "y",
           "琪": "q", "璐": "l", "瑾": "j", "婷": "t", "薇": "w", "鑫": "x", "淼": "m", "晟": "s", "钰": "y", "闫": "y"}  # fmt: skip


def initials_of(name: str) -> str:
    """Return the letters of a name; a character that cannot be placed is left out."""
    return "".join(_letter(char) for char in name)[:40]


def _letter(char: str) -> str:
    if char in READ_AS:
        return READ_AS[char]
    if char.isascii():
        return char.lower() if char.isalnum() else ""
    try:
        code = int.from_bytes(char.encode("gb2312"), "big")
    except UnicodeEncodeError:
        return ""
    if not STARTS[0][0] <= code < END:
        return ""
    return [letter for start, letter in STARTS if start <= code][-1]
