"""显示: size, density, keys and columns are kept by this browser and survive nonsense."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from zhongshu.ui.preferences import Preferences, hidden_columns

pytestmark = pytest.mark.django_db


def with_cookies(**cookies):
    request = RequestFactory().get("/")
    request.COOKIES = cookies
    return request


def test_large_letters_stay(client, office):
    client.force_login(office.clerk)
    client.post(reverse("ui:preferences"), {"size": "large", "density": "huge"})
    assert client.cookies["zs_size"].value == "large"
    assert "zs_density" not in client.cookies
    assert 'data-size="large"' in client.get("/notices/").content.decode()


def test_nonsense_counts_as_the_default():
    assert Preferences.of(with_cookies(zs_size="<x>", zs_keys="off")) == Preferences(
        "normal", "compact", "off"
    )


def test_hidden_columns_are_those_not_chosen(client, office):
    client.force_login(office.clerk)
    address = reverse("ui:columns", args=["incoming"])
    client.post(address, {"all": ["unit", "pages", "<x>"], "column": ["pages"]})
    kept = client.cookies["zs_cols_incoming"].value
    assert hidden_columns(with_cookies(zs_cols_incoming=kept), "incoming") == {"unit"}


def test_reading_alone_changes_nothing(client, office):
    client.force_login(office.clerk)
    assert client.get(reverse("ui:preferences")).status_code == 405
