"""构件页: every part of the kit is drawn where builders look for it, and nowhere else."""

import pytest
from django.urls import reverse

from zhongshu.ui.samples import PAGES
from zhongshu.ui.views import SEE_STYLEGUIDE

pytestmark = pytest.mark.django_db


def test_every_part_is_drawn(client, settings):
    settings.DEBUG = True
    page = client.get(reverse("ui:styleguide")).content.decode()
    for mark in (
        "zs-light is-y",
        "zs-tag is-urgent",
        "btn-primary",
        "zs-note is-error",
        "zs-empty",
        "form-select",
    ):
        assert mark in page, mark
    assert 'aria-invalid="true"' in page


@pytest.mark.parametrize("name", [*PAGES, "drawer"])
def test_sample_pages_are_drawn(client, settings, name):
    settings.DEBUG = True
    assert client.get(reverse("ui:styleguide_page", args=[name])).status_code == 200


def test_an_installed_office_does_not_show_it(client, office, settings):
    settings.DEBUG = settings.ZHONGSHU_DEMO = False
    client.force_login(office.clerk)
    assert client.get(reverse("ui:styleguide")).status_code == 404
    assert client.get(reverse("ui:styleguide_page", args=["sheet"])).status_code == 404


def test_who_looks_after_the_system_sees_it(client, office, settings):
    settings.DEBUG = settings.ZHONGSHU_DEMO = False
    assert SEE_STYLEGUIDE in office.actor(office.sys_admin).permissions
    client.force_login(office.sys_admin)
    assert client.get(reverse("ui:styleguide")).status_code == 200


def test_an_unknown_sample_is_not_found(client, settings):
    settings.DEBUG = True
    assert client.get(reverse("ui:styleguide_page", args=["nothing"])).status_code == 404
