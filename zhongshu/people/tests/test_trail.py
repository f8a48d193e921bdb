"""审计日志: found and verified by the auditor alone, without the words of the business."""

import pytest

from zhongshu.base import trail
from zhongshu.base.models import TrailEntry


@pytest.fixture
def signed_in(client, office):
    client.force_login(office.audit_admin)
    return client


@pytest.fixture
def entries(office):
    by = office.actor(office.clerk)
    for n in range(25):
        trail.log_event(
            "download", by=by, label="下载", object_kind="attachment", object_id=n, text="关于某事的秘密标题"
        )
    trail.log_event("sign_in", by=by, label="登录", object_kind="person", object_id=office.clerk.pk)


def test_business_is_veiled_and_accounts_are_not(signed_in, entries, office):
    trail.log_event(
        "role_grant",
        by=office.actor(office.sec_admin),
        label="授予角色",
        object_kind="person",
        text="授予某人角色",
    )
    text = signed_in.get("/system/trail/").text
    assert "授予某人角色" in text
    assert "秘密标题" not in text
    assert "业务内容不显示" in text


def test_a_person_as_part_of_a_matter_is_veiled_too(signed_in, office):
    trail.log_event(
        "reveal",
        by=office.actor(office.clerk),
        label="查看",
        object_kind="person",
        text="某件的内容",
        matter_id=7,
    )
    assert "某件的内容" not in signed_in.get("/system/trail/").text


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("verb=sign_in", 1),
        ("person=林晓禾&verb=download", 25),
        ("person=无此人", 0),
        ("outcome=refused", 0),
        ("to=2001-01-01", 0),
    ],
)
def test_found_by_who_what_and_when(signed_in, entries, query, count):
    signed_in.cookies["zs_rows"] = "50"
    assert len(signed_in.get(f"/system/trail/?{query}").context["rows"]) == count


def test_the_list_goes_on_at_its_cursor(signed_in, entries):
    signed_in.cookies["zs_rows"] = "10"
    first = signed_in.get("/system/trail/?verb=download").context
    second = signed_in.get(first["next_url"]).context
    third = signed_in.get(second["next_url"]).context
    seqs = [row.entry.seq for page in (first, second, third) for row in page["rows"]]
    assert len(seqs) == len(set(seqs)) == 25
    assert seqs == sorted(seqs, reverse=True)
    assert third["next_url"] == ""


def test_the_chain_is_walked_at_a_button_and_that_is_noted(signed_in, entries, last_entry):
    assert "审计链完好" in signed_in.post("/system/trail/verify/").text
    assert last_entry().verb == "verify_trail"
    assert TrailEntry.objects.count() > 25


@pytest.mark.parametrize("key", ["sys_admin", "sec_admin", "director", "clerk"])
def test_nobody_else_reads_it(client, office, key):
    client.force_login(office.people[key])
    assert client.get("/system/trail/").status_code == 403
    assert client.post("/system/trail/verify/").status_code == 403
