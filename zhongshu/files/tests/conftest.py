"""A matter of the office that the secretariat and one department see, and an empty store."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from zhongshu.base.acts import act, nothing_done
from zhongshu.files.actions import attach
from zhongshu.files.models import Attachment
from zhongshu.files.tests import samples
from zhongshu.matters import spine
from zhongshu.matters.models import Matter, Setting


@pytest.fixture(autouse=True)
def empty_store(settings: Any, tmp_path: Path) -> Path:
    """Give each test a store and a cache of its own."""
    settings.ZHONGSHU_BLOBS_DIR = tmp_path / "blobs"
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path / "quarantine"
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "cache"
    cache.clear()
    return tmp_path / "blobs"


@act("test")
def open_matter(office: Any, title: str, *, label: str = "internal", by: Any) -> Matter:
    """Open a matter of the tenant that the clerk and one department see."""
    nothing_done()
    matter = spine.open_matter("paper", tenant=office.tenant, title=title, by=by, label=label)
    spine.give_part(matter, [office.clerk.principal_id, office.section_chief.principal_id], "handler")
    spine.give_part(matter, office.depts[0].liaison.principal_id, "reader")
    return matter


@pytest.fixture
def matter(office: Any) -> Matter:
    """关于防汛工作的通知, an open draft."""
    return open_matter(office, "关于防汛工作的通知", by=office.actor(office.clerk))


@pytest.fixture
def attachment(office: Any, matter: Matter) -> Attachment:
    """A PDF of two pages that the clerk attached."""
    pdf = samples.pdf_bytes("Flood notice", "Second page")
    return attach(matter, pdf, "body", by=office.actor(office.clerk), name="来文.pdf")


@pytest.fixture
def upload(client: Any, matter: Matter) -> Any:
    """Return a callable that posts a file to the matter as whoever is signed in."""

    def post(name: str, data: bytes, *, promise: bool = True, kind: str = "attachment", **more: Any) -> Any:
        form = {"file": SimpleUploadedFile(name, data), "kind": kind, **more}
        if promise:
            form["promise"] = "on"
        return client.post(reverse("files:attach", args=[matter.public_id]), form)

    return post


def grown(office: Any, matter: Matter) -> Matter:
    """Return another matter of the same office."""
    return open_matter(office, f"{matter.title}（续）", by=office.actor(office.clerk))


def codes_of(response: Any) -> list[str]:
    """Return the codes of the refusals on a page, or in the form that is shown again."""
    if "refusals" in response.context:
        return [refusal.code for refusal in response.context["refusals"]]
    said = [message for messages in response.context["form"].errors.values() for message in messages]
    return [code for message in said for code in re.findall(r"（([A-Z]+-\d+)）$", message)]


@pytest.fixture
def client(client: Any) -> Any:
    """Come by HTTPS, as a real installation demands."""
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    return client


def bytes_of(response: Any) -> bytes:
    """Read a streamed answer to its end, as a browser does."""
    return b"".join(response.streaming_content)


def set_to(office: Any, key: str, value: object) -> None:
    """Set one of the office's settings; what was read of them before is forgotten."""
    Setting.objects.create(tenant=office.tenant, key=key, value=value)
    cache.clear()
