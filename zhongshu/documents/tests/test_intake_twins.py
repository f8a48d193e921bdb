"""查重: the same 机关 and 字号, the very file, nearly the same words; nobody learns of what they may not see."""

import json
import random

import pytest
from django.core.management import call_command

from zhongshu.documents.intake import likeness, twins
from zhongshu.documents.intake.comparing import side_by_side
from zhongshu.documents.intake.signing import sign
from zhongshu.documents.models import PaperSignature, SignatureBand
from zhongshu.documents.search import reindex_matter
from zhongshu.documents.tests.dropped import notice
from zhongshu.documents.tests.papers import paper
from zhongshu.files.actions import attach


def with_file(office, text: str, **fields):
    incoming = paper(office, **fields)
    attach(incoming.matter, text.encode(), "body", by=office.actor(office.clerk), name="正文.txt")
    reindex_matter(incoming.matter)
    return incoming


def found(office, text: str, person=None, **given):
    known = {"issuer_name": "", "unit_id": None, "doc_number": "", "digests": [], **given}
    return twins.twins_of(text, **known, by=office.actor(person or office.clerk))


def test_nearly_the_same_words_under_another_number_are_found(office):
    there = with_file(office, notice())
    copy = notice(number="云府转〔2026〕8号", verb="降低水位、空库运行")
    [twin] = found(office, copy, issuer_name="别处", doc_number="云府转〔2026〕8号")
    assert twin.incoming == there
    assert 80 <= twin.percent < 100
    assert not twin.is_same_number


def test_another_paper_of_the_same_issuer_is_not(office):
    with_file(office, notice())
    other = (
        "关于召开全市水利工作会议的通知\n"
        + "会议定于下周三在市水利局召开，请各县分管负责人参加并提前报送名单。" * 6
    )
    assert found(office, other) == []


def test_a_short_text_says_nothing(office):
    with_file(office, notice())
    assert found(office, "特此通知。") == []
    assert likeness.signature(likeness.shingles("特此通知。")) == ()


def test_the_same_number_in_another_spelling_is_found(office):
    there = paper(
        office, issuer_name="市水利局", doc_number="澜水发〔2026〕31号", number_key="澜水发-2026-31"
    )
    [twin] = found(office, "", issuer_name="澜川市水利局", doc_number="澜水发[2026]31")
    assert twin.incoming == there
    assert twin.is_same_number


def test_a_number_without_prefix_needs_its_issuer(office):
    paper(office, issuer_name="市水利局", doc_number="第3号", number_key="3")
    assert found(office, "", issuer_name="市林业局", doc_number="第3号") == []
    assert len(found(office, "", issuer_name="市水利局", doc_number="第3号")) == 1


def test_returned_papers_do_not_count(office):
    there = paper(
        office,
        doc_number="澜水发〔2026〕31号",
        number_key="澜水发-2026-31",
        phase="returned_to_sender",
        outcome="returned_to_sender",
    )
    assert there.matter.outcome == "returned_to_sender"
    assert found(office, "", issuer_name="澜川市水利局", doc_number="澜水发〔2026〕31号") == []


def test_the_very_file_is_found_without_words(office):
    there = paper(office)
    held = attach(there.matter, b"1 2 3", "body", by=office.actor(office.clerk), name="a.txt")
    [twin] = found(office, "", digests=[held.sm3_digest])
    assert (twin.incoming, twin.percent) == (there, 100)


def test_nobody_learns_of_a_paper_they_may_not_see(office):
    with_file(office, notice())
    assert len(found(office, notice())) == 1
    assert found(office, notice(), office.outsider) == []


def test_a_text_that_did_not_change_is_not_written_again(office):
    there = with_file(office, notice())
    assert PaperSignature.objects.get().bands.count() == likeness.BANDS
    assert sign([there]) == 0
    assert SignatureBand.objects.count() == likeness.BANDS


@pytest.mark.parametrize(("changed", "least"), [(0, 1.0), (3, 0.9), (40, 0.0)])
def test_the_estimate_follows_what_the_texts_share(changed, least):
    pick = random.Random(7)
    text = [chr(0x4E00 + pick.randrange(3000)) for _ in range(2000)]
    other = list(text)
    for _ in range(changed):
        other[pick.randrange(2000)] = "○"
    one, two = likeness.shingles("".join(text)), likeness.shingles("".join(other))
    share = likeness.share(one, two)
    assert share >= least
    guess = likeness.estimate(likeness.signature(one), likeness.signature(two))
    assert abs(guess - share) < 0.2


def test_an_office_has_buckets_of_its_own():
    values = likeness.signature(likeness.shingles(notice()))
    assert likeness.unpacked(likeness.packed(values)) == values
    assert not set(likeness.buckets(values, 1)) & set(likeness.buckets(values, 2))


def test_side_by_side_marks_what_differs_and_nothing_else():
    rows = side_by_side("甲乙丙。请于6月3日前报送。丁。", "甲乙丙。请于6月30日前报送。")
    assert [row.differs for row in rows] == [False, True, True]
    assert "".join(piece.text for piece in rows[1].right if piece.differs) == "0"
    assert rows[2].right == ()


def test_lines_that_only_the_page_broke_are_joined():
    left = "请各单位于本月底以前将落实情\n况报送我局。"
    assert [row.differs for row in side_by_side(left, "请各单位于本月底以前将落实情况报送我局。")] == [False]


def test_old_papers_get_their_signatures_by_command(office, capsys):
    there = paper(office, body=notice())
    assert found(office, notice()) == []
    call_command("text_signatures", "--json")
    call_command("text_signatures", "--json")
    assert [json.loads(line)["written"] for line in capsys.readouterr().out.splitlines()] == [1, 0]
    assert [twin.incoming for twin in found(office, notice())] == [there]
