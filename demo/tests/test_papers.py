"""一年的来文: believable, in order, numbered without gaps, alike for the same seed."""

import re
from collections import Counter, defaultdict
from pathlib import Path

import pytest

from demo import cast
from demo.papers import frames, opinions, seasons, shapes, topics, writing
from demo.papers.issuers import issuer, issuers
from demo.papers.paper import Paper
from demo.tests.conftest import NOW

SLOT = re.compile(r"[{}]")


def share(year: list[Paper], **wanted: object) -> float:
    met = sum(all(getattr(paper, key) == value for key, value in wanted.items()) for paper in year)
    return met / len(year)


def test_a_year_is_the_same_for_the_same_seed(year):
    again = writing.generate(7, NOW)
    assert [(one.title, one.doc_number, one.body) for one in again] == [
        (one.title, one.doc_number, one.body) for one in year
    ]
    other = writing.generate(8, NOW, count=200)
    assert [one.title for one in other] != [one.title for one in year[:200]]


def test_the_sample_of_the_manual_is_in_no_series_of_the_year(year):
    page = (Path(__file__).resolve().parents[2] / "docs/manual/sample/paper.html").read_text(encoding="utf-8")
    number = re.search(r"[^<>]+〔\d{4}〕\d+号", page)
    assert number
    assert number[0].split("〔")[0] not in {paper.prefix for paper in year}


def test_there_are_many_patterns():
    own = {pattern.title for topic in topics.topics() for pattern in topic.patterns}
    assert len(own) >= 150
    assert len(frames.FRAMES) >= 40


def test_titles_are_distinct(year):
    titles = Counter(paper.title for paper in year)
    assert len(titles) / len(year) >= 0.95
    assert all(10 <= len(title) <= 60 for title in titles)


def test_numbers_are_gapless_and_ascend_with_the_date(year):
    series = defaultdict(list)
    for paper in year:
        series[paper.prefix, paper.doc_date.year].append(paper)
    for (prefix, at), papers in series.items():
        papers.sort(key=lambda paper: paper.number)
        numbers = [paper.number for paper in papers]
        assert numbers == list(range(numbers[0], numbers[0] + len(numbers))), prefix
        assert at != NOW.year or numbers[0] == 1
        dates = [paper.doc_date for paper in papers]
        assert dates == sorted(dates), prefix


def test_no_number_belongs_to_two_issuers(year):
    owners = {(paper.doc_number, paper.sender.name) for paper in year}
    assert len(owners) == len({number for number, _ in owners}) == len(year)


@pytest.mark.parametrize(
    ("kind", "low", "high"), [("通知", 0.42, 0.5), ("请示", 0.05, 0.075), ("报告", 0.12, 0.2)]
)
def test_kinds_come_in_the_shares_of_an_office(year, kind, low, high):
    assert low <= share(year, kind=kind) <= high


def test_urgency_comes_in_the_shares_of_an_office(year):
    assert 0.01 <= share(year, urgency="extra_urgent") <= 0.03
    assert 0.06 <= share(year, urgency="urgent") <= 0.13


def test_no_blank_is_left_and_texts_have_the_length_of_papers(year):
    assert not [paper.title for paper in year if SLOT.search(paper.title + paper.body)]
    lengths = sorted(len(paper.body) for paper in year)
    assert lengths[len(year) // 10] >= 290
    assert lengths[-1] <= 900


def test_the_season_shows(year):
    fire = [paper.doc_date.month for paper in year if paper.topic.name == "森林防火"]
    flood = [paper.doc_date.month for paper in year if paper.topic.name == "防汛抗旱"]
    assert sum(month in {10, 11, 12, 1, 2, 3, 4} for month in fire) / len(fire) > 0.85
    assert sum(month in {4, 5, 6, 7, 8, 9, 10} for month in flood) / len(flood) > 0.85
    assert not [
        paper for paper in year if paper.topic.name == "低温雨雪" and paper.doc_date.month in range(4, 11)
    ]


def test_dates_follow_one_another(year):
    for paper in year:
        assert paper.doc_date <= paper.received_at.date()
        assert paper.received_at <= NOW
        assert paper.due is None or paper.due.date() >= paper.doc_date


def test_upward_papers_are_signed_by_the_head_and_name_a_contact(year):
    for paper in year:
        if paper.direction == "upward" and paper.sender.unit and not paper.fault:
            assert paper.signer == cast.head(paper.sender.unit).name
            assert "内线" in paper.contact


def test_a_request_is_never_examined_by_its_sender(year):
    for paper in year:
        if paper.kind == "请示":
            assert paper.sender.unit not in (paper.lead, *paper.helpers)


def test_faulty_papers_show_their_fault_and_come_again_mended(year):
    faulty = {paper.serial: paper for paper in year if paper.fault}
    assert 0.01 <= len(faulty) / len(year) <= 0.04
    for paper in faulty.values():
        if paper.fault and paper.fault.label == "报告夹带请示":
            assert "恳请" in paper.body
        if paper.fault and paper.fault.label == "多头主送":
            assert paper.body.startswith("县委、县人民政府：")
    again = [paper for paper in year if paper.previous]
    assert again
    for paper in again:
        first = faulty[paper.previous]
        assert paper.title == first.title
        assert paper.received_at > first.received_at
        assert not paper.fault


def test_the_proposal_fits_the_portfolio(year):
    for paper in year[::7]:
        said = opinions.proposal(paper)
        assert not SLOT.search(said)
        if paper.needs_work:
            assert cast.unit(paper.lead).formal in said
        field = cast.unit(paper.topic.lead)
        if field.kind != "section" and "牵头" in said and "副县长牵头" in said:
            assert cast.leader_of(field.code).name in said


def test_every_word_of_the_office_can_be_written(year):
    for paper in year[::5]:
        texts = [one.text for one in opinions.instructions(paper)]
        texts += [opinions.feedback(paper, unit) for unit in (paper.lead, *paper.helpers)]
        texts += [opinions.reply(paper), opinions.closing(paper), *opinions.options(paper)]
        assert not [text for text in texts if SLOT.search(text)]


def test_leaders_consent_only_to_requests(year):
    for paper in year:
        if paper.kind == "通知" and paper.needs_work:
            assert not [
                one for one in opinions.instructions(paper) if one.text.startswith(("原则同意", "拟同意"))
            ]


def test_every_topic_names_issuers_and_says_everything():
    for topic in topics.topics():
        assert [issuer(name) for name, _ in topic.issuers]
        assert topic.words["事"]
        assert len(topic.points) >= 2
        for kind in ("缘起", "情况", "问题", "打算", "反馈", "县长批", "副县长批"):
            assert topic.said(kind), (topic.name, kind)
    assert len({one.name for one in issuers()}) == len(issuers())


def test_the_subject_of_a_title_loses_its_frame():
    assert shapes.subject("关于2026年1—5月保障性安居工程进展情况的通报") == "保障性安居工程"
    assert shapes.subject("关于商请协调油菜籽收购场地的函") == "协调油菜籽收购场地"


def test_undecreed_years_are_weekdays():
    assert seasons.is_workday(seasons.workday_on_or_after(NOW.date().replace(year=2031)))
