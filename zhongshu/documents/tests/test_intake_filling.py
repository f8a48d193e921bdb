"""表单自己填好: from what was read to the fields of 收文登记, each with how sure and why."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from zhongshu.base import clock
from zhongshu.documents.intake import corrections
from zhongshu.documents.intake.filling import Filling, fill, kept_values
from zhongshu.documents.intake.organs import home_of, side_of, unit_named
from zhongshu.documents.intake.seen import Seen, SeenFile, seen_file
from zhongshu.documents.models import RecognitionCorrection
from zhongshu.documents.tests.dropped import REQUEST, notice, recognition
from zhongshu.matters import settings


def filled(office, text: str) -> Filling:
    return fill(Seen((seen_file("f", recognition(text)),)), tenant_id=office.tenant.pk, pages=2)


def test_a_paper_from_above_fills_the_form(office):
    form = filled(office, notice()).initial()
    assert form["issuer_name"] == "澜川市水利局"
    assert form["doc_number"] == "澜水发〔2026〕31号"
    assert form["title"] == "澜川市水利局关于做好小型水库安全度汛工作的通知"
    assert form["doc_type"] == "notice"
    assert form["doc_date"] == "2026-06-01"
    assert form["direction"] == "downward"
    assert form["main_recipients"] == "各县（市、区）人民政府"
    assert form["contact"] == "赵小云"
    assert form["contact_phone"] == "0871-65432100"
    assert form["handling_type"] == "action"
    assert form["requires_feedback"] is True
    assert form["stated_due"].startswith("2099-06-30T")
    assert form["issuer_unit"] is None
    assert form["pages"] == 2


def test_a_unit_of_the_county_is_known_and_writes_upward(office):
    form = filled(office, REQUEST.replace("云岭县财政局", "").replace("发改联", "发改"))
    assert form.initial()["issuer_unit"] == office.units["县发展和改革局"].pk
    assert form.value("direction") == "upward"
    assert form.value("signer") == "王磊、李大山"
    assert form.value("urgency") == "extra_urgent"
    assert form.attachments == ("项目计划表", "资金安排表（试行）")


def test_each_field_says_how_sure_it_is_and_where_it_was_read(office):
    readings = filled(office, notice()).readings
    assert readings["doc_number"].level == "high"
    assert readings["doc_number"].marks == "f:1"
    assert "原文“澜水发〔2026〕31号”" in readings["doc_number"].help
    assert readings["signer"].words == "没有读到"
    assert not readings["signer"].must_see


def test_what_is_missing_or_doubtful_is_looked_at_first(office):
    form = filled(office, "关于召开座谈会的有关事项\n请有关同志参加，地点在三楼会议室，时间另行告知。")
    assert form.unsure[0] == "issuer_name"
    assert {"doc_number", "doc_date", "handling_type"} <= set(form.unsure)
    assert filled(office, notice()).unsure == []


def test_the_thresholds_are_settings(office):
    assert filled(office, notice()).readings["contact"].level == "high"
    settings.change(
        "documents.sure_percent", 100, tenant=office.tenant, by=office.actor(office.sys_admin, key="s")
    )
    cache.clear()
    assert filled(office, notice()).readings["contact"].level == "mid"
    cache.clear()


def test_a_time_that_is_over_is_told_and_not_filled_in(office):
    yesterday = clock.today() - timedelta(days=1)
    text = f"{yesterday:%Y年}{yesterday.month}月{yesterday.day}日"
    reading = filled(office, notice(due=text, day=text)).readings["stated_due"]
    assert reading.value == ""
    assert reading.must_see
    assert "已经过了" in reading.why


@pytest.mark.parametrize(("mark", "label"), [("工作秘密", "work_secret"), ("内部资料", "internal")])
def test_a_mark_in_the_head_suggests_the_label(office, mark, label):
    reading = filled(office, f"{mark}\n{notice()}").readings["label"]
    assert (reading.value, reading.level) == (label, "high")
    assert mark in reading.why
    plain = filled(office, notice()).readings["label"]
    assert (plain.value, plain.level) == ("internal", "mid")


@pytest.mark.parametrize(
    ("name", "direction"),
    [
        ("国务院办公厅", "downward"),
        ("云南省人民政府办公厅", "downward"),
        ("澜川市人民政府办公室", "downward"),
        ("中共云岭县委办公室", "downward"),
        ("云岭县人民代表大会常务委员会", "lateral"),
        ("云岭县人民法院", "lateral"),
        ("澜川市青川县人民政府", "lateral"),
        ("青川县人民政府", "lateral"),
        ("县财政局", "upward"),
        ("云岭县青石镇人民政府", "upward"),
        ("云岭县某某公司", "upward"),
    ],
)
def test_from_which_side_a_paper_comes(office, name, direction):
    assert side_of(name, unit_named(name), home_of(office.tenant.pk)).direction == direction


def learn(office, text: str, **kept: str) -> Filling:
    """Let the clerk register what was filled, with her own words in some fields."""
    form = filled(office, text)
    values = {name: reading.value for name, reading in form.readings.items()} | kept
    corrections.learn(form.read, kept_values(values), form.name_key, by=office.actor(office.clerk))
    return form


def test_a_correction_is_remembered_for_this_issuer_only(office):
    learn(office, notice(), contact="赵晓云", contact_phone="0871-65432199", title="另一个标题")
    again = filled(office, notice(number="澜水发〔2026〕40号"))
    assert again.value("contact") == "赵晓云"
    assert again.readings["contact"].level == "remembered"
    assert again.readings["contact"].read == "赵小云"
    assert again.value("title") != "另一个标题"
    other = filled(office, notice().replace("水利局", "林业局"))
    assert other.value("contact") == "赵小云"


def test_what_was_not_read_is_taken_from_last_time(office):
    learn(office, notice(), contact="赵晓云")
    without = notice().replace("（联系人：赵小云，联系电话：0871-65432100）", "")
    assert filled(office, without).value("contact") == "赵晓云"


def test_another_reading_is_not_overruled(office):
    learn(office, notice(), contact="赵晓云")
    assert filled(office, notice(contact="钱多多")).value("contact") == "钱多多"


def test_the_prefix_is_put_right_and_year_and_number_stay(office):
    learn(office, notice(number="澜水友〔2026〕31号"), doc_number="澜水发〔2026〕31号")
    assert filled(office, notice(number="澜水友〔2027〕5号")).value("doc_number") == "澜水发〔2027〕5号"
    assert not RecognitionCorrection.objects.filter(corrected_value__contains="31").exists()


def test_the_spelling_of_an_issuer_is_put_right_before_its_other_fields(office):
    learn(office, notice(), issuer_name="市水利局", contact="赵晓云")
    again = filled(office, notice())
    assert again.value("issuer_name") == "市水利局"
    assert again.value("contact") == "赵晓云"


def test_taking_a_correction_back_forgets_it(office):
    learn(office, notice(), contact="赵晓云")
    learn(office, notice(), contact="赵小云")
    assert not RecognitionCorrection.objects.exists()
    assert filled(office, notice()).readings["contact"].level == "high"


def test_the_same_correction_again_counts(office):
    learn(office, notice(), contact="赵晓云")
    learn(office, notice())
    row = RecognitionCorrection.objects.get()
    assert (row.count, row.last_by_name) == (2, office.clerk.name)


def test_reading_or_acting_is_remembered_for_each_kind_of_paper(office):
    learn(office, notice(), handling_type="read")
    assert filled(office, notice()).value("handling_type") == "read"
    assert filled(office, notice().replace("的通知", "的意见")).value("handling_type") == "action"


def test_several_files_of_one_text_are_read_together():
    first = SeenFile("a", fields={}, lines=())
    second = seen_file("b", recognition(notice()))
    assert Seen((first, second)).field("doc_number").file == "b"


def test_a_file_nothing_was_read_of_leaves_the_form_empty(office):
    form = fill(Seen((seen_file("f", None),)), tenant_id=office.tenant.pk, pages=3)
    assert form.value("title") == ""
    assert "title" in form.unsure
    assert form.initial()["pages"] == 3
