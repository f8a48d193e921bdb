"""双轨: a QR code on the printed 办理单 names matter and box, one on a cover the matter; a scan is known by them."""

import base64
import io
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

import segno
from django.utils.safestring import SafeString, mark_safe

from zhongshu.base import crypto, keys
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.files import derived, sandbox
from zhongshu.files.checks import TROUBLES
from zhongshu.files.reading.troubles import Trouble
from zhongshu.matters.access import sees
from zhongshu.matters.models import Matter

MARK = "ZS1"
COVER = "cover"
BOX = re.compile(r"[A-Za-z0-9_-]{1,40}")
SIGNATURE_BYTES = 15
NO_IMAGE = "这种文件里找不了二维码，请上传 PDF 或图片扫描件"


@dataclass(frozen=True)
class Code:
    """A QR code as it was read: page (from 1), what it says, its box in fractions of the page."""

    page: int
    payload: str
    position: tuple[float, float, float, float]


@dataclass(frozen=True)
class Place:
    """What one of our codes names: a matter and a box of its sheet."""

    matter: Matter
    box: str


@dataclass(frozen=True)
class Recognised:
    """A place found on a scanned page."""

    page: int
    place: Place
    position: tuple[float, float, float, float]


def token(matter: Matter, box: str) -> str:
    """Return the signed words of a code; nobody can make one without the house's key."""
    if not BOX.fullmatch(box):
        raise ValueError(f"a box is named by letters, digits, - and _: {box!r}")
    named = f"{MARK}.{matter.public_id}.{box}"
    return f"{named}.{_signature(named)}"


def resolve(payload: str) -> Place | None:
    """Return the place a payload names, bare or at the end of an address; None if not ours or tampered with."""
    if not payload.isascii():
        return None
    words = payload.strip().rstrip("/").rpartition("/")[2]
    named, _, signature = words.rpartition(".")
    parts = named.split(".")
    if len(parts) != 3 or parts[0] != MARK or not BOX.fullmatch(parts[2]):
        return None
    if not crypto.same(signature, _signature(named)):
        return None
    matter = Matter.objects.select_related("tenant").filter(public_id=parts[1]).first()
    return Place(matter, parts[2]) if matter else None


def qr_svg(matter: Matter, box: str, *, label: str = "") -> SafeString:
    """Draw the code of a box."""
    return code_svg(token(matter, box), label=label)


def code_svg(payload: str, *, label: str = "") -> SafeString:
    """Draw a code as an inline SVG without styles; a quarter of it may be lost and it still reads."""
    code = segno.make_qr(payload, error="q")
    out = io.BytesIO()
    code.save(
        out,
        kind="svg",
        xmldecl=False,
        svgns=True,
        nl=False,
        border=4,
        omitsize=True,
        svgclass="zs-qr",
        title=label or None,
    )
    return mark_safe(out.getvalue().decode())


def read_codes(upload: bytes | IO[bytes]) -> list[Code]:
    """Return all QR codes on the pages of a PDF or an image, in reading order."""
    file = io.BytesIO(upload) if isinstance(upload, bytes) else upload
    try:
        return _codes_in(file)
    except sandbox.Busy as error:
        raise Refused.one("FILE-08", "正在识别的扫描件太多，请过一分钟再试", "file") from error
    except Trouble as trouble:
        reason = TROUBLES.get(trouble.code) or Refusal("FILE-24", NO_IMAGE, "file")
        raise Refused(reason) from trouble


def _codes_in(file: IO[bytes]) -> list[Code]:
    found = sandbox.read("codes", file)["codes"]
    return [Code(one["page"], one["payload"], tuple(one["position"])) for one in found]


def recognise(upload: bytes | IO[bytes], *, by: Actor) -> list[Recognised]:
    """Return the places on a scan that are ours and whose matters this person sees."""
    return known(read_codes(upload), by=by)


def keep_codes(tenant_id: int, digest: str, file: IO[bytes]) -> None:
    """Note beside a content which of our codes lie on its pages; on what cannot be looked at lie none."""
    try:
        codes = _codes_in(file)
    except Trouble:
        codes = []
    ours = [asdict(code) for code in codes if resolve(code.payload)]
    derived.write_json(_codes_path(tenant_id, digest), ours)


def kept_codes(tenant_id: int, digest: str) -> list[Code]:
    """Return the codes that were noted beside a content."""
    return [
        Code(**{**one, "position": tuple(one["position"])})
        for one in derived.read_json(_codes_path(tenant_id, digest)) or []
    ]


def _codes_path(tenant_id: int, digest: str) -> Path:
    return derived.folder(tenant_id, digest) / "codes.json"


def known(codes: Iterable[Code], *, by: Actor) -> list[Recognised]:
    """Return the places that codes name, if their matters are seen by this person; of others nothing is said."""
    found = []
    for code in codes:
        place = resolve(code.payload)
        if place is not None and sees(by, place.matter):
            found.append(Recognised(code.page, place, code.position))
    return found


def _signature(named: str) -> str:
    digest = bytes.fromhex(crypto.hmac_sm3(keys.key("paper"), named))
    return base64.urlsafe_b64encode(digest[:SIGNATURE_BYTES]).decode()
