"""办理痕迹: what was done is written once, in a chain that nobody can change unseen."""

import json
import shutil
from datetime import UTC, date, datetime
from decimal import Decimal
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from zhongshu.base import chain, clock, guards, heads, trail
from zhongshu.base.actors import SYSTEM
from zhongshu.base.models import TrailEntry, TrailHead
from zhongshu.base.trail import Entry, export_head, log_event, verify, write_bulk

from .samples import open_series

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten(clerk):
    """Ten entries of one day."""
    write_bulk(
        Entry(verb="note", by=clerk, label="记", text=f"第{n}条", matter_id=n % 3) for n in range(1, 11)
    )


@pytest.fixture(autouse=True)
def own_heads(settings, tmp_path):
    settings.ZHONGSHU_TRAIL_HEADS_DIR = tmp_path / "heads"


@pytest.fixture
def tamper():
    """A hand in the database that takes the triggers away first."""
    with guards.lifted(connection):
        yield TrailEntry.objects


def broken(**asked) -> tuple[int, str]:
    found = verify(**asked).first_broken
    assert found is not None
    return found.seq, found.kind


def test_a_whole_chain_verifies(ten):
    report = verify()
    assert (report.is_whole, report.checked, report.last_seq) == (True, 10, 10)


def test_an_empty_trail_is_whole():
    assert verify().is_whole


def test_a_changed_word_is_found(ten, tamper):
    tamper.filter(seq=4).update(text="第四条，改过")
    assert broken() == (4, "changed")


@pytest.mark.parametrize("column", sorted(set(chain.LINKED) - {"seq", "prev_hash"}))
def test_no_column_can_be_changed_unseen(ten, tamper, column):
    other = {
        "at": datetime(2020, 1, 1, tzinfo=UTC), "data": {"x": 1}, "key_act": True,
    }.get(column, 99 if column.endswith("_id") and column != "object_id" else "refused")  # fmt: skip
    tamper.filter(seq=7).update(**{column: other})
    assert broken() == (7, "changed")


def test_a_missing_row_is_found(ten, tamper):
    tamper.filter(seq=6).delete()
    assert broken() == (6, "missing")


def test_a_missing_first_row_is_found(ten, tamper):
    tamper.filter(seq=1).delete()
    assert broken() == (1, "missing")


def test_an_inserted_row_is_found(ten, tamper):
    """The rows behind it are moved up, and the alien takes the link of the row before it."""
    for row in tamper.filter(seq__gte=6).order_by("-seq"):
        tamper.filter(seq=row.seq).update(seq=row.seq + 1)
    alien = tamper.get(seq=5)
    alien.seq, alien.prev_hash, alien.hash = 6, alien.hash, "f" * 64
    alien.save(force_insert=True)
    TrailHead.objects.update(seq=11)
    assert broken() == (6, "inserted")


def test_a_row_put_behind_the_head_is_found(ten, tamper):
    alien = tamper.get(seq=10)
    alien.seq, alien.prev_hash, alien.hash = 11, alien.hash, "f" * 64
    alien.save(force_insert=True)
    assert broken() == (11, "inserted")


def test_a_row_put_before_the_beginning_is_found(ten, tamper):
    alien = tamper.get(seq=1)
    alien.seq = 0
    alien.save(force_insert=True)
    assert broken() == (0, "inserted")


def test_exchanged_rows_are_found(ten, tamper):
    third, fourth = tamper.get(seq=3).text, tamper.get(seq=4).text
    tamper.filter(seq=3).update(text=fourth)
    tamper.filter(seq=4).update(text=third)
    assert broken() == (3, "changed")


def test_a_cut_tail_is_found_by_the_head_in_the_database(ten, tamper):
    tamper.filter(seq__gt=8).delete()
    assert broken() == (9, "cut")


def test_a_tail_cut_together_with_the_head_is_found_by_the_exported_head(ten, tamper):
    export_head()
    tamper.filter(seq__gt=8).delete()
    TrailHead.objects.update(seq=8, hash=tamper.get(seq=8).hash)
    assert broken() == (9, "cut")


def test_an_emptied_trail_is_found(ten, tamper):
    export_head()
    tamper.all().delete()
    TrailHead.objects.all().delete()
    assert broken() == (1, "cut")


def test_a_trail_rewritten_with_the_key_is_found_by_the_exported_head(clerk, ten, tamper):
    """Somebody who holds the key can make a chain that holds in itself, but not the one of yesterday."""
    export_head()
    tamper.all().delete()
    TrailHead.objects.all().delete()
    write_bulk(Entry(verb="note", by=clerk, label="记", text="全新的") for _ in range(12))
    assert broken() == (10, "relinked")


def test_a_forged_head_in_the_database_is_found(ten):
    TrailHead.objects.update(hash="e" * 64)
    assert broken() == (10, "head")


def test_a_changed_export_is_found(ten):
    export_head()
    path = next(heads.heads_dir().glob("*.jsonl"))
    path.write_text(path.read_text().replace('"seq": 10', '"seq": 9'))
    assert broken()[1] == "export"


def test_heads_may_be_compared_with_a_copy_from_elsewhere(ten, tamper, tmp_path):
    export_head()
    shutil.move(heads.heads_dir(), tmp_path / "safe")
    tamper.filter(seq__gt=8).delete()
    TrailHead.objects.update(seq=8, hash=tamper.get(seq=8).hash)
    assert verify().is_whole
    assert broken(heads_folder=tmp_path / "safe") == (9, "cut")


def test_another_key_verifies_nothing(ten, monkeypatch):
    monkeypatch.setenv("ZHONGSHU_TRAIL_KEY", "11" * 32)
    assert broken() == (1, "changed")


def test_verifying_may_begin_in_the_middle(ten, tamper):
    tamper.filter(seq=2).update(text="改过")
    assert (verify(from_seq=5).is_whole, verify(from_seq=5).checked) == (True, 6)
    assert broken(from_seq=2) == (2, "changed")
    assert broken(from_seq=12) == (11, "missing")


def test_an_old_head_still_verifies_after_the_trail_has_grown(clerk, ten):
    export_head()
    open_series("收文", by=clerk)
    export_head()
    assert (verify().is_whole, verify().heads_checked) == (True, 2)


@pytest.mark.parametrize(
    "statement",
    ["UPDATE base_trailentry SET text = 'x'", "DELETE FROM base_trailentry", "TRUNCATE base_trailentry"],
)
def test_the_database_refuses_to_change_the_trail(ten, statement):
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE")
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert verify().checked == 10


def test_an_event_outside_an_act_is_written_by_itself(clerk):
    log_event("sign_in", by=clerk, label="登录", outcome="failed", text="口令不正确")
    entry = TrailEntry.objects.get()
    assert (entry.outcome, entry.text) == ("failed", "口令不正确")


def test_words_that_no_database_takes_do_not_hide_an_event(clerk):
    log_event("sign_in", by=clerk, label="登录" * 100, text="a\x00b\ud83d", object_id="x" * 500)
    assert TrailEntry.objects.get().text == "ab?"
    assert verify().is_whole


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.dates() | st.decimals(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.dictionaries(st.text(max_size=5), json_values, max_size=4))
def test_whatever_the_data_the_link_holds_after_reading_it_back(clerk, data):
    log_event("note", by=clerk, label="记", data=data)
    last = TrailEntry.objects.order_by("-seq").first()
    assert verify(from_seq=last.seq).is_whole


def test_a_digest_does_not_depend_on_the_order_of_keys():
    one = trail.digest({"a": Decimal("1.50"), "b": date(2026, 1, 2)})
    assert one == trail.digest({"b": date(2026, 1, 2), "a": Decimal("1.50")})
    assert one != trail.digest({"a": Decimal("1.51"), "b": date(2026, 1, 2)})


def test_the_digest_of_a_row_changes_with_it(clerk):
    open_series("收文", by=clerk)
    head = TrailHead.objects.get()
    before = trail.digest(head)
    head.seq += 1
    assert trail.digest(head) != before


def test_thousands_of_entries_are_one_chain(clerk):
    entries = (Entry(verb="note", by=clerk, label="记", text=f"第{n}条") for n in range(5_000))
    assert write_bulk(entries, chunk=2000) == 5_000
    assert verify().checked == 5_000


def test_a_bulk_entry_keeps_its_own_time():
    at = datetime(2025, 3, 4, 9, 30, tzinfo=clock.ZONE)
    write_bulk([Entry(verb="note", by=SYSTEM, label="记", at=at)])
    assert TrailEntry.objects.get().at == at


def run(command: str, *args: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command(command, *args, stdout=out)
    except SystemExit as left:
        return int(left.code or 0), out.getvalue()
    return 0, out.getvalue()


def test_the_command_says_that_all_is_well(ten):
    export_head()
    code, text = run("verify_trail")
    assert (code, text) == (0, "痕迹链完好：核对10条，到第10条，比对链头1次\n")


def test_the_command_names_the_broken_link(ten, tamper):
    tamper.filter(seq=4).update(text="改过")
    code, text = run("verify_trail", "--json")
    report = json.loads(text)
    assert (code, report["ok"], report["first_broken"]["seq"]) == (1, False, 4)
    assert report["first_broken"]["message"] == "第4条的内容被改动"


def test_the_command_exports_the_head(ten):
    code, text = run("export_trail_head")
    assert (code, json.loads(text)["seq"]) == (0, 10)
    assert next(heads.heads_dir().glob("*.jsonl")).stat().st_mode & 0o777 == 0o600
