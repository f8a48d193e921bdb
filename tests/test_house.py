"""全屋：每个地址都写明谁能开，每个角色得到的回答与权限表一致，每张表都有中文名，数据库结构没有漏改。"""

from io import StringIO

import pytest
from django.apps import apps
from django.core.management import call_command
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse

from tests.permission_table import PAGE, patterns, rows, text
from zhongshu.ui.permissions import OPEN, SIGNED_IN, permission_of

OURS = [config for config in apps.get_app_configs() if config.name.startswith("zhongshu.")]
OPEN_PAGES = {"sign_in", "second_step", "sign_out", "styleguide", "styleguide_page", "preferences", "columns"}
INHERITED = {"id", "password", "last_login", "session_key", "session_data", "expire_date"}
PERSONS = (
    "clerk",
    "director",
    "deputy",
    "county_head",
    "vice_head",
    "legal",
    "supervisor",
    "archivist",
    "duty",
    "outsider",
    "sys_admin",
    "sec_admin",
    "audit_admin",
)


def test_the_table_in_the_docs_is_the_code():
    assert PAGE.read_text(encoding="utf-8") == text(), "run `make permissions` and review what changed"


def test_every_address_says_who_may_open_it():
    assert [address for address, label, _ in rows() if label == "？"] == []


def test_few_pages_are_open_to_all():
    named = {p.name for _, p in patterns(get_resolver().url_patterns) if permission_of(p.callback) == OPEN}
    assert named <= OPEN_PAGES, named - OPEN_PAGES


def _plain_pages() -> list[tuple[str, str]]:
    """Return name and permission of the addresses that need no argument."""
    found = []
    resolver = get_resolver()
    for entry in resolver.url_patterns:
        for _, pattern in patterns([entry]):
            name = f"{getattr(entry, 'app_name', '')}:{pattern.name}"
            try:
                reverse(name)
            except NoReverseMatch:
                continue
            found.append((name, str(permission_of(pattern.callback))))
    return sorted(found)


@pytest.mark.parametrize("who", PERSONS)
def test_each_role_gets_the_answer_of_the_table(office, who):
    person = getattr(office, who)
    actor, client = office.actor(person), Client()
    client.force_login(person)
    wrong = []
    for name, permission in _plain_pages():
        if permission == OPEN:
            continue
        status = client.get(reverse(name)).status_code
        may = permission == SIGNED_IN or any(actor.may(code) for code in permission.split("|"))
        # 405: the address only takes a form; 404: it lists things this person has none of.
        if (status == 403) == may:
            wrong.append((name, permission, status))
        if status >= 500:
            wrong.append((name, "crashed", status))
    assert wrong == []


def test_who_has_not_signed_in_is_sent_to_the_door(db):
    client = Client()
    for name, permission in _plain_pages():
        if permission != OPEN:
            answer = client.get(reverse(name))
            assert answer.status_code == 302, name
            assert "/sign-in/" in answer["Location"], name


@pytest.mark.parametrize("config", OURS, ids=lambda config: config.label)
def test_every_table_and_column_has_a_chinese_name(config):
    plain = []
    for model in config.get_models():
        names = [(model.__name__, str(model._meta.verbose_name))]
        names += [
            (f"{model.__name__}.{f.name}", str(f.verbose_name))
            for f in model._meta.fields
            if not f.auto_created and f.model.__module__.startswith("zhongshu.") and f.name not in INHERITED
        ]
        plain += [name for name, said in names if said.isascii()]
    assert plain == []


def test_no_migration_is_missing(db):
    call_command("makemigrations", "--check", "--dry-run", stdout=StringIO())
