"""上传: a file too large is turned away while it streams, without filling memory or disk."""

import io
import resource

import pytest
from django.urls import reverse

from zhongshu.files import uploads
from zhongshu.files.models import Attachment
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of

pytestmark = pytest.mark.django_db


class Endless(io.RawIOBase):
    """A request body of so many megabytes that is never whole anywhere."""

    def __init__(self, head: bytes, size: int, tail: bytes) -> None:
        self.head, self.left, self.tail = io.BytesIO(head), size, io.BytesIO(tail)
        self.given = 0

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        size = 65536 if size is None or size < 0 else size
        piece = self.head.read(size)
        if not piece and self.left:
            piece = b"\0" * min(size, self.left)
            self.left -= len(piece)
        piece = piece or self.tail.read(size)
        self.given += len(piece)
        return piece


def body_of(size: int) -> tuple[Endless, int]:
    head = (
        b'--B\r\nContent-Disposition: form-data; name="promise"\r\n\r\non\r\n'
        b'--B\r\nContent-Disposition: form-data; name="kind"\r\n\r\nscan\r\n'
        b'--B\r\nContent-Disposition: form-data; name="file"; filename="scan.pdf"\r\n'
        b"Content-Type: application/pdf\r\n\r\n"
    )
    tail = b"\r\n--B--\r\n"
    return Endless(head, size, tail), len(head) + size + len(tail)


def send(client, matter, size, *, announced=None):
    body, length = body_of(size)
    response = client.generic(
        "POST",
        reverse("files:attach", args=[matter.public_id]),
        b"",
        **{
            "wsgi.input": body,
            "CONTENT_LENGTH": str(announced or length),
            "CONTENT_TYPE": "multipart/form-data; boundary=B",
        },
    )
    return response, body


def test_a_scan_of_200_mb_is_refused_without_growth(client, office, matter, monkeypatch):
    client.force_login(office.clerk)
    written = []
    monkeypatch.setattr(uploads.tempfile, "TemporaryFile", lambda: written.append(1))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    response, _ = send(client, matter, 200 * 2**20)
    assert codes_of(response) == ["FILE-02"]
    assert "单个文件最大 100 MB" in response.content.decode()
    assert written == []
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 30 * 1024
    assert not Attachment.objects.exists()


def test_what_lies_about_its_length_is_stopped_at_the_limit(client, office, matter, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 2**20)
    client.force_login(office.clerk)
    handler = uploads.OfficeUploadHandler()
    handler.request = type("Request", (), {"user": office.clerk})()
    handler.handle_raw_input(io.BytesIO(), {}, 1000, "B")
    handler.new_file("file", "a.pdf", "application/pdf", 1000)
    for n in range(16):
        handler.receive_data_chunk(b"x" * 65536, n * 65536)
    with pytest.raises(uploads.StopUpload):
        handler.receive_data_chunk(b"x", 2**20)
    assert handler.request.upload_refusal.code == "FILE-02"
    assert handler.file.closed


def test_an_absurd_upload_is_not_even_read(client, office, matter):
    client.force_login(office.clerk)
    response, body = send(client, matter, 3 * 2**20, announced=5 * 10**9)
    assert codes_of(response) == ["FILE-02"]
    assert body.given < 2**20


def test_a_sound_scan_of_several_megabytes_passes(client, office, matter, upload):
    client.force_login(office.clerk)
    data = samples.pdf_bytes("scan") + b"\n%" + b"x" * (5 * 2**20)
    assert upload("大扫描.pdf", data, kind="scan").status_code == 302
    assert Attachment.objects.get().size == len(data)


def test_a_stranger_fills_no_disk(client, matter, monkeypatch):
    written = []
    monkeypatch.setattr(uploads.tempfile, "TemporaryFile", lambda: written.append(1))
    response, _ = send(client, matter, 2**20)
    assert response.status_code == 302
    assert written == []
