"""样式解析: what takes effect on a paragraph comes from defaults, styles, lists and the hand, in Word's order."""

from typeset.reading.tests.makers import docx, para, style
from typeset.reading.wordml import open_word

DEFAULTS = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:eastAsia="宋体"/><w:sz w:val="21"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
)
NORMAL = style("Normal", '<w:pPr><w:jc w:val="both"/></w:pPr>', 'w:default="1"')
BODY = style(
    "Body",
    '<w:basedOn w:val="Normal"/><w:pPr><w:ind w:firstLineChars="200" w:firstLine="640"/></w:pPr>'
    '<w:rPr><w:rFonts w:eastAsia="仿宋_GB2312"/><w:sz w:val="32"/></w:rPr>',
)
LIST = (
    '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/>'
    '<w:lvlText w:val="%1、"/><w:pPr><w:ind w:left="420" w:hanging="420"/></w:pPr></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
)


def first(body: str, **parts: str):
    return open_word(docx(body, **parts)).paras[0]


def test_a_style_is_resolved_down_to_the_defaults():
    got = first(para("正文", '<w:pStyle w:val="Body"/>'), styles=DEFAULTS + NORMAL + BODY)
    assert (got.align, got.first, got.size, got.pieces[0].east) == ("both", 2.0, 16.0, "仿宋_GB2312")


def test_the_default_style_holds_where_none_is_named():
    got = first(para("正文"), styles=DEFAULTS + NORMAL)
    assert (got.align, got.size, got.pieces[0].east) == ("both", 10.5, "宋体")


def test_characters_win_over_twips_but_yield_to_a_hanging_indent():
    shorter = first(para("正文", '<w:pStyle w:val="Body"/><w:ind w:firstLine="0"/>'), styles=BODY)
    hanging = first(
        para("正文", '<w:pStyle w:val="Body"/><w:ind w:left="640" w:hanging="640"/>'), styles=BODY
    )
    assert (shorter.first, hanging.first, hanging.left) == (2.0, -2.0, 2.0)


def test_bold_in_two_kinds_of_style_cancels_and_the_hand_decides():
    styles = style("Bold", "<w:rPr><w:b/></w:rPr>") + (
        '<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/><w:rPr><w:b/></w:rPr></w:style>'
    )
    both = first(para("字", '<w:pStyle w:val="Bold"/>', '<w:rStyle w:val="Strong"/>'), styles=styles)
    hand = first(para("字", '<w:pStyle w:val="Bold"/>', '<w:b w:val="0"/>'), styles=styles)
    one = first(para("字", '<w:pStyle w:val="Bold"/>'), styles=styles)
    assert (both.pieces[0].bold, hand.pieces[0].bold, one.pieces[0].bold) == (False, False, True)


def test_a_list_set_by_hand_brings_its_number_and_indent():
    numbered = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'
    file = open_word(docx(para("总则", numbered) + para("分则", numbered), numbering=LIST))
    assert [each.text for each in file.paras] == ["一、总则", "二、分则"]
    assert file.paras[0].is_listed
    assert [each.kind for each in file.oddities] == ["numbering", "numbering"]


def test_a_theme_font_is_looked_up_and_a_named_one_wins():
    theme = (
        '<a:theme xmlns:a="x"><a:themeElements><a:fontScheme><a:minorFont><a:latin typeface="Calibri"/><a:ea typeface=""/>'
        '<a:font script="Hans" typeface="等线"/></a:minorFont></a:fontScheme></a:themeElements></a:theme>'
    )
    themed = style("T", '<w:rPr><w:rFonts w:eastAsiaTheme="minorEastAsia"/></w:rPr>')
    body = para("字", '<w:pStyle w:val="T"/>') + para(
        "字", '<w:pStyle w:val="T"/>', '<w:rFonts w:eastAsia="仿宋"/>'
    )
    file = open_word(docx(body, styles=themed, more={"word/theme/theme1.xml": theme}))
    assert [each.pieces[0].east for each in file.paras] == ["等线", "仿宋"]


def test_styles_that_go_in_a_circle_end():
    circle = style("A", '<w:basedOn w:val="B"/>') + style(
        "B", '<w:basedOn w:val="A"/><w:rPr><w:sz w:val="30"/></w:rPr>'
    )
    assert first(para("字", '<w:pStyle w:val="A"/>'), styles=circle).size == 15.0


def test_sections_pages_and_grid_are_measured():
    sect = (
        '<w:sectPr><w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="2098" w:right="1474" w:bottom="1984" w:left="1588"/>'
        '<w:docGrid w:type="linesAndChars" w:linePitch="579" w:charSpace="-860"/></w:sectPr>'
    )
    section = open_word(docx(para("字") + sect)).sections[0]
    assert round(section.top, 1) == 37.0
    assert round(section.text_width, 1) == 156.0
    assert (section.grid, section.pitch, round(section.char_space, 2)) == ("linesAndChars", 28.95, -0.21)
