"""Makes small files in each format from our own words."""

import io
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFD = "http://www.ofdspec.org/2016"
A4 = (595.28, 841.89)
GB1 = "/Registry (Adobe) /Ordering (GB1) /Supplement 2"

REQUEST = """000012
特急
云岭县发展和改革局
云岭县财政局
文件
云发改联〔2026〕3号　　签发人：王　磊　李大山
关于下达2026年以工代赈
项目计划的请示
县人民政府：
按照有关要求，现将计划上报。请于6月15日17时前将审核意见书面反馈县发展和改革局。
妥否，请批示。
附件：1.项目计划表
2.资金安排表（试行）
云岭县发展和改革局　　云岭县财政局
2026年6月1日
（联系人：赵小云，联系电话：0871-65432100）
抄送：县委办公室，县人大常委会办公室。
云岭县发展和改革局办公室　　2026年6月2日印发"""


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(body: str, **parts: str) -> bytes:
    """`body` is WordprocessingML; other parts by name, `numbering` for word/numbering.xml."""
    document = f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>'
    more = {
        f"word/{name}.xml": f'<w:{tag} xmlns:w="{W}">{content}</w:{tag}>'
        for name, content in parts.items()
        for tag in ["hdr" if name.startswith("header") else name]
    }
    return package({"[Content_Types].xml": "<Types/>", "word/document.xml": document, **more})


def paragraphs(text: str) -> str:
    rows = text.split("\n")
    return "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(row)}</w:t></w:r></w:p>' for row in rows)


def ofd(rows: list[tuple[float, float, str]], *, size: float = 5.6, extra: str = "") -> bytes:
    """One A4 page; each row at x, y (millimetres to its upper left corner), letters `size` apart."""
    texts = "".join(
        f'<ofd:TextObject Boundary="{x} {y} 160 {size}" Size="{size}"><ofd:TextCode X="0" Y="{size * 0.88}" '
        f'DeltaX="g {len(text) - 1} {size}">{escape(text)}</ofd:TextCode></ofd:TextObject>'
        for x, y, text in rows
    )
    content = f"<ofd:Content><ofd:Layer>{texts}{extra}</ofd:Layer></ofd:Content>"
    return package(
        {
            "OFD.xml": f'<ofd:OFD xmlns:ofd="{OFD}"><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot>'
            "</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f'<ofd:Document xmlns:ofd="{OFD}"><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>'
            "0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
            '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
            "Doc_0/Pages/Page_0/Content.xml": f'<ofd:Page xmlns:ofd="{OFD}">{content}</ofd:Page>',
        }
    )


def pdf(pages: list[list[tuple[float, float, float, str]]]) -> bytes:
    """Each row: x, y (points from the lower left), size, text; the font is not embedded."""
    kids = " ".join(f"{5 + 2 * at} 0 R" for at in range(len(pages)))
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [4 0 R] >>",
        f"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 /CIDSystemInfo << {GB1} >> >>",
    ]
    for at, rows in enumerate(pages):
        stream = "\n".join(
            f"BT /F1 {size} Tf {x} {y} Td <{text.encode('utf-16-be').hex()}> Tj ET"
            for x, y, size, text in rows
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {A4[0]} {A4[1]}] /Contents {6 + 2 * at} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>"
        )
        objects.append(f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream")
    return _assembled(objects)


def _assembled(objects: list[str]) -> bytes:
    out, starts = bytearray(b"%PDF-1.5\n"), []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    begin = len(out)
    rows = "".join(f"{start:010d} 00000 n \n" for start in starts)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{rows}".encode()
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{begin}\n%%EOF\n".encode()
    return bytes(out)
