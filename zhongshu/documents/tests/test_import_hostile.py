"""历史台账导入: files that are no register, or mean harm, get their plain word; what is classified is not kept."""

import io
import zipfile

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from zhongshu.base.models import TrailEntry
from zhongshu.documents.models import ImportRow, RegisterImport
from zhongshu.documents.tests import old_books as books
from zhongshu.documents.tests.pages import told
from zhongshu.files import review
from zhongshu.files.uploads import OfficeUploadHandler
from zhongshu.people.models import Role, RoleGrant

State = RegisterImport.State


@pytest.fixture(autouse=True)
def clerk(client, office, settings, tmp_path):
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path
    client.force_login(office.clerk)
    return office.clerk


@pytest.fixture
def reviewer(office):
    """The drafter, who is the office's 保密审查人 as well."""
    RoleGrant.objects.create(person=office.drafter, role=Role.objects.get(code="secrecy_reviewer"))
    return office.drafter


def failed(client, data, name="2023年收文.xlsx"):
    run = books.judged(client, data, name)
    assert run.state == State.FAILED
    assert not books.waiting_files()
    assert not ImportRow.objects.exists()
    assert run.problem in client.get(books.page(run)).text
    return run.problem


@pytest.mark.parametrize("name", ["台账.pdf", "台账.docx", "台账.exe", "台账"])
def test_other_types_are_refused_by_name(client, name):
    answer = books.send(client, b"x", name)
    assert answer.status_code == 422
    assert "只能导入 Excel（xlsx、xls、et）或 CSV 文件" in answer.text
    assert not RegisterImport.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        b"%PDF-1.7\n%%EOF",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
        b"PK\x05\x06" + b"\0" * 18,
        bytes(range(256)) * 9,
    ],
)
def test_other_content_under_the_name_of_a_register(client, data):
    problem = failed(client, data)
    assert "这不是 Excel" in problem or "文件打不开" in problem


def test_what_is_not_promised_or_empty_is_refused(client):
    file = SimpleUploadedFile("a.xlsx", books.workbook([books.line(1)]))
    assert "请先确认文件不涉及国家秘密" in client.post(books.IMPORTS, {"file": file}).text
    assert "文件是空的" in books.send(client, b"").text
    assert "请选择要导入的台账文件" in client.post(books.IMPORTS, {"promise": "on"}).text
    assert not RegisterImport.objects.exists()


def test_two_hundred_megabytes_are_stopped_on_the_way_in(office):
    request = RequestFactory().post("/imports/")
    request.user = office.clerk
    handler = OfficeUploadHandler(request)
    handler.handle_raw_input(io.BytesIO(), {}, 200 * 2**20, b"")
    with pytest.raises(Exception) as stopped:
        handler.new_file("file", "a.xlsx", books.XLSX, 0)
    assert stopped.typename == "StopUpload"
    assert "文件太大" in request.upload_refusal.message


def test_a_bomb_is_not_unpacked(client):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("xl/worksheets/sheet1.xml", b"\0" * (40 * 2**20))
    assert "异常庞大" in failed(client, file.getvalue())


def test_a_single_cell_at_the_far_end_does_not_fill_the_memory(client):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        page.write_string(0, 0, "编号")
        page.write_string(1_048_575, 16_383, "x")
    assert "异常庞大" in failed(client, file.getvalue())


def test_a_million_empty_rows_are_passed_over(client):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        page = book.add_worksheet()
        for row, cells in ((0, books.HEADS), (1, books.line(1)), (1_048_575, books.line(2))):
            for column, value in enumerate(cells):
                page.write_string(row, column, value)
    run = books.judged(client, file.getvalue())
    assert (run.state, run.total, run.faulty) == (State.CHECKED, 2, 0)
    assert list(run.rows.values_list("number", flat=True)) == [2, 1_048_576]


def test_merged_cells_and_hidden_sheets_are_told(client):
    file = io.BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as book:
        secret = book.add_worksheet("隐藏的")
        secret.hide()
        for row in range(20):
            secret.write_row(row, 0, books.line(row + 1))
        page = book.add_worksheet("台账")
        page.activate()
        page.write_row(0, 0, books.HEADS)
        page.write_row(1, 0, books.line(1))
        page.merge_range(2, 2, 3, 2, "澜川市水利局")
        secret.hide()
    run = books.judged(client, file.getvalue())
    text = client.get(books.page(run)).text
    assert run.sheet_no == 1
    assert "有隐藏的工作表（隐藏的），没有读取" in text
    assert "表里有1处合并单元格" in text


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk"])
def test_a_text_in_any_encoding(client, encoding):
    run = books.judged(client, books.text([books.line(1), books.line(2)], encoding), "2023.csv")
    assert (run.state, run.total, run.faulty) == (State.CHECKED, 2, 0)
    assert run.rows.get(number=2).values["issuer"] == "澜川市水利局"


def test_excel_s_own_dates_are_days(client):
    run = books.judged(
        client, books.workbook([[*books.line(1)[:1], 45000, *books.line(1)[2:12], 45001.5, "", ""]])
    )
    values = run.rows.get().values
    assert (values["received"][:16], values["closed"][:16]) == ("2023-03-15T00:00", "2023-03-16T12:00")


@pytest.mark.parametrize(
    "row",
    [
        books.line(2, 标题="关于XX的通知 机密★5年"),
        books.line(2, 备注="密级：秘密"),
        books.line(2, 来文字号="绝密★启封前"),
    ],
)
def test_a_mark_of_secrecy_stops_the_file(client, office, row):
    problem = failed(client, books.workbook([books.line(1), row, books.line(3)]))
    assert "第3行有国家秘密标志" in problem
    assert "机要渠道" in problem
    assert any("拦截疑似涉密文件一份" in text for text in told(office.sec_admin))
    kept = [
        *TrailEntry.objects.values_list("text", flat=True),
        *map(str, TrailEntry.objects.values_list("data", flat=True)),
    ]
    assert not any("XX的通知" in text or "启封前" in text for text in kept)


def remapped(client, run):
    """Let the same bytes be read again under other columns."""
    columns = {f"column-{at}": name for name, at in run.mapping.items() if name != "urgency"}
    sent = {"sheet_no": run.sheet_no, "header_row": run.header_row, **columns}
    assert client.post(books.page(run, "import_check"), sent).status_code == 302
    books.work()
    run.refresh_from_db()


def test_a_release_holds_for_the_bytes_however_often_their_columns_are_matched(client, office, reviewer):
    marked = books.workbook([books.line(1), books.line(2, 备注="密级：秘密")])
    assert "第3行有国家秘密标志" in failed(client, marked)
    by = office.actor(reviewer)
    release = review.ask_release(books.newest().digest, "核对过原件，是误标", by=by)
    review.answer(release, is_granted=True, by=office.actor(office.sec_admin))
    run = books.judged(client, marked)
    for _ in range(2):
        assert (run.state, run.total) == (State.CHECKED, 2), run.problem
        remapped(client, run)
    assert (run.state, run.total) == (State.CHECKED, 2), run.problem
    assert TrailEntry.objects.filter(verb="use_release").count() == 1
    client.post(books.page(run, "import_order", "discard"))
    assert "第3行有国家秘密标志" in failed(client, marked)


def test_a_release_of_other_bytes_does_not_help(client, office, reviewer):
    by = office.actor(reviewer)
    release = review.ask_release("a" * 64, "核对过原件", by=by)
    review.answer(release, is_granted=True, by=office.actor(office.sec_admin))
    assert "有国家秘密标志" in failed(client, books.workbook([books.line(2, 备注="密级：秘密")]))
    assert not books.newest().is_released


def test_a_column_of_grades_stops_the_file(client):
    heads = [*books.HEADS, "密级"]
    marked = books.workbook([[*books.line(1), ""], [*books.line(2), "机密"]], heads=heads)
    assert "第3行有国家秘密标志" in failed(client, marked)
    plain = books.judged(
        client, books.workbook([[*books.line(1), "无"], [*books.line(2), "内部"]], heads=heads)
    )
    assert plain.state == State.CHECKED


def test_the_word_secret_in_a_title_is_no_mark(client):
    rows = [
        books.line(1, 标题="关于学习贯彻保守国家秘密法的通知"),
        books.line(2, 标题="关于保护商业秘密的意见"),
    ]
    assert books.judged(client, books.workbook(rows)).state == State.CHECKED


def test_a_suspect_name_leaves_no_name(client, office):
    answer = books.send(client, books.workbook([books.line(1)]), "机密★台账.xlsx")
    assert answer.status_code == 422
    assert "禁止上传" in answer.text
    assert not RegisterImport.objects.exists()
    assert told(office.sec_admin)
    assert not any("★" in text for text in TrailEntry.objects.values_list("text", flat=True))


def test_too_many_rows_are_told(client, monkeypatch):
    rows = "".join(f"收〔2023〕{n}号,2023.1.1,某局,,关于第{n}号,,,,,,,,,,\n" for n in range(200_002))
    head = ",".join(books.HEADS) + "\n"
    assert "行数超过200,000" in failed(client, (head + rows).encode(), "台账.csv")


def test_what_is_too_long_or_no_number_is_told_by_row(client):
    rows = [
        books.line(1, 标题="长" * 301),
        books.line(2, 份数="若干"),
        books.line(3, 收文时间="2030年1月1日"),
        books.line(4, 办结时间="2022-01-01"),
        books.line(5, 收文时间=""),
        books.line(6, 标题="", 来文机关="无"),
        books.line(7, 紧急程度="火急", 文种="红头"),
    ]
    found = books.findings(books.judged(client, books.workbook(rows)))
    assert "标题超过300个字" in found[2]
    assert "份数“若干”不是" in found[3]
    assert "收文时间2030-01-01晚于今天" in found[4]
    assert "办结时间2022-01-01早于收文时间" in found[5]
    assert "没有收文时间" in found[6]
    assert "没有标题" in found[7]
    assert "没有来文机关" in found[7]
    assert "紧急程度“火急”不认识，按平件登记" in found[8]
    assert "文种“红头”不认识，按标题定" in found[8]
