"""Files that passed the gate and wait until their form is mended: a sealed slip names them, so nobody chooses them again."""

import json
from datetime import datetime, timedelta

from zhongshu.base import clock, crypto
from zhongshu.base.actors import Actor
from zhongshu.files import blobs
from zhongshu.files.models import AttachmentKind
from zhongshu.files.reading.types import BY_CODE
from zhongshu.files.screening import Received

GOOD_FOR = timedelta(hours=2)  # what nothing holds is swept from the store later than that
PLAIN = ("name", "size", "digest", "tenant_id", "page_count", "has_text")


def slip(file: Received, kind: str, *, by: Actor) -> str:
    """Return the slip of a file for this person's form; nobody else can use it or read it."""
    said = {name: getattr(file, name) for name in PLAIN}
    said |= {"type": file.file_type.code, "kind": str(kind), "until": (clock.now() + GOOD_FOR).isoformat()}
    return crypto.encrypt_text(json.dumps(said), _bound_to(by))


def held(words: str, *, by: Actor) -> tuple[Received, str] | None:
    """Return the file of a slip and its kind; None if it is not this person's, too old, or the file is gone."""
    try:
        said = json.loads(crypto.decrypt_text(words, _bound_to(by)))
    except (crypto.Undecipherable, ValueError):
        return None
    if datetime.fromisoformat(said["until"]) < clock.now():
        return None
    file = Received(file_type=BY_CODE[said["type"]], **{name: said[name] for name in PLAIN})
    if file.tenant_id != by.office or not blobs.is_there(file.tenant_id, file.digest):
        return None
    return file, AttachmentKind(said["kind"])


def _bound_to(by: Actor) -> str:
    return f"files.held:{by.office}:{by.person_id}"
