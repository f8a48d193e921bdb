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


OFD = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def ofd_bytes(
    *texts: str, body: str = "", more: dict[str, str | bytes] | None = None, document: str = ""
) -> bytes:
    """Write an OFD: a page for each text, its first line 40 mm down; `body` adds objects to the first page."""
    pages = {
        f"Doc_0/Pages/Page_{number}/Content.xml": f'<ofd:Page {OFD}><ofd:Content><ofd:Layer ID="{100 + number}">'
        f'<ofd:TextObject ID="{200 + number}" Boundary="30 40 150 10" Font="1" Size="6">'
        f'<ofd:TextCode X="0" Y="6" DeltaX="g {max(1, len(text) - 1)} 6">{text}</ofd:TextCode></ofd:TextObject>'
        f"{body if number == 0 else ''}</ofd:Layer></ofd:Content></ofd:Page>"
        for number, text in enumerate(texts)
    }
    listed = "".join(
        f'<ofd:Page ID="{n + 1}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(texts))
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f"<ofd:OFD {OFD}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        f"</ofd:PhysicalBox></ofd:PageArea><ofd:PublicRes>Public.xml</ofd:PublicRes>"
        f"{document}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages></ofd:Document>",
        "Doc_0/Public.xml": f'<ofd:Res {OFD} BaseLoc="Res"><ofd:Fonts><ofd:Font ID="1" FontName="宋体"/></ofd:Fonts></ofd:Res>',
        **pages,
        **(more or {}),
    }
    return zip_bytes({name: data.encode() if isinstance(data, str) else data for name, data in parts.items()})


def shapeless_ofd_bytes(text: str) -> bytes:
    """Write an OFD that has words but no document to draw."""
    page = f"<ofd:Page {OFD}><ofd:Content><ofd:Layer><ofd:TextObject><ofd:TextCode>{text}</ofd:TextCode></ofd:TextObject>"
    return zip_bytes(
        {
            "OFD.xml": f"<ofd:OFD {OFD}/>".encode(),
            "Doc_0/Pages/Page_0/Content.xml": f"{page}</ofd:Layer></ofd:Content></ofd:Page>".encode(),
        }
    )


def with_annotations(data: bytes) -> bytes:
    """Let the document of an OFD name its annotations."""
    parts = parts_of(data)
    place = b"<ofd:Annotations>Annots.xml</ofd:Annotations></ofd:Document>"
    parts["Doc_0/Document.xml"] = parts["Doc_0/Document.xml"].replace(b"</ofd:Document>", place)
    return zip_bytes(parts)


def sealed_ofd_bytes(png: bytes, *, box: tuple[int, int, int, int], under: str = "") -> bytes:
    """Write an OFD of one page with an electronic seal on it."""
    parts = parts_of(ofd_bytes("", body=under))
    place = b"<ofd:Signatures>Doc_0/Signs.xml</ofd:Signatures></ofd:DocBody>"
    parts["OFD.xml"] = parts["OFD.xml"].replace(b"</ofd:DocBody>", place)
    bounds = " ".join(map(str, box))
    parts["Doc_0/Signs.xml"] = (
        f'<ofd:Signatures {OFD}><ofd:Signature ID="1" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'.encode()
    )
    parts["Doc_0/Sign_0/Signature.xml"] = (
        f'<ofd:Signature {OFD}><ofd:SignedInfo><ofd:StampAnnot ID="1" PageRef="1" Boundary="{bounds}"/>'
        "<ofd:Seal><ofd:BaseLoc>Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo></ofd:Signature>"
    ).encode()
    parts["Doc_0/Sign_0/Seal.esl"] = seal_bytes("PNG", png)
    return zip_bytes(parts)


def seal_bytes(kind: str, picture: bytes) -> bytes:
    """Write a seal's DER: a header, and the picture with its kind and size."""
    number = _der(0x02, b"\x28")
    head = _der(0x30, _der(0x16, b"ES") + number)
    drawing = _der(0x30, _der(0x16, kind.encode()) + _der(0x04, picture) + number + number)
    return _der(0x30, _der(0x30, head + drawing))


def _der(tag: int, content: bytes) -> bytes:
    size = len(content)
    length = bytes([size]) if size < 128 else b"\x84" + size.to_bytes(4, "big")
    return bytes([tag]) + length + content


def parts_of(data: bytes) -> dict[str, bytes]:
    """Unpack a package."""
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {name: package.read(name) for name in package.namelist()}


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
