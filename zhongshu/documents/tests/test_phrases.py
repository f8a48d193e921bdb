"""常用批语: one's own by oneself, the office's by its directors; nobody else's."""

from django.urls import reverse

from zhongshu.documents.models import TypicalPhrase

PAGE = reverse("documents:phrases")
NEW = reverse("documents:phrase_new")


def add(client, text, **more):
    return client.post(NEW, {"box": "instruction", "text": text, **more})


def change(client, row, **more):
    return client.post(reverse("documents:phrase_change", args=[row.pk]), more)


def test_a_leader_keeps_his_own(client, office):
    client.force_login(office.county_head)
    assert add(client, "请抓紧办理。").status_code == 302
    assert add(client, " ").status_code == 422
    row = TypicalPhrase.objects.get()
    assert row.person == office.county_head
    assert change(client, row, text="请阅办。").status_code == 302
    assert "请阅办。" in client.get(PAGE).text
    client.force_login(office.vice_head)
    assert "请阅办。" not in client.get(PAGE).text
    assert change(client, row, text="改别人的").status_code == 422
    client.force_login(office.clerk)
    assert client.get(PAGE).status_code == 403


def test_the_office_s_are_kept_by_its_directors(client, office):
    client.force_login(office.county_head)
    assert add(client, "呈阅。", for_office="1").status_code == 422
    client.force_login(office.director)
    assert add(client, "呈阅。", for_office="1").status_code == 302
    row = TypicalPhrase.objects.get()
    assert row.person is None
    client.force_login(office.county_head)
    assert "呈阅。" in client.get(PAGE).text
    assert change(client, row, act="drop").status_code == 422
    client.force_login(office.deputy)
    assert change(client, row, act="drop").status_code == 302
    assert not TypicalPhrase.objects.exists()


def test_order(client, office):
    client.force_login(office.county_head)
    for text in ("一", "二", "三"):
        add(client, text)
    change(client, TypicalPhrase.objects.get(text="三"), act="up")
    change(client, TypicalPhrase.objects.get(text="三"), act="up")
    change(client, TypicalPhrase.objects.get(text="三"), act="up")
    assert [row.text for row in TypicalPhrase.objects.all()] == ["三", "一", "二"]
