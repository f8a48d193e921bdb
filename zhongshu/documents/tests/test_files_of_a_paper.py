"""来文附件: files join a paper from the hands it lies in, and their words are found after later acts."""

import pytest

from zhongshu.base.refusals import Refused
from zhongshu.documents.search import reindex
from zhongshu.documents.tests.conftest import Carrier
from zhongshu.files.actions import attach
from zhongshu.matters import outbox, search

pytestmark = pytest.mark.django_db


def test_only_who_has_the_paper_in_hand_or_keeps_papers_adds_files(office):
    matter = Carrier(office).instructing([office.county_head]).matter
    with pytest.raises(Refused) as refused:
        attach(matter, b"one", "attachment", by=office.actor(office.drafter), name="一.txt")
    assert refused.value.codes == ["FILE-26"]
    attach(matter, b"two", "attachment", by=office.actor(office.county_head), name="二.txt")
    attach(matter, b"three", "attachment", by=office.actor(office.clerk), name="三.txt")
    assert list(matter.attachments.values_list("name", flat=True)) == ["二.txt", "三.txt"]


def test_the_words_of_files_stay_findable_when_the_paper_is_indexed_anew(office):
    incoming = Carrier(office).registered()
    by = office.actor(office.clerk)
    attach(incoming.matter, "青石镇隐患点台账".encode(), "attachment", by=by, name="台账.txt")
    outbox.drain()
    reindex(incoming)
    assert [hit.matter.pk for hit in search.search(by, "青石镇隐患点").rows] == [incoming.matter.pk]
