"""行文规则: faults are named at 初审 and never keep a paper from being registered (practice 4)."""

import pytest

from zhongshu.documents import actions, rules
from zhongshu.documents.tests.conftest import passed, phase

REQUEST = {
    "doc_type": "request_for_instructions",
    "direction": "upward",
    "title": "关于拨付污水管网改造资金的请示",
}


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({}, []),
        ({**REQUEST, "main_recipients": "县人民政府"}, []),
        ({**REQUEST, "main_recipients": "县人民政府、县委"}, ["DOC-02"]),
        ({**REQUEST, "main_recipients": "县人民政府", "cc": "青石镇"}, ["DOC-02"]),
        ({**REQUEST, "main_recipients": "县人民政府", "cc": "县财政局"}, []),
        ({"main_recipients": "陆县长", "direction": "upward"}, ["DOC-03"]),
        ({"main_recipients": "陆县长", "direction": "upward", "leader_ordered": "6月3日调研时交办"}, []),
        ({"main_recipients": "陆县长", "direction": "downward"}, []),
        ({"doc_type": "report", "body": "……以上报告，妥否，请批示。"}, ["DOC-04"]),
        ({"doc_type": "report", "body": "上半年完成投资三亿元。特此报告。"}, []),
        ({"doc_type": "letter", "body": "妥否，请批示。"}, []),
    ],
)
def test_what_can_be_seen_is_named(carrier, changes, codes):
    incoming = carrier.registered(**changes)
    assert incoming.matter.number
    assert [fault.code for fault in rules.faults_of(incoming)] == codes


def test_a_section_of_a_department_leapfrogs_it(carrier, office):
    below = office.units["秘书科"]
    below.parent = office.depts[0].unit
    below.save()
    given = {"issuer_unit_id": below.pk, "issuer_name": below.name, "direction": "upward"}
    assert [f.code for f in rules.faults_of(carrier.registered(**given))] == ["DOC-12"]
    told = carrier.registered(**given, doc_number="", cc=office.depts[0].unit.name)
    assert rules.faults_of(told) == []


def test_the_same_request_under_way_is_asked_twice(carrier):
    carrier.registered(**REQUEST, doc_number="白政〔2026〕31号", issuer_name="白水乡人民政府")
    again = carrier.registered(**REQUEST, doc_number="白政〔2026〕32号", issuer_name="白水乡人民政府")
    assert [fault.code for fault in rules.faults_of(again)] == ["DOC-13"]
    other = carrier.registered(**REQUEST, doc_number="青政〔2026〕3号", issuer_name="青石镇人民政府")
    assert rules.faults_of(other) == []


def test_a_paper_with_faults_can_still_go_on(carrier):
    incoming = carrier.registered(**REQUEST, main_recipients="县人民政府、县委")
    form = passed(faults=["DOC-02"], conforms_rules=False, opinion="情况紧急，先办后补")
    actions.review(incoming, form, by=carrier.clerk)
    assert phase(incoming) == "reviewed"
