"""A marked copy as PDF: every page an image with the mark in it, written page by page."""

import io
import tempfile
from typing import IO

from PIL import Image

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.files import leaves, preview, watermark
from zhongshu.files.models import Attachment

MOST_PAGES = 100
QUALITY = 80
POINTS_WIDE = 595.0


def pdf_of(attachment: Attachment, *, by: Actor) -> IO[bytes]:
    """Return the marked copy as an open file."""
    pages = leaves.count(attachment)
    if not 0 < pages <= MOST_PAGES:
        raise Refused.one("FILE-56", f"带水印的副本最多 {MOST_PAGES} 页，请在线阅看，或请文书人员提供")
    lines = watermark.lines_for(attachment, by)
    out = tempfile.TemporaryFile()  # noqa: SIM115 - it is sent after this returns
    writer = _Writer(out, pages)
    for number in range(1, pages + 1):
        writer.page(preview.marked_page(attachment, number, preview.PRINT_WIDTH, lines))
    writer.end()
    out.seek(0)
    return out


class _Writer:
    """Writes a PDF of images, one at a time."""

    def __init__(self, out: IO[bytes], pages: int) -> None:
        self._out = out
        self._places: dict[int, int] = {}
        self._next = 3
        out.write(b"%PDF-1.5\n")
        self._object(1, b"<< /Type /Catalog /Pages 2 0 R >>")
        kids = " ".join(f"{3 + 3 * number} 0 R" for number in range(pages))
        self._object(2, f"<< /Type /Pages /Kids [{kids}] /Count {pages} >>".encode())

    def page(self, image: Image.Image) -> None:
        """Add a page as wide as A4."""
        data = io.BytesIO()
        image.save(data, "JPEG", quality=QUALITY)
        wide, high = POINTS_WIDE, POINTS_WIDE * image.height / image.width
        space = "DeviceGray" if image.mode == "L" else "DeviceRGB"
        first = self._next
        self._object(
            first,
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {wide:.1f} {high:.1f}] /Contents {first + 1} 0 R"
            f" /Resources << /XObject << /P {first + 2} 0 R >> >> >>".encode(),
        )
        self._stream(first + 1, "", f"{wide:.1f} 0 0 {high:.1f} 0 0 cm /P Do".encode())
        head = (
            f"/Type /XObject /Subtype /Image /Width {image.width} /Height {image.height}"
            f" /ColorSpace /{space} /BitsPerComponent 8 /Filter /DCTDecode"
        )
        self._stream(first + 2, head, data.getvalue())
        self._next = first + 3

    def end(self) -> None:
        """Write where everything stands."""
        start, count = self._out.tell(), self._next
        self._out.write(b"xref\n0 %d\n0000000000 65535 f \n" % count)
        for number in range(1, count):
            self._out.write(b"%010d 00000 n \n" % self._places[number])
        self._out.write(b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (count, start))

    def _stream(self, number: int, head: str, data: bytes) -> None:
        self._object(number, b"<< %s /Length %d >>\nstream\n%s\nendstream" % (head.encode(), len(data), data))

    def _object(self, number: int, body: bytes) -> None:
        self._places[number] = self._out.tell()
        self._out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
