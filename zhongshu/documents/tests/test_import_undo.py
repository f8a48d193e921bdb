"""撤销导入: as a whole, with a reason, while nobody has done anything to its papers; the trail stays."""

import pytest
from django.urls import reverse

from zhongshu.base.models import NumberUse, TrailEntry
from zhongshu.base.trail import verify
from zhongshu.documents.models import IncomingChannel, IncomingDocument, RegisterImport
from zhongshu.documents.tests import old_books as books
from zhongshu.documents.tests.papers import paper
from zhongshu.matters import spine
from zhongshu.matters.models import Matter, SearchEntry

State = RegisterImport.State


@pytest.fixture
def run(client, office, settings, tmp_path):
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path
    client.force_login(office.clerk)
    return books.imported(client, books.workbook([books.line(n, 档号=f"X-{n}") for n in range(1, 6)]))


def undo(client, run, reason="用错了文件"):
    return client.post(books.page(run, "import_undo"), {"reason": reason})


def test_nothing_of_it_is_left_but_the_trail(client, office, run):
    there = paper(office, issuer_name="澜川市水利局", doc_number="澜水〔2023〕9号", number_key="澜水-2023-9")
    merged = books.imported(client, books.workbook([books.line(9)]), "二.xlsx")
    assert there.channels.count() == 1
    for each in (merged, run):
        assert undo(client, each).status_code == 302
        books.work()
        each.refresh_from_db()
        assert each.state == State.UNDONE
    assert list(Matter.objects.all()) == [there.matter]
    assert not IncomingChannel.objects.exists()
    assert SearchEntry.objects.count() == 1
    assert not NumberUse.objects.exists()
    assert (
        "水库安全度汛"
        not in client.get(reverse("workbench:search"), {"q": "第3处水库"}).text.split("<main")[1]
    )
    assert TrailEntry.objects.filter(verb="retract_import").count() == 6
    assert (
        "用错了文件"
        in TrailEntry.objects.get(verb="undo_import", data__isnull=False, text__contains="新建5件").text
    )
    assert verify().first_broken is None


def test_the_mended_register_can_follow(client, run):
    undo(client, run)
    books.work()
    again = books.imported(client, books.workbook([books.line(n) for n in range(1, 6)]))
    assert again.created == 5


def test_what_was_worked_on_cannot_be_undone(client, office, run):
    by = office.actor(office.clerk)
    matter = IncomingDocument.objects.get(matter__number="收〔2023〕3号").matter
    note_call(matter, by=by)
    refused = undo(client, run)
    assert refused.status_code == 422
    assert "导入后已有人办理过其中的收〔2023〕3号等件" in refused.text
    assert Matter.objects.count() == 5


def note_call(matter, *, by):
    from zhongshu.base.acts import act  # noqa: PLC0415 - one act of a test
    from zhongshu.base.trail import record  # noqa: PLC0415

    @act("note_call")
    def noted(*, by):
        spine.locked(matter.pk)
        record("note_call", by=by, object_kind="incoming", object_id="x", label="电话", matter_id=matter.pk)

    noted(by=by)


def test_who_only_reads_or_prints_is_not_in_the_way(client, run):
    matter = Matter.objects.get(number="收〔2023〕3号")
    assert client.get(reverse("documents:incoming", args=[matter.public_id])).status_code == 200
    assert client.get(reverse("documents:incoming_print", args=[matter.public_id])).status_code == 200
    assert undo(client, run).status_code == 302
    books.work()
    assert not Matter.objects.exists()


def test_what_is_worked_on_while_it_is_undone_stays(client, office, run):
    undo(client, run)
    note_call(Matter.objects.get(number="收〔2023〕3号"), by=office.actor(office.clerk))
    books.work()
    run.refresh_from_db()
    assert (run.state, run.kept) == (State.UNDONE, 1)
    assert Matter.objects.get().number == "收〔2023〕3号"
    assert "导入后已有人办理，没有撤销" in client.get(books.page(run), {"state": "kept"}).text


def test_a_reason_and_the_permission_are_needed(client, office, run):
    assert "请写明撤销的理由" in undo(client, run, " ").text
    client.force_login(office.depts[0].liaison)
    assert undo(client, run).status_code == 403
    assert Matter.objects.count() == 5
