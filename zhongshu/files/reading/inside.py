"""Looks into bytes of any kind for words: archives in archives, parts of packages, objects embedded in others.

Nothing here believes a file's name, and nothing unpacks more than the budget allows.
"""

import bz2
import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Any

from lxml import etree

from recognize.limits import MAX_PARTS, MAX_RATIO, MAX_UNPACKED, MAX_XML, RATIO_MATTERS_FROM
from recognize.reading.packages import local
from zhongshu.files.reading.troubles import Trouble

Piece = tuple[str, str]

DEEPEST = 5
NAMES = "内含文件的名称"
ZIP, OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
STREAMS: tuple[tuple[bytes, Any], ...] = (
    (b"\x1f\x8b", gzip.GzipFile),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
)
PLACES = (
    (re.compile(r"(?:^|/)(?:header|footer)\d*\.xml$"), "页眉页脚"),
    (re.compile(r"(?:^|/)(?:comments|threadedComments|notesSlides|footnotes|endnotes)"), "批注、脚注或备注"),
    (re.compile(r"(?:^|/)(?:docProps|customXml)/|(?:^|/)(?:OFD|CustomTag\w*|Attachments)\.xml$"), "文档属性"),
    (re.compile(r"(?:^|/)(?:embeddings|Attachs?|Attachments)/"), "内嵌对象"),
    (re.compile(r"(?:^|/)diagrams/|(?:^|/)charts?/"), "图表"),
)
# Elements that end a line; what stands in one of them is read together.
ENDS = frozenset({"p", "si", "c", "TextObject", "comment", "text", "CustomData", "lpstr", "lpwstr", "is"})
SPOKEN = ("descr", "title", "alt", "Title", "Name", "FileName", "string")
HEAD_OR_FOOT = re.compile(r"&(?:[LCRPNDTFAGBIUEXYSOH]|\"[^\"]*\"|K[0-9A-F]{6}|\d{1,3})")
GRADES = ("绝密", "机密", "秘密", "絕密", "機密")
ENCODINGS = ("utf-8", "gb18030", "utf-16-le", "utf-16-be")
AROUND = 60
SIGNS = re.compile("[★☆☑√■□·絕機]")
READABLE = re.compile(r"[\u4e00-\u9fff\u3000-\u303f\uff00-\uffefA-Za-z0-9★☆☑√■□·〔〕()：:，,.。* \-]{3,}")
MOST_HITS = 200


@dataclass
class Budget:
    """How much may still be unpacked from one file, all its insides together."""

    unpacked: int = MAX_UNPACKED
    parts: int = MAX_PARTS

    def spend(self, size: int) -> None:
        """Count what was unpacked; raises `Trouble` when it is too much."""
        self.unpacked -= size
        if self.unpacked < 0:
            raise Trouble("bomb", "unpacked")

    def open_part(self) -> None:
        """Count a part; raises `Trouble` when there are too many."""
        self.parts -= 1
        if self.parts < 0:
            raise Trouble("bomb", "parts")


def pieces(data: bytes, *, depth: int = 0, budget: Budget | None = None) -> Iterator[Piece]:
    """Yield places and texts found in bytes of any kind, however deep they are packed."""
    budget = budget or Budget()
    if depth > DEEPEST:
        raise Trouble("bomb", "depth")
    if ZIP in data[:4] or _is_zip_behind(data):
        yield from _of_zip(data, depth, budget)
    elif data.startswith(OLE):
        place = "内嵌对象" if depth else "正文或文档属性"
        yield from _words_around(data, place)
        yield place, "\n".join(stretches(data))
        yield from _carved(data, depth, budget)
    elif unpack := next((unpack for magic, unpack in STREAMS if data.startswith(magic)), None):
        yield from pieces(_unpacked(unpack(io.BytesIO(data)), budget), depth=depth + 1, budget=budget)
    elif data[257:262] == b"ustar":
        yield from _of_tar(data, depth, budget)
    else:
        yield from _words_around(data, "内嵌对象" if depth else "文档属性")
        if depth:
            yield from _as_text(data)


def _of_zip(data: bytes, depth: int, budget: Budget) -> Iterator[Piece]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            for entry in package.infolist():
                budget.open_part()
                yield NAMES, _name_of(entry)
                if not entry.is_dir() and not entry.flag_bits & 0x1:
                    yield from _of_entry(package, entry, depth, budget)
    except (zipfile.BadZipFile, OSError, EOFError, RuntimeError, ValueError, NotImplementedError, zlib.error):
        yield from _words_around(data, "内嵌对象")


def _of_entry(
    package: zipfile.ZipFile, entry: zipfile.ZipInfo, depth: int, budget: Budget
) -> Iterator[Piece]:
    if entry.file_size > RATIO_MATTERS_FROM and entry.file_size > MAX_RATIO * max(entry.compress_size, 1):
        raise Trouble("bomb", "entry")
    with package.open(entry) as part:
        data = _unpacked(part, budget)
    if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
        yield from _of_xml(data, entry.filename)
    else:
        yield from pieces(data, depth=depth + 1, budget=budget)


def _name_of(entry: zipfile.ZipInfo) -> str:
    """Return a part's name, read as GBK where it is not marked as UTF-8."""
    name = entry.filename
    if not entry.flag_bits & 0x800:
        try:
            name = name.encode("cp437").decode("gb18030")
        except UnicodeError:
            return name
    return name


def _of_tar(data: bytes, depth: int, budget: Budget) -> Iterator[Piece]:
    try:
        with tarfile.open(fileobj=io.BytesIO(data), mode="r:", errors="replace") as archive:
            for member in archive:
                budget.open_part()
                yield NAMES, member.name
                if member.isfile() and (part := archive.extractfile(member)):
                    yield from pieces(_unpacked(part, budget), depth=depth + 1, budget=budget)
    except (tarfile.TarError, OSError, EOFError, ValueError):
        yield from _words_around(data, "内嵌对象")


def _unpacked(part: Any, budget: Budget) -> bytes:
    """Read a stream, counting what really comes out."""
    taken = []
    try:
        while piece := part.read(1 << 20):
            budget.spend(len(piece))
            taken.append(piece)
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile):
        pass  # a torn stream still told its beginning
    return b"".join(taken)


def _of_xml(data: bytes, name: str) -> Iterator[Piece]:
    place = next((place for pattern, place in PLACES if pattern.search(name)), "正文")
    if len(data) > MAX_XML:
        raise Trouble("bomb", "xml")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, recover=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        yield from _words_around(data, place)
        return
    yield place, "".join(_spoken(root))


def _spoken(root: Any) -> Iterator[str]:
    """Yield the letters of an XML part in reading order, a line for each paragraph, and its spoken attributes."""
    for event, element in etree.iterwalk(root, events=("start", "end", "comment")):
        if event == "comment":
            yield f"\n{element.text or ''}\n"
            continue
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            yield _plain_head(element.text or "")
            continue
        yield from (f"\n{element.get(key)}\n" for key in SPOKEN if element.get(key))
        yield "\n" if _ends_line(element) else ""
        yield element.tail or ""


def _ends_line(element: Any) -> bool:
    """Runs of one paragraph belong together; what else stands alone is a line."""
    name = local(element)
    if name in ENDS or name in ("br", "cr"):
        return True
    return bool(element.text) and not len(element) and name != "t"


def _plain_head(text: str) -> str:
    """Drop the codes by which a spreadsheet lays out its running heads."""
    return HEAD_OR_FOOT.sub("\n", text) if "&" in text else text


def _carved(data: bytes, depth: int, budget: Budget) -> Iterator[Piece]:
    """Look into packages that lie whole inside another file."""
    start = data.find(ZIP)
    if start > 0 and zipfile.is_zipfile(io.BytesIO(data[start:])):
        yield from pieces(data[start:], depth=depth + 1, budget=budget)


def _is_zip_behind(data: bytes) -> bool:
    return not data.startswith(OLE) and ends_as_zip(io.BytesIO(data))


def ends_as_zip(file: IO[bytes]) -> bool:
    """Say whether the very end of a file closes a zip."""
    size = file.seek(0, 2)
    file.seek(max(0, size - 66_000))
    tail = file.read()
    at = tail.rfind(b"PK\x05\x06")
    if at < 0 or len(tail) - at < 22:
        return False
    return at + 22 + int.from_bytes(tail[at + 20 : at + 22], "little") == len(tail)


def stretches(data: bytes) -> list[str]:
    """Return what reads as Chinese in UTF-16, at both alignments: so Office of 1997 wrote its text."""
    found: list[str] = []
    for shift in (0, 1):
        text = data[shift:].decode("utf-16-le", errors="replace")
        found += [piece for piece in READABLE.findall(text) if _is_common(piece)]
    return found


def _is_common(piece: str) -> bool:
    """Bytes read as UTF-16 give rare characters; GB 2312 holds the ones an office uses."""
    try:
        SIGNS.sub("", piece).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _words_around(data: bytes, place: str) -> Iterator[Piece]:
    """Find the grades in whatever encoding and yield what stands around them."""
    hits = 0
    for encoding in ENCODINGS:
        width = 2 if encoding.startswith("utf-16") else 1
        for grade in GRADES:
            needle, at = grade.encode(encoding), -1
            while hits < MOST_HITS and (at := data.find(needle, at + 1)) >= 0:
                hits += 1
                start = max(at % width, at - AROUND)
                yield place, _stretch(data[start : at + AROUND], encoding)


def _stretch(data: bytes, encoding: str) -> str:
    """Decode a stretch cut anywhere; what is no text of an office ends a line."""
    text = max(
        (data[cut:].decode(encoding, "replace") for cut in range(2 if encoding == "gb18030" else 1)),
        key=_worth,
    )
    return re.sub(
        r"[^\u3000-\u303f\u4e00-\u9fff\uff00-\uffef★☆☑√■□A-Za-z0-9〔〕()（）\[\]:：·*※ ]+", "\n", text
    )


def _worth(text: str) -> int:
    return sum(text.count(grade) for grade in GRADES)


def _as_text(data: bytes) -> Iterator[Piece]:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            yield "内嵌对象", data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return
