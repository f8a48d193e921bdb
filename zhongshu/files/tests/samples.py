"""Files made on the spot: sound ones, and such as nobody should open."""

import io
import struct
import zipfile
import zlib

import docx
import xlsxwriter
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from PIL import Image, ImageDraw


def pdf_bytes(*texts: str, width: int = 595, height: int = 842) -> bytes:
    """Write a PDF by hand, one page for each text (Latin letters only)."""
    count = len(texts) or 1
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for n, text in enumerate(texts or ("",)):
        stream = f"BT /F1 24 Tf 72 {height - 100} Td ({text}) Tj ET".encode()
        page = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Contents {5 + 2 * n} 0 R"
            " /Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects += [page.encode(), b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream)]
    return _assembled(objects)


def _assembled(objects: list[bytes], trailer: str = "") -> bytes:
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, body in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    for place in places:
        out.write(b"%010d 00000 n \n" % place)
    out.write(
        f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF".encode()
    )
    return out.getvalue()


def locked_pdf_bytes() -> bytes:
    """Write a PDF that asks for a password."""
    encryption = (
        f"/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <{'41' * 32}> /U <{'42' * 32}> >>"
        f" /ID [<{'00' * 16}> <{'00' * 16}>]"
    )
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>"]
    return _assembled(objects, encryption)


def scan_pdf_bytes(words: str = "scan") -> bytes:
    """Write a PDF that is only a picture."""
    out = io.BytesIO()
    picture(words, (620, 877)).save(out, "PDF", resolution=75)
    return out.getvalue()


def docx_bytes(*paragraphs: str, title: str = "", header: str = "") -> bytes:
    """Write a document of the office: a heading in the middle, paragraphs that stand in."""
    document = docx.Document()
    document.core_properties.title = title
    if header:
        document.sections[0].header.paragraphs[0].text = header
    head = document.add_heading("关于做好防汛工作的通知", level=1)
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text in paragraphs or ("各乡镇人民政府：",):
        paragraph = document.add_paragraph(text)
        paragraph.paragraph_format.first_line_indent = Pt(32)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def docx_with_table_bytes() -> bytes:
    """Write a document with a table whose first row spans two columns."""
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "隐患点登记表"
    table.cell(1, 0).text, table.cell(1, 1).text = "青石镇", "<script>alert(1)</script>"
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def xlsx_bytes(rows: list[list[object]]) -> bytes:
    """Write a workbook of one sheet."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("名单")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    return out.getvalue()


def ofd_bytes(text: str) -> bytes:
    """Write the smallest OFD that holds a line of text."""
    namespace = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    page = (
        f"<ofd:Page {namespace}><ofd:Content><ofd:Layer><ofd:TextObject>"
        f"<ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject></ofd:Layer></ofd:Content></ofd:Page>"
    )
    return zip_bytes(
        {"OFD.xml": f"<ofd:OFD {namespace}/>".encode(), "Doc_0/Pages/Page_0/Content.xml": page.encode()}
    )


def zip_bytes(parts: dict[str, bytes]) -> bytes:
    """Write a package."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in parts.items():
            package.writestr(name, data)
    return out.getvalue()


def bomb_docx_bytes(mb: int = 300) -> bytes:
    """Write a small DOCX whose document unpacks to hundreds of megabytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as package:
        package.writestr("[Content_Types].xml", "<Types/>")
        with package.open("word/document.xml", "w") as part:
            for _ in range(mb):
                part.write(b"A" * 2**20)
    return out.getvalue()


def entity_docx_bytes() -> bytes:
    """Write a DOCX whose XML defines entities (billion laughs, XXE)."""
    laughs = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "ha">{laughs}'
        '<!ENTITY f SYSTEM "file:///etc/passwd">]><x>&l8;&f;</x>'
    )
    return zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": xml.encode()})


def image_bytes(
    kind: str = "PNG", size: tuple[int, int] = (60, 40), *, orientation: int | None = None
) -> bytes:
    """Write an image whose left half is black."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).rectangle((0, 0, size[0] // 2, size[1]), fill="black")
    out = io.BytesIO()
    exif = Image.Exif()
    if orientation:
        exif[0x0112] = orientation
    image.save(out, kind, exif=exif)
    return out.getvalue()


def tiff_bytes(frames: int) -> bytes:
    """Write a scan of several sheets."""
    sheets = [picture(str(n), (300, 420)) for n in range(frames)]
    out = io.BytesIO()
    sheets[0].save(out, "TIFF", save_all=True, append_images=sheets[1:])
    return out.getvalue()


def monstrous_png_bytes() -> bytes:
    """Write a PNG of a few bytes that claims 60000×60000 points."""
    data = bytearray(image_bytes("PNG"))
    place = data.index(b"IHDR") + 4
    data[place : place + 8] = struct.pack(">II", 60000, 60000)
    data[place + 13 : place + 17] = struct.pack(">I", zlib.crc32(data[place - 4 : place + 13]))
    return bytes(data)


def ole_bytes(stream: str, text: str = "") -> bytes:
    """Write what looks like an old Office file with this stream and text."""
    return (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
        + b"\0" * 1016
        + stream.encode("utf-16-le")
        + b"\0" * 64
        + text.encode("utf-16-le")
        + b"\0" * 512
    )


def picture(words: str, size: tuple[int, int]) -> Image.Image:
    """Draw words on white."""
    image = Image.new("RGB", size, "white")
    ImageDraw.Draw(image).text((40, 60), words, fill="black")
    return image
