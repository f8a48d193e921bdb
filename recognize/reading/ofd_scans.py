"""Pages of an OFD that are only a picture, as scanners save them: an ImageObject over most of the page."""

import posixpath
from functools import partial
from typing import Any

from PIL import Image

from recognize.ocr.options import OcrOptions
from recognize.pages import Page, TextLayer
from recognize.reading.ofd import area_of, numbers_in, path_in, root_of, text_of
from recognize.reading.packages import Package, children, first, local, opened
from recognize.reading.pictures import drawn
from recognize.reading.printed import COVERED, FEW
from recognize.reading.scans import Enough, Picture, Progress, Sheet, read_sheets
from recognize.troubles import Unreadable


def read(
    data: bytes, layer: TextLayer, ocr: OcrOptions, progress: Progress | None, enough: Enough | None
) -> TextLayer:
    """Return the layer of an OFD with its pictures of pages read by OCR."""
    doubted = [page for page in layer.pages if page.letters < FEW]
    if not doubted:
        return layer
    with opened(data) as package:
        sheets = _sheets(package, doubted, ocr.longest)
        return read_sheets(layer, sheets, ocr, progress, enough) if sheets else layer


def _sheets(package: Package, doubted: list[Page], longest: int) -> list[Sheet]:
    root = root_of(package)
    document, base = package.xml(root), posixpath.dirname(root)
    listed = list(children(first(document, "Pages"), "Page"))
    common = first(document, "CommonData")
    area = numbers_in(text_of(first(common, "PageArea", "PhysicalBox")) if common is not None else "")
    shared = _files(package, common, base)
    found = []
    for page in doubted:
        at = path_in(base, listed[page.number - 1].get("BaseLoc", ""))
        content = package.xml(at)
        files = shared | _files(package, content, posixpath.dirname(at))
        sheet = area_of(numbers_in(text_of(first(content, "Area", "PhysicalBox"))), area)
        if picture := _largest(content, files, sheet):
            name, box = picture
            found.append(Sheet(page.number, partial(_laid, package, name, box, sheet, longest)))
    return found


def _files(package: Package, owner: Any, base: str) -> dict[str, str]:
    """Return the files of all pictures that the resources of a document or a page name."""
    files = {}
    for entry in children(owner if owner is not None else (), "PublicRes", "DocumentRes", "PageRes"):
        at = path_in(base, text_of(entry))
        if at not in package.names:
            continue
        resources = package.xml(at)
        folder = path_in(posixpath.dirname(at), resources.get("BaseLoc", ""))
        for media in (each for each in resources.iter() if local(each) == "MultiMedia"):
            name = path_in(folder, text_of(first(media, "MediaFile")))
            if name in package.names:
                files[media.get("ID", "")] = name
    return files


def _largest(
    content: Any, files: dict[str, str], sheet: tuple[float, float, float, float]
) -> tuple[str, list[float]] | None:
    """Return the file and the box of the picture that covers most of the page, if that is much of it."""
    found = [
        (box[2] * box[3], files[each.get("ResourceID")], box)
        for each in content.iter()
        if local(each) == "ImageObject" and each.get("ResourceID") in files
        for box in [numbers_in(each.get("Boundary", ""))]
        if len(box) == 4 and box[2] > 0 and box[3] > 0
    ]
    if not found:
        return None
    covered, name, box = max(found)
    return (name, box) if covered > COVERED * sheet[2] * sheet[3] else None


def _laid(
    package: Package, name: str, box: list[float], sheet: tuple[float, float, float, float], longest: int
) -> Picture | None:
    """Lay the picture on the page as the page shows it; None for one in a form that Pillow does not know (JBIG2)."""
    try:
        picture = drawn(package.bytes_of(name), 0, longest).image
    except Unreadable:
        return None
    left, top, wide, high = sheet
    scale = longest / max(wide, high)
    size = (max(1, min(longest, round(box[2] * scale))), max(1, min(longest, round(box[3] * scale))))
    page = Image.new("RGB", (round(wide * scale), round(high * scale)), "white")
    page.paste(picture.resize(size), (round((box[0] - left) * scale), round((box[1] - top) * scale)))
    return Picture(page, wide, high)
