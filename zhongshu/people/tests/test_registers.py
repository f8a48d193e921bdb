"""台账导出: marked Excel of units, accounts, liaisons and delegations, each taking-out in the trail."""

import io

import pytest
from python_calamine import CalamineWorkbook

from zhongshu.base import trail

PAGES = {
    "/system/units/": ("sys_admin", "机构台账", "云岭县人民政府办公室"),
    "/system/accounts/": ("sec_admin", "账号授权台账", "林晓禾"),
    "/system/ab-posts/": ("clerk", "联络员台账", "云岭县财政局"),
    "/system/trail/": ("audit_admin", "审计日志", "业务内容不显示"),
    "/system/delegations/": ("director", "授权代理台账", "委托人"),
}


@pytest.mark.parametrize("url", PAGES)
def test_the_sheet_says_who_took_it_and_the_trail_too(client, office, last_entry, url):
    key, title, word = PAGES[url]
    by = office.actor(office.clerk)
    trail.log_event("download", by=by, label="下载", object_kind="attachment", text="秘密标题")
    client.force_login(office.people[key])
    response = client.get(f"{url}?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == title
    assert office.people[key].name in rows[1][0]
    assert any(word in str(cell) for row in rows for cell in row)
    assert not any("秘密标题" in str(cell) for row in rows for cell in row)
    entry = last_entry()
    assert entry.verb == "export"
    assert title in entry.text


def test_the_register_of_accounts_keeps_what_was_taken_back(client, office):
    client.force_login(office.sec_admin)
    grant = office.clerk.grants.get()
    client.post(f"/system/grants/{grant.pk}/revoke/")
    response = client.get("/system/accounts/?export=xlsx")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(response.content)).get_sheet_by_index(0).to_python()
    clerk = next(row for row in rows if row[0] == "clerk")
    assert clerk[3] == "秘书科"
    assert clerk[6] != ""
