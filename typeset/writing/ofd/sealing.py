"""A place for an electronic seal (GB/T 38540) on an OFD, and how a sealing service fills it (GB/T 33190, 18).

This library holds no keys and signs nothing: it writes what is to be signed and takes the signed value from `Sealer`.
"""

import base64
import hashlib
import io
import zipfile
from dataclasses import dataclass
from typing import Protocol
from xml.sax.saxutils import escape, quoteattr

from typeset.writing.ofd.content import HEAD, NAMESPACE, number
from typeset.writing.ofd.package import zipped
from typeset.writing.ofd.troubles import NotConverted

SM3_WITH_SM2 = "1.2.156.10197.1.501"
SM3 = "1.2.156.10197.1.401"
PLACE = "印章位置"
FOLDER = "Doc_0/Signs/"


@dataclass(frozen=True, slots=True)
class SealPlace:
    """Where the seal stands: page from 1, upper left corner and size in millimetres."""

    page: int
    left: float
    top: float
    width: float = 42.0
    height: float = 42.0

    def as_text(self) -> str:
        """Return the place as it stands in the properties of the OFD: page, then the four lengths."""
        return " ".join((str(self.page), *map(number, (self.left, self.top, self.width, self.height))))


def place_of(written: str) -> SealPlace:
    """Read a place back."""
    page, *lengths = written.split()
    return SealPlace(int(page), *map(float, lengths))


class Sealer(Protocol):
    """A sealing service or machine: its name, its seal (DER of GB/T 38540), and its way to sign."""

    company: str
    seal: bytes
    signed_at: str

    def sign(self, digest: bytes, signature_part: str) -> bytes:
        """Return the signed value (DER of GB/T 38540) over the SM3 digest of Signature.xml, named by its part."""
        ...


def seal(ofd: bytes, place: SealPlace, sealer: Sealer) -> bytes:
    """Return the OFD with a seal: every part is protected by its SM3 digest. Raises `NotConverted`."""
    with zipfile.ZipFile(io.BytesIO(ofd)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    if f"{FOLDER}Signatures.xml" in parts:
        raise NotConverted("broken", "sealed already")
    page = _page_id(parts["Doc_0/Document.xml"].decode(), place.page)
    signatures = (
        f'{HEAD}<ofd:Signatures xmlns:ofd="{NAMESPACE}"><ofd:MaxSignId>1</ofd:MaxSignId>'
        '<ofd:Signature ID="1" Type="Seal" BaseLoc="Sign_0/Signature.xml"/></ofd:Signatures>'
    )
    listed = parts["OFD.xml"].decode()
    entry = f"<ofd:Signatures>/{FOLDER}Signatures.xml</ofd:Signatures></ofd:DocBody>"
    parts["OFD.xml"] = listed.replace("</ofd:DocBody>", entry).encode()
    parts[f"{FOLDER}Signatures.xml"] = signatures.encode()
    parts[f"{FOLDER}Sign_0/Seal.esl"] = sealer.seal
    part = f"{FOLDER}Sign_0/Signature.xml"
    signature = _signature_xml(parts, place, page, sealer).encode()
    parts[part] = signature
    parts[f"{FOLDER}Sign_0/SignedValue.dat"] = sealer.sign(_sm3(signature), f"/{part}")
    return zipped(parts)


def _page_id(document: str, page: int) -> str:
    listed = document.split("<ofd:Pages>")[1].split("</ofd:Pages>")[0].split('<ofd:Page ID="')[1:]
    if not 1 <= page <= len(listed):
        raise NotConverted("broken", f"no page {page}")
    return listed[page - 1].partition('"')[0]


def _signature_xml(parts: dict[str, bytes], place: SealPlace, page: str, sealer: Sealer) -> str:
    references = "".join(
        f"<ofd:Reference FileRef={quoteattr('/' + name)}><ofd:CheckValue>{_base64(_sm3(data))}</ofd:CheckValue>"
        "</ofd:Reference>"
        for name, data in parts.items()
    )
    box = " ".join(map(number, (place.left, place.top, place.width, place.height)))
    return (
        f'{HEAD}<ofd:Signature xmlns:ofd="{NAMESPACE}"><ofd:SignedInfo><ofd:Provider ProviderName="typeset" '
        f'Company={quoteattr(sealer.company)} Version="1.0"/><ofd:SignatureMethod>{SM3_WITH_SM2}'
        f"</ofd:SignatureMethod><ofd:SignatureDateTime>{escape(sealer.signed_at)}</ofd:SignatureDateTime>"
        f'<ofd:References CheckMethod="{SM3}">{references}</ofd:References>'
        f'<ofd:StampAnnot ID="1" PageRef="{page}" Boundary="{box}"/>'
        f"<ofd:Seal><ofd:BaseLoc>/{FOLDER}Sign_0/Seal.esl</ofd:BaseLoc></ofd:Seal></ofd:SignedInfo>"
        f"<ofd:SignedValue>/{FOLDER}Sign_0/SignedValue.dat</ofd:SignedValue></ofd:Signature>"
    )


def _sm3(data: bytes) -> bytes:
    return hashlib.new("sm3", data).digest()


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode()
