"""Sets a paper as plain text, bare lines, DOCX and PDF, in the manner of GB/T 9704, for `python -m bench.recognize`."""

import html
import io
import os
import subprocess
import tempfile
import zipfile
from pathlib import Path

from bench.papers import Paper

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
CHROMIUM = os.environ.get("ZHONGSHU_CHROMIUM") or "/usr/bin/chromium"
STYLE = """
@page { size: A4; margin: 37mm 26mm 35mm 28mm; @bottom-center { content: "— " counter(page) " —"; font-size: 14pt } }
body { font: 15.79pt/29.62pt "FangSong", "Noto Serif CJK SC", serif; margin: 0; text-align: justify }
p { margin: 0; text-indent: 2em } .flat { text-indent: 0 } .mark { color: #d00; line-height: 60pt; white-space: nowrap;
margin-top: 30mm; text-align: center; text-indent: 0 } .number, .title { text-align: center; text-indent: 0 }
.number { margin-top: 20mm; border-bottom: 1.5pt solid #d00; padding-bottom: 4mm }
.title { font-size: 22pt; line-height: 36pt; margin: 12mm 0 10mm } .sign { text-align: right; text-indent: 0 }
.rest { break-before: page }
"""


def as_text(paper: Paper) -> bytes:
    """Return the text as it stands on the page it was taken from."""
    return paper.text.encode()


def as_lines(paper: Paper) -> bytes:
    """Return a paper as bare lines of 28 letters, 22 a page, as text copied out of a PDF or an OCR would give."""
    addressed = paper.gold["main_recipients"]
    title = paper.title if len(paper.title) > 1 else _broken("".join(paper.title), 20)
    rows = [row for row in (paper.mark, paper.number, *title) if row]
    for at, row in enumerate(paper.body):
        flat = at == 0 and addressed and row.startswith(addressed[:4])
        rows += _broken(row if flat else f"　　{row}", 28)
    rows += ["　" * 15 + row for row in paper.signature]
    rows += [line for row in paper.rest for line in _broken(f"　　{row}", 28)]
    pages = [[*rows[at : at + 22], f"— {at // 22 + 1} —"] for at in range(0, len(rows), 22)]
    return "\f".join("\n".join(page) for page in pages).encode()


def _broken(text: str, letters: int) -> list[str]:
    return [text[at : at + letters] for at in range(0, len(text), letters)]


def as_docx(paper: Paper) -> bytes:
    """Return a DOCX with the sizes and alignments of GB/T 9704; paragraphs are not broken into lines."""
    paragraphs = [
        _paragraph([paper.mark], size=72, align="center"),
        _paragraph([paper.number], align="center"),
        _paragraph(paper.title, size=44, align="center"),
        *(_paragraph([row]) for row in paper.body),
        *(_paragraph([row], align="right") for row in paper.signature),
        *(_paragraph([row]) for row in paper.rest),
    ]
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in {
            "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
            f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/></Relationships>',
            "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>',
        }.items():
            package.writestr(name, content)
    return file.getvalue()


def _paragraph(rows: list[str], *, size: int = 32, align: str = "both") -> str:
    if not any(rows):
        return ""
    text = "<w:br/>".join(f'<w:t xml:space="preserve">{html.escape(row)}</w:t>' for row in rows)
    return f'<w:p><w:pPr><w:jc w:val="{align}"/></w:pPr><w:r><w:rPr><w:sz w:val="{size}"/></w:rPr>{text}</w:r></w:p>'


def as_pdf(paper: Paper) -> bytes:
    """Print a paper on A4 by Chromium, with lines broken at 28 letters and page numbers below."""
    with tempfile.TemporaryDirectory() as folder:
        page, printed = Path(folder, "page.html"), Path(folder, "page.pdf")
        page.write_text(f"<meta charset=utf-8><style>{STYLE}</style>{_html(paper)}", encoding="utf-8")
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
        command = [CHROMIUM, *options, f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"]
        subprocess.run([*command, page.as_uri()], check=True, capture_output=True, timeout=120)
        return printed.read_bytes()


def _html(paper: Paper) -> str:
    addressed = paper.gold["main_recipients"]
    rows = [("mark", paper.mark), ("number", paper.number)]
    size = min(36, 430 // max(len(paper.mark), 1))
    dress = {"mark": f' style="font-size: {size}pt"', "number": ""}
    pieces = [f'<p class="{name}"{dress[name]}>{html.escape(text)}</p>' for name, text in rows if text]
    if paper.title:
        pieces.append(f'<p class="title">{"<br>".join(map(html.escape, paper.title))}</p>')
    for at, row in enumerate(paper.body):
        flat = at == 0 and addressed and row.startswith(addressed[:4])
        pieces.append(f"<p{' class=flat' if flat else ''}>{html.escape(row)}</p>")
    pieces += [f'<p class="sign">{html.escape(row)}</p>' for row in paper.signature]
    pieces += [
        f"<p{' class=rest' if at == (1 if paper.rest[0].startswith('（') else 0) else ''}>{html.escape(row)}</p>"
        for at, row in enumerate(paper.rest)
    ]
    return "".join(pieces)
