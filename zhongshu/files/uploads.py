"""Takes uploads in: streamed to a nameless file, stopped at the limit, closed to strangers."""

import tempfile
from typing import IO, Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, StopUpload
from django.http import HttpRequest, QueryDict

from zhongshu.base.refusals import Refusal
from zhongshu.files.reading.types import LARGEST_MB

MB = 2**20
LARGEST = LARGEST_MB * MB
FORM_ROOM = MB
PIECE = 64 * 1024
READ_ON_UP_TO = 10 * LARGEST


def too_large(limit_mb: int, label: str = "") -> Refusal:
    """Say how large a file may be and what to do."""
    what = f"{label}最大 {limit_mb} MB" if label else f"单个文件最大 {limit_mb} MB"
    return Refusal("FILE-02", f"文件太大：{what}。请降低扫描分辨率，或分成几份上传", "file")


def refusal_of(request: HttpRequest) -> Refusal | None:
    """Return why the upload of this request was stopped, if it was."""
    return getattr(request, "upload_refusal", None)


class OfficeUploadHandler(FileUploadHandler):
    """Writes each file to a nameless temporary file, never into memory, and counts while it writes."""

    def handle_raw_input(
        self,
        input_data: IO[bytes],
        META: dict[str, Any],  # noqa: N803 - Django's name
        content_length: int,
        boundary: str,
        encoding: str | None = None,
    ) -> tuple[QueryDict, Any] | None:
        """Learn from the headers whether this can fit at all."""
        self.announced, self.source = content_length, input_data
        return None

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        """Begin a file, unless it is announced too large or comes from a stranger."""
        super().new_file(*args, **kwargs)
        if not getattr(getattr(self.request, "user", None), "is_authenticated", False):
            self._stop(Refusal("FILE-10", "请先登录再上传文件", "file"))
        if self.announced > LARGEST + FORM_ROOM:
            self._stop(too_large(LARGEST_MB))
        self.written = 0
        self.file = tempfile.TemporaryFile()  # noqa: SIM115 - the upload closes it

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        """Write a piece; stop as soon as the limit is passed."""
        self.written += len(raw_data)
        if self.written > LARGEST:
            self.file.close()
            self._stop(too_large(LARGEST_MB))
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        """Hand the file over."""
        self.file.seek(0)
        return UploadedFile(
            file=self.file,
            name=self.file_name,
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
            content_type_extra=self.content_type_extra,
        )

    def upload_interrupted(self) -> None:
        """Throw away what a broken connection left."""
        if hasattr(self, "file"):
            self.file.close()

    def _stop(self, refusal: Refusal) -> None:
        """Read on without keeping anything, so that the browser hears the reason; unless it is absurd."""
        self.request.upload_refusal = refusal  # type: ignore[union-attr]
        if self.announced <= READ_ON_UP_TO:
            # Django's own way of reading on looks for line ends and takes a scan without any into memory.
            while self.source.read(PIECE):
                pass
        raise StopUpload(connection_reset=True)
