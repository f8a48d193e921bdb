"""涉密拦截: a file that carries a mark of secrecy is refused, and nothing of it stays but a digest."""

import pytest
from django.urls import reverse

from zhongshu.base.crypto import sm3
from zhongshu.base.models import TrailEntry
from zhongshu.files import gate
from zhongshu.files.models import Attachment
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import codes_of
from zhongshu.matters.models import Notification

pytestmark = pytest.mark.django_db

MARKED = {
    "name": ("机密★10年 关于某事.pdf", samples.pdf_bytes("x")),
    "bracketed name": ("【秘密】通知.txt", "内容".encode()),
    "first page": ("来文.docx", samples.docx_bytes("机密★20年", "正文")),
    "spaced mark": ("来文.docx", samples.docx_bytes("秘　密 ★ 3 年")),
    "header": ("来文.docx", samples.docx_bytes("正文", header="绝密★长期")),
    "label": ("来文.txt", "密级：秘密\n保密期限：5年".encode("gbk")),
    "title inside": ("来文.docx", samples.docx_bytes("正文", title="密级:机密")),
    "ofd": ("来文.ofd", samples.ofd_bytes("机密★")),
    "old word": ("来文.doc", samples.ole_bytes("WordDocument", "密级：机密")),
    "sheet": ("表.xlsx", samples.xlsx_bytes([["密级：秘密"]])),
}


@pytest.mark.parametrize("case", MARKED)
def test_a_marked_file_is_refused_and_only_its_digest_is_noted(client, office, upload, case, empty_store):
    name, data = MARKED[case]
    client.force_login(office.clerk)
    response = upload(name, data)
    assert codes_of(response) == ["DOC-01"]
    assert "疑似涉密内容，本系统为非涉密系统，禁止上传，请通过机要渠道办理" in response.content.decode()
    assert not Attachment.objects.exists()
    assert not empty_store.exists()
    entry = TrailEntry.objects.get(verb="refuse_secret_file")
    assert (entry.outcome, entry.data["sm3"], entry.actor_name) == ("refused", sm3(data), "林晓禾")
    assert name.rsplit(".", 1)[0] not in entry.text + str(entry.data)
    told = Notification.objects.get(person=office.sec_admin)
    assert sm3(data)[:16] in told.text
    assert name.rsplit(".", 1)[0] not in told.text


def test_a_rename_cannot_bring_a_mark_in(client, office, attachment):
    client.force_login(office.clerk)
    response = client.post(reverse("files:rename", args=[attachment.public_id]), {"name": "机密★5年"})
    assert codes_of(response) == ["DOC-01"]
    attachment.refresh_from_db()
    assert attachment.name == "来文.pdf"


@pytest.mark.parametrize(
    "words",
    [
        "关于学习宣传《中华人民共和国保守国家秘密法》的通知",
        "国家秘密分为绝密、机密、秘密三级",
        "涉及商业秘密、个人隐私的政府信息不得公开",
        "密级：无",
        "工作秘密★",
        "机要局、保密局",
    ],
)
def test_words_about_secrecy_are_no_mark(words):
    assert not gate.marks_in(words)
