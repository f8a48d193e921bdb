"""Addresses looked up once are those that Django itself would give."""

import pytest
from django.urls import NoReverseMatch, reverse

from zhongshu.ui.addresses import address, address_of, address_or_nothing


def test_a_page():
    assert address("ui:styleguide") == reverse("ui:styleguide")


def test_a_thing_by_its_public_id():
    for key in ("J0y93LjnKfyn_KXQha3wrA", "0", "-a_0"):
        assert address_of("matters:matter", key) == reverse("matters:matter", args=[key])


def test_what_the_house_does_not_have():
    assert address_or_nothing("meetings:none") == ""
    with pytest.raises(NoReverseMatch):
        address("meetings:none")
