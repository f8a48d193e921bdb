"""An uploaded workbook between the upload and the verdict: sealed, in pieces, with a key of its own."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from zhongshu.base import crypto, keys
from zhongshu.documents.models import RegisterImport, SealedPiece

PIECE = 1 << 20
KEY = "import"


def lay(run: RegisterImport, file: IO[bytes]) -> None:
    """Seal the file into pieces; inside the act that begins the import."""
    file.seek(0)
    number = 0
    while piece := file.read(PIECE):
        number += 1
        sealed = crypto.provider().encrypt(keys.key(KEY, 16), piece, _bound(run, number))
        SealedPiece.objects.create(run=run, number=number, sealed=sealed)


@contextmanager
def opened(run: RegisterImport) -> Iterator[IO[bytes]]:
    """Give the file back as a nameless one."""
    with tempfile.TemporaryFile() as file:
        for piece in SealedPiece.objects.filter(run=run).order_by("number").iterator(chunk_size=4):
            bound = _bound(run, piece.number)
            file.write(crypto.provider().decrypt(keys.key(KEY, 16), bytes(piece.sealed), bound))
        file.flush()
        file.seek(0)
        yield file


def wipe(run: RegisterImport) -> None:
    """Forget the file."""
    SealedPiece.objects.filter(run=run).delete()


def _bound(run: RegisterImport, number: int) -> bytes:
    """A piece is good for its place only."""
    return f"{run.public_id}:{number}".encode()
