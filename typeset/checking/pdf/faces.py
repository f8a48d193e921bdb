"""Which of the faces of official papers a font's name means."""

KNOWN: dict[str, tuple[str, ...]] = {
    "仿宋": ("fangsong", "fandolfang", "fzfs", "fzfang", "仿宋", "zhuque"),
    "小标宋": ("xiaobiaosong", "fzxbs", "小标宋", "gwxbs"),
    "楷体": ("kaiti", "fandolkai", "fzkt", "fzkai", "stkaiti", "simkai", "lxgwwenkai", "ukai", "楷体", "楷"),
    "黑体": ("simhei", "fandolhei", "fzht", "fzhei", "stheiti", "notosanscjk", "notosanssc", "sourcehansans", "黑体"),
    "宋体": ("simsun", "nsimsun", "fandolsong", "fzss", "fzshusong", "stsong", "uming", "notoserifcjk", "notoserifsc",
             "sourcehanserif", "宋体"),
}  # fmt: skip
# Serif faces in bold or black stand in for 小标宋 where that is not at hand.
HEAVY = ("bold", "black", "heavy")
LATIN_SERIF = ("times", "liberationserif", "nimbusrom", "libertinus", "newcm")


def face_of(font: str) -> str:
    """Return 仿宋, 小标宋, 楷体, 黑体 or 宋体; an empty text for a font that is none of them."""
    name = font.lower().replace(" ", "").replace("_", "").replace("-", "")
    found = next((face for face, parts in KNOWN.items() if any(part in name for part in parts)), "")
    if found == "宋体" and any(name.endswith(word) or word in name.split(",")[-1] for word in HEAVY):
        return "小标宋"
    return found


def is_face(font: str, wanted: str) -> bool:
    """Say whether a font may stand for a face; page numbers in a Latin serif are as good as 宋体."""
    face = face_of(font)
    if face == wanted:
        return True
    return wanted == "宋体" and (face == "小标宋" or any(word in font.lower() for word in LATIN_SERIF))
