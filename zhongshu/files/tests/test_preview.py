"""预览: pages as images with the viewer's mark, documents as pages of plain blocks."""

import io

import pytest
from django.urls import reverse
from PIL import Image, ImageChops

from zhongshu.files import preview, watermark
from zhongshu.files.actions import attach
from zhongshu.files.tests import samples
from zhongshu.files.tests.conftest import open_matter
from zhongshu.files.tests.seeing import attach_seen
from zhongshu.files.texts import text_of
from zhongshu.matters.models import Setting

pytestmark = pytest.mark.django_db


def page_of(client, attachment, number=1, width=640):
    response = client.get(reverse("files:page", args=[attachment.public_id, number]), {"w": width})
    assert response.headers["Content-Type"] == "image/png"
    assert response.headers["Content-Security-Policy"].startswith("sandbox")
    return Image.open(io.BytesIO(response.content)).convert("RGB")


def drawn(attachment):
    with Image.open(preview.base_page(attachment, 1, 640)) as image:
        return image.convert("RGB")


def pane_of(client, matter, **query):
    return client.get(reverse("files:pane", args=[matter.public_id]), query).content.decode()


def test_pages_are_drawn_with_the_viewers_mark(client, office, attachment):
    client.force_login(office.clerk)
    mine = page_of(client, attachment)
    client.force_login(office.section_chief)
    his = page_of(client, attachment)
    plain = drawn(attachment)
    assert mine.size == his.size == plain.size == (640, 906)
    assert ImageChops.difference(mine, plain).getbbox()
    assert ImageChops.difference(mine, his).getbbox()


def test_the_mark_names_person_unit_time_and_number(office, attachment):
    who, when = watermark.lines_for(attachment, office.actor(office.clerk))
    assert "林晓禾" in who
    assert "政府办" in who or "秘书科" in who
    assert attachment.matter.public_id[:8] in when


def test_neighbouring_pages_are_drawn_together_and_kept(client, office, attachment, monkeypatch):
    client.force_login(office.clerk)
    page_of(client, attachment, 1)

    def no_more(*args, **kwargs):
        raise AssertionError("drawn again")

    monkeypatch.setattr("zhongshu.files.sandbox.read", no_more)
    page_of(client, attachment, 2)


@pytest.mark.parametrize("number", [0, 3, 99])
def test_a_page_that_does_not_exist_is_404(client, office, attachment, number):
    client.force_login(office.clerk)
    assert client.get(reverse("files:page", args=[attachment.public_id, number])).status_code == 404


def test_any_width_is_brought_to_one_of_few(client, office, attachment):
    client.force_login(office.clerk)
    assert page_of(client, attachment, width=99999).width == 2000
    response = client.get(reverse("files:page", args=[attachment.public_id, 1]), {"w": "x"})
    assert response.status_code == 404


def test_only_public_papers_may_go_unmarked(client, office):
    Setting.objects.create(tenant=office.tenant, key="files.watermark_public", value=False)
    by = office.actor(office.clerk)
    for label, marked in (("public", False), ("internal", True), ("work_secret", True)):
        matter = open_matter(office, f"件{label}", label=label, by=by)
        attachment = attach(matter, samples.pdf_bytes(label), "body", by=by, name="a.pdf")
        client.force_login(office.clerk)
        plain = drawn(attachment)
        assert bool(ImageChops.difference(page_of(client, attachment), plain).getbbox()) == marked


def test_a_photograph_is_turned_the_right_way_up(client, office, matter):
    photo = samples.image_bytes("JPEG", (60, 40), orientation=6)
    attachment = attach_seen(office, matter, photo, "照片.jpg")
    assert drawn(attachment).size == (40, 60)


def test_a_scan_of_several_sheets_has_several_pages(client, office, matter):
    attachment = attach_seen(office, matter, samples.tiff_bytes(3), "扫描.tif")
    client.force_login(office.clerk)
    assert attachment.page_count == 3
    assert pane_of(client, matter).count('class="zs-page-image"') == 3
    assert page_of(client, attachment, 3).width == 300


def test_the_pane_shows_tabs_zoom_lazy_pages_and_a_way_to_the_words(client, office, matter, attachment):
    by = office.actor(office.clerk)
    attach(matter, b"list one", "attachment", by=by, name="登记表.txt")
    attach(matter, b"list two", "attachment", by=by, name="名单.txt")
    client.force_login(office.depts[0].liaison)
    page = pane_of(client, matter)
    assert [label in page for label in (">正文<", ">附件1 登记表<", ">附件2 名单<")] == [True] * 3
    # The second page, and two thumbnails in their closed column.
    assert page.count('loading="lazy"') == 3
    assert 'alt="来文.pdf第2页"' in page
    assert 'data-zoom="in"' in page
    assert reverse("files:text", args=[attachment.public_id]) in page
    assert reverse("files:download", args=[attachment.public_id]) in page
    assert "1440w" in page
    assert "style=" not in page.split('id="preview-pane"')[1].split("</section>")[0]


def test_htmx_gets_only_the_pane(client, office, matter, attachment):
    client.force_login(office.clerk)
    url = reverse("files:pane", args=[matter.public_id])
    part = client.get(url, headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith('<section class="zs-preview" id="preview-pane"')
    assert "<!doctype" not in part


def test_zoom_works_without_scripts_too(client, office, matter, attachment):
    client.force_login(office.clerk)
    assert "zs-under is-zoom-100" in pane_of(client, matter)
    assert "zs-under is-zoom-150" in pane_of(client, matter, zoom=140)
    assert client.get(reverse("files:pane", args=[matter.public_id]), {"zoom": "x"}).status_code == 404


def test_an_empty_matter_says_so(client, office, matter):
    client.force_login(office.clerk)
    assert "还没有正文或附件" in pane_of(client, matter)


def test_a_document_is_shown_as_paper(client, office, matter):
    by = office.actor(office.clerk)
    attachment = attach(matter, samples.docx_bytes("请各乡镇做好值守。"), "body", by=by, name="通知.docx")
    client.force_login(office.clerk)
    page = pane_of(client, matter)
    assert '<p class="is-center is-level-1" role="heading" aria-level="2">' in page
    assert '<p class="is-indented">请各乡镇做好值守。</p>' in page
    assert reverse("files:watermark", args=[attachment.public_id]) in page
    mark = client.get(reverse("files:watermark", args=[attachment.public_id]))
    assert Image.open(io.BytesIO(mark.content)).mode == "RGBA"


def test_tables_keep_their_spans_and_nothing_in_them_runs(client, office, matter):
    by = office.actor(office.clerk)
    attach(matter, samples.docx_with_table_bytes(), "body", by=by, name="表.docx")
    client.force_login(office.clerk)
    page = pane_of(client, matter)
    assert '<td colspan="2">' in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_sheets_and_texts_are_shown_by_their_words(client, office):
    by = office.actor(office.clerk)
    client.force_login(office.clerk)
    for name, data, words in (
        ("名单.xlsx", samples.xlsx_bytes([["姓名", "编号"], ["张三", 7]]), "张三"),
        ("说明.txt", "会议安排：\n上午九点".encode("gbk"), "上午九点"),
    ):
        matter = open_matter(office, name, by=by)
        attach(matter, data, "body", by=by, name=name)
        assert words in pane_of(client, matter)


def test_thumbnails_are_small_and_marked_too(client, office, attachment):
    client.force_login(office.clerk)
    small = page_of(client, attachment, width=160)
    assert small.width == 160
    plain = drawn(attachment).resize(small.size)
    assert ImageChops.difference(small, plain).getbbox()


def test_a_page_is_turned_with_the_mark_upright(client, office, attachment):
    client.force_login(office.clerk)
    url = reverse("files:page", args=[attachment.public_id, 1])
    upright, turned = (
        Image.open(io.BytesIO(client.get(url, {"w": 640, "turn": turn}).content)) for turn in (0, 90)
    )
    assert turned.size == (upright.height, upright.width)
    assert client.get(url, {"turn": 45}).status_code == 404


def test_the_label_stands_in_the_pane_and_in_the_mark(client, office):
    by = office.actor(office.clerk)
    client.force_login(office.clerk)
    for label, word in (("internal", "内部"), ("work_secret", "工作秘密")):
        matter = open_matter(office, "件", label=label, by=by)
        attachment = attach(matter, samples.pdf_bytes(label), "body", by=by, name="a.pdf")
        assert f">{word}</span>" in pane_of(client, matter)
        assert watermark.lines_for(attachment, by)[1].startswith(word)


def test_what_cannot_be_shown_says_so(client, office, matter, settings):
    settings.ZHONGSHU_SOFFICE = "off"
    attach(matter, samples.ole_bytes("WordDocument"), "body", by=office.actor(office.clerk), name="旧文.doc")
    client.force_login(office.clerk)
    said = pane_of(client, matter)
    assert "Word 97 文档不能在线预览，请下载后查看" in said
    assert "LibreOffice" in said


def test_the_words_of_a_file_are_told(client, office, attachment):
    client.force_login(office.clerk)
    page = client.get(reverse("files:text", args=[attachment.public_id])).content.decode()
    assert "Flood notice" in page


def test_words_are_read_again_after_the_cache_is_thrown_away(office, attachment, settings, tmp_path):
    before = text_of(attachment)
    settings.ZHONGSHU_CACHE_DIR = tmp_path / "another"
    assert text_of(attachment) == before
    assert "Second page" in before
    assert text_of(attachment, 5) == before[:5]


def test_a_page_of_queries(client, office, matter, attachment, django_assert_max_num_queries):
    by = office.actor(office.clerk)
    for n in range(5):
        attach(matter, f"list {n}".encode(), "attachment", by=by, name=f"{n}.txt")
    client.force_login(office.clerk)
    pane_of(client, matter)
    with django_assert_max_num_queries(25):
        pane_of(client, matter)
