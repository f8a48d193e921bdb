"""今年的台账导入: its numbers and its gaps are reserved, the office goes on after the highest, and undoing gives all back."""

import pytest
from django.core.cache import cache

from zhongshu.base import clock, numbers
from zhongshu.base.acts import act
from zhongshu.base.models import NumberSequence
from zhongshu.documents.models import IncomingDocument, RegisterImport
from zhongshu.documents.tests import old_books as books
from zhongshu.documents.tests.test_import import draw
from zhongshu.documents.tests.test_register_export import sheet_of
from zhongshu.matters import settings as office_settings
from zhongshu.matters.models import Matter

State = RegisterImport.State


@pytest.fixture(autouse=True)
def clerk(client, office, settings, tmp_path):
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path
    client.force_login(office.clerk)
    yield office.clerk
    cache.clear()  # settings are remembered for a moment


def this_year(*nos, **changes):
    """Return rows of this year's old register."""
    year = clock.today().year
    days = {"收文时间": f"{year}.1.2", "办结时间": f"{year}.1.3"}
    return [books.line(n, 编号=f"收〔{year}〕{n}号", **days, **changes) for n in nos]


def drawn(office):
    """Return the number the next paper on the table gets."""
    text = draw(office.tenant.pk, by=office.actor(office.clerk))
    return int(text.split("〕")[1].rstrip("号"))


def sequence():
    return NumberSequence.objects.get(scope="documents.incoming", year=clock.today().year)


def test_the_office_goes_on_after_the_highest_number_and_is_told_of_the_gaps(client, office):
    run = books.judged(client, books.workbook(this_year(1, 2, 4, 9, 10)))
    told = f"{clock.today().year}年的编号到10号，缺5个：3、5—8号；导入后收文登记从11号接着编，缺号不再使用"
    assert told in client.get(books.page(run)).text
    books.begin(client, run)
    assert drawn(office) == 11
    books.work()
    run.refresh_from_db()
    assert (run.state, run.created) == (State.DONE, 5)
    assert told in str(sheet_of(client.get(books.page(run, "import_report"))))
    assert drawn(office) == 12
    assert numbers.gaps(sequence()) == []
    assert sorted(sequence().uses.filter(state="void").values_list("no", flat=True)) == [3, 5, 6, 7, 8]


def test_a_row_left_out_keeps_its_number_until_it_comes_mended(client, office):
    faulty = this_year(3, 标题="")
    run = books.imported(client, books.workbook(this_year(1, 2) + faulty))
    assert (run.created, run.skipped) == (2, 1)
    assert drawn(office) == 4
    again = books.imported(client, books.workbook(this_year(3)))
    assert (again.created, again.skipped) == (1, 0)
    assert IncomingDocument.objects.filter(matter__number=f"收〔{clock.today().year}〕3号").count() == 1
    assert drawn(office) == 5


def test_a_number_written_wrong_does_not_carry_the_series_away(client, office):
    run = books.judged(client, books.workbook(this_year(1, 2, 20040)))
    refused = books.begin(client, run)
    assert refused.status_code == 422
    assert "IMP-11" in refused.text
    assert "缺20037个" in refused.text
    assert drawn(office) == 1
    assert not Matter.objects.exists()


@pytest.mark.parametrize(("most", "status"), [(1, 422), (2, 302)])
def test_how_many_gaps_are_too_many_is_set_by_the_administrator(client, office, most, status):
    allow(most, office, by=office.actor(office.sys_admin))
    run = books.judged(client, books.workbook(this_year(1, 4)))
    assert books.begin(client, run).status_code == status


@act("change_setting")
def allow(most, office, *, by):
    office_settings.change("documents.import_gaps", most, tenant=office.tenant, by=by)


def undone(client, run):
    assert client.post(books.page(run, "import_undo"), {"reason": "用错了文件"}).status_code == 302
    books.work()
    run.refresh_from_db()
    assert run.state == State.UNDONE


def test_undone_the_office_goes_on_where_it_stood(client, office):
    assert drawn(office) == 1
    run = books.imported(client, books.workbook(this_year(5, 8)))
    undone(client, run)
    assert drawn(office) == 2
    assert numbers.gaps(sequence()) == []


def test_numbers_given_since_are_not_given_again_when_it_is_undone(client, office):
    run = books.imported(client, books.workbook(this_year(1, 3)))
    assert drawn(office) == 4
    undone(client, run)
    assert drawn(office) == 5
    assert numbers.gaps(sequence()) == []


def test_stopped_before_its_first_row_it_leaves_the_series_alone(client, office):
    run = books.judged(client, books.workbook(this_year(6, 7)))
    books.begin(client, run)
    assert sequence().last_no == 7
    client.post(books.page(run, "import_order", "pause"))
    client.post(books.page(run, "import_order", "stop"))
    assert drawn(office) == 1


def test_a_register_of_another_year_tells_its_gaps_and_leaves_this_year_alone(client, office):
    run = books.imported(client, books.workbook([books.line(n) for n in (1, 2, 5)]))
    assert "2023年的编号到5号，缺2个：3—4号" in run.notes
    assert not any(str(clock.today().year) in note for note in run.notes)
    assert drawn(office) == 1


def test_a_register_without_gaps_says_nothing_of_them(client, office):
    run = books.judged(client, books.workbook([books.line(n) for n in (1, 2, 3)]))
    assert not any("缺" in note for note in run.notes)
