"""What stands inside a paragraph: runs, fields, revisions, notes, pictures, formulas, text boxes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Literal

from typeset.reading.troubles import Unreadable
from typeset.reading.wordml.drawings import pictures_in, rules_in
from typeset.reading.wordml.formulas import source_of
from typeset.reading.wordml.package import Package, attributes, children, first, local, number, value
from typeset.reading.wordml.styles import Props, Styles, flattened, is_on, merged
from typeset.reading.wordml.things import Kind, Oddity, Para, Piece

NOTHING = {
    "pPr", "rPr", "bookmarkStart", "bookmarkEnd", "proofErr", "permStart", "permEnd", "commentRangeStart",
    "commentRangeEnd", "lastRenderedPageBreak", "annotationRef", "footnoteRef", "endnoteRef", "separator",
    "continuationSeparator", "sdtPr", "sdtEndPr", "Fallback", "rt", "rubyPr", "customXmlPr", "smartTagPr", "hyperlinkPr",
    "moveFromRangeStart", "moveFromRangeEnd", "moveToRangeStart", "moveToRangeEnd", "customXmlInsRangeStart",
    "customXmlInsRangeEnd", "fldData", "softHyphen", "pgNum", "", "instrText",
}  # fmt: skip
PASSED_THROUGH = {
    "smartTag", "sdt", "sdtContent", "ins", "moveTo", "customXml", "dir", "bdo", "ruby", "rubyBase", "AlternateContent",
    "Choice", "hyperlink",
}  # fmt: skip
SIGNS = {"noBreakHyphen": "-", "tab": "\t", "ptab": "\t", "cr": "\n"}
Raised = Literal["", "superscript", "subscript"]
RAISED: dict[str, Raised] = {"superscript": "superscript", "subscript": "subscript"}
MOST_QUOTED = 200


@dataclass(slots=True)
class Field:
    """A field that is open: its code, what it shows, and whether the code is over."""

    code: str = ""
    shown: str = ""
    is_separated: bool = False

    @property
    def name(self) -> str:
        return (self.code.split() or [""])[0].upper()


class Inline:
    """Reads the inside of paragraphs; fields may run over several of them."""

    def __init__(self, package: Package, styles: Styles, part: str = "word/document.xml") -> None:
        self._package = package
        self._styles = styles
        self._part = part
        self._targets = package.relations(part)
        self._fields: list[Field] = []
        self._notes: dict[Kind, dict[str, str]] = {
            "footnote": _notes(package, "footnote"),
            "endnote": _notes(package, "endnote"),
        }
        self._table_style = ""
        self._handlers: dict[str, Callable[[Para, Any, Props], None]] = {
            "r": self._run, "del": self._deleted, "moveFrom": self._deleted, "fldSimple": self._simple_field,
            "oMath": self._formula, "oMathPara": self._formula,
        }  # fmt: skip
        self._inner: dict[str, Callable[[Para, Any, Piece], None]] = {
            "br": self._break, "instrText": self._code, "fldChar": self._field_sign, "sym": self._symbol,
            "footnoteReference": self._note, "endnoteReference": self._note, "commentReference": _pass,
            "drawing": self._drawing, "pict": self._drawing, "object": self._drawing,
        } | dict.fromkeys(PASSED_THROUGH, self._inside)  # fmt: skip
        self.boxes: list[Any] = []
        self.oddities: list[Oddity] = []

    def read(self, para: Para, element: Any, table_style: str = "") -> None:
        """Fill a paragraph with its pieces."""
        self._table_style = table_style
        before = len(self.oddities)
        self._walk(para, element, {})
        place = para.text.strip()[:20]
        self.oddities[before:] = [replace(each, where=place) for each in self.oddities[before:]]

    def _tell(self, kind: Kind, text: str, done: str) -> None:
        self.oddities.append(Oddity(kind, " ".join(text.split())[:MOST_QUOTED], done))

    def _walk(self, para: Para, parent: Any, outer: Props) -> None:
        for child in parent:
            name = local(child)
            if handler := self._handlers.get(name):
                handler(para, child, outer)
            elif name in PASSED_THROUGH:
                if name in ("ins", "moveTo"):
                    self._tell("inserted", _plain(child), "按已接受的修订保留")
                self._walk(para, child, outer)
            elif name not in NOTHING:
                self._tell(
                    "element", name, "不认识的内容，文字已保留" if _plain(child) else "不认识的内容，已略去"
                )
                self._walk(para, child, outer)

    def _deleted(self, para: Para, element: Any, outer: Props) -> None:
        self._tell("deleted", _plain(element), "按已接受的修订删去")

    def _simple_field(self, para: Para, element: Any, outer: Props) -> None:
        self._open_field(para, value(element, "instr"))
        self._walk(para, element, outer)
        self._close_field()

    def _open_field(self, para: Para, code: str) -> None:
        self._fields.append(Field(code, is_separated=True))
        para.has_page_number = para.has_page_number or self._fields[-1].name == "PAGE"

    def _close_field(self) -> None:
        field = self._fields.pop()
        if field.name == "TOC":
            self._tell("toc", field.shown, "目录由域生成，已略去")
        elif field.name not in ("PAGE", "NUMPAGES", "HYPERLINK", "SECTIONPAGES", "PAGEREF") or (
            field.name == "PAGEREF" and not any(each.name == "TOC" for each in self._fields)
        ):
            self._tell("field", f"{field.code.strip()} → {field.shown}", "域已变为其显示的文字")

    def _formula(self, para: Para, element: Any, outer: Props) -> None:
        text = "".join(each.text or "" for each in element.iter("{*}t"))
        source, is_whole = source_of(element)
        if not is_whole:
            self._tell("formula", text, "公式里有认不出的结构，按线性文字读入")
        self._add(para, Piece(text, is_formula=True, note=source))

    def _run(self, para: Para, run: Any, outer: Props) -> None:
        direct = merged(outer, flattened(first(run, "rPr")))
        props = self._styles.run(para.style, self._table_style, direct)
        face = face_of(self._styles, props)
        if is_on(props, "vanish"):
            if text := _plain(run):
                self._tell("hidden", text, "隐藏文字，已略去")
            return
        for child in run:
            self._in_run(para, child, face)

    def _in_run(self, para: Para, child: Any, face: Piece) -> None:
        name = local(child)
        if name == "t":
            self._add(para, replace(face, text=child.text or ""))
        elif name in SIGNS:
            self._add(para, replace(face, text=SIGNS[name]))
        elif handler := self._inner.get(name):
            handler(para, child, face)
        elif name not in NOTHING:
            self._tell("element", name, "不认识的内容，已略去")

    def _break(self, para: Para, element: Any, face: Piece) -> None:
        page = value(element, "type") in ("page", "column")
        self._add(para, replace(face, text="\f" if page else "\n"))

    def _code(self, para: Para, element: Any, face: Piece) -> None:
        if self._fields and not self._fields[-1].is_separated:
            self._fields[-1].code += element.text or ""

    def _inside(self, para: Para, element: Any, face: Piece) -> None:
        """Read what wraps the content of a run; of alternatives only the first."""
        for inner in element:
            if local(inner) == "r":
                self._run(para, inner, {})
            else:
                self._in_run(para, inner, face)
            if local(element) == "AlternateContent":
                return

    def _field_sign(self, para: Para, element: Any, face: Piece) -> None:
        kind = value(element, "fldCharType")
        if kind == "begin":
            self._fields.append(Field())
        elif kind == "separate" and self._fields:
            self._fields[-1].is_separated = True
        if kind in ("separate", "end") and self._fields and self._fields[-1].name == "PAGE":
            para.has_page_number = True
        if kind == "end" and self._fields:
            self._close_field()

    def _note(self, para: Para, element: Any, face: Piece) -> None:
        kind: Kind = "footnote" if local(element) == "footnoteReference" else "endnote"
        text = self._notes[kind].get(value(element, "id"), "")
        self._tell(kind, text, "随文保留为注" if text else "注的内容缺失")
        self._add(para, replace(face, text="", note=text))

    def _symbol(self, para: Para, element: Any, face: Piece) -> None:
        code = value(element, "char")
        try:
            letter = chr(int(code, 16))
        except ValueError:
            letter = "□"
        private = "\ue000" <= letter <= "\uf8ff"
        if private:
            self._tell("element", f"{value(element, 'font')} {code}", "符号字体中的字，以“□”代替")
        self._add(para, replace(face, text="□" if private else letter))

    def _drawing(self, para: Para, element: Any, face: Piece) -> None:
        boxes = [
            box
            for box in element.iter("{*}txbxContent")
            if not any(local(above) in ("Fallback", "txbxContent") for above in box.iterancestors())
        ]
        for box in boxes:
            self.boxes.append(box)
            self._tell("textbox", _plain(box), "文本框不在正文的行文里，文字已列在报告中")
        rules = rules_in(element)
        para.rules += rules
        pictures, missing = pictures_in(element, self._targets, self._bytes)
        for picture in pictures:
            self._add(para, replace(face, text="", picture=picture))
        for name in missing:
            self._tell("picture", name, "图片不在文件里或读不出，已略去")
        rings = sum(1 for _ in element.iter("{*}oval")) + sum(
            value(shape, "prst") == "ellipse" for shape in element.iter("{*}prstGeom")
        )
        para.rings += rings
        if not boxes and not rules and not pictures and not missing and not rings:
            self._tell("object", local(element), "图形或嵌入对象，已略去")

    def _bytes(self, name: str) -> bytes:
        try:
            return self._package.bytes_of(name)
        except Unreadable as trouble:
            if trouble.code == "bomb":
                raise
            return b""

    def _add(self, para: Para, piece: Piece) -> None:
        if self._fields and not self._fields[-1].is_separated:
            return
        for field in self._fields:
            if len(field.shown) < MOST_QUOTED:
                field.shown += piece.text
        if any(field.name == "TOC" for field in self._fields) and not piece.picture:
            return
        para.pieces.append(piece)


def _pass(para: Para, element: Any, face: Piece) -> None:
    """Nothing stands in the text for a comment; the comments are told of together."""


def face_of(styles: Styles, props: Props) -> Piece:
    """Return an empty piece with the face that properties give."""
    fonts = props.get("rFonts", {})
    half_points = number(props.get("sz", {}).get("val", ""), 20.0)
    return Piece(
        "",
        east=styles.font(fonts, "eastAsia"),
        latin=styles.font(fonts, "ascii") or styles.font(fonts, "hAnsi"),
        size=half_points / 2,
        bold=is_on(props, "b"),
        italic=is_on(props, "i"),
        color=props.get("color", {}).get("val", "auto").upper().replace("AUTO", "auto"),
        raised=RAISED.get(props.get("vertAlign", {}).get("val", ""), ""),
        underlined=props.get("u", {}).get("val", "none") != "none",
        spacing=number(props.get("spacing", {}).get("val", "")) / 20,
        scale=number(props.get("w", {}).get("val", ""), 100.0),
    )


def _plain(element: Any) -> str:
    return "".join(each.text or "" for each in element.iter("{*}t", "{*}delText"))


def _notes(package: Package, kind: str) -> dict[str, str]:
    root = package.optional(f"word/{kind}s.xml")
    return {
        attributes(note).get("id", ""): "\n".join(_plain(p) for p in note.iter("{*}p")).strip()
        for note in children(root, kind)
        if "type" not in attributes(note) or attributes(note)["type"] == "normal"
    }
