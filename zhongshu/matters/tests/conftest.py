"""What the tests of the spine share."""

import pytest
from django.test import Client


@pytest.fixture
def client() -> Client:
    """Come by HTTPS, as a real installation demands."""
    client = Client()
    client.defaults["wsgi.url_scheme"] = "https"
    client.defaults["HTTP_X_FORWARDED_PROTO"] = "https"
    return client
