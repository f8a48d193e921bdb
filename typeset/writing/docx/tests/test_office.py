"""LibreOffice opens what we write, where it is installed; Word and WPS are not at hand."""

import shutil
import subprocess
from io import BytesIO

import pypdfium2
import pytest

from typeset.reading.words import close
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import EVERY

OFFICE = shutil.which("soffice")


@pytest.mark.skipif(OFFICE is None, reason="没有装 LibreOffice")
def test_libreoffice_opens_every_format(tmp_path):
    for name, make in EVERY.items():
        (tmp_path / f"{name}.docx").write_bytes(write_docx(make()))
    papers = sorted(tmp_path.glob("*.docx"))
    command = [
        str(OFFICE), "--headless", f"-env:UserInstallation=file://{tmp_path}/profile", "--convert-to", "pdf", "--outdir",
        str(tmp_path), *map(str, papers),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=280)
    for name, make in EVERY.items():
        document = pypdfium2.PdfDocument(BytesIO((tmp_path / f"{name}.pdf").read_bytes()))
        text = close("".join(page.get_textpage().get_text_bounded() for page in document).replace("\r", ""))
        assert close(make().title or "云岭县烟花爆竹燃放管理办法") in text
