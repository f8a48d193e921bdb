"""收取邮箱来文: each mail once, its attachments through the same gate, bounded, and told when it fails."""

from datetime import timedelta
from email.message import EmailMessage

import pytest
from django.core.cache import cache
from django.core.management import call_command
from django.urls import reverse

from zhongshu.base import clock
from zhongshu.base.acts import act
from zhongshu.base.models import TrailEntry
from zhongshu.base.refusals import Refused
from zhongshu.documents.models import TakenItem, Taker
from zhongshu.documents.taking import entering, running
from zhongshu.documents.tests.pages import told
from zhongshu.documents.tests.post_office import Building, PostOffice
from zhongshu.files.models import Drop
from zhongshu.matters import outbox
from zhongshu.matters import settings as office_settings

PAGE = reverse("documents:takers")


@pytest.fixture
def post(settings, tmp_path):
    post = PostOffice()
    building = Building(post)
    settings.ZHONGSHU_IMAP_HOST, settings.ZHONGSHU_IMAP_PORT = building.server_address
    settings.ZHONGSHU_IMAP_SECURITY = "none"
    settings.ZHONGSHU_IMAP_USER, settings.ZHONGSHU_IMAP_PASSWORD = post.user, post.password
    settings.ZHONGSHU_IMAP_FOLDER, settings.ZHONGSHU_IMAP_DONE = "INBOX", ""
    settings.ZHONGSHU_QUARANTINE_DIR = tmp_path
    yield post
    building.shutdown()
    building.server_close()


@act("change_setting")
def switch(key, value, office, *, by):
    office_settings.change(key, value, tenant=office.tenant, by=by)


@pytest.fixture
def on(office):
    switch("documents.take_mail", True, office, by=office.actor(office.sys_admin))


def letter(
    *files,
    subject="关于报送防汛情况的报告",
    sender="县水利局 <slj@yunling.test>",
    text="",
    message_id="<1@yunling.test>",
):
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Message-ID"] = sender, subject, message_id
    mail.set_content(text or "请查收附件。")
    for name, data in files:
        mail.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return mail.as_bytes()


def take():
    call_command("take_mail", "--once", verbosity=0)


def test_attachments_come_to_the_drops_of_the_office(post, on, office):
    post.receive(letter(("报告.txt", "水位正常".encode()), ("附表.txt", b"1,2,3")))
    take()
    drops = Drop.objects.order_by("pk")
    assert [(drop.source, drop.tenant_id, drop.owner_id) for drop in drops] == [
        ("mailbox", office.tenant.pk, None)
    ] * 2
    assert post.letters[0].flags == {r"\Seen"}
    while outbox.drain():
        pass
    first = Drop.objects.order_by("pk")[0]
    assert (first.state, first.name) == ("clean", "报告.txt")
    hint = entering.hint_of(first)
    assert (hint.subject, hint.sender) == ("关于报送防汛情况的报告", "县水利局 <slj@yunling.test>")
    assert "防汛" not in TakenItem.objects.exclude(hint="")[0].hint


def test_the_basket_of_who_registers_says_which_mail_it_was_and_what_was_refused(client, post, on, office):
    post.receive(letter(("报告.txt", "水位正常".encode()), ("坏.docx", b"PK\x03\x04 broken")))
    take()
    while outbox.drain():
        pass
    client.force_login(office.clerk)
    page = client.get(reverse("documents:drops")).text
    assert "邮箱收到：县水利局 &lt;slj@yunling.test&gt;《关于报送防汛情况的报告》" in page
    assert "打不开" in page
    client.force_login(office.depts[0].liaison)
    assert client.get(reverse("documents:drops")).status_code == 403


def test_each_mail_is_taken_once(post, on):
    post.receive(letter(("报告.txt", b"one")))
    take()
    post.letters[0].flags.clear()
    post.receive(b"Received: by another road\r\n" + letter(("报告.txt", b"one")))
    take()
    assert Drop.objects.count() == 1
    post.receive(letter(("报告.txt", b"two"), message_id="<2@yunling.test>"))
    take()
    assert Drop.objects.count() == 2


def test_a_line_that_breaks_after_some_files_goes_on_where_it_stood(post, on):
    post.receive(letter(("甲.txt", b"one"), ("乙.txt", b"two")))
    post.drops_after = "UID STORE"
    with pytest.raises(Refused, match="邮箱服务器中断了收取"):
        take()
    assert Drop.objects.count() == 2
    post.drops_after = ""
    take()
    assert Drop.objects.count() == 2
    assert post.letters[0].flags == {r"\Seen"}


def test_a_mail_without_attachment_is_its_own_text(post, on):
    post.receive(letter(text="今晚八时开会。"))
    take()
    while outbox.drain():
        pass
    assert Drop.objects.get().name == "邮件正文.txt"


def test_mails_go_to_the_folder_of_the_done(post, on, settings):
    settings.ZHONGSHU_IMAP_DONE = "已收取"
    post.receive(letter(("报告.txt", b"one")))
    take()
    assert (len(post.done), post.letters) == (1, [])
    assert any(b'COPY 1 "&XfJlNlPW-"' in line for line in post.said)


def test_too_large_or_from_a_stranger_or_broken_is_flagged_and_left(post, on, office):
    by = office.actor(office.sys_admin)
    switch("documents.take_mail_mb", 1, office, by=by)
    switch("documents.take_mail_senders", ["@yunling.test"], office, by=by)
    post.receive(letter(("大.txt", b"x" * (2 << 20))))
    post.receive(letter(("报告.txt", b"one"), sender="a@elsewhere.test"))
    part = b"--x\r\nContent-Disposition: attachment; filename=a\r\n\r\ny\r\n"
    post.receive(b"Content-Type: multipart/mixed; boundary=x\r\n\r\n" + part * 300)
    post.receive(letter(("报告.txt", b"two")))
    take()
    assert [r"\Flagged" in each.flags for each in post.letters] == [True, True, True, False]
    assert Drop.objects.count() == 1
    taker = Taker.objects.get()
    assert (taker.taken, taker.refused, taker.error) == (1, 3, "")


def test_a_marked_attachment_is_stopped_and_its_hint_is_not_told(post, on, office):
    post.receive(letter(("报告.txt", "机密★5年\n某某方案".encode()), subject="机密★方案"))
    take()
    while outbox.drain():
        pass
    drop = Drop.objects.get()
    assert drop.state == "stopped"
    assert entering.hint_of(drop) is None
    assert not any("方案" in text for text in TrailEntry.objects.values_list("text", flat=True))
    assert any("拦截疑似涉密文件" in text for text in told(office.sec_admin))


def test_it_is_off_unless_switched_on(post, office):
    cache.clear()
    post.receive(letter(("报告.txt", b"one")))
    running.mail_tick(clock.now())
    assert not outbox.pending().filter(topic=running.TOPIC).exists()
    with pytest.raises(Refused, match="没有单位启用"):
        take()
    assert not post.said


def test_the_schedule_promises_a_run_and_waits_after_failures(post, on, office, settings):
    settings.ZHONGSHU_IMAP_PASSWORD = "wrong"
    now = clock.now()
    for hours in (0, 3, 6):
        with clock.fixed(now + timedelta(hours=hours)):
            running.mail_tick(clock.now())
            while outbox.drain():
                pass
            running.mail_tick(clock.now())
            assert not outbox.pending().filter(topic=running.TOPIC).exists()
    taker = Taker.objects.get()
    assert (taker.failures, taker.error) == (3, "邮箱用户名或口令不对，服务器不让登录")
    assert told(office.sys_admin) == ["邮箱收取来文连续3次失败：邮箱用户名或口令不对，服务器不让登录"]
    settings.ZHONGSHU_IMAP_PASSWORD = post.password
    with clock.fixed(now + timedelta(hours=12)):
        running.mail_tick(clock.now())
        while outbox.drain():
            pass
    taker.refresh_from_db()
    assert (taker.failures, taker.error, taker.next_at) == (0, "", None)


def test_no_password_goes_over_an_open_line(post, on, settings):
    settings.ZHONGSHU_IMAP_HOST = "mail.yunling.test"
    with pytest.raises(Refused, match="邮箱必须用 TLS 连接"):
        take()
    settings.ZHONGSHU_IMAP_HOST, settings.ZHONGSHU_IMAP_SECURITY = "127.0.0.1", "tls"
    with pytest.raises(Refused, match="连不上邮箱服务器"):
        take()
    assert not any(post.password.encode() in line for line in post.said)


def test_the_page_tells_how_it_fares_and_nothing_else(client, post, on, office):
    post.receive(letter(("报告.txt", b"one")))
    take()
    client.force_login(office.sys_admin)
    page = client.get(PAGE).text
    assert '<td data-label="状态">已启用</td>' in page
    assert page.count('data-label="上次错误"') == 2
    assert "防汛" not in page
    assert post.password not in page
    assert client.post(reverse("documents:taker_now", args=["mailbox"])).status_code == 302
    assert outbox.pending().filter(topic=running.TOPIC).count() == 1
    assert client.post(reverse("documents:taker_now", args=["folder"])).status_code == 422
    client.force_login(office.depts[0].liaison)
    assert client.get(PAGE).status_code == 403
    assert client.post(reverse("documents:taker_now", args=["mailbox"])).status_code == 403
