"""A shell that asks no room above, for tests of the kit alone."""

from dataclasses import fields

import pytest

from zhongshu.ui.slots import Slots, slots


@pytest.fixture
def plain_shell(monkeypatch):
    """Give every question of the shell its harmless answer."""
    plain = Slots()
    for field in fields(Slots):
        monkeypatch.setattr(slots, field.name, getattr(plain, field.name))
