"""OFD and presentations: their text, page by page, straight from the XML."""

import re
import zipfile
from typing import IO

from lxml import etree

from zhongshu.files.reading.archives import check_package, part_of
from zhongshu.files.reading.shapes import MAX_TEXT, Blocks, Look, look_of, plain
from zhongshu.files.reading.troubles import Trouble

PAGES = {
    "ofd": re.compile(r"(?:^|/)Pages/Page_(\d+)/Content\.xml$", re.IGNORECASE),
    "pptx": re.compile(r"^ppt/slides/slide(\d+)\.xml$"),
}
TEXT_TAGS = {"ofd": "TextCode", "pptx": "t"}


def look(file: IO[bytes], *, code: str) -> Look:
    """Return pages and text."""
    check_package(file)
    texts = _texts(file, code)
    if code == "ofd" and not texts:
        raise Trouble("broken", "no pages")
    return look_of("\n".join(texts), pages=max(1, len(texts)), first=texts[0] if texts else " ")


def blocks(file: IO[bytes], *, code: str) -> Blocks:
    """Return the text of each page as lines; the layout stays in the file."""
    check_package(file)
    pages = [[plain(line) for line in text.splitlines()] for text in _texts(file, code)]
    return Blocks(pages=pages or [[]], cut=False)


def _texts(file: IO[bytes], code: str) -> list[str]:
    file.seek(0)
    try:
        with zipfile.ZipFile(file) as package:
            found = [(int(m[1]), name) for name in package.namelist() if (m := PAGES[code].search(name))]
            texts: list[str] = []
            for _, name in sorted(found):
                texts.append(_text_of(part_of(package, name), TEXT_TAGS[code]))
                if sum(map(len, texts)) > MAX_TEXT:
                    break
            return texts
    except (zipfile.BadZipFile, OSError) as error:
        raise Trouble("broken", str(error)[:200]) from error


def _text_of(root: etree._Element, tag: str) -> str:
    found = root.iter("{*}" + tag)
    return "\n".join(str(element.text) for element in found if element.text)
