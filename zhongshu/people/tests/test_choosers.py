"""选人、选单位: by name or initials, for those who have signed in, without telephones."""

import pytest


def choose(client, path, **query):
    return client.get(f"/choose/{path}/", query).json()["results"]


@pytest.fixture
def signed_in(client, office):
    office.clerk.phone = "13600002222"
    for person in (office.clerk, office.depts[0].head):
        person.save()
    for unit in office.units.values():
        unit.save()
    client.force_login(office.depts[0].member)
    return client


def test_a_person_is_found_with_unit_and_post_and_no_telephone(signed_in, office):
    assert choose(signed_in, "persons", q="林晓") == [
        {"value": office.clerk.pk, "text": "林晓禾", "note": "秘书科 科员"}
    ]
    assert "13600002222" not in signed_in.get("/choose/persons/?q=林晓").text


def test_by_initials_or_by_principal(signed_in, office):
    found = choose(signed_in, "persons", q="LXH", by="principal")
    assert [row["value"] for row in found] == [office.clerk.principal_id]


def test_narrowed_to_a_unit_or_a_role(signed_in, office):
    in_section = choose(signed_in, "persons", unit=office.units["秘书科"].pk)
    assert {row["text"] for row in in_section} == {"林晓禾", "许清和", "梁书勤"}
    assert {row["text"] for row in choose(signed_in, "persons", role="vice_mayor")} == {"顾怀川", "岳清和"}


def test_administrators_and_disabled_accounts_are_not_offered(signed_in, office):
    assert choose(signed_in, "persons", q="管一") == []
    type(office.clerk).objects.filter(pk=office.clerk.pk).update(account_state="disabled")
    assert choose(signed_in, "persons", q="林晓") == []


def test_units_by_name_short_name_or_initials_and_kind(signed_in, office):
    unit = office.units["县水利局"]
    assert choose(signed_in, "units", q="水利")[0]["value"] == unit.pk
    assert choose(signed_in, "units", q="xslj", by="principal")[0]["value"] == unit.principal_id
    assert {row["text"] for row in choose(signed_in, "units", type="township")} == {"青石镇", "白水乡"}
    assert choose(signed_in, "units", q="秘书科")[0]["note"] == "县政府办"


@pytest.mark.parametrize("path", ["persons", "units"])
def test_closed_before_sign_in(client, office, path):
    assert client.get(f"/choose/{path}/").status_code == 302


def test_a_form_offers_the_same_with_notes_and_initials_in_the_page(client, office):
    office.clerk.save()
    client.force_login(office.director)
    text = client.get("/account/delegations/new/").text
    assert 'data-note="秘书科 科员" data-initials="lxh"' in text
    assert "管一" not in text
