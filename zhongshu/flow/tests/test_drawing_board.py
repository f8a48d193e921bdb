"""流程设计的页面: who may, insert, change, rehearse, publish, bring over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from zhongshu.base.refusals import Refused
from zhongshu.flow import bpmn, definitions, drawing, wording
from zhongshu.flow.models import FlowDefinition
from zhongshu.flow.tests.conftest import INCOMING
from zhongshu.flow.tests.test_random import maze

BASE = "/system/procedures/"


@pytest.fixture
def admin(client, office, procedures):
    client.force_login(office.sys_admin)
    return client


def draft_of(office):
    return definitions.draft_of("incoming", office.tenant)


def begin(admin):
    return admin.post(f"{BASE}incoming/draft/begin/")


@pytest.mark.parametrize("who", ["clerk", "director", "sec_admin", "audit_admin"])
def test_only_the_system_administrator_draws(client, office, procedures, who):
    client.force_login(getattr(office, who))
    for url in (BASE, f"{BASE}incoming/"):
        assert client.get(url).status_code == 403
    assert client.post(f"{BASE}incoming/draft/begin/").status_code == 403


def test_the_list_shows_what_the_rooms_know(admin):
    page = admin.get(BASE).content.decode()
    assert "收文办理" in page
    assert "随系统的原版" in page
    shown = admin.get(f"{BASE}incoming/")
    assert "批示" in shown.content.decode()
    assert admin.get(f"{BASE}nothing/").status_code == 404


def test_a_step_is_put_between_two_others(admin, office):
    begin(admin)
    edition = draft_of(office).edition
    sent = {"place": "", "index": "3", "kind": "step", "name": "法制审核", "_version": edition}
    answer = admin.post(f"{BASE}incoming/draft/insert/", sent)
    assert answer.url.endswith("/draft/b/step_1/")
    assert [block["name"] for block in draft_of(office).blocks][2:5] == ["审核", "法制审核", "批示"]
    page = admin.get(f"{BASE}incoming/draft/").content.decode()
    assert "没有写明由谁办理" in page


def test_its_properties_are_written_and_read_back(admin, office):
    begin(admin)
    url = f"{BASE}incoming/draft/b/reviewed/"
    assert "同意" in admin.get(url).content.decode()
    sent = {
        "name": "审核", "phase": "proposed", "who_form": "role_all", "who_role": "office_deputy", "mode": "quota",
        "quota": "2", "days": "2", "extra_urgent_hours": "1", "final": "on", "actions": ["send_back", "transfer"],
        "outcomes": "agree | 同意\nredo | 退回重拟 | 否定 | proposed", "who_as": "principal",
    }  # fmt: skip
    assert admin.post(url, sent).status_code == 302
    block = drawing.find(draft_of(office).blocks, "reviewed")
    assert block["who"] == {"role": "office_deputy", "pick": "all"}
    assert (block["mode"], block["quota"], block["days"], block["final"]) == ("quota", 2, 2, True)
    assert block["by_urgency"] == {"extra_urgent": {"hours": 1}}
    assert block["outcomes"][1] == {"code": "redo", "label": "退回重拟", "negative": True, "to": "proposed"}
    assert admin.post(url, {**sent, "days": "-3"}).status_code == 422


@pytest.mark.parametrize("block_id", [block["id"] for block in INCOMING])
def test_saved_unchanged_a_block_stays_as_it_was(admin, office, block_id):
    begin(admin)
    url = f"{BASE}incoming/draft/b/{block_id}/"
    form = admin.get(url).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False, [])}
    assert admin.post(url, sent).status_code == 302
    before, after = drawing.find(INCOMING, block_id), drawing.find(draft_of(office).blocks, block_id)
    assert {key: after.get(key) for key in before} == before


RULE = "documents.incoming.normal"


def save_as_shown(admin, url, **changes):
    """Send the drawer back as it was shown, but for the changes."""
    form = admin.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields}
    sent = {**{name: value for name, value in shown.items() if value not in (None, False, [])}, **changes}
    return admin.post(url, sent)


def draw(office, **more):
    """Give the step 审核 of the draft more properties."""
    row = draft_of(office)
    block = drawing.find(row.blocks, "reviewed")
    row.blocks = drawing.replace(row.blocks, "reviewed", {**block, **more})
    row.save()
    return f"{BASE}incoming/draft/b/reviewed/"


def test_a_rule_of_time_and_the_form_survive_a_save(admin, office):
    begin(admin)
    drawn = {"policy": RULE, "form": "文件处理单", "note": "两级审核", "calendar_days": 3}
    url = draw(office, **drawn)
    assert "平件办结" in admin.get(url).content.decode()
    assert save_as_shown(admin, url, name="审核意见").status_code == 302
    block = drawing.find(draft_of(office).blocks, "reviewed")
    assert {key: block.get(key) for key in drawn} == drawn
    assert block["name"] == "审核意见"
    page = admin.get(f"{BASE}incoming/draft/").content.decode()
    assert "按“平件办结”" in page
    assert "表单：文件处理单" in page


def test_the_rule_of_time_and_the_form_are_changed_and_taken_away(admin, office):
    begin(admin)
    url = f"{BASE}incoming/draft/b/reviewed/"
    save_as_shown(admin, url, policy=RULE, form="文件处理单")
    block = drawing.find(draft_of(office).blocks, "reviewed")
    assert (block["policy"], block["form"]) == (RULE, "文件处理单")
    save_as_shown(admin, url, policy="", form="")
    assert not {"policy", "form"} & set(drawing.find(draft_of(office).blocks, "reviewed"))


def test_a_rule_of_time_nobody_declares_is_refused(admin, office):
    begin(admin)
    url = f"{BASE}incoming/draft/b/reviewed/"
    assert save_as_shown(admin, url, policy="documents.made_up").status_code == 422
    url = draw(office, policy="documents.gone")
    assert save_as_shown(admin, url).status_code == 302
    assert drawing.find(draft_of(office).blocks, "reviewed")["policy"] == "documents.gone"
    assert "没有“documents.gone”这条期限规则" in admin.get(f"{BASE}incoming/draft/").content.decode()
    assert admin.post(f"{BASE}incoming/draft/publish/").status_code == 422


def test_the_gate_of_a_parallel_block_survives_a_save(admin, office):
    begin(admin)
    admin.post(
        f"{BASE}incoming/draft/insert/", {"place": "", "index": "2", "kind": "parallel", "name": "并行"}
    )
    row = draft_of(office)
    gate = [{"done": "proposed"}]
    row.blocks = drawing.replace(
        row.blocks, "fork_1", {**drawing.find(row.blocks, "fork_1"), "requires": gate}
    )
    row.save()
    assert save_as_shown(admin, f"{BASE}incoming/draft/b/fork_1/", name="两头").status_code == 302
    block = drawing.find(draft_of(office).blocks, "fork_1")
    assert (block["name"], block["requires"]) == ("两头", gate)


def test_a_vote_without_a_way_out_is_warned_of(admin, office):
    begin(admin)
    url = draw(office, mode="quota", quota=2, outcomes=[{"code": "yes", "label": "同意"}])
    warning = "没有画“未通过”的去向"
    assert warning in admin.get(f"{BASE}incoming/draft/").content.decode()
    save_as_shown(admin, url, outcomes="yes | 同意\nfailed | 未通过 | | proposed")
    assert warning not in admin.get(f"{BASE}incoming/draft/").content.decode()


def test_branches_and_their_conditions(admin, office):
    begin(admin)
    admin.post(f"{BASE}incoming/draft/insert/", {"place": "", "index": "1", "kind": "choice", "name": "金额"})
    url = f"{BASE}incoming/draft/b/choice_1/"
    sent = {
        "name": "金额",
        "name_yes": "大额",
        "name_other": "其他",
        "when_yes": "金额 大于 100000\n文种 属于 请示、报告",
    }
    assert admin.post(url, sent).status_code == 302
    block = drawing.find(draft_of(office).blocks, "choice_1")
    assert block["branches"][0]["when"] == ["and", ["金额", ">", 100000], ["文种", "in", ["请示", "报告"]]]
    assert admin.post(url, {**sent, "when_yes": "os.getcwd()"}).status_code == 422
    admin.post(f"{url}add-branch/", {"name": "小额"})
    assert [b["name"] for b in drawing.find(draft_of(office).blocks, "choice_1")["branches"]] == [
        "大额",
        "小额",
        "其他",
    ]
    admin.post(
        f"{BASE}incoming/draft/insert/",
        {"place": "choice_1/yes", "index": "0", "kind": "step", "name": "会签"},
    )
    assert drawing.find(draft_of(office).blocks, "step_1")["name"] == "会签"
    admin.post(f"{url}remove/")
    assert drawing.find(draft_of(office).blocks, "step_1") is None


def test_two_administrators_do_not_overwrite_each_other(admin, office):
    begin(admin)
    sent = {"place": "", "index": "0", "kind": "step", "name": "甲", "_version": draft_of(office).edition}
    assert admin.post(f"{BASE}incoming/draft/insert/", sent).status_code == 302
    assert admin.post(f"{BASE}incoming/draft/insert/", sent).status_code == 409


def test_rehearsed_it_shows_the_way_and_who_is_missing(admin, office):
    begin(admin)
    page = admin.get(f"{BASE}incoming/draft/rehearse/").content.decode()
    assert "林晓禾" in page
    assert "批示" in page
    office.people["deputy"].grants.update(revoked_at=office.deputy.created_at)
    assert "现在没有人担任" in admin.get(f"{BASE}incoming/draft/rehearse/").content.decode()


def test_published_it_holds_and_says_what_changed(admin, office, desk):
    matter = desk.start()
    begin(admin)
    admin.post(f"{BASE}incoming/draft/b/closed/down/")
    admin.post(
        f"{BASE}incoming/draft/b/closed/",
        {
            "name": "办结归档",
            "phase": "closed",
            "who_form": "role",
            "who_role": "secretariat",
            "mode": "one",
            "who_as": "principal",
        },
    )
    page = admin.get(f"{BASE}incoming/draft/publish/").content.decode()
    assert "办结归档" in page
    assert "现有1件在办" in page
    assert admin.post(f"{BASE}incoming/draft/publish/", {"note": "改名"}).status_code == 302
    rows = FlowDefinition.objects.filter(key="incoming").order_by("version")
    assert [(row.version, row.status) for row in rows] == [(1, "retired"), (2, "published")]
    assert "1件在办的还按旧版办" in admin.get(f"{BASE}incoming/").content.decode()
    listed = admin.get(f"{BASE}incoming/migrate/").content.decode()
    assert matter.title not in listed
    admin.post(f"{BASE}incoming/migrate/", {"instance": [desk.root(matter).pk], "reason": "统一"})
    assert desk.root(matter).definition.version == 2
    assert admin.get(f"{BASE}incoming/v2/").status_code == 200


def test_a_faulty_drawing_is_not_published(admin, office):
    begin(admin)
    admin.post(f"{BASE}incoming/draft/insert/", {"place": "", "index": "0", "kind": "step", "name": "空"})
    assert admin.post(f"{BASE}incoming/draft/publish/").status_code == 422
    admin.post(f"{BASE}incoming/draft/discard/")
    assert draft_of(office) is None


def test_conditions_are_written_as_they_are_read():
    for text in ("金额 大于 100000", "文种 属于 请示、报告", "附件 未填", "金额 大于 1\n缓急 等于 urgent"):
        assert wording.condition_text(wording.read_condition(text)) == text
    nested = ["or", ["a", "==", 1], ["not", ["b", "filled"]]]
    assert wording.read_condition(wording.condition_text(nested)) == nested


def test_bpmn_goes_out_and_comes_back_equal(admin, office):
    from_maze = maze()
    for blocks in (INCOMING, from_maze):
        assert bpmn.from_bpmn(bpmn.to_bpmn("x", "试", blocks)) == blocks
    begin(admin)
    out = admin.get(f"{BASE}incoming/v1/bpmn/")
    file = SimpleUploadedFile("x.bpmn", out.content)
    sent = {"file": file, "_version": draft_of(office).edition}
    assert admin.post(f"{BASE}incoming/draft/import/", sent).status_code == 302
    assert draft_of(office).blocks == INCOMING


BPMN = '<definitions xmlns="http://www.omg.org/spec/BPMN/20100524/MODEL"><process id="p">{}</process></definitions>'
START = '<startEvent id="s"/><endEvent id="e"/><userTask id="a" name="甲"/><userTask id="b" name="乙"/>'


def arrows(*pairs):
    return "".join(
        f'<sequenceFlow id="f{n}" sourceRef="{a}" targetRef="{b}"/>' for n, (a, b) in enumerate(pairs)
    )


@pytest.mark.parametrize(
    ("inside", "words"),
    [
        (START + arrows(("s", "a"), ("a", "b"), ("b", "a")), "应只引出一个箭头|回路"),
        (START + arrows(("s", "a"), ("a", "b"), ("a", "e"), ("b", "e")), "应只引出一个箭头"),
        (START + arrows(("s", "a"), ("a", "e")), "走不到的图形：乙"),
        (START + "<scriptTask id='x'/>" + arrows(("s", "a"), ("a", "b"), ("b", "e")), "不支持的图形"),
        (
            START
            + '<parallelGateway id="g"/><exclusiveGateway id="h"/>'
            + arrows(("s", "g"), ("g", "a"), ("g", "b"), ("a", "h"), ("b", "h"), ("h", "e")),
            "合到同一个同类网关",
        ),
        ("", "应有一个开始"),
    ],
)
def test_what_is_not_built_of_blocks_is_refused(inside, words):
    with pytest.raises(Refused, match=words):
        bpmn.from_bpmn(BPMN.format(inside).encode())


def test_a_plain_drawing_of_another_tool_is_taken():
    inside = START + '<parallelGateway id="g"/><parallelGateway id="h"/>'
    inside += arrows(("s", "g"), ("g", "a"), ("g", "b"), ("a", "h"), ("b", "h"), ("h", "e"))
    (block,) = bpmn.from_bpmn(BPMN.format(inside).encode())
    assert (block["type"], [b["blocks"][0]["name"] for b in block["branches"]]) == ("parallel", ["甲", "乙"])


@pytest.mark.parametrize("data", [b"", b"<a", b'<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>', b"<a/>"])
def test_what_is_no_bpmn_is_refused(data):
    with pytest.raises(Refused, match="不能导入"):
        bpmn.from_bpmn(data)
