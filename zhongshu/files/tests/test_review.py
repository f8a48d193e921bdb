"""保密审查: doubtful files are judged out of the quarantine, released by digest, once; unread scans need a second eye."""

from datetime import timedelta

import pytest
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.crypto import sm3
from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.files import drops, handing, quarantine, review
from zhongshu.files.limits import EYE_PAGES
from zhongshu.files.models import DigestRelease, Drop
from zhongshu.files.tests import samples
from zhongshu.matters import outbox, settings
from zhongshu.matters.models import Notification
from zhongshu.people.models import Role, RoleGrant

pytestmark = pytest.mark.django_db

# A mark-like word alone on its line, as on a training slide: doubtful, not stopped.
DOUBTFUL = samples.docx_bytes("机密", "以下是保密知识培训材料")
MARKED = samples.docx_bytes("机密★20年", "正文")


@pytest.fixture
def reviewer(office):
    """The drafter, who is the office's 保密审查人 as well."""
    RoleGrant.objects.create(person=office.drafter, role=Role.objects.get(code="secrecy_reviewer"))
    return office.drafter


@pytest.fixture
def lay(office):
    def laid(data: bytes, name: str = "培训材料.docx") -> Drop:
        drop = drops.lay(data, name=name, by=office.actor(office.clerk))
        return inspected(drop)

    return laid


def inspected(drop: Drop) -> Drop:
    outbox.drain()
    drop.refresh_from_db()
    return drop


def judge(client, drop, verdict, reason="看过原件，是培训材料"):
    form = {"verdict": verdict, "reason": reason}
    return client.post(reverse("files:secrecy_judge", args=[drop.public_id]), form)


def answer(client, office, release, given):
    client.force_login(office.sec_admin)
    return client.post(reverse("files:release_answer", args=[release.public_id]), {"answer": given})


def test_a_doubtful_file_is_judged_released_by_digest_and_then_clean(client, office, reviewer, lay):
    drop = lay(DOUBTFUL)
    assert (drop.state, drop.name) == ("doubtful", "")
    assert Notification.objects.filter(person=reviewer, event="secrecy_review").exists()
    client.force_login(reviewer)
    page = client.get(reverse("files:secrecy_case", args=[drop.public_id]))
    assert "以下是保密知识培训材料" in page.content.decode()
    assert page.headers["Cache-Control"] == "private, no-store"
    assert judge(client, drop, "harmless").status_code == 302
    drop.refresh_from_db()
    assert (drop.state, drop.waits_for_release) == ("doubtful", True)
    release = DigestRelease.objects.get()
    client.force_login(office.sec_admin)
    listed = client.get(reverse("files:releases")).content.decode()
    assert drop.sm3_digest in listed
    assert "培训材料.docx" not in listed
    assert answer(client, office, release, "grant").status_code == 302
    assert (inspected(drop).state, drop.name) == ("clean", "培训材料.docx")
    release.refresh_from_db()
    assert release.used_at
    verbs = [
        "lay_drop",
        "hold_drop",
        "look_at_drop",
        "judge_drop",
        "ask_release",
        "answer_release",
        "use_release",
    ]
    done = list(TrailEntry.objects.order_by("seq").values_list("verb", flat=True))
    assert [verb for verb in done if verb in verbs] == verbs
    assert "培训材料.docx" not in str(list(TrailEntry.objects.values_list("text", "data")))


def test_what_is_judged_a_secret_is_wiped_and_told(client, office, reviewer, lay):
    drop = lay(DOUBTFUL)
    client.force_login(reviewer)
    assert judge(client, drop, "secret").status_code == 302
    drop.refresh_from_db()
    assert (drop.state, drop.refusal_code) == ("stopped", "DOC-01")
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []
    assert "机要渠道" in Notification.objects.get(person=office.clerk).text
    assert drop.sm3_digest[:16] in Notification.objects.get(person=office.sec_admin).text


def test_a_judgement_wants_a_reason_and_a_conclusion(client, reviewer, lay):
    drop = lay(DOUBTFUL)
    client.force_login(reviewer)
    response = judge(client, drop, "harmless", reason=" ")
    assert (response.status_code, "FILE-35" in response.content.decode()) == (422, True)
    assert judge(client, drop, "perhaps").status_code == 422
    drop.refresh_from_db()
    assert drop.judged_at is None


def test_only_a_reviewer_of_the_office_and_never_the_uploader_judges(client, office, reviewer, lay):
    drop = lay(DOUBTFUL)
    for person, status in (
        (office.clerk, 404),
        (office.legal, 403),
        (office.outsider, 403),
        (office.sec_admin, 403),
    ):
        client.force_login(person)
        assert client.get(reverse("files:secrecy_case", args=[drop.public_id])).status_code == status
        assert judge(client, drop, "harmless").status_code == status


def test_nobody_judges_what_they_uploaded_themselves(client, reviewer, lay, office):
    drop = inspected(drops.lay(DOUBTFUL, name="培训材料.docx", by=office.actor(reviewer)))
    client.force_login(reviewer)
    assert client.get(reverse("files:secrecy_case", args=[drop.public_id])).status_code == 422
    response = judge(client, drop, "harmless")
    assert (response.status_code, "FILE-37" in response.content.decode()) == (422, True)
    drop.refresh_from_db()
    assert drop.judged_at is None


def test_a_release_that_is_declined_wipes_what_waited(client, office, reviewer, lay):
    drop = lay(DOUBTFUL)
    client.force_login(reviewer)
    judge(client, drop, "harmless")
    answer(client, office, DigestRelease.objects.get(), "decline")
    assert inspected(drop).state == "stopped"
    assert quarantine.listed(clock.now() + timedelta(days=1)) == []


def test_what_was_stopped_by_mistake_passes_once_after_its_release(client, office, reviewer, lay):
    assert lay(MARKED).state == "stopped"
    client.force_login(reviewer)
    form = {"digest": sm3(MARKED), "reason": "核对原件，星号是装饰"}
    assert client.post(reverse("files:release_ask"), form).status_code == 302
    assert lay(MARKED).state == "stopped"
    answer(client, office, DigestRelease.objects.get(), "grant")
    assert lay(samples.docx_bytes("机密★20年", "另一份")).state == "stopped"
    assert lay(MARKED).state == "clean"
    assert lay(MARKED).state == "stopped"


def test_a_release_serves_a_form_as_well(office, reviewer):
    by = office.actor(office.clerk)
    review.answer(
        review.ask_release(sm3(MARKED), "核对过原件", by=office.actor(reviewer)),
        is_granted=True,
        by=office.actor(office.sec_admin),
    )
    given = {"tenant_id": office.tenant.pk, "by": by, "name": "a.docx"}
    assert handing.receive(MARKED, **given).name == "a.docx"
    drops.discard(Drop.objects.get(state="clean"), by=by)
    with pytest.raises(Refused) as refused:
        handing.receive(MARKED, **given)
    assert refused.value.codes == ["DOC-01"]


def test_a_doubtful_file_of_a_form_waits_in_the_quarantine(office, empty_store):
    with pytest.raises(Refused, match="保密审查人") as refused:
        handing.receive(
            DOUBTFUL, tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="培训材料.docx"
        )
    assert refused.value.codes == ["FILE-30"]
    assert Drop.objects.get().state == "doubtful"
    assert not empty_store.exists()
    assert "培训材料" not in str(list(TrailEntry.objects.values_list("text", "data")))


def test_what_a_form_stopped_stands_beside_the_stopped_drops(client, office, reviewer):
    with pytest.raises(Refused):
        handing.receive(MARKED, tenant_id=office.tenant.pk, by=office.actor(office.clerk), name="某事.docx")
    client.force_login(reviewer)
    page = client.get(reverse("files:secrecy")).content.decode()
    assert sm3(MARKED) in page
    assert "某事.docx" not in page


@pytest.mark.parametrize(
    ("digest", "reason", "code"),
    [("12", "核对过", "FILE-36"), ("a" * 64, " ", "FILE-35"), ("z" * 64, "核对过", "FILE-36")],
)
def test_an_application_names_a_digest_and_a_reason(client, reviewer, digest, reason, code):
    client.force_login(reviewer)
    response = client.post(reverse("files:release_ask"), {"digest": digest, "reason": reason})
    assert (response.status_code, code in response.content.decode()) == (422, True)
    assert not DigestRelease.objects.exists()


def test_nobody_asks_twice_and_nobody_answers_twice(client, office, reviewer):
    by = office.actor(reviewer)
    release = review.ask_release("a" * 64, "核对过", by=by)
    with pytest.raises(Refused) as refused:
        review.ask_release("a" * 64, "核对过", by=by)
    assert refused.value.codes == ["FILE-39"]
    assert answer(client, office, release, "decline").status_code == 302
    assert answer(client, office, release, "grant").status_code == 422
    release.refresh_from_db()
    assert not release.is_granted


def test_a_scan_that_nobody_can_read_needs_another_person(client, office, lay):
    settings.change(EYE_PAGES, 0, tenant=office.tenant, by=office.actor(office.sys_admin))
    drop = lay(samples.scan_pdf_bytes(), "扫描.pdf")
    assert drop.state == "unread"
    client.force_login(office.clerk)
    assert judge(client, drop, "harmless").status_code == 422
    client.force_login(office.legal)
    assert judge(client, drop, "harmless").status_code == 403
    client.force_login(office.section_chief)
    page = client.get(reverse("files:secrecy_page", args=[drop.public_id, 1]))
    assert (page.status_code, page.headers["Content-Type"]) == (200, "image/png")
    assert page.headers["Cache-Control"] == "private, no-store"
    looked = TrailEntry.objects.get(verb="look_at_drop")
    assert (looked.text, looked.actor_name) == ("第1页", office.section_chief.name)
    assert client.get(reverse("files:secrecy_page", args=[drop.public_id, 9])).status_code == 404
    assert judge(client, drop, "harmless", "看过，是会议通知").status_code == 302
    assert (inspected(drop).state, drop.has_text, drop.confirmed_by) == ("clean", False, office.section_chief)
    assert client.get(reverse("files:secrecy_page", args=[drop.public_id, 1])).status_code == 404
