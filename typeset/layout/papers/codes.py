"""QR codes on the office's papers: the same words always give the same picture."""

import io

import segno

from typeset.layout.pictures import Pictures
from typeset.model import Picture
from typeset.model.checks import MOST_CODE_BYTES


class TooLong(ValueError):  # noqa: N818 - the word of the library
    """What a code is to say does not fit into one that a scanner reads from paper."""


def code_picture(said: str, pictures: Pictures) -> str:
    """Return the file name of a QR code, a quarter of which may be lost; nothing for nothing."""
    if not said:
        return ""
    if len(said.encode()) > MOST_CODE_BYTES:
        raise TooLong(
            f"二维码内容有 {len(said.encode())} 字节，最多 {MOST_CODE_BYTES} 字节，再多就扫不出来了"
        )
    out = io.BytesIO()
    segno.make_qr(said, error="q", boost_error=False).save(out, kind="png", scale=8, border=2)
    return pictures.keep(Picture(out.getvalue()))
