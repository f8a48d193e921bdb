"""拒读: pictures made to fill the memory or to run for ever are refused in bounded memory, broken ones plainly."""

import io
import os
import resource
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image

from recognize import OcrOptions, Unreadable, limits, read
from recognize.tests.drawing import drawn, needs_font, saved

ROOT = Path(__file__).resolve().parents[2]
OCR = OcrOptions()
MEMORY = 1_536 * 2**20


def png(wide, high):
    """A PNG that says how large it is and holds next to nothing."""

    def chunk(name, content):
        return (
            struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
        )

    header = struct.pack(">IIBBBBB", wide, high, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\0" * (1 << 20))
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def frames(form, count):
    shades = [Image.new("L", (40, 40), at % 256) for at in range(count)]
    file = io.BytesIO()
    shades[0].save(file, form, save_all=True, append_images=shades[1:])
    return file.getvalue()


def chain(count):
    """A TIFF of so many frames, each with a directory of its own and all with one pixel."""
    entries = [(256, 4, 1, 1), (257, 4, 1, 1), (258, 3, 1, 8), (259, 3, 1, 1), (262, 3, 1, 1), (273, 4, 1, 8),
               (278, 4, 1, 1), (279, 4, 1, 1)]  # fmt: skip
    size = 2 + 12 * len(entries) + 4
    out = bytearray(b"II*\0" + struct.pack("<I", 12) + b"\xff\0\0\0")
    for at in range(count):
        following = 12 + size * (at + 1) if at < count - 1 else 0
        out += struct.pack("<H", len(entries)) + b"".join(struct.pack("<HHII", *entry) for entry in entries)
        out += struct.pack("<I", following)
    return bytes(out)


def loop():
    data = bytearray(chain(2))
    data[-4:] = struct.pack("<I", 12)
    return bytes(data)


WHOLE = saved(Image.effect_noise((900, 600), 60).convert("RGB"), form="JPEG")
HOSTILE = {
    "30000×30000": (png(30_000, 30_000), "too_many_pixels"),
    "a strip": (png(1_000_000, 4), "too_many_pixels"),
    "few bytes for many pixels": (png(8_000, 8_000), "broken"),
    "a thousand frames of GIF": (frames("GIF", 1_000), "animated"),
    "a thousand frames of WEBP": (frames("WEBP", 1_000), "animated"),
    "a cut JPEG": (WHOLE[: len(WHOLE) // 2], "broken"),
    "only a beginning": (b"\xff\xd8\xff\xe0", "broken"),
    "no pixels": (png(0, 0), "broken"),
    "too many frames of TIFF": (chain(limits.MAX_PAGES + 1), "too_many_pages"),
    "a name without content": (b"BM" + b"\0" * 60, "broken"),
}


@pytest.mark.parametrize(("data", "code"), HOSTILE.values(), ids=HOSTILE)
def test_is_refused_with_its_code(data, code):
    with pytest.raises(Unreadable) as refused:
        read(data, OCR)
    assert refused.value.code == code


def test_a_chain_that_bites_its_tail_ends():
    assert len(read(loop(), OcrOptions(most_pages=0)).pages) <= 3


@pytest.mark.parametrize("name", ["30000×30000", "few bytes for many pixels", "a thousand frames of WEBP"])
def test_within_little_memory(name):
    """In a process that may take a gigabyte and a half it is refused, not killed."""

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))

    code = (
        "import sys; from recognize import OcrOptions, Unreadable, read\n"
        "try: read(sys.stdin.buffer.read(), OcrOptions())\n"
        "except Unreadable as refused: print(refused.code)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=HOSTILE[name][0], preexec_fn=limit, capture_output=True, check=True
    )  # fmt: skip
    assert ran.stdout.decode().strip() == HOSTILE[name][1]


@needs_font
def test_a_page_is_read_within_the_address_space_that_the_docs_name():
    code = "import sys; from recognize import OcrOptions, read; print(read(sys.stdin.buffer.read(), OcrOptions()).text)"

    def limit():
        resource.setrlimit(resource.RLIMIT_AS, (3 * 2**30, 3 * 2**30))

    ran = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, input=saved(drawn()), preexec_fn=limit, capture_output=True, check=True,
        env={"PATH": os.defpath, "LANG": "C.UTF-8", "OPENBLAS_NUM_THREADS": "1"},
    )  # fmt: skip
    assert "关于汛期水库巡查的请示" in ran.stdout.decode()


def test_a_picture_in_a_pdf_that_would_fill_the_memory_is_left_out():
    """The page is named as not read; the others are."""
    huge = (
        b"<< /Type /XObject /Subtype /Image /Width 30000 /Height 30000 /ColorSpace /DeviceRGB /BitsPerComponent 8 "
        b"/Filter /FlateDecode /Length 11 >>\nstream\n" + zlib.compress(b"\0" * 9) + b"\nendstream"
    )
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>",
        b"<< /Length 30 >>\nstream\nq 595 0 0 842 0 0 cm /I Do Q \nendstream",
        huge,
    ]
    data = b"%PDF-1.5\n" + b"".join(b"%d 0 obj\n%s\nendobj\n" % each for each in enumerate(objects, 1))
    layer = read(data + b"trailer << /Size 6 /Root 1 0 R >>\n%%EOF", OCR)
    assert (layer.skipped, layer.ocr_pages, layer.text) == ((1,), (), "")
