"""What the tests of people share: quick password digests, and the words of the trail."""

import pytest

from zhongshu.base.models import TrailEntry

GOOD = "Yunling-2026"


@pytest.fixture(autouse=True)
def quick_digests(settings):
    """Argon2 is slow on purpose; that it is the one in use is tested by itself."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def with_password(office):
    """Return a callable that gives a person a password they need not change."""

    def give(person, raw=GOOD):
        person.set_password(raw)
        person.save()
        return person

    return give


@pytest.fixture
def last_entry(db):
    """Return a callable that gives the newest entry of the trail, of one verb if named."""

    def find(verb=None):
        entries = TrailEntry.objects.order_by("-seq")
        return (entries.filter(verb=verb) if verb else entries).first()

    return find
