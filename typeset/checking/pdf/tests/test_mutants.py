"""一件合格的公文没有不合格项；每次只改坏一处，就点出那一处。"""

import pytest

from typeset.checking.pdf import check_pdf
from typeset.checking.pdf.tests.makers import source, typeset

MUTANTS = {
    "天头 30 毫米": ({"margin": "top: 30mm, left: 28mm, right: 26mm, bottom: 42mm"}, "page.margin.top"),
    "订口 25 毫米": ({"margin": "top: 37mm, left: 25mm, right: 29mm, bottom: 35mm"}, "page.margin.left"),
    "右白边 20 毫米": ({"margin": "top: 37mm, left: 28mm, right: 20mm, bottom: 35mm"}, "page.margin.right"),
    "版心下边缘低 6 毫米": ({"margin": "top: 37mm, left: 28mm, right: 26mm, bottom: 24mm"}, "page.area.bottom"),
    "B5 纸": ({"paper": "width: 182mm, height: 257mm"}, "page.size"),
    "小四号正文": ({"zi": "12pt"}, "body.size"),
    "行距 33 磅": ({"pitch": "33pt"}, "page.pitch"),
    "行距 24 磅": ({"pitch": "24pt"}, "page.lines"),
    "正文宋体": ({"body_face": "song"}, "body.face"),
    "段首不空": ({"indent": "0em"}, "body.indent"),
    "段首空四字": ({"indent": "4em"}, "body.indent"),
    "标志高 10 毫米": ({"mark_top": "25mm", "mark_to_number": "21mm"}, "head.mark.top"),
    "标志黑体": ({"mark_style": 'fill: rgb("#e60012"), size: 40pt, font: hei'}, "head.mark.face"),
    "标志不居中": ({"mark_align": "left"}, "head.mark.centred"),
    "字号距标志一行": ({"mark_to_number": "10mm"}, "head.number.gap"),
    "字号方括号": ({"number": "某政发[2026]3号"}, "head.number.form"),
    "字号加第": ({"number": "某政发〔2026〕第3号"}, "head.number.form"),
    "字号虚位": ({"number": "某政发〔2026〕003号"}, "head.number.form"),
    "下行文字号居左": ({"number_align": "left"}, "head.number.centred"),
    "红线短": ({"rule": 'length: 140mm, stroke: 1.2pt + rgb("#e60012")'}, "head.rule.width"),
    "红线黑色": ({"rule": "length: 156mm, stroke: 1.2pt + black"}, "head.rule.colour"),
    "红线距字号 10 毫米": ({"rule_gap": "10mm"}, "head.rule.gap"),
    "标题距红线一行": ({"rule_to_title": "10mm"}, "title.gap"),
    "标题三号": ({"title_style": 'font: song2, weight: "bold", size: 18.2pt'}, "title.size"),
    "标题黑体": ({"title_style": "font: hei, size: 22pt"}, "title.face"),
    "标题居左": ({"title_align": "left"}, "title.centred"),
    "标题一字孤行": ({"title": "某县人民政府关于进一步加强基层治理工作的通#linebreak()知"}, "title.lonely"),
    "主送机关半角冒号": ({"recipients": "各镇人民政府，各街道办事处，县政府各部门:"}, "recipients.colon"),
    "主送机关空二字": ({"recipients": "#h(2em)各镇人民政府，县政府各部门："}, "recipients.left"),
    "主送机关距标题三行": ({"title_to_recipients": "3"}, "recipients.gap"),
    "一级标题宋体": ({"heading_face": "song"}, "body.level1.face"),
    "一级标题大一号": ({"heading": "#text(size: 18.9pt)[一、总体要求]"}, "body.level1.size"),
    "二级标题黑体": ({"sub_face": "hei"}, "body.level2.face"),
    "附件说明写成附": ({"annex_note": "#h(2em)附：任务分工表"}, "annex_note.colon"),
    "附件名称加句号": ({"annex_note": "#h(2em)附件：任务分工表。"}, "annex_note.ends"),
    "附件说明顶格": ({"annex_note": "附件：任务分工表"}, "annex_note.left"),
    "附件标签仿宋": ({"annex_face": "fang"}, "annex.label.face"),
    "附件标签带汉字序号": ({"annex_label": "附件一"}, "annex.label.form"),
    "日期右空二字": ({"date_right": "2em"}, "date.right"),
    "日期虚位": ({"date": "2026年03月04日"}, "date.form"),
    "日期汉字": ({"date": "二〇二六年三月四日"}, "date.form"),
    "署名偏左": ({"name_dx": "-16mm"}, "signature.centred"),
    "印章偏右": ({"seal_dx": "12mm"}, "seal.centred"),
    "印章没压日期": ({"seal_dy": "-32mm"}, "seal.over"),
    "附注没有括号": ({"note": "#h(2em)此件公开发布"}, "note.brackets"),
    "抄送没有句号": ({"cc": "抄送：县委办公室，县人大常委会办公室，县政协办公室"}, "imprint.cc.end"),
    "抄送半角冒号": ({"cc": "抄送:县委办公室，县人大常委会办公室，县政协办公室。"}, "imprint.cc.colon"),
    "版记三号": ({"imprint_size": "15.8pt"}, "imprint.size"),
    "版记高 20 毫米": ({"imprint_lift": "20mm"}, "imprint.bottom"),
    "版记线短": ({"imprint_line": "120mm"}, "imprint.rules.width"),
    "印发日期没有印发": ({"printed": "2026年3月5日"}, "imprint.printed"),
    "页码没有一字线": ({"folio": "#n"}, "folio.form"),
    "页码五号": ({"folio_size": "10.5pt"}, "folio.size"),
    "页码高 5 毫米": ({"folio_y": "274mm"}, "folio.top"),
    "页码单双颠倒": ({"folio_side": "calc.even(n)"}, "folio.side"),
    "页码都居右": ({"folio_side": "true"}, "folio.side"),
    "表格超宽": ({"extra": "#table(columns: (90mm, 90mm), [甲], [乙])"}, "page.inside"),
    "主题词": ({"closing": "#flush[主题词：治理　通知]"}, "old.words"),
    "份号顶到第三行": ({"copy_no": "#box(move(dy: 20mm)[000001])"}, "head.first_line"),
    "紧急程度仿宋": ({"copy_no": "特急"}, "head.urgency.face"),
    "紧急程度急件": ({"copy_no": "#text(font: hei)[急件]"}, "head.urgency.word"),
}  # fmt: skip


def failing(path) -> set[str]:
    return {finding.code for finding in check_pdf(path) if finding.verdict == "fail"}


def test_a_conforming_paper_has_no_fault(tmp_path):
    findings = check_pdf(typeset(tmp_path, source()))
    assert [finding.as_line() for finding in findings if finding.verdict in ("fail", "warn")] == []
    assert len([finding for finding in findings if finding.verdict == "pass"]) > 60


@pytest.mark.parametrize("name", MUTANTS)
def test_one_fault_is_named(tmp_path, name):
    changes, code = MUTANTS[name]
    assert code in failing(typeset(tmp_path, source(**changes)))
