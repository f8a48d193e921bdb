"""A conformant DOCX with one error put into it at a time: what was done, how, and which check must name it."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, replace

from typeset.model import Document, Head
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import letter, notice, request

DOCUMENT, STYLES, FOOTER = "word/document.xml", "word/styles.xml", "word/footer_default.xml"


@dataclass(frozen=True)
class Seed:
    """An error: its name, the code of the check that must name it, the file that has it, and the paper it was put into."""

    name: str
    code: str
    make: Callable[[], bytes]
    paper: str = "notice"


def edited(
    paper: Callable[[], Document], part: str, pattern: str, new: str, count: int = 0
) -> Callable[[], bytes]:
    """Return a maker of the paper's DOCX with a part changed; the pattern must be found."""

    def make() -> bytes:
        old = zipfile.ZipFile(io.BytesIO(write_docx(paper())))
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
            for name in old.namelist():
                data = old.read(name)
                if name == part:
                    text, times = re.subn(pattern, new, data.decode(), count=count, flags=re.DOTALL)
                    assert times, f"{pattern} is not in {part}"
                    data = text.encode()
                made.writestr(name, data)
        return out.getvalue()

    return make


def style(key: str, old: str, new: str) -> Callable[[], bytes]:
    """Change something inside one style of the notice."""
    return edited(notice, STYLES, rf'(w:styleId="{key}">(?:(?!</w:style>).)*?){old}', rf"\g<1>{new}", 1)


def other(**more: object) -> Callable[[], bytes]:
    """Return a maker of a notice with other content."""
    return lambda: write_docx(notice(**more))


def text(old: str, new: str) -> Callable[[], bytes]:
    """Change words of the notice."""
    return edited(notice, DOCUMENT, old, new)


MARK_AFTER = '"/></w:pPr></w:p><w:p><w:pPr><w:pStyle w:val="GwMark"'
FILLER = r'w:line="\d+" w:lineRule="exact' + MARK_AFTER
LOW_FILLER = 'w:line="20" w:lineRule="exact' + MARK_AFTER
INDENTED = '<w:qFormat/><w:pPr><w:ind w:firstLineChars="200"/></w:pPr>'
HEADING = 'w:eastAsia="黑体"(?=[^>]*/></w:rPr><w:t xml:space="preserve">一、总体)'
AT_RIGHT = '(w:styleId="Gw(?:Signature|Date)">(?:(?!</w:style>).)*?<w:jc w:val=)"right"'
RULES = "(<w:tblpPr(?:(?!</w:tblPr>).)*?)<w:tblBorders>.*?</w:tblBorders>"
HEAD = Head(("云岭县人民政府",), doc_number="云政发〔2026〕5号")
SEEDS = (
    Seed("天头 32 mm", "page.margin.top", edited(notice, DOCUMENT, 'w:top="2098"', 'w:top="1814"')),
    Seed("订口 30 mm", "page.margin.left", edited(notice, DOCUMENT, 'w:left="1587"', 'w:left="1701"')),
    Seed("信纸幅面", "page.size", edited(notice, DOCUMENT, 'w:w="11906" w:h="16838"', 'w:w="12240" w:h="15840"')),
    Seed("行距 33 磅", "grid.pitch", style("Normal", 'w:line="579"', 'w:line="660"')),
    Seed("没有字符网格", "grid.chars", edited(notice, DOCUMENT, 'w:type="linesAndChars"', 'w:type="lines"')),
    Seed("分两栏", "page.columns", edited(notice, DOCUMENT, "<w:cols ", '<w:cols w:num="2" ')),
    Seed("正文宋体", "text.face", edited(notice, STYLES, 'w:eastAsia="仿宋_GB2312"', 'w:eastAsia="宋体"', 1)),
    Seed("正文四号", "text.size", style("GwText", "</w:pPr>", '</w:pPr><w:rPr><w:sz w:val="28"/></w:rPr>')),
    Seed("首行不缩进", "text.indent", style("GwText", "<w:ind [^>]*/>", "")),
    Seed("段后加空", "text.gaps", style("GwText", "<w:pPr>", '<w:pPr><w:spacing w:after="240"/>')),
    Seed("标题三号", "title.size", style("GwTitle", '<w:sz w:val="44"/>', '<w:sz w:val="32"/>')),
    Seed("标题黑体", "title.face", style("GwTitle", 'w:eastAsia="方正小标宋简体"', 'w:eastAsia="黑体"')),
    Seed("标题左对齐", "title.centre", style("GwTitle", '<w:jc w:val="center"/>', '<w:jc w:val="left"/>')),
    Seed("标题句末有句号", "title.end", text("防汛抗旱工作的通知</w:t>", "防汛抗旱工作的通知。</w:t>")),
    Seed("发文字号用方括号", "number.form", other(head=Head(("云岭县人民政府",), doc_number="云政发[2026]5号"))),
    Seed("序号加“第”、编虚位", "number.form", other(head=Head(("云岭县人民政府",), doc_number="云政发〔2026〕第05号"))),
    Seed("红线画成黑色", "rule.color", edited(notice, DOCUMENT, '(<w:bottom [^>]*w:color=")[0-9A-F]{6}', r"\g<1>000000", 1)),
    Seed("没有红线", "rule.present", edited(notice, DOCUMENT, "<w:pBdr>.*?</w:pBdr>", "", 1)),
    Seed("标志黑色", "mark.color", style("GwMark", '<w:color w:val="[0-9A-F]*"/>', "")),
    Seed("标志高了 15 mm", "mark.top", edited(notice, DOCUMENT, FILLER, LOW_FILLER, 1)),
    Seed("主送用半角冒号", "recipients.colon", text("县政府各部门：", "县政府各部门:")),
    Seed("主送缩进二字", "recipients.flush", style("GwRecipients", "<w:qFormat/>", INDENTED)),
    Seed("一级标题楷体", "heading1.face", edited(notice, DOCUMENT, HEADING, 'w:eastAsia="楷体_GB2312"', 1)),
    Seed("“一，”", "heading1.form", text("一、总体要求", "一，总体要求")),
    Seed("二级标题宋体", "heading2.face", edited(notice, DOCUMENT, "楷体_GB2312", "宋体")),
    Seed("半角括号“(一)”", "heading2.form", text("（一）压实责任", "(一)压实责任")),
    Seed("日期用汉字", "date.form", text("2026年6月9日", "二〇二六年六月九日")),
    Seed("日期编虚位", "date.form", text("2026年6月9日", "2026年06月09日")),
    Seed("署名、日期靠左", "date.place", edited(notice, STYLES, AT_RIGHT, r'\g<1>"left"')),
    Seed("附件名称后加句号", "notes.end", text("1.任务分工表</w:t>", "1.任务分工表。</w:t>")),
    Seed("附件序号用顿号", "notes.number", text("附件：1.任务分工表", "附件：1、任务分工表")),
    Seed("“附：”", "notes.label", text("附件：1.任务", "附：1.任务")),
    Seed("附件不另面", "attachment.page", style("GwAttachmentMark", "<w:pageBreakBefore/>", "")),
    Seed("“附件1”宋体", "attachment.face", style("GwAttachmentMark", 'w:eastAsia="黑体"', 'w:eastAsia="宋体"')),
    Seed("“附件一”", "attachment.form", text(">附件1</w:t>", ">附件一</w:t>")),
    Seed("附件标题与附件说明不一致", "attachment.title.same", text("1.任务分工表", "1.任务分解表")),
    Seed("页码居中不分奇偶", "folio.sides", edited(notice, "word/settings.xml", "<w:evenAndOddHeaders/>", "")),
    Seed("页码“- 1 -”", "folio.form", edited(notice, FOOTER, "—", "-")),
    Seed("页码五号", "folio.size", style("GwFolio", '<w:sz w:val="28"/>', '<w:sz w:val="21"/>')),
    Seed("没有页码", "folio.present", edited(notice, DOCUMENT, "<w:footerReference [^>]*/>", "")),
    Seed("抄送末尾无句号", "imprint.cc.end", text("县政协办公室。", "县政协办公室")),
    Seed("印发日期无“印发”", "imprint.date.word", text("2026年6月10日印发", "2026年6月10日印")),
    Seed("版记三号", "imprint.size", style("GwImprint", '<w:sz w:val="28"/>', '<w:sz w:val="32"/>')),
    Seed("版记没有分隔线", "imprint.rules", edited(notice, DOCUMENT, RULES, r"\g<1>")),
    Seed("附注用半角括号", "note.brackets", text("（此件公开发布）", "(此件公开发布)")),
    Seed("主题词", "imprint.obsolete", text("（此件公开发布）", "主题词：防汛　通知")),
    Seed("紧急程度“火急”", "head.urgency.word", text(">特急<", ">火急<")),
    Seed("上行文缺签发人", "signers.present", lambda: write_docx(replace(request(), head=HEAD)), "request"),
    Seed("下行文有签发人", "signers.absent", other(head=request().head)),
    Seed("首页没有正文", "text.first_page", edited(notice, DOCUMENT, '(<w:pStyle w:val="GwText"/>)', r"\g<1><w:pageBreakBefore/>", 1)),
    Seed("信函没有下红双线", "letter.rule2", edited(letter, "word/footer_first.xml", "<w:pBdr>.*?</w:pBdr>", ""), "letter"),
    Seed("信函首页有页码", "letter.folio", edited(letter, DOCUMENT, "<w:titlePg/>", ""), "letter"),
    Seed("印发日期编虚位", "imprint.date.form", text("2026年6月10日印发", "2026年06月10日印发")),
)  # fmt: skip
