"""A conforming paper as Typst source, small enough to spoil one figure at a time."""

from functools import cache
from pathlib import Path

import pytest
import typst
from PIL import Image, ImageDraw

from typeset.fonts import folders

STAND_INS = {
    "仿宋": ("FangSong_GB2312", "FZFangSong-Z02", "FangSong", "STFangsong", "FandolFang R"),
    "楷体": ("KaiTi_GB2312", "FZKai-Z03", "KaiTi", "STKaiti", "FandolKai", "LXGW WenKai"),
    "黑体": ("SimHei", "FZHei-B01", "FandolHei", "Noto Sans CJK SC"),
    "宋体": ("SimSun", "FandolSong", "Noto Serif CJK SC"),
    "小标宋": ("FZXiaoBiaoSong-B05S", "FZXiaoBiaoSong-B05", "Noto Serif CJK SC"),
}
PARTS = {
    "margin": "top: 37mm, left: 28mm, right: 26mm, bottom: 35mm",
    "paper": "width: 210mm, height: 297mm",
    "zi": "156mm / 28",
    "pitch": "(225mm - 156mm / 28) / 21",
    "body_face": "fang",
    "indent": "2em",
    "copy_no": "",
    "mark_top": "35mm",
    "mark": "某县人民政府文件",
    "mark_style": 'fill: rgb("#e60012"), size: 40pt, font: song2, weight: "bold"',
    "mark_align": "center",
    "mark_to_number": "21mm",
    "number": "某政发〔2026〕3号",
    "number_align": "center",
    "rule_gap": "4mm",
    "rule": 'length: 156mm, stroke: 1.2pt + rgb("#e60012")',
    "rule_to_title": "21mm",
    "title": "某县人民政府关于进一步加强#linebreak()基层治理工作的通知",
    "title_style": 'font: song2, weight: "bold", size: 22pt',
    "title_align": "center",
    "title_to_recipients": "1",
    "recipients": "各镇人民政府，各街道办事处，县政府各部门：",
    "heading": "一、总体要求",
    "heading_face": "hei",
    "sub_heading": "（一）指导思想",
    "sub_face": "kai",
    "annex_note": "#h(2em)附件：任务分工表",
    "name": "某县人民政府",
    "date": "2026年3月4日",
    "date_right": "4em",
    "name_dx": "0mm",
    "seal": "yes",
    "seal_dx": "0mm",
    "seal_dy": "0mm",
    "note": "#h(2em)（此件公开发布）",
    "annex_label": "附件",
    "annex_face": "hei",
    "annex_title": "任务分工表",
    "cc": "抄送：县委办公室，县人大常委会办公室，县政协办公室，县法院，县检察院。",
    "printer": "某县人民政府办公室",
    "printed": "2026年3月5日印发",
    "imprint_size": "14pt",
    "imprint_lift": "0mm",
    "imprint_line": "100%",
    "folio": "— #n —",
    "folio_size": "14pt",
    "folio_y": "269mm",
    "folio_side": "calc.odd(n)",
    "extra": "",
    "closing": "",
}
SOURCE = """
#let fang = ("仿宋", "Noto Serif CJK SC")
#let kai = ("楷体", "Noto Serif CJK SC")
#let hei = ("黑体", "Noto Sans CJK SC")
#let song = ("宋体", "Noto Serif CJK SC")
#let song2 = ("小标宋", "Noto Serif CJK SC")
#let zi = <zi>
#let pitch = <pitch>
#let lead = pitch - zi
#let cell(size) = (size: size, top-edge: 0.88em, bottom-edge: -0.12em)
#let ink(body) = text(top-edge: "bounds", bottom-edge: "bounds", body)
#set page(<paper>, margin: (<margin>), foreground: context {
  let n = counter(page).get().first()
  let words = text(font: song, size: <folio_size>, top-edge: "bounds", bottom-edge: "bounds")[<folio>]
  let dash = text(font: song, size: <folio_size>, top-edge: "bounds", bottom-edge: "bounds")[—]
  let lift = measure(words).height - measure(dash).height
  let y = <folio_y> - (measure(words).height - measure(dash).height) / 2
  if <folio_side> { place(top + right, dx: -26mm - 156mm/28, dy: y, words) } else { place(top + left, dx: 28mm + 156mm/28, dy: y, words) }
})
#set text(font: <body_face>, lang: "zh", region: "cn", cjk-latin-spacing: none, ..cell(zi), costs: (orphan: 0%, widow: 0%, runt: 0%))
#set par(leading: lead, spacing: lead, justify: true, linebreaks: "simple", first-line-indent: (amount: <indent>, all: true))
#set block(spacing: lead)
#let flush(body) = par(first-line-indent: 0pt, body)
#let empty(n) = v(n * pitch - lead, weak: false)
#block(width: 100%, height: 12 * pitch - lead, breakable: false, {
  place(top + left, flush[<copy_no>])
  context {
    let mark = text(<mark_style>, top-edge: "bounds", bottom-edge: "bounds")[<mark>]
    let high = measure(mark).height
    let y = <mark_top> + high + <mark_to_number>
    place(top + <mark_align>, dy: <mark_top>, mark)
    place(top + <number_align>, dy: y, [<number>])
    place(top + left, dy: y + zi + <rule_gap>, line(<rule>))
    let t = y + zi + <rule_gap> + <rule_to_title>
    let title = text(<title_style>)[<title>]
    let shown = par(first-line-indent: 0pt, justify: false, leading: 5mm, title)
    place(top + left, dy: t, block(width: 100%, align(<title_align>, shown)))
  }
})
#v(<title_to_recipients> * pitch)
#flush[<recipients>]

#text(font: <heading_face>)[<heading>]

#text(font: <sub_face>)[<sub_heading>]

#for i in range(6) [为认真贯彻落实上级有关工作部署和要求，进一步加强基层治理体系和治理能力现代化建设，#{""
}结合我县实际，现将有关事项通知如下，请认真抓好贯彻落实工作，确保各项任务按期完成。

]
<extra>

#for i in range(5) [各镇人民政府和县直各部门要把这项工作摆上重要议事日程，明确专人负责，层层压实责任，#{""
}定期研究解决存在的困难和问题，及时总结推广好的经验和做法，努力形成齐抓共管的工作格局。

]
#v(pitch - 0mm)
#flush[<annex_note>]
<closing>
#v(2 * pitch)
#context {
  let date = [<date>]
  let name = [<name>]
  let wide = calc.max(measure(date).width, measure(name).width)
  block(breakable: false, width: 100%, align(right, pad(right: <date_right> - (wide - measure(date).width) / 2, box(width: wide, {
    if "<seal>" == "yes" { place(top + center, dx: <seal_dx>, dy: -16mm + <seal_dy>, image("seal.png", width: 42mm)) }
    set par(first-line-indent: 0pt, justify: false)
    align(center)[#h(<name_dx>)#name \\ #date]
  }))))
}
#flush[<note>]
#pagebreak()
#flush(text(font: <annex_face>)[<annex_label>])
#v(pitch)
#align(center, flush(text(font: song2, weight: "bold", size: 22pt)[<annex_title>]))
#v(pitch)
各部门按照分工抓好落实。
#v(1fr)
#set text(..cell(<imprint_size>))
#block(breakable: false, width: 100%, spacing: 0mm, {
  set par(first-line-indent: 0pt, leading: 3mm)
  set block(spacing: 2.2mm)
  line(length: <imprint_line>, stroke: 0.35mm)
  pad(x: 4.94mm, par(hanging-indent: 3em)[<cc>])
  line(length: <imprint_line>, stroke: 0.25mm)
  pad(x: 4.94mm)[<printer> #h(1fr) <printed>]
  line(length: <imprint_line>, stroke: 0.35mm)
  v(<imprint_lift>)
})
"""


def fonts() -> tuple[str, ...]:
    """Return the folders of fonts beside those of the system."""
    return tuple(str(each) for each in folders() if each.is_dir())


@cache
def families() -> dict[str, str]:
    """Return the family of each role on this machine; skips where there is none for 仿宋."""
    known = set(typst.Fonts(font_paths=list(fonts())).families())
    found = {role: next((each for each in names if each in known), "") for role, names in STAND_INS.items()}
    if missing := [role for role, family in found.items() if not family]:
        pytest.skip(
            f"needs fonts for {'、'.join(missing)}: tools/setup.sh puts stand-ins into var/fonts/stand-in"
        )
    return found


def source(**changes: str) -> str:
    """Return the source with some parts changed."""
    text = SOURCE
    for role, family in families().items():
        text = text.replace(f'"{role}"', f'"{family}"')
    for key, value in (PARTS | changes).items():
        text = text.replace(f"<{key}>", value)
    return text


@cache
def _compiler() -> typst.Compiler:
    """Return one compiler for all sources: it loads the fonts once."""
    return typst.Compiler(font_paths=list(fonts()))


def typeset(folder: Path, text: str, name: str = "paper") -> Path:
    """Set a source with its seal; return the PDF's path."""
    file, out = folder / f"{name}.typ", folder / f"{name}.pdf"
    image = Image.new("RGBA", (200, 200), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse((2, 2, 198, 198), outline=(220, 20, 20, 255), width=6)
    image.save(folder / "seal.png")
    file.write_text(text, encoding="utf-8")
    out.write_bytes(_compiler().compile(input=str(file), root=str(folder), timestamp=0))
    return out
