"""Small PDFs to convert: typeset from sources with one feature each, or written by hand where they are bad."""

import io
import zlib
from functools import cache
from pathlib import Path

import pytest
import typst
from PIL import Image

CJK = "Noto Serif CJK SC"
PAPER = '#set page(paper: "a4", margin: 30mm)\n#set text(font: ("Libertinus Serif", "Noto Serif CJK SC"), size: 16pt)\n'


@cache
def families() -> list[str]:
    """Return the fonts of this machine, looked for once."""
    return typst.Fonts().families()


def typeset(folder: Path, body: str, *, head: str = PAPER) -> bytes:
    """Return the PDF of a Typst source; skips where there is no Chinese font."""
    if CJK not in families():
        pytest.skip(f"needs the font {CJK} (Debian: fonts-noto-cjk)")
    source = folder / "paper.typ"
    source.write_text(head + body, encoding="utf-8")
    return typst.compile(str(source), timestamp=0)


def seal(folder: Path) -> str:
    """Put a half transparent picture beside the source; return its name."""
    image = Image.new("RGBA", (60, 60), (0, 0, 0, 0))
    image.paste((220, 20, 20, 200), (10, 10, 50, 50))
    image.save(folder / "seal.png")
    return "seal.png"


def photograph(folder: Path) -> bytes:
    """Put a JPEG beside the source; return its bytes."""
    out = io.BytesIO()
    Image.new("RGB", (40, 30), (40, 120, 200)).save(out, "JPEG")
    (folder / "photo.jpg").write_bytes(out.getvalue())
    return out.getvalue()


def by_hand(*objects: str, trailer: str = "") -> bytes:
    """Return a PDF of the given objects, numbered from 1; the first is the catalogue."""
    out, places = bytearray(b"%PDF-1.7\n"), []
    for number, text in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{text}\nendobj\n".encode()
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{place:010} 00000 n \n".encode() for place in places)
    out += f"trailer\n<</Size {len(objects) + 1}/Root 1 0 R{trailer}>>\nstartxref\n{start}\n%%EOF".encode()
    return bytes(out)


def page_by_hand(
    content: str, resources: str = "", *, trailer: str = "", more: tuple[str, ...] = ()
) -> bytes:
    """Return a PDF of one page; `more` are objects from 5 on."""
    return by_hand(
        "<</Type/Catalog/Pages 2 0 R>>",
        "<</Type/Pages/Count 1/Kids[3 0 R]>>",
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<{resources}>>/Contents 4 0 R>>",
        f"<</Length {len(content)}>>\nstream\n{content}\nendstream",
        *more,
        trailer=trailer,
    )


def packed_by_hand() -> bytes:
    """Return a PDF whose catalogue and pages lie in an object stream, its cross-reference in a stream with a predictor."""
    inner = ("<</Type/Catalog/Pages 2 0 R>>", "<</Type/Pages/Count 1/Kids[3 0 R]>>",
             "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R>>")  # fmt: skip
    places = [sum(len(each) + 1 for each in inner[:at]) for at in range(len(inner))]
    head = " ".join(f"{number} {place}" for number, place in enumerate(places, 1)) + " "
    bundle = (head + " ".join(inner)).encode()
    content = b"0 0 90 90 re f"
    out, starts = bytearray(b"%PDF-1.7\n"), {}
    for number, info, data in ((4, "", content), (5, f"/Type/ObjStm/N 3/First {len(head)}", bundle)):
        starts[number] = len(out)
        out += (
            f"{number} 0 obj\n<<{info}/Length {len(data)}>>\nstream\n".encode()
            + data
            + b"\nendstream\nendobj\n"
        )
    rows = [(0, 0, 0), (2, 5, 0), (2, 5, 1), (2, 5, 2), (1, starts[4], 0), (1, starts[5], 0)]
    table = b"".join(b"\x00" + bytes((kind, *divmod(one, 256), two)) for kind, one, two in rows)
    packed = zlib.compress(table)
    info = "/Type/XRef/Size 6/W[1 2 1]/Root 1 0 R/Filter/FlateDecode/DecodeParms<</Predictor 12/Columns 4>>"
    start = len(out)
    out += f"6 0 obj\n<<{info}/Length {len(packed)}>>\nstream\n".encode() + packed + b"\nendstream\nendobj\n"
    return bytes(out + f"startxref\n{start}\n%%EOF".encode())
