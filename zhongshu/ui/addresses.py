"""Addresses asked for on every page and every row: looked up once, as the table of addresses never changes while serving."""

from functools import cache

from django.urls import NoReverseMatch, get_urlconf, reverse

MARK = "0"


def address(url_name: str) -> str:
    """Return the address of a page without arguments; NoReverseMatch where there is none."""
    return _address(url_name, get_urlconf())


def address_or_nothing(url_name: str) -> str:
    """Return the address, or "" where the house has no such page."""
    try:
        return address(url_name)
    except NoReverseMatch:
        return ""


def address_of(url_name: str, public_id: str) -> str:
    """Return the address of one thing; a public id is made of letters, digits, - and _ and needs no quoting."""
    before, after = _around(url_name, get_urlconf())
    return f"{before}{public_id}{after}"


@cache
def _address(url_name: str, urlconf: str | None) -> str:
    return reverse(url_name, urlconf)


@cache
def _around(url_name: str, urlconf: str | None) -> tuple[str, str]:
    before, _, after = reverse(url_name, urlconf, args=[MARK]).rpartition(MARK)
    return before, after
