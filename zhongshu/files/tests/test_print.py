"""打印: marked pages, copies numbered, each in the trail; 工作秘密 on an approved request and no further."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from PIL import Image, ImageChops

from zhongshu.base import clock
from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.files import preview, printing
from zhongshu.files.actions import attach, remove, void
from zhongshu.files.models import PrintRequest, PrintRun, PrintState
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of, open_matter, set_to
from zhongshu.matters import spine
from zhongshu.matters.models import Notification

pytestmark = pytest.mark.django_db


@pytest.fixture
def secret(office):
    """A 工作秘密 paper of one page that the clerk and the section chief work on."""
    by = office.actor(office.clerk)
    matter = open_matter(office, "关于敏感事项处置的通知", label="work_secret", by=by)
    return attach(matter, samples.pdf_bytes("x"), "body", by=by, name="密件.pdf")


def address(name, thing):
    return reverse(f"files:{name}", args=[thing.public_id])


def printed(client, attachment, copies):
    return client.post(address("print", attachment), {"copies": copies})


def asked(client, attachment, copies=2, purpose="送分管领导阅"):
    return client.post(address("print_request_new", attachment), {"copies": copies, "purpose": purpose})


def decided(client, request, answer="grant", copies=2, reply=""):
    form = {"answer": answer, "copies": copies, "reply": reply}
    return client.post(address("print_request_decide", request), form)


@pytest.fixture
def granted(office, secret):
    """A request of the clerk for two copies, approved by the deputy."""
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    printing.decide(request, True, 2, "", by=office.actor(office.deputy))
    return request


def test_a_print_is_noted_and_its_pages_shown(client, office, attachment):
    client.force_login(office.depts[0].liaison)
    assert "份数" in client.get(address("print", attachment)).text
    response = printed(client, attachment, 3)
    run = PrintRun.objects.get()
    assert response.url == address("print_run", run)
    page = client.get(response.url)
    assert page.text.count("/files/printed/") == 2
    assert "请在打印窗口把份数设为 3" in page.text
    entry = TrailEntry.objects.get(verb="print")
    assert (entry.data["copies"], entry.data["first"], entry.outcome) == (3, 1, "done")
    assert (entry.actor_name, entry.matter_id) == (office.depts[0].liaison.name, attachment.matter_id)


def test_copies_are_numbered_after_those_before(office, attachment):
    by = office.actor(office.clerk)
    first, second = (printing.print_copies(attachment, copies, by=by) for copies in (3, 2))
    assert (list(first.numbers), list(second.numbers)) == ([1, 2, 3], [4, 5])


@pytest.mark.parametrize("copies", ["0", "", "9999", "x"])
def test_a_print_without_a_sound_number_is_asked_again(client, office, attachment, copies):
    client.force_login(office.clerk)
    assert printed(client, attachment, copies).status_code == 422
    assert not PrintRun.objects.exists()


def test_each_copy_bears_its_number(client, office, granted, secret):
    client.force_login(office.clerk)
    printed(client, secret, 2)
    run = PrintRun.objects.get()
    assert client.get(address("print_run", run)).text.count("/files/printed/") == 2
    pages = [
        Image.open(
            io.BytesIO(client.get(reverse("files:print_run_page", args=[run.public_id, copy, 1])).content)
        )
        for copy in (1, 2)
    ]
    with Image.open(preview.base_page(secret, 1, preview.PRINT_WIDTH)) as base:
        assert ImageChops.difference(pages[0].convert("L"), base.convert("L")).getbbox()
    assert ImageChops.difference(pages[0].convert("L"), pages[1].convert("L")).getbbox()
    assert client.get(reverse("files:print_run_page", args=[run.public_id, 3, 1])).status_code == 404
    assert client.get(reverse("files:print_run_page", args=[run.public_id, 1, 2])).status_code == 404


def test_a_print_is_its_printers_alone_and_for_an_hour(client, office, attachment):
    run = printing.print_copies(attachment, 1, by=office.actor(office.clerk))
    page = reverse("files:print_run_page", args=[run.public_id, 1, 1])
    client.force_login(office.section_chief)
    assert client.get(address("print_run", run)).status_code == 404
    assert client.get(page).status_code == 404
    client.force_login(office.clerk)
    assert client.get(page).status_code == 200
    PrintRun.objects.update(printed_at=clock.now() - timedelta(hours=2))
    assert codes_of(client.get(address("print_run", run))) == ["FILE-55"]
    assert codes_of(client.get(page)) == ["FILE-55"]


def test_a_void_file_is_not_printed(client, office, attachment):
    void(attachment, "传错了", by=office.actor(office.clerk))
    client.force_login(office.clerk)
    assert codes_of(printed(client, attachment, 1)) == ["FILE-12"]


def test_what_was_printed_is_not_deleted(office, attachment):
    printing.print_copies(attachment, 1, by=office.actor(office.clerk))
    with pytest.raises(Refused) as refused:
        remove(attachment, by=office.actor(office.clerk))
    assert refused.value.codes == ["FILE-15"]


def test_a_work_secret_needs_a_request(client, office, secret):
    client.force_login(office.clerk)
    page = client.get(address("print", secret)).text
    assert "须经批准才能打印" in page
    assert "送审批" in page
    assert codes_of(printed(client, secret, 1)) == ["FILE-17"]
    entry = TrailEntry.objects.get(verb="print")
    assert (entry.outcome, entry.data["codes"]) == ("refused", ["FILE-17"])


def test_who_approves_prints_directly(client, office, secret):
    spine.give_part(secret.matter, office.deputy.principal_id)
    client.force_login(office.deputy)
    assert printed(client, secret, 1).status_code == 302
    assert PrintRun.objects.get().request is None
    with pytest.raises(Refused) as refused:
        printing.ask_to_print(secret, 1, "x", by=office.actor(office.deputy))
    assert refused.value.codes == ["FILE-45"]


def test_asked_granted_printed_used_up(client, office, secret):
    client.force_login(office.clerk)
    response = asked(client, secret, 3)
    request = PrintRequest.objects.get()
    assert response.url == address("print_request", request)
    assert codes_of(printed(client, secret, 1)) == ["FILE-41"]

    client.force_login(office.deputy)
    assert decided(client, request, copies=2).status_code == 302
    told = Notification.objects.get(person=office.clerk)
    assert "批准2份" in told.text

    client.force_login(office.clerk)
    assert codes_of(printed(client, secret, 3)) == ["FILE-44"]
    assert printed(client, secret, 1).status_code == 302
    assert printed(client, secret, 1).status_code == 302
    refusal = printed(client, secret, 1)
    assert codes_of(refusal) == ["FILE-44"]
    assert "已全部打印" in refusal.text
    request.refresh_from_db()
    assert (request.printed_copies, request.left) == (2, 0)
    verbs = list(
        TrailEntry.objects.filter(matter_id=secret.matter_id, outcome="done").values_list("verb", flat=True)
    )
    assert verbs[-4:] == ["ask_to_print", "decide_print", "print", "print"]


def test_an_approval_ends(client, office, granted, secret):
    client.force_login(office.clerk)
    assert granted.valid_until > clock.now() + timedelta(days=2)
    PrintRequest.objects.update(valid_until=clock.now() - timedelta(minutes=1))
    assert codes_of(printed(client, secret, 1)) == ["FILE-43"]
    assert asked(client, secret).status_code == 302


def test_how_long_it_lasts_is_the_offices_setting(office, secret):
    set_to(office, "files.print_days", 10)
    request = printing.ask_to_print(secret, 1, "送阅", by=office.actor(office.clerk))
    printing.decide(request, True, 1, "", by=office.actor(office.director))
    assert request.valid_until > clock.now() + timedelta(days=9)


def test_a_refusal_tells_why(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    client.force_login(office.deputy)
    assert decided(client, request, "refuse").status_code == 422
    assert decided(client, request, "refuse", reply="在线阅即可").status_code == 302
    client.force_login(office.clerk)
    refusal = printed(client, secret, 1)
    assert codes_of(refusal) == ["FILE-42"]
    assert "在线阅即可" in refusal.text
    assert decided(client, request).status_code == 403


def test_an_answer_is_given_once_and_within_what_was_asked(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    client.force_login(office.deputy)
    assert decided(client, request, copies=3).status_code == 422
    assert decided(client, request, copies=2).status_code == 302
    assert codes_of(decided(client, request, copies=1)) == ["FILE-48"]
    request.refresh_from_db()
    assert (request.state, request.approved_copies) == (PrintState.APPROVED, 2)


def test_nobody_decides_on_their_own_request(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    PrintRequest.objects.update(asked_by=office.deputy)
    client.force_login(office.deputy)
    assert codes_of(decided(client, request)) == ["FILE-49"]


def test_one_standing_request_is_enough(client, office, secret, granted):
    client.force_login(office.clerk)
    assert codes_of(asked(client, secret)) == ["FILE-46"]


def test_a_request_without_purpose_is_kept_and_asked_again(client, office, secret):
    client.force_login(office.clerk)
    response = asked(client, secret, 7, "")
    assert response.status_code == 422
    assert 'value="7"' in response.text
    assert not PrintRequest.objects.exists()


def test_taken_back_it_counts_no_more(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    client.force_login(office.section_chief)
    assert client.post(address("print_request_withdraw", request)).status_code == 404
    client.force_login(office.clerk)
    assert client.post(address("print_request_withdraw", request)).status_code == 302
    assert codes_of(printed(client, secret, 1)) == ["FILE-17"]
    client.force_login(office.deputy)
    assert codes_of(decided(client, request)) == ["FILE-48"]


def test_another_persons_approval_is_not_mine(client, office, secret, granted):
    client.force_login(office.section_chief)
    assert codes_of(printed(client, secret, 1)) == ["FILE-17"]
    assert client.get(address("print_request", granted)).status_code == 404


def test_the_approver_outside_the_circle_learns_no_title(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    told = Notification.objects.get(person=office.deputy, event="print_asked")
    assert told.matter is None
    client.force_login(office.deputy)
    for page in (
        client.get(address("print_request", request)).text,
        client.get(reverse("files:print_requests")).text,
        client.get(reverse("workbench:desk")).text,
        told.text,
    ):
        assert office.clerk.name in page
        assert "敏感事项" not in page
        assert "密件.pdf" not in page
    spine.give_part(secret.matter, office.deputy.principal_id)
    assert "敏感事项" in client.get(address("print_request", request)).text


def test_the_desk_of_who_decides_shows_it(client, office, secret):
    client.force_login(office.deputy)
    assert "打印审批" not in client.get(reverse("workbench:desk")).text
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    assert address("print_request", request) in client.get(reverse("workbench:desk")).text
    client.force_login(office.clerk)
    assert "打印审批" not in client.get(reverse("workbench:desk")).text


def test_who_decides_elsewhere_cannot_tell_it_exists(client, office, secret):
    request = printing.ask_to_print(secret, 2, "送阅", by=office.actor(office.clerk))
    client.force_login(office.outsider)
    assert client.get(address("print_request", request)).status_code == 404
    assert decided(client, request).status_code == 403


def test_out_of_the_circle_the_approval_is_worth_nothing(client, office, granted, secret):
    spine.drop_part(secret.matter, office.clerk.principal_id)
    client.force_login(office.clerk)
    assert printed(client, secret, 1).status_code == 404


def test_many_numbered_copies_go_in_several_prints(client, office, secret):
    spine.give_part(secret.matter, office.deputy.principal_id)
    client.force_login(office.deputy)
    assert codes_of(printed(client, secret, 301)) == ["FILE-54"]
    assert not PrintRun.objects.exists()


def test_what_cannot_be_drawn_is_not_printed_here(client, office, matter, settings):
    settings.ZHONGSHU_SOFFICE = "off"
    attachment = attach(
        matter, samples.ole_bytes("WordDocument"), "body", by=office.actor(office.clerk), name="旧.doc"
    )
    client.force_login(office.clerk)
    assert "画不成页" in client.get(address("print", attachment)).text
    assert codes_of(printed(client, attachment, 1)) == ["FILE-19"]


def test_more_pages_than_a_window_holds_go_to_the_printers(client, office, attachment, monkeypatch):
    monkeypatch.setattr("zhongshu.files.views.printing.MOST_SHEETS", 1)
    client.force_login(office.clerk)
    assert codes_of(printed(client, attachment, 1)) == ["FILE-57"]
    assert not PrintRun.objects.exists()
