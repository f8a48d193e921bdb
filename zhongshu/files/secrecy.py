"""The first gate before 涉密: marks of secrecy in names, first pages and titles (domain 2.14)."""

import re
import unicodedata

GRADES = "(?:绝密|机密|(?<!商业)(?<!工作)秘密)"
TERM = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})(?:年|个月|月|天|日)"
SIGNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{GRADES}级?[★☆✩✪⭐*※]",
        rf"{GRADES}级?(?:特急|加急|急件)",
        rf"[【\[(<〔《{{]{GRADES}级?[】\])>〕》}}]",
        rf"{GRADES}级?[:]?{TERM}",
        rf"(?:密级|保密等级|秘密等级|密级和保密期限)[:]?{GRADES}",
        rf"{GRADES}级?(?:长期|启封前|公布前)",
        rf"(?:此|本|该)(?:件|文件|材料|资料)(?:系|为|属于|属)(?:国家秘密|{GRADES})",
        rf"^{GRADES}(?:级|件|文件)?[_\-—·.]",
        rf"^{GRADES}级?(?:件|文件)",
    )
)


def marks_in(text: str) -> bool:
    """Say whether a text carries a mark of secrecy; spaces between the letters do not hide it."""
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
    return any(sign.search(plain) for sign in SIGNS)


def is_suspect(*, name: str = "", first_text: str = "", meta_text: str = "") -> bool:
    """Judge a file by its name, its first page, and the titles that it carries about itself."""
    return any(marks_in(text) for text in (name, first_text, meta_text))
