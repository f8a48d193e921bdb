"""Papers for `python -m bench.gate`: marked ones in every corner of every format, and harmless ones that tempt."""

import io
import random
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from typing import NamedTuple

import docx
import xlsxwriter

from recognize.tests import makers
from zhongshu.files.tests import samples


class Case(NamedTuple):
    """A file as it would be uploaded, and what it is."""

    name: str
    data: bytes
    about: str


MARKS = (
    "机密★10年", "秘密★5年", "绝密★长期", "机 密 ★ 20 年", "秘密★", "机密★启封前", "密级：机密", "机密 10年", "【机密】",
    "机密特急", "此件为国家秘密，请妥善保管", "秘密☆1年", "机密*5年", "☑机密", "密级：秘密　保密期限：3年", "絕密★30年",
    "机密·长期", "本文件属于机密",
)  # fmt: skip
ORDINARY = (
    "各乡镇人民政府，县直各部门：", "为做好今年防汛工作，现将有关事项通知如下。", "一、落实责任，明确分工，按时报送。",
    "二、加强值班值守，遇有险情立即报告。", "三、请于6月30日前将落实情况书面反馈。", "县政府常务会议研究同意。",
)  # fmt: skip
TEMPTING = (
    "组织学习《中华人民共和国保守国家秘密法》，签订保密承诺书。",
    "国家秘密的密级分为绝密、机密、秘密三级。",
    "绝密级国家秘密是最重要的国家秘密，泄露会使国家安全和利益遭受特别严重的损害。",
    "机密级国家秘密的保密期限不超过二十年，秘密级不超过十年。",
    "国家秘密的保密期限，除另有规定外，绝密级不超过三十年，机密级不超过二十年，秘密级不超过十年。",
    "涉及国家秘密的文件、资料不得通过本系统上传。",
    "涉及国家秘密、商业秘密、个人隐私的信息不予公开。",
    "企业应当保护商业秘密，健全商业秘密管理制度。",
    "工作秘密应当按规定管理，不得擅自公开。",
    "工作秘密★的标志由各单位自行规定。",
    "泄露国家秘密的，处三年以下有期徒刑或者拘役。",
    "犯故意泄露国家秘密罪，情节特别严重的，处三年以上七年以下有期徒刑。",
    "保证数据的机密性、完整性和可用性。",
    "机密计算技术可以保护使用中的数据。",
    "密级：无",
    "密级：公开",
    "密级：内部",
    "密级：□绝密 □机密 □秘密 ☑非密",
    "凡属国家秘密的，按保密规定办理。",
    "经审查，本文件不属于国家秘密，可以公开。",
    "如该材料属于国家秘密的，应当送机要部门。",
    "此件不涉及国家秘密。",
    "机要室负责机密文件的收发、登记和清退。",
    "涉密人员按照核心、重要、一般分类管理。",
    "严守党和国家秘密，做到不该说的不说。",
    "开展秘密载体清查，清退机密级文件资料3份。",
    "绝密、机密、秘密级文件应当专柜存放。",
    "联系人：宓密，电话：0871-65432100。",
    "请秘书科密切配合，严密组织，周密部署。",
    "规定机密级计算机不得接入互联网，期限为十年。",
    "不得在微信群中谈论秘密事项，保守秘密是义务。",
    "各单位不得以“涉密”为由拒绝公开应当公开的信息。",
    "定密责任人应当具备确定机密、秘密级国家秘密的权限。",
    "保密要害部门部位的确定，按秘密级以上事项的数量核定。",
    "内部资料 注意保存",
    "密码管理局、保密局、机要局要各负其责。",
    "领导干部要带头遵守保密纪律，保守国家秘密和工作秘密。",
    "档案解密：保管期满三十年的机密档案按程序开放。",
    "他们的会面是秘密进行的，持续了三天。",
    "泄露商业秘密给权利人造成损失的，应当赔偿。",
)
TABLES = ("绝密\n机密\n秘密", "密级\n绝密\n机密\n秘密\n合计", "绝密级\n0\n机密级\n2\n秘密级\n15")


def marked() -> Iterator[Case]:
    """Yield every mark in every carrier."""
    for place, carry in CARRIERS.items():
        for mark in MARKS:
            yield carry(mark, place)
    for mark in MARKS[:6]:
        yield Case(f"{mark} 关于某事的通知.docx", samples.docx_bytes(*ORDINARY), "文件名")
        yield Case(f"关于某事的通知（{mark}）.docx", samples.docx_bytes(*ORDINARY), "文件名")


def harmless(count: int = 600, seed: int = 2026) -> Iterator[Case]:
    """Yield papers with tempting words, of all kinds in turn."""
    chance = random.Random(seed)
    kinds: tuple[Callable[[list[str]], tuple[str, bytes]], ...] = (_docx, _txt, _pdf, _xlsx, _ofd)
    for number in range(count):
        rows = [*chance.sample(TEMPTING, 3), *chance.sample(ORDINARY, 4)]
        chance.shuffle(rows)
        if number % 7 == 0:
            rows.insert(chance.randrange(len(rows)), chance.choice(TABLES))
        name, data = kinds[number % len(kinds)](rows)
        yield Case(name, data, " / ".join(rows))


def _docx(rows: list[str]) -> tuple[str, bytes]:
    lines = [line for row in rows for line in row.split("\n")]
    return "关于保密宣传教育工作的通知.docx", samples.docx_bytes(*lines, header="县保密局宣传材料")


def _txt(rows: list[str]) -> tuple[str, bytes]:
    return "保密法学习提纲.txt", "\n".join(rows).encode("gb18030")


def _pdf(rows: list[str]) -> tuple[str, bytes]:
    """Break lines where a page ends, wherever that tears a word."""
    text = [row[at : at + 28] for each in rows for row in each.split("\n") for at in range(0, len(row), 28)]
    return "商业秘密保护工作方案.pdf", makers.pdf([_placed(text)])


def _xlsx(rows: list[str]) -> tuple[str, bytes]:
    return "涉密人员名册格式说明.xlsx", samples.xlsx_bytes([row.split("\n") for row in rows])


def _ofd(rows: list[str]) -> tuple[str, bytes]:
    text = [line[:26] for row in rows for line in row.split("\n")]
    return "国家秘密载体管理办法.ofd", makers.ofd([(28, 40 + 9 * n, line) for n, line in enumerate(text)])


def _placed(rows: list[str]) -> list[tuple[float, float, float, str]]:
    return [(72, 780 - 24 * n, 16, row) for n, row in enumerate(rows[:30])]


def _of_docx(change: Callable[[docx.document.Document, str], None]) -> Callable[[str, str], Case]:
    def carry(mark: str, place: str) -> Case:
        document = docx.Document()
        for row in ORDINARY:
            document.add_paragraph(row)
        change(document, mark)
        out = io.BytesIO()
        document.save(out)
        return Case("来文.docx", out.getvalue(), place)

    return carry


def _of_parts(part: str, xml: str) -> Callable[[str, str], Case]:
    """Add a part to a DOCX by hand."""

    def carry(mark: str, place: str) -> Case:
        return Case(
            "来文.docx",
            _with(samples.docx_bytes(*ORDINARY), {part: xml.format(escape(mark)).encode()}),
            place,
        )

    return carry


def _with(package: bytes, parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO(package)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as whole:
        for name, data in parts.items():
            whole.writestr(name, data)
    return out.getvalue()


def _last(document: docx.document.Document, mark: str) -> None:
    for _ in range(40):
        for row in ORDINARY:
            document.add_paragraph(row)
    document.add_paragraph(mark)


def _property(name: str) -> Callable[[docx.document.Document, str], None]:
    return lambda document, mark: setattr(document.core_properties, name, mark)


def _torn(document: docx.document.Document, mark: str) -> None:
    paragraph = document.add_paragraph()
    for letter in mark:
        paragraph.add_run(letter)


def _cells(document: docx.document.Document, mark: str) -> None:
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = mark, "防汛值班表"


def _sheet(mark: str, place: str, *, header: str = "", title: str = "", cell: str = "值班表") -> Case:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.set_properties({"title": title})
        sheet = book.add_worksheet("名单")
        sheet.set_header(header)
        sheet.write_column(0, 0, [*ORDINARY, cell])
    return Case("名单.xlsx", out.getvalue(), place)


TEXT_BOX = (
    f'<w:hdr xmlns:w="{makers.W}"><w:p><w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox>'
    "<w:txbxContent><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p></w:hdr>"
)
SLIDE = '<p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{}</a:t></a:r></a:p></p:sld>'
CARRIERS: dict[str, Callable[[str, str], Case]] = {
    "DOCX 首段": _of_docx(lambda d, mark: d.paragraphs[0].insert_paragraph_before(mark)),
    "DOCX 末页": _of_docx(_last),
    "DOCX 逐字分开": _of_docx(_torn),
    "DOCX 表格": _of_docx(_cells),
    "DOCX 页眉": _of_docx(lambda d, mark: setattr(d.sections[0].header.paragraphs[0], "text", mark)),
    "DOCX 页脚": _of_docx(lambda d, mark: setattr(d.sections[0].footer.paragraphs[0], "text", mark)),
    "DOCX 标题属性": _of_docx(_property("title")),
    "DOCX 备注属性": _of_docx(_property("comments")),
    "DOCX 批注": _of_parts(
        "word/comments.xml", f'<w:comments xmlns:w="{makers.W}"><w:p><w:t>{{}}</w:t></w:p></w:comments>'
    ),
    "DOCX 自定义数据": _of_parts("customXml/item9.xml", "<data><v>{}</v></data>"),
    "DOCX 文本框": _of_parts("word/header9.xml", TEXT_BOX),
    "DOCX 内嵌文档": lambda mark, place: Case(
        "来文.docx",
        _with(samples.docx_bytes(*ORDINARY), {"word/embeddings/附.docx": samples.docx_bytes(mark)}),
        place,
    ),
    "DOCX 内嵌 OLE": lambda mark, place: Case(
        "来文.docx",
        _with(
            samples.docx_bytes(*ORDINARY), {"word/embeddings/o.bin": samples.ole_bytes("Ole10Native", mark)}
        ),
        place,
    ),
    "PDF 首页": lambda mark, place: Case("来文.pdf", makers.pdf([_placed([mark, *ORDINARY])]), place),
    "PDF 末页": lambda mark, place: Case(
        "来文.pdf", makers.pdf([_placed(list(ORDINARY))] * 30 + [_placed([mark])]), place
    ),
    "PDF 属性": lambda mark, place: Case(
        "来文.pdf", pdf_with_title(makers.pdf([_placed(list(ORDINARY))]), mark), place
    ),
    "OFD 正文": lambda mark, place: Case(
        "来文.ofd", makers.ofd([(28, 40, mark), (28, 60, ORDINARY[0])]), place
    ),
    "OFD 附件": lambda mark, place: Case(
        "来文.ofd",
        _with(makers.ofd([(28, 60, ORDINARY[0])]), {"Doc_0/Attachs/a.txt": mark.encode()}),
        place,
    ),
    "XLSX 单元格": lambda mark, place: _sheet(mark, place, cell=mark),
    "XLSX 页眉": lambda mark, place: _sheet(mark, place, header=f'&C&"黑体"&14{mark}'),
    "XLSX 属性": lambda mark, place: _sheet(mark, place, title=mark),
    "PPTX 页面": lambda mark, place: Case(
        "汇报.pptx",
        samples.zip_bytes(
            {"ppt/presentation.xml": b"<p/>", "ppt/slides/slide1.xml": SLIDE.format(escape(mark)).encode()}
        ),
        place,
    ),
    "TXT（GBK）": lambda mark, place: Case("来文.txt", "\n".join([*ORDINARY, mark]).encode("gb18030"), place),
    "旧版 DOC": lambda mark, place: Case("来文.doc", samples.ole_bytes("WordDocument", f"\r{mark}\r"), place),
    "ZIP 内文本": lambda mark, place: Case(
        "材料.zip", samples.zip_bytes({"a/来文.txt": mark.encode()}), place
    ),
    "ZIP 套 ZIP": lambda mark, place: Case(
        "材料.zip",
        samples.zip_bytes({"内.zip": samples.zip_bytes({"来文.docx": samples.docx_bytes(mark)})}),
        place,
    ),
}


def pdf_with_title(data: bytes, title: str) -> bytes:
    """Name the document in its properties by an incremental update."""
    number, start = data.count(b" obj\n") + 1, data.rindex(b"startxref\n") + 10
    before = int(data[start : data.index(b"\n", start)])
    out = bytearray(data)
    place = len(out)
    out += b"%d 0 obj\n<< /Title <FEFF%s> >>\nendobj\n" % (number, title.encode("utf-16-be").hex().encode())
    table = len(out)
    out += b"xref\n%d 1\n%010d 00000 n \n" % (number, place)
    out += b"trailer << /Size %d /Root 1 0 R /Info %d 0 R /Prev %d >>\n" % (number + 1, number, before)
    out += b"startxref\n%d\n%%%%EOF\n" % table
    return bytes(out)
