"""云岭县的人和单位: every unit can receive, has a leader, and the three administrators do nothing else."""

from collections import Counter

from demo import cast

ADMINS = {"sys_admin", "sec_admin", "audit_admin"}


def test_the_county_has_the_size_of_a_county():
    assert len(cast.office_sections()) == 14
    assert len(cast.departments()) == 30
    assert len(cast.townships()) == 12
    assert 160 <= len({member.login for member in cast.members()}) <= 190


def test_every_outside_unit_has_a_head_and_two_liaisons():
    for unit in cast.units():
        if unit.is_outside:
            a, b = cast.liaisons(unit.code)
            assert a.login != b.login
            assert cast.head(unit.code).login not in {a.login, b.login}


def test_every_section_has_one_head_and_nobody_is_missing():
    for section in cast.office_sections():
        heads = [one for one in cast.staff(section.code) if "section_head" in one.roles]
        assert len(heads) == 1, section.name


def test_portfolios_cover_every_unit_once():
    answered = Counter(code for one in cast.portfolios() for code in one.units + one.townships)
    assert answered == {unit.code: 1 for unit in cast.units() if unit.is_outside}


def test_portfolios_name_people_who_exist():
    leaders = {one.name for one in cast.staff("county")}
    deputies = {one.name for one in cast.holders("office_deputy")}
    assert {one.leader for one in cast.portfolios()} == leaders
    assert {one.partner for one in cast.portfolios()} <= leaders
    assert {one.deputy for one in cast.portfolios()} <= deputies
    assert all(one.leader != one.partner for one in cast.portfolios())


def test_logins_and_names_belong_to_one_person():
    people = {(member.login, member.name) for member in cast.members()}
    assert len({login for login, _ in people}) == len({name for _, name in people}) == len(people)


def test_one_person_has_two_posts_and_one_is_the_first():
    posts = Counter(member.login for member in cast.members())
    assert [login for login, count in posts.items() if count > 1] == ["shijingyuan"]
    assert sum(member.is_primary for member in cast.members()) == len(posts)


def test_three_administrators_hold_no_business_role():
    admins = [member for member in cast.members() if set(member.roles) & ADMINS]
    assert sorted(role for member in admins for role in member.roles) == sorted(ADMINS)
    assert len({member.login for member in admins}) == 3


def test_numbers_are_internal_extensions_and_prefixes_differ():
    assert all(len(member.extension) == 4 for member in cast.members())
    assert len({member.extension for member in cast.members()}) == len(cast.members())
    prefixes = [unit.prefix for unit in cast.units() if unit.prefix]
    assert len(set(prefixes)) == len(prefixes)


def test_surnames_vary():
    surnames = Counter(member.name[0] for member in cast.members())
    assert max(surnames.values()) <= 4
