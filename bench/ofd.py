"""Compare OFD with the PDF it was written from: `python -m bench.ofd DIR`; JSON on standard output.

DIR holds PDF files, as `python -m bench.typeset --keep DIR` leaves them. Every file's letters are read back by `ofdkit`
and compared with PDFium's, page by page too; every page is drawn from both files, and ink beyond two pixels of the
other's is counted, both ways. The OFD is drawn by the office itself: Django's settings are needed, no database is.
"""

import argparse
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from lxml import etree
from PIL import Image, ImageChops, ImageFilter

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")

from typeset.writing.ofd import NotConverted, ofd_of
from zhongshu.files.reading import ofd as drawer

WIDTH = 1240
DARK = 160
NEAR = 5
"""A square of five pixels: two to each side."""
AIM = 0.005
SPACE = re.compile(r"\s|\x00|\u200b")


def main() -> int:
    """Print the figures; exit 1 where a page differs."""
    parser = argparse.ArgumentParser(prog="python -m bench.ofd", description=__doc__)
    parser.add_argument("folder", type=Path, metavar="DIR", help="folder of PDF files")
    parser.add_argument("--keep", type=Path, help="keep the OFD files here")
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True, exist_ok=True)
    files = sorted(given.folder.glob("*.pdf"))
    rows = [measured(file, given.keep) for file in files]
    pages = [page for row in rows for page in row["pages"]]
    report = {
        "documents": len(rows),
        "pages": len(pages),
        "refused": [row["file"] for row in rows if row["refused"]],
        "read_back_otherwise": [row["file"] for row in rows if not row["read_back"]],
        "pages_with_other_text": sum(not page["same_text"] for page in pages),
        "pages_with_other_order": sum(not page["same_order"] for page in pages),
        "pages_beyond_aim": sum(page["ink"] > AIM for page in pages),
        "ink_median": statistics.median(page["ink"] for page in pages) if pages else None,
        "ink_max": max((page["ink"] for page in pages), default=None),
        "first_median_cpu_ms": statistics.median(row["ms"] for row in rows if "ms" in row) if pages else None,
        **times(files),
        "rss_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "kb_pdf": sum(row["pdf"] for row in rows) // 1024,
        "kb_ofd": sum(row["ofd"] for row in rows) // 1024,
        "odd": [
            {"file": row["file"], "page": number, **page}
            for row in rows
            for number, page in enumerate(row["pages"], 1)
            if not page["same_text"] or page["ink"] > AIM
        ],
    }
    print(json.dumps(report, ensure_ascii=False, indent=1))
    return 1 if report["odd"] or report["refused"] or report["read_back_otherwise"] else 0


def times(files: list[Path]) -> dict[str, Any]:
    """Return milliseconds of the processor a document with its fonts kept from the time before."""
    warm = []
    for file in files:
        data = file.read_bytes()
        began = time.process_time()
        try:
            ofd_of(data)
        except NotConverted:
            continue
        warm.append((time.process_time() - began) * 1000)
    return {"again_median_cpu_ms": round(statistics.median(warm), 1) if warm else None}


def measured(file: Path, keep: Path | None) -> dict[str, Any]:
    """Convert one file and compare its pages."""
    data = file.read_bytes()
    began = time.process_time()
    try:
        made = ofd_of(data)
    except NotConverted as refused:
        return {
            "file": file.name,
            "refused": refused.code,
            "pages": [],
            "pdf": len(data),
            "ofd": 0,
            "read_back": True,
        }
    spent = (time.process_time() - began) * 1000
    if keep:
        (keep / f"{file.stem}.ofd").write_bytes(made)
    pages = list(compared(data, made))
    shown = "".join(bare(page.get_textpage().get_text_bounded()) for page in pdfium.PdfDocument(data))
    return {
        "file": file.name, "refused": "", "ms": round(spent), "pages": pages, "pdf": len(data), "ofd": len(made),
        "read_back": Counter(read_back(made)) == Counter(shown),
    }  # fmt: skip


def compared(pdf: bytes, made: bytes) -> Iterator[dict[str, Any]]:
    """Yield what differs on each page."""
    document = pdfium.PdfDocument(pdf)
    written = written_in(made)
    for number, drawn in drawer.images(BytesIO(made), most=len(document), width=WIDTH):
        page = document[number - 1]
        shown = page.render(scale=WIDTH / page.get_width()).to_pil().convert("RGB")
        said = bare(page.get_textpage().get_text_bounded())
        yield {
            "same_text": Counter(said) == Counter(written[number - 1]),
            "same_order": said == written[number - 1],
            "ink": round(ink_apart(shown, drawn), 5),
        }


def read_back(made: bytes) -> str:
    """Return the letters of a file as `ofdkit` reads them, run as a program."""
    with tempfile.NamedTemporaryFile(suffix=".ofd") as file:
        file.write(made)
        file.flush()
        words = [sys.executable, "-m", "ofdkit", "text", file.name]
        return bare(subprocess.run(words, capture_output=True, text=True, check=True).stdout)


def written_in(made: bytes) -> list[str]:
    """Return the letters of each page in the order of the file."""
    with zipfile.ZipFile(BytesIO(made)) as archive:
        names = [name for name in archive.namelist() if name.endswith("Content.xml")]
        pages = [etree.fromstring(archive.read(name)) for name in names]
    return [bare("".join(each.text or "" for each in page.iter("{*}TextCode"))) for page in pages]


def bare(text: str) -> str:
    """Return a text without blanks."""
    return SPACE.sub("", text)


def ink_apart(one: Image.Image, two: Image.Image) -> float:
    """Return the share of ink that lies more than two pixels from any ink of the other, the worse way round."""
    first, second = ink(one), ink(two.resize(one.size) if two.size != one.size else two)
    return max(beyond(first, second), beyond(second, first))


def ink(image: Image.Image) -> Image.Image:
    """Return what is dark (or of a strong colour) as white on black."""
    darkest = ImageChops.darker(ImageChops.darker(*image.split()[:2]), image.split()[2])
    return darkest.point(lambda light: 255 if light < DARK else 0)


def beyond(one: Image.Image, other: Image.Image) -> float:
    """Return the share of the ink of one that is not near the ink of the other."""
    left = ImageChops.subtract(one, other.filter(ImageFilter.MaxFilter(NEAR)))
    total = one.histogram()[255]
    return left.histogram()[255] / total if total else 0.0


if __name__ == "__main__":
    sys.exit(main())
