"""Makes small DOCX files from WordprocessingML of our own."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
M = "http://schemas.openxmlformats.org/officeDocument/2006/math"
V = "urn:schemas-microsoft-com:vml"
NAMES = f'xmlns:w="{W}" xmlns:r="{R}" xmlns:m="{M}" xmlns:v="{V}"'
ROOTS = {
    "styles": "styles",
    "numbering": "numbering",
    "comments": "comments",
    "footnotes": "footnotes",
    "settings": "settings",
}


def package(parts: dict[str, str | bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return file.getvalue()


def docx(body: str, rels: str = "", more: dict[str, str | bytes] | None = None, **parts: str) -> bytes:
    """`body` is WordprocessingML; other parts by name: styles, numbering, header1, …."""
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "word/document.xml": f"<w:document {NAMES}><w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": f"<Relationships>{rels}</Relationships>",
    }
    for name, content in parts.items():
        root = ROOTS.get(name, "hdr" if name.startswith("header") else "ftr")
        made[f"word/{name}.xml"] = f"<w:{root} {NAMES}>{content}</w:{root}>"
    return package(made | (more or {}))


def para(text: str, props: str = "", run: str = "") -> str:
    return f'<w:p><w:pPr>{props}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def style(key: str, inner: str, more: str = "") -> str:
    return f'<w:style w:type="paragraph" w:styleId="{key}" {more}><w:name w:val="{key}"/>{inner}</w:style>'
