"""The package: parts, their relations and types, zipped so that the same content gives the same bytes."""

import io
import zipfile
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from typeset.writing.docx.xml import Node, written

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml"
DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
KINDS = {"png": "image/png", "jpeg": "image/jpeg", "gif": "image/gif"}
EARLIEST = (1980, 1, 1, 0, 0, 0)


@dataclass
class Package:
    """Gathers parts; `relate` gives the id by which the document refers to one."""

    parts: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    relations: list[tuple[str, str]] = field(default_factory=list)
    pictures: dict[bytes, str] = field(default_factory=dict)

    def add(self, name: str, kind: str, root: Node) -> str:
        """Add an XML part of the document and return its relation id."""
        self.parts[f"word/{name}"] = written(root)
        self.types[f"/word/{name}"] = f"{WORD}.{kind}+xml"
        return self.relate(kind, name)

    def relate(self, kind: str, target: str) -> str:
        """Add a relation of the document."""
        self.relations.append((kind, target))
        return f"rId{len(self.relations)}"

    def picture(self, data: bytes, extension: str) -> str:
        """Add a picture once, however often it is shown."""
        if data not in self.pictures:
            name = f"media/image{len(self.pictures) + 1}.{extension}"
            self.parts[f"word/{name}"] = data
            self.pictures[data] = self.relate("image", name)
        return self.pictures[data]

    def zipped(self, document: Node, title: str) -> bytes:
        """Return the file."""
        self.parts["word/document.xml"] = written(document)
        self.types["/word/document.xml"] = f"{WORD}.document.main+xml"
        front = {
            "[Content_Types].xml": self._types(),
            "_rels/.rels": _rels(
                [("officeDocument", "word/document.xml"), ("extended-properties", "docProps/app.xml")],
                core=True,
            ),
            "docProps/core.xml": _core(title),
            "docProps/app.xml": DECLARATION
            + '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
            + "<Application>zhongshu typeset</Application></Properties>",
            "word/_rels/document.xml.rels": _rels(self.relations),
        }
        file = io.BytesIO()
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
            for name, part in front.items():
                package.writestr(_entry(name), part.encode())
            for name, data in sorted(self.parts.items()):
                package.writestr(_entry(name), data)
        return file.getvalue()

    def _types(self) -> str:
        defaults = {
            "rels": "application/vnd.openxmlformats-package.relationships+xml",
            "xml": "application/xml",
            **KINDS,
        }
        overrides = self.types | {
            "/docProps/core.xml": "application/vnd.openxmlformats-package.core-properties+xml",
            "/docProps/app.xml": "application/vnd.openxmlformats-officedocument.extended-properties+xml",
        }
        rows = [f'<Default Extension="{name}" ContentType="{kind}"/>' for name, kind in defaults.items()]
        rows += [
            f'<Override PartName="{name}" ContentType="{kind}"/>' for name, kind in sorted(overrides.items())
        ]
        return f'{DECLARATION}<Types xmlns="{TYPES}">{"".join(rows)}</Types>'


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, EARLIEST)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


def _rels(relations: list[tuple[str, str]], *, core: bool = False) -> str:
    rows = [
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target={quoteattr(target)}/>'
        for number, (kind, target) in enumerate(relations, 1)
    ]
    if core:
        kind = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
        rows.append(f'<Relationship Id="rIdCore" Type="{kind}" Target="docProps/core.xml"/>')
    return f'{DECLARATION}<Relationships xmlns="{RELATIONS}">{"".join(rows)}</Relationships>'


def _core(title: str) -> str:
    escaped = title.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return (
        f"{DECLARATION}<cp:coreProperties "
        'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{escaped}</dc:title></cp:coreProperties>'
    )
