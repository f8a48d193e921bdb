"""历史台账导入: a workbook of past years becomes closed papers of the register, found and counted in their year."""

import pytest
from django.urls import reverse

from zhongshu.base import clock, numbers
from zhongshu.base.acts import act
from zhongshu.base.models import NumberSequence, TrailEntry
from zhongshu.base.trail import record, verify
from zhongshu.documents.models import ImportRow, IncomingDocument, RegisterImport
from zhongshu.documents.tests import old_books as books
from zhongshu.documents.tests.papers import paper, rows_of
from zhongshu.documents.tests.test_register_export import sheet_of
from zhongshu.files import quarantine
from zhongshu.matters.models import Matter, Notification, Part

State = RegisterImport.State


@pytest.fixture
def clerk(client, office, settings, tmp_path):
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path
    client.force_login(office.clerk)
    return office.clerk


def test_a_register_becomes_closed_papers(client, office, clerk):
    unit = office.depts[2].unit
    rows = [
        books.line(n, 承办=unit.name, 时限="2023.12.30", 拟办="建议由水利局办", 批示="陆承安：请抓紧。")
        for n in (1, 2, 3)
    ]
    run = books.imported(client, books.workbook(rows, above=2))
    assert (run.state, run.total, run.created, run.skipped) == (State.DONE, 3, 3, 0)
    found = IncomingDocument.objects.select_related("matter").order_by("pk")[0]
    matter = found.matter
    assert (matter.number, matter.phase_name, matter.phase) == ("收〔2023〕1号", "历史台账", "closed")
    assert (
        matter.closed_at
        == matter.sort_at
        == found.received_at
        == clock.midnight(clock.local(matter.sort_at).date())
    )
    assert clock.local(found.received_at).isoformat()[:10] == "2023-02-02"
    assert found.lead_unit == unit
    assert [(o.box, o.author_name, o.text) for o in found.opinions.order_by("pk")] == [
        ("proposal", "历史台账", "建议由水利局办"),
        ("instruction", "陆承安", "请抓紧。"),
    ]
    assert found.handlings.get().fed_back_at == matter.closed_at
    assert not Notification.objects.exists()
    assert [part.principal_id for part in Part.objects.filter(matter=matter)] == [office.tenant.principal_id]
    assert client.get(reverse("documents:incoming", args=[matter.public_id])).status_code == 200


def test_it_is_found_in_register_search_and_statistics_of_its_year(client, office, clerk):
    books.imported(client, books.workbook([books.line(n) for n in range(1, 6)]))
    register = client.get(reverse("documents:incoming_register"), {"view": "closed", "year": "2023"})
    assert len(rows_of(register)) == 5
    assert rows_of(client.get(reverse("documents:incoming_register"))) == []
    assert "第3处水库" in client.get(reverse("workbench:search"), {"q": "水库安全度汛"}).text
    client.force_login(office.director)
    assert '">5</a>' in client.get(reverse("documents:statistics"), {"year": "2023"}).text


def test_every_paper_has_its_line_and_the_trail_verifies(client, office, clerk):
    run = books.imported(client, books.workbook([books.line(n) for n in range(1, 8)]))
    lines = TrailEntry.objects.filter(verb="import_incoming")
    assert lines.count() == 7
    assert set(lines.values_list("actor_id", flat=True)) == {office.clerk.pk}
    ordered = TrailEntry.objects.get(verb="start_import")
    assert (ordered.data["rows"], ordered.data["sm3"]) == (7, run.digest)
    assert TrailEntry.objects.get(verb="import_finished").data["created"] == 7
    assert verify().first_broken is None


def test_who_has_not_the_permission_or_is_of_another_office(client, office, clerk):
    run = books.judged(client, books.workbook([books.line(1)]))
    client.force_login(office.depts[0].liaison)
    for answer in (client.get(books.IMPORTS), client.get(books.page(run)), books.begin(client, run)):
        assert answer.status_code == 403
    client.force_login(office.archivist)
    assert client.get(books.page(run)).status_code == 200
    RegisterImport.objects.update(tenant=office.depts[0].unit)
    assert client.get(books.page(run)).status_code == 404
    assert books.begin(client, run).status_code == 404
    assert not Matter.objects.exists()


def test_only_good_rows_or_all_or_nothing(client, clerk):
    rows = [books.line(1), books.line(2, 收文时间="2023年2月30日"), books.line(3)]
    run = books.judged(client, books.workbook(rows))
    assert (run.state, run.good, run.faulty) == (State.CHECKED, 2, 1)
    refused = books.begin(client, run, "all")
    assert refused.status_code == 422
    assert "还有1行有错误" in refused.text
    assert not Matter.objects.exists()
    assert books.begin(client, run).status_code == 302
    books.work()
    run.refresh_from_db()
    assert (run.created, run.skipped) == (2, 1)
    assert "2023年没有2月30日这一天" in run.rows.get(number=3).outcome


def test_the_error_workbook_can_be_mended_and_sent_again(client, clerk):
    rows = [books.line(1), books.line(2, 收文时间="2023年2月30日", 备注="=cmd|'/c calc'!A1")]
    run = books.imported(client, books.workbook(rows))
    answer = client.get(books.page(run, "import_errors"))
    table = sheet_of(answer)
    assert table[2][-1] == "问题"
    assert len(table) == 4
    mended = [
        ["2023-03-01" if "2月30日" in str(cell) and "没有" not in str(cell) else cell for cell in row]
        for row in table[3:]
    ]
    again = books.imported(
        client, books.workbook([[str(c) for c in row] for row in mended], heads=[str(c) for c in table[2]])
    )
    assert (again.created, again.faulty) == (1, 0)
    assert IncomingDocument.objects.order_by("-pk")[0].body == "备注：=cmd|'/c calc'!A1"
    assert b"<f>" not in answer.content


def test_a_register_sent_twice_is_skipped_row_by_row(client, clerk):
    data = books.workbook([books.line(n) for n in (1, 2, 3)])
    books.imported(client, data)
    run = books.judged(client, data)
    assert set(books.findings(run).values()) == {f"收〔2023〕{n}号已经登记过，将跳过" for n in (1, 2, 3)}
    books.begin(client, run)
    books.work()
    run.refresh_from_db()
    assert (run.created, run.skipped) == (0, 3)
    assert Matter.objects.count() == 3


def test_the_same_paper_becomes_a_further_way(client, office, clerk):
    there = paper(office, issuer_name="澜川市水利局", doc_number="澜水〔2023〕7号", number_key="澜水-2023-7")
    rows = [books.line(7), books.line(8), books.line(9, 来文字号="澜水[2023]8")]
    run = books.imported(client, books.workbook(rows))
    assert (run.created, run.merged) == (1, 2)
    assert there.channels.count() == 1
    assert IncomingDocument.objects.get(matter__number="收〔2023〕8号").channels.count() == 2


def test_numbers_are_compared_in_any_spelling(client, office, clerk):
    paper(office, number="收〔2023〕5号", received_at=clock.midnight(clock.today().replace(year=2023)))
    rows = [books.line(4), books.line(5, 编号="收[2023]005"), books.line(6, 编号="收（2023）4号")]
    run = books.judged(client, books.workbook(rows))
    assert "编号收〔2023〕5号已经用于《关于第1项工作的通知》" in books.findings(run)[3]
    assert "编号收〔2023〕4号与第2行相同" in books.findings(run)[4]


def test_old_numbers_are_kept_and_the_live_series_steps_over_them(client, office, clerk):
    year = clock.today().year
    rows = [
        books.line(n, 编号=f"收〔{year}〕{n}号", 收文时间=f"{year}.1.{n}", 办结时间=f"{year}.1.{n}")
        for n in (1, 2, 4)
    ]
    books.imported(client, books.workbook(rows))
    drawn = [draw(office.tenant.pk, by=office.actor(office.clerk)) for _ in range(3)]
    assert drawn == [f"收〔{year}〕{n}号" for n in (5, 6, 7)]
    sequence = NumberSequence.objects.get(scope="documents.incoming", year=year)
    assert numbers.gaps(sequence) == []
    assert sequence.uses.get(no=3).state == "void"


@act("draw")
def draw(tenant_id, *, by):
    drawn = numbers.draw("documents.incoming", tenant_id=tenant_id, by=by)
    record("draw", by=by, object_kind="x", object_id=1, label="取号")
    return drawn.text


def test_a_number_that_the_series_gave_since_is_left_out(client, office, clerk):
    year = clock.today().year
    rows = [
        books.line(n, 编号=f"收〔{year}〕{n}号", 收文时间=f"{year}.1.{n}", 办结时间=f"{year}.1.{n}")
        for n in (1, 2)
    ]
    run = books.judged(client, books.workbook(rows))
    draw(office.tenant.pk, by=office.actor(office.clerk))
    books.begin(client, run)
    books.work()
    run.refresh_from_db()
    assert (run.created, run.skipped) == (1, 1)
    assert run.rows.get(number=2).outcome == f"编号收〔{year}〕1号在核对后已被占用"


def test_all_or_nothing_takes_back_what_was_written(client, office, clerk):
    year = clock.today().year
    rows = [
        books.line(n, 编号=f"收〔{year}〕{n}号", 收文时间=f"{year}.1.2", 办结时间=f"{year}.1.3")
        for n in range(1, 251)
    ]
    run = books.judged(client, books.workbook(rows))
    with_number(office, year, 240)
    books.begin(client, run, "all")
    books.work()
    run.refresh_from_db()
    assert (run.state, run.created) == (State.UNDONE, 200)
    assert "第241行" in run.undo_reason
    assert not Matter.objects.exists()
    assert draw(office.tenant.pk, by=office.actor(office.clerk)) == f"收〔{year}〕1号"


def with_number(office, year, no):
    sequence = NumberSequence.objects.create(
        tenant_id=office.tenant.pk, scope="documents.incoming", year=year, format="收〔{year}〕{no}号"
    )
    sequence.uses.create(no=no, text=f"收〔{year}〕{no}号")


def test_plain_numbers_belong_to_the_year_they_came_in(client, clerk):
    run = books.imported(client, books.workbook([books.line(1, 编号="12"), books.line(2, 编号="办-7")]))
    assert run.created == 2
    assert set(Matter.objects.values_list("number", flat=True)) == {"收〔2023〕12号", "办-7"}


def test_archived_papers_keep_their_code(client, office, clerk):
    code = "Z001-WS·2023-D30-BGS-0007"
    rows = [books.line(1, 档号=code), books.line(2, 档号=code), books.line(3, 档号="已归档")]
    run = books.imported(client, books.workbook(rows))
    assert "档号Z001-WS·2023-D30-BGS-0007与第2行相同" in run.rows.get(number=3).outcome
    piece = Matter.objects.get(number="收〔2023〕1号").archival_file
    assert (piece.archival_code, piece.retention, piece.item_no, piece.year) == (code, "d30", 7, 2023)
    assert Matter.objects.get(number="收〔2023〕1号").phase == "archived"
    assert Matter.objects.get(number="收〔2023〕3号").phase == "closed"


def test_the_file_is_sealed_while_it_waits_and_forgotten_when_it_is_imported(client, clerk):
    books.send(client, books.text([books.line(1)], "utf-8"), "2023.csv")
    waiting = books.waiting_files()
    assert waiting
    assert not any("水库".encode() in content for content in waiting)
    books.work()
    books.begin(client, books.newest())
    assert not books.waiting_files()


def test_a_file_that_was_cleared_away_must_be_sent_again(client, clerk):
    run = books.judged(client, books.workbook([books.line(1)]))
    quarantine.wipe(run.quarantine_id)
    check_again(client, run)
    assert (run.state, run.rows.count()) == (State.FAILED, 0)
    assert "请重新上传" in client.get(books.page(run)).text


def test_a_form_sent_twice_is_one_import(client, clerk):
    data = books.workbook([books.line(1)])
    first = books.send(client, data, _key="same-form")
    second = books.send(client, data, _key="same-form")
    assert RegisterImport.objects.count() == 1
    assert first.url == second.url or books.newest().public_id in second.url
    books.work()
    run = books.newest()
    client.post(books.page(run, "import_start"), {"way": "good", "_key": "start"})
    again = client.post(books.page(run, "import_start"), {"way": "good", "_key": "start"})
    assert again.status_code == 302
    books.work()
    assert Matter.objects.count() == 1


def test_two_imports_at_once(client, office, clerk):
    one = books.judged(client, books.workbook([books.line(1), books.line(2)]), "一.xlsx")
    two = books.judged(client, books.workbook([books.line(2), books.line(3)]), "二.xlsx")
    assert books.begin(client, one).status_code == 302
    waiting = books.begin(client, two)
    assert waiting.status_code == 422
    assert "《一.xlsx》正在导入" in waiting.text
    books.work()
    stale = books.begin(client, two)
    assert "请点“重新核对”再导入" in stale.text
    check_again(client, two)
    books.begin(client, two)
    books.work()
    two.refresh_from_db()
    assert (two.created, two.skipped) == (1, 1)
    assert Matter.objects.count() == 3


def check_again(client, run, **changes):
    run.refresh_from_db()
    meant = {at: field for field, at in run.mapping.items()}
    columns = {f"column-{at}": meant.get(at, "") for at in range(len(run.heads))}
    answer = client.post(
        books.page(run, "import_check"),
        {"sheet_no": run.sheet_no, "header_row": run.header_row, **columns, **changes},
    )
    books.work()
    run.refresh_from_db()
    return answer


def test_columns_said_once_are_remembered(client, clerk):
    heads = ["甲", *books.HEADS[1:4], "文件说的什么", *books.HEADS[5:]]
    run = books.judged(client, books.workbook([books.line(1)], heads=heads))
    assert "还不知道哪一列是标题" in client.get(books.page(run)).text
    assert "请先选定列的对应" in books.begin(client, run).text
    twice = check_again(client, run, **{"column-4": "issuer"})
    assert twice.status_code == 422
    assert "“来文机关”已选了“来文机关”那一列" in twice.text
    check_again(client, run, **{"column-0": "number", "column-4": "title"})
    assert (run.state, run.faulty) == (State.CHECKED, 0)
    next_year = books.judged(client, books.workbook([books.line(2)], heads=heads))
    assert (next_year.mapping["title"], next_year.mapping["number"]) == (4, 0)


def test_pause_go_on_and_stop(client, clerk):
    run = books.judged(client, books.workbook([books.line(n) for n in range(1, 4)]))
    books.begin(client, run)
    client.post(books.page(run, "import_order", "pause"))
    books.work()
    run.refresh_from_db()
    assert (run.state, run.created) == (State.PAUSED, 0)
    assert "继续导入" in client.get(books.page(run)).text
    client.post(books.page(run, "import_order", "resume"))
    books.work()
    run.refresh_from_db()
    assert (run.state, run.created) == (State.DONE, 3)
    assert client.post(books.page(run, "import_order", "stop")).status_code == 422


def test_discarded_nothing_is_kept(client, clerk):
    run = books.judged(client, books.workbook([books.line(1)]))
    client.post(books.page(run, "import_order", "discard"))
    assert not books.waiting_files()
    assert not ImportRow.objects.exists()
    assert books.begin(client, run).status_code == 422


def test_rows_are_shown_by_verdict_page_by_page(client, clerk, django_assert_max_num_queries):
    rows = [books.line(n, **({"来文机关": ""} if n % 10 == 0 else {})) for n in range(1, 121)]
    run = books.judged(client, books.workbook(rows))
    with django_assert_max_num_queries(20):
        shown = client.get(books.page(run), {"state": "faulty"})
    assert [line.row.number for line in shown.context["shown"].lines] == list(range(11, 122, 10))
    assert "没有来文机关" in shown.text
    first = client.get(books.page(run))
    assert len(first.context["shown"].lines) == 50
    assert "after=51" in first.text


def test_while_it_runs_only_a_part_is_asked_for(client, clerk):
    books.send(client, books.workbook([books.line(1)]))
    run = books.newest()
    part = client.get(books.page(run), headers={"HX-Request": "true"})
    assert 'hx-trigger="every 2s"' in part.text
    assert "<html" not in part.text
    books.work()
    assert "hx-trigger" not in client.get(books.page(run), headers={"HX-Request": "true"}).text
