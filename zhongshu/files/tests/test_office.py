"""LibreOffice: pages made once in the worker, within limits; without it the office is told in words."""

import shutil
import stat
import sys
from pathlib import Path

import pytest
from django.urls import reverse

from zhongshu.files import drops, leaves
from zhongshu.files import office as libreoffice
from zhongshu.files.actions import attach
from zhongshu.files.leaves import Source
from zhongshu.files.tests import samples
from zhongshu.files.tests.seeing import attach_seen
from zhongshu.matters import outbox
from zhongshu.matters.models import OutboxItem

pytestmark = pytest.mark.django_db

# Stands for LibreOffice: notes how it was called and writes a PDF of two pages.
PRETENDER = """#!{python}
import os, resource, sys
from pathlib import Path
out = Path(sys.argv[sys.argv.index("--outdir") + 1])
out.mkdir()
profile = next(a for a in sys.argv if a.startswith("-env:UserInstallation=file://"))[len("-env:UserInstallation=file://"):]
rules = (Path(profile) / "user" / "registrymodifications.xcu").read_text()
assert "DisableMacrosExecution" in rules
assert os.environ["HOME"] == str(out.parent)
assert "DATABASE_URL" not in os.environ and "SECRET_KEY" not in os.environ
assert resource.getrlimit(resource.RLIMIT_CPU)[0] <= 150
assert Path(sys.argv[-1]).stat().st_size
(out / "paper.pdf").write_bytes(Path({pdf!r}).read_bytes())
"""


@pytest.fixture
def pretender(settings, tmp_path):
    """Install a program that stands for LibreOffice; return how to write another one."""
    program, pdf = tmp_path / "soffice", tmp_path / "made.pdf"
    pdf.write_bytes(samples.pdf_bytes("one", "two"))

    def install(text):
        program.write_text(text)
        program.chmod(program.stat().st_mode | stat.S_IXUSR)
        settings.ZHONGSHU_SOFFICE = str(program)

    install(PRETENDER.format(python=sys.executable, pdf=str(pdf)))
    return install


def old_word(people, matter):
    return attach_seen(people, matter, samples.ole_bytes("WordDocument"), "旧文.doc", "body")


def pane_of(client, matter):
    return client.get(reverse("files:pane", args=[matter.public_id])).text


def convert(attachment):
    libreoffice.convert({"attachment": attachment.pk})


def test_an_old_document_becomes_pages(client, office, matter, pretender):
    attachment = old_word(office, matter)
    client.force_login(office.clerk)
    assert "正在把Word 97 文档转换成页面" in pane_of(client, matter)
    assert OutboxItem.objects.filter(topic="files.convert").count() == 1
    convert(attachment)
    assert leaves.source_of(attachment) == Source.CONVERTED
    assert pane_of(client, matter).count('class="zs-page-image"') == 2
    image = client.get(reverse("files:page", args=[attachment.public_id, 2]), {"w": 640})
    assert image.headers["Content-Type"] == "image/png"


def test_a_document_is_shown_by_its_words_until_its_pages_are_made(client, office, matter, pretender):
    data = samples.docx_bytes("请各乡镇做好值守。")
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="a.docx")
    client.force_login(office.clerk)
    assert "做好值守" in pane_of(client, matter)
    convert(attachment)
    assert pane_of(client, matter).count('class="zs-page-image"') == 2


@pytest.mark.parametrize("text", ["#!/bin/sh\nexit 1\n", '#!/bin/sh\nmkdir -p "${11}"; echo x > /dev/null\n'])
def test_what_cannot_be_made_is_said_and_not_tried_again(client, office, matter, pretender, text):
    attachment = old_word(office, matter)
    pretender(text)
    with pytest.raises(outbox.GiveUp):
        convert(attachment)
    client.force_login(office.clerk)
    assert "没有转换成功，请下载后查看" in pane_of(client, matter)
    before = OutboxItem.objects.filter(topic="files.convert").count()
    pane_of(client, matter)
    assert OutboxItem.objects.filter(topic="files.convert").count() == before


def test_one_that_never_ends_is_ended_with_its_helpers(office, matter, pretender, monkeypatch, tmp_path):
    attachment = old_word(office, matter)
    helper = tmp_path / "helper.pid"
    pretender(f"#!/bin/sh\nsleep 300 &\necho $! > {helper}\nwait\n")
    monkeypatch.setattr("zhongshu.files.office.SECONDS", 1)
    with pytest.raises(outbox.GiveUp):
        convert(attachment)
    pid = int(helper.read_text())
    state = Path(f"/proc/{pid}/stat")
    assert not state.exists() or state.read_text().split()[2] == "Z"


def test_without_it_nothing_is_promised(client, office, matter, settings):
    settings.ZHONGSHU_SOFFICE = "off"
    old_word(office, matter)
    client.force_login(office.clerk)
    assert "请下载后查看" in pane_of(client, matter)
    assert not OutboxItem.objects.filter(topic="files.convert").exists()


def test_the_real_one(office, matter, settings):
    settings.ZHONGSHU_SOFFICE = ""
    if not (shutil.which("soffice") or shutil.which("libreoffice")):
        pytest.skip("LibreOffice is not installed: apt-get install libreoffice-writer libreoffice-calc")
    data = samples.docx_bytes("请各乡镇做好值守。")
    attachment = attach(matter, data, "body", by=office.actor(office.clerk), name="a.docx")
    convert(attachment)
    assert leaves.count(attachment) == 1
    assert leaves.drawn(attachment, 1, 640).stat().st_size


@pytest.fixture
def dropped(office):
    """Return a callable that lays an old Word file into the basket and lets the worker look at it."""

    def lay():
        data = samples.ole_bytes("WordDocument")
        drop = drops.lay(data, name="旧文.doc", by=office.actor(office.clerk))
        outbox.drain()
        drop.refresh_from_db()
        return drop

    return lay


def test_the_fields_of_an_old_document_are_read_from_pages_made_in_memory(dropped, pretender):
    before = set(libreoffice.IN_MEMORY.glob("zhongshu-office-*"))
    drop = dropped()
    assert (drop.state, drop.type_code) == ("clean", "doc")
    pages = drops.recognition_of(drop)["layer"]["pages"]
    assert [line["text"] for page in pages for line in page["lines"]] == ["one", "two"]
    assert set(libreoffice.IN_MEMORY.glob("zhongshu-office-*")) == before


@pytest.mark.parametrize("missing", ["program", "room", "pages"])
def test_without_pages_an_old_document_is_registered_by_hand(
    dropped, pretender, settings, monkeypatch, missing
):
    if missing == "program":
        settings.ZHONGSHU_SOFFICE = "off"
    if missing == "room":
        monkeypatch.setattr("zhongshu.files.office.IN_MEMORY", Path("/nowhere"))
    if missing == "pages":
        pretender("#!/bin/sh\nexit 1\n")
    drop = dropped()
    assert drop.state == "clean"
    assert drops.recognition_of(drop) is None
