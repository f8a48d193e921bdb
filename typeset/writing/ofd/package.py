"""The package of an OFD (GB/T 33190, 6–7): its parts in a fixed order, with fixed dates, so that bytes repeat."""

import hashlib
import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from typeset.writing.ofd.content import HEAD, NAMESPACE, Numbering, Shared, number, page_xml
from typeset.writing.ofd.drawn import Letters, Sheet
from typeset.writing.ofd.embedded import Face
from typeset.writing.ofd.extras import About, Attached, Bookmark
from typeset.writing.ofd.outlines import Built, built
from typeset.writing.ofd.pictures import PictureFile

EPOCH = (1980, 1, 1, 0, 0, 0)
MAKER, VERSION = "typeset", "1.0"
SUFFIX = {"JPEG": "jpg", "PNG": "png"}
STORED = ("jpg", "png")


@dataclass(frozen=True, slots=True)
class Whole:
    """Everything that goes into an OFD. `custom` are further properties by name."""

    sheets: Sequence[Sheet]
    faces: Sequence[Face]
    pictures: Sequence[PictureFile]
    about: About
    bookmarks: Sequence[Bookmark]
    attached: Sequence[Attached]
    custom: dict[str, str]


def parts_of(whole: Whole) -> dict[str, bytes]:
    """Return the parts by name, OFD.xml first."""
    numbering = Numbering()
    fonts = [built(face, reads) for face, reads in zip(whole.faces, _used(whole), strict=True)]
    shared = Shared(
        fonts, [numbering.next() for _ in whole.faces], [numbering.next() for _ in whole.pictures]
    )
    pages = [numbering.next() for _ in whole.sheets]
    contents = [page_xml(sheet, shared, numbering) for sheet in whole.sheets]
    parts = {
        "Doc_0/PublicRes.xml": _fonts_xml(whole.faces, shared),
        "Doc_0/DocumentRes.xml": _pictures_xml(whole.pictures, shared),
    }
    parts |= {f"Doc_0/Pages/Page_{place}/Content.xml": xml for place, xml in enumerate(contents)}
    if whole.attached:
        parts["Doc_0/Attachs/Attachments.xml"] = _attached_xml(whole.attached)
    parts["Doc_0/Document.xml"] = _document_xml(whole, pages, numbering)
    packed = {name: xml.encode() for name, xml in parts.items()}
    packed |= _files(fonts, whole)
    return {"OFD.xml": _ofd_xml(whole, packed).encode(), **packed}


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return the parts as a ZIP whose bytes depend on nothing but them."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in parts.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.external_attr = 0o644 << 16
            is_packed = name.rpartition(".")[2] in STORED
            entry.compress_type = zipfile.ZIP_STORED if is_packed else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data)
    return out.getvalue()


def _used(whole: Whole) -> list[dict[int, str]]:
    """Return which glyphs of each font the pages show, and what they read."""
    used: list[dict[int, str]] = [{} for _ in whole.faces]
    for sheet in whole.sheets:
        for item in sheet.items:
            if isinstance(item, Letters):
                used[item.face] |= {glyph.number: glyph.reads for glyph in item.glyphs}
    return used


def _files(fonts: Sequence[Built], whole: Whole) -> dict[str, bytes]:
    files = {f"Doc_0/Res/font_{place}.ttf": font.data for place, font in enumerate(fonts)}
    files |= {_picture_part(place, each): each.data for place, each in enumerate(whole.pictures)}
    return files | {
        f"Doc_0/Attachs/{_attached_part(place, each)}": each.data for place, each in enumerate(whole.attached)
    }


def _picture_part(place: int, picture: PictureFile) -> str:
    return f"Doc_0/Res/image_{place}.{SUFFIX[picture.kind]}"


def _attached_part(place: int, file: Attached) -> str:
    """Return a name that every system can unpack; the true one stands in Attachments.xml."""
    suffix = file.name.rpartition(".")[2]
    return f"file_{place}.{suffix.lower() if suffix.isascii() and suffix.isalnum() else 'bin'}"


def _fonts_xml(faces: Sequence[Face], shared: Shared) -> str:
    rows = []
    for place, (face, identity) in enumerate(zip(faces, shared.font_ids, strict=True)):
        family = face.name.partition("-")[0]
        bold = ' Bold="true"' if face.name.lower().endswith(("bold", "black", "heavy")) else ""
        rows.append(
            f'<ofd:Font ID="{identity}" FontName={quoteattr(face.name)} FamilyName={quoteattr(family)}{bold}>'
            f"<ofd:FontFile>font_{place}.ttf</ofd:FontFile></ofd:Font>"
        )
    return f'{HEAD}<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res"><ofd:Fonts>{"".join(rows)}</ofd:Fonts></ofd:Res>'


def _pictures_xml(pictures: Sequence[PictureFile], shared: Shared) -> str:
    rows = [
        f'<ofd:MultiMedia ID="{identity}" Type="Image" Format="{each.kind}">'
        f"<ofd:MediaFile>image_{place}.{SUFFIX[each.kind]}</ofd:MediaFile></ofd:MultiMedia>"
        for place, (each, identity) in enumerate(zip(pictures, shared.picture_ids, strict=True))
    ]
    inner = f"<ofd:MultiMedias>{''.join(rows)}</ofd:MultiMedias>" if rows else ""
    return f'{HEAD}<ofd:Res xmlns:ofd="{NAMESPACE}" BaseLoc="Res">{inner}</ofd:Res>'


def _document_xml(whole: Whole, pages: list[int], numbering: Numbering) -> str:
    first = whole.sheets[0]
    listed = "".join(
        f'<ofd:Page ID="{identity}" BaseLoc="Pages/Page_{place}/Content.xml"/>'
        for place, identity in enumerate(pages)
    )
    outline = "".join(_bookmark(each, pages) for each in whole.bookmarks)
    attached = "<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>" if whole.attached else ""
    return (
        f'{HEAD}<ofd:Document xmlns:ofd="{NAMESPACE}"><ofd:CommonData><ofd:MaxUnitID>{numbering.last}'
        f"</ofd:MaxUnitID><ofd:PageArea><ofd:PhysicalBox>0 0 {number(first.width)} {number(first.height)}"
        "</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>PublicRes.xml</ofd:PublicRes>"
        "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
        f"<ofd:Pages>{listed}</ofd:Pages>{f'<ofd:Outlines>{outline}</ofd:Outlines>' if outline else ''}"
        f"{attached}</ofd:Document>"
    )


def _bookmark(bookmark: Bookmark, pages: list[int]) -> str:
    below = "".join(_bookmark(each, pages) for each in bookmark.below)
    return (
        f"<ofd:OutlineElem Title={_attribute(bookmark.title)}><ofd:Actions>"
        f'<ofd:Action Event="CLICK"><ofd:Goto><ofd:Dest Type="XYZ" PageID="{pages[bookmark.page]}" '
        f'Left="0" Top="{number(bookmark.top)}" Zoom="0"/></ofd:Goto></ofd:Action></ofd:Actions>'
        f"{below}</ofd:OutlineElem>"
    )


def _attached_xml(files: Sequence[Attached]) -> str:
    rows = [
        f'<ofd:Attachment ID="{place + 1}" Name={_attribute(each.name)} '
        f'Format="{_attached_part(place, each).rpartition(".")[2]}"'
        f'{f" CreationDate={quoteattr(each.created)}" if each.created else ""} Size="{len(each.data) / 1024:.3f}" '
        f'Visible="true"><ofd:FileLoc>{_attached_part(place, each)}</ofd:FileLoc></ofd:Attachment>'
        for place, each in enumerate(files)
    ]
    return f'{HEAD}<ofd:Attachments xmlns:ofd="{NAMESPACE}">{"".join(rows)}</ofd:Attachments>'


def _ofd_xml(whole: Whole, parts: dict[str, bytes]) -> str:
    about = whole.about
    rows = [("DocID", _identity(parts)), ("Title", about.title), ("Author", about.author), ("Subject", about.subject),
            ("CreationDate", about.created), ("ModDate", about.changed), ("Creator", MAKER),
            ("CreatorVersion", VERSION)]  # fmt: skip
    info = "".join(f"<ofd:{name}>{_text(value)}</ofd:{name}>" for name, value in rows if value)
    if about.keywords:
        words = "".join(f"<ofd:Keyword>{_text(word)}</ofd:Keyword>" for word in about.keywords)
        info += f"<ofd:Keywords>{words}</ofd:Keywords>"
    if whole.custom:
        more = "".join(
            f"<ofd:CustomData Name={_attribute(name)}>{_text(value)}</ofd:CustomData>"
            for name, value in whole.custom.items()
        )
        info += f"<ofd:CustomDatas>{more}</ofd:CustomDatas>"
    return (
        f'{HEAD}<ofd:OFD xmlns:ofd="{NAMESPACE}" Version="1.1" DocType="OFD"><ofd:DocBody><ofd:DocInfo>{info}'
        "</ofd:DocInfo><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>"
    )


def _identity(parts: dict[str, bytes]) -> str:
    """Return 32 hexadecimal digits that the same document gets again."""
    work = hashlib.sha256()
    for name, data in parts.items():
        work.update(f"{name}\0{len(data)}\0".encode() + data)
    return work.hexdigest()[:32]


def _text(value: str) -> str:
    return escape("".join(letter for letter in value if letter >= " " or letter in "\n\t"))


def _attribute(value: str) -> str:
    return quoteattr("".join(letter for letter in value if letter >= " "))
