"""The writers: one content model to PDF, DOCX, OFD and page images; `WRITERS` by the ending of a file's name."""

from collections.abc import Callable

from typeset.model import Content
from typeset.profiles import Profile
from typeset.writing.docx import write_docx
from typeset.writing.ofd import write_ofd
from typeset.writing.pdf import write_pdf
from typeset.writing.png import write_png, write_svg

WRITERS: dict[str, Callable[[Content, Profile], bytes | list[bytes]]] = {
    "pdf": write_pdf,
    "docx": write_docx,
    "ofd": write_ofd,
    "png": write_png,
    "svg": write_svg,
}
