"""The content model as plain JSON data and back; loading is strict and names the place of every fault."""

import base64
import binascii
import dataclasses
import datetime
import functools
import re
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from typeset.model import blocks, document, papers
from typeset.model.checks import CHECKS
from typeset.model.inline import Picture, Run, Runs
from typeset.model.troubles import At, NotAModel

VERSION = 1
KINDS: dict[str, type] = {
    **dict.fromkeys(("file", "letter", "order", "minutes", "plain"), document.Document),
    "handling_sheet": papers.HandlingSheet,
    "return_slip": papers.ReturnSlip,
    "supervision_notice": papers.SupervisionNotice,
    "receipt_slip": papers.ReceiptSlip,
    "archive_catalog": papers.ArchiveCatalog,
    "duty_roster": papers.DutyRoster,
    "name_plates": papers.NamePlates,
}
BLOCKS: dict[str, type] = {
    "paragraph": blocks.Paragraph,
    "heading": blocks.Heading,
    "list_item": blocks.ListItem,
    "table": blocks.Table,
    "figure": blocks.Figure,
    "formula": blocks.Formula,
}
TAGS = {cls: tag for tag, cls in BLOCKS.items()}
Content = document.Document | papers.Paper
MOST_CHARACTERS = 2_000_000
MOST_PICTURE_BYTES = 20_000_000
# What a line of text may not hold: control characters but tab and line feed, lone surrogates, noncharacters.
FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"<svg", b"<?xml")


@dataclasses.dataclass(frozen=True, slots=True)
class Field:
    """One field of a class of the model: its Chinese name, its type, and whether it may be left out."""

    name: str
    label: str
    type: Any
    is_required: bool
    default: Any


@functools.cache
def fields_of(cls: type) -> tuple[Field, ...]:
    """Return the fields of a class of the model with their Chinese names and types."""
    hints = typing.get_type_hints(cls, include_extras=True)
    return tuple(
        Field(
            each.name,
            hints[each.name].__metadata__[0],
            hints[each.name].__origin__,
            each.default is dataclasses.MISSING,
            each.default,
        )
        for each in dataclasses.fields(cls)
    )


def from_json(data: Any, pictures: Path | None = None) -> Content:
    """Return the document or paper that plain data describes; raises `NotAModel` at the first fault.

    `pictures` is the folder below which pictures given by `path` may be read; without it they may not be.
    """
    at = At()
    if not isinstance(data, Mapping):
        raise at.wrong("应是一个对象，如 {“version”: 1, “kind”: “file”, …}")
    if data.get("version") != VERSION:
        raise NotAModel("版本", "version", f"应是 {VERSION}，现在是 {_shown(data.get('version'))}")
    kind = data.get("kind")
    if not isinstance(kind, str) or kind not in KINDS:
        raise NotAModel("格式", "kind", f"应是 {'、'.join(KINDS)} 之一，现在是 {_shown(kind)}")
    cls = KINDS[kind]
    own = {name: value for name, value in data.items() if name not in {"version", "kind", "$schema"}}
    if cls is document.Document:
        own["kind"] = kind
    content = _Loader(pictures).object(cls, own, at)
    assert isinstance(content, Content)
    return content


def as_json(content: Content) -> dict[str, Any]:
    """Return plain data that `from_json` gives back; what stands as it mostly does is left out."""
    kind = content.kind if isinstance(content, document.Document) else KIND_OF[type(content)]
    written = _dump(content)
    assert isinstance(written, dict)
    return {"version": VERSION, "kind": kind, **{key: written[key] for key in written if key != "kind"}}


KIND_OF = {cls: kind for kind, cls in KINDS.items() if cls is not document.Document}


class _Loader:
    """Turns plain data into the classes of the model, counting what it takes."""

    def __init__(self, pictures: Path | None) -> None:
        self.pictures = pictures
        self.characters = 0

    def value(self, wanted: Any, data: Any, at: At) -> Any:
        """Return data as the wanted type."""
        if wanted == Runs:
            return self._runs(data, at)
        if wanted is Picture:
            return self._picture(data, at)
        origin = typing.get_origin(wanted)
        if origin in (typing.Union, types.UnionType):
            return self._one_of(typing.get_args(wanted), data, at)
        if origin is Literal:
            return _choice(typing.get_args(wanted), data, at)
        if origin is tuple:
            return self._items(typing.get_args(wanted)[0], data, at)
        if wanted is blocks.Cell and isinstance(data, str):
            return blocks.Cell(self._runs(data, at))
        if dataclasses.is_dataclass(wanted):
            assert isinstance(wanted, type)
            return self.object(wanted, data, at)
        return self._leaf(wanted, data, at)

    def object(self, cls: type, data: Any, at: At) -> Any:
        """Return an object of the model; every field must be known, none that is needed may be missing."""
        if not isinstance(data, Mapping):
            raise at.wrong(f"应是一个对象，现在是 {_shown(data)}")
        known = {each.name: each for each in fields_of(cls)}
        for name in data:
            if name not in known:
                raise at.wrong(f"不认识“{name}”这一项；可用的有 {'、'.join(known)}")
        for each in known.values():
            if each.is_required and each.name not in data:
                raise at.wrong(f"缺“{each.label}”（{each.name}）")
        made = cls(
            **{
                name: self.value(known[name].type, value, at.field(known[name].label, name))
                for name, value in data.items()
            }
        )
        if check := CHECKS.get(cls):
            check(made, at)
        return made

    def _items(self, wanted: Any, data: Any, at: At) -> tuple[Any, ...]:
        if not isinstance(data, list | tuple):
            raise at.wrong(f"应是一个列表，现在是 {_shown(data)}")
        return tuple(self.value(wanted, item, at.item(index)) for index, item in enumerate(data))

    def _one_of(self, classes: tuple[Any, ...], data: Any, at: At) -> Any:
        """Return None or the one type beside it, or the block that `type` names; a bare text is a paragraph."""
        if type(None) in classes:
            others = [each for each in classes if each is not type(None)]
            return None if data is None else self.value(others[0], data, at)
        if isinstance(data, str):
            return blocks.Paragraph(self._runs(data, at))
        tag = data.get("type") if isinstance(data, Mapping) else None
        if not isinstance(tag, str) or tag not in BLOCKS:
            raise at.wrong(f"“type”应是 {'、'.join(BLOCKS)} 之一，现在是 {_shown(tag)}")
        return self.object(BLOCKS[tag], {name: value for name, value in data.items() if name != "type"}, at)

    def _runs(self, data: Any, at: At) -> Runs:
        """Return runs of a text, or of a list of texts and runs."""
        if isinstance(data, str):
            return (Run(self._text(data, at)),) if data else ()
        if not isinstance(data, list | tuple):
            raise at.wrong(f"应是文字或文字的列表，现在是 {_shown(data)}")
        return tuple(
            Run(self._text(item, at.item(index)))
            if isinstance(item, str)
            else self.object(Run, item, at.item(index))
            for index, item in enumerate(data)
        )

    def _leaf(self, wanted: Any, data: Any, at: At) -> Any:
        if wanted is str:
            return self._text(data, at)
        if wanted is bool:
            if not isinstance(data, bool):
                raise at.wrong(f"应是 true 或 false，现在是 {_shown(data)}")
            return data
        if wanted is datetime.date:
            return _date(data, at)
        return _number(wanted, data, at)

    def _text(self, data: Any, at: At) -> str:
        if not isinstance(data, str):
            raise at.wrong(f"应是文字，现在是 {_shown(data)}")
        if found := FORBIDDEN.search(data):
            raise at.wrong(f"第 {found.start() + 1} 个字符是不能排印的 U+{ord(found[0]):04X}，请删去")
        self.characters += len(data)
        if self.characters > MOST_CHARACTERS:
            raise at.wrong(f"全文超过 {MOST_CHARACTERS} 字，请分成几件")
        return data

    def _picture(self, data: Any, at: At) -> Picture:
        if not isinstance(data, Mapping) or set(data) not in ({"data"}, {"path"}):
            raise at.wrong("图片应写成 {“data”: base64} 或 {“path”: 文件名}")
        read = _from_base64(data["data"], at) if "data" in data else self._file(data["path"], at)
        if len(read) > MOST_PICTURE_BYTES:
            raise at.wrong(f"图片超过 {MOST_PICTURE_BYTES // 1_000_000} MB，请压缩后再用")
        if not read.lstrip().startswith(PICTURES):
            raise at.wrong("不是可用的图片；可用 PNG、JPEG、GIF、WEBP、SVG")
        return Picture(read)

    def _file(self, name: Any, at: At) -> bytes:
        """Read a picture below the folder that is allowed, and nowhere else."""
        if self.pictures is None:
            raise at.wrong("这里不能按文件名取图片，请给出 data")
        if not isinstance(name, str) or not name:
            raise at.wrong("图片的文件名是空的")
        folder = self.pictures.resolve()
        path = (folder / name).resolve()
        if not path.is_relative_to(folder):
            raise at.wrong("图片要放在内容文件所在的文件夹里")
        try:
            return path.read_bytes()
        except OSError as error:
            raise at.wrong(f"打不开图片 {name}：{error.strerror}") from None


def _choice(choices: tuple[Any, ...], data: Any, at: At) -> Any:
    for each in choices:
        if type(each) is type(data) and each == data:
            return each
    raise at.wrong(
        f"应是 {'、'.join(str(each) if each != '' else '空' for each in choices)} 之一，现在是 {_shown(data)}"
    )


def _date(data: Any, at: At) -> datetime.date:
    if isinstance(data, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", data, re.ASCII):
        try:
            return datetime.date.fromisoformat(data)
        except ValueError:
            raise at.wrong(f"没有 {data} 这一天") from None
    raise at.wrong(f"应是 2026-06-09 这样的日期，现在是 {_shown(data)}")


def _number(wanted: type, data: Any, at: At) -> float:
    good = (int, float) if wanted is float else (int,)
    if isinstance(data, bool) or not isinstance(data, good) or not -1e6 < data < 1e6:
        raise at.wrong(f"应是{'整数' if wanted is int else '数'}，现在是 {_shown(data)}")
    return wanted(data)


def _from_base64(data: Any, at: At) -> bytes:
    try:
        return base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError, TypeError):
        raise at.wrong("图片的 data 应是 base64") from None


def _shown(data: Any) -> str:
    """Return data as an error may show it: short."""
    if data is None:
        return "空"
    if isinstance(data, Mapping):
        return "一个对象"
    if isinstance(data, list | tuple):
        return "一个列表"
    text = str(data)
    return f"“{text[:30]}{'…' if len(text) > 30 else ''}”"


def _dump(value: Any) -> Any:
    """Return a value of the model as plain data."""
    if isinstance(value, Picture):
        return {"data": base64.b64encode(value.data).decode()}
    if isinstance(value, Run) and value.is_plain:
        return value.text
    if dataclasses.is_dataclass(value):
        return _dump_object(value)
    if isinstance(value, tuple):
        if len(value) == 1 and isinstance(value[0], Run) and value[0].is_plain:
            return value[0].text
        return [_dump(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date) else value


def _dump_object(value: Any) -> Any:
    tag = TAGS.get(type(value))
    if isinstance(value, blocks.Paragraph | blocks.Cell) and value == type(value)(value.runs):
        if not value.runs and not tag:
            return ""
        return _dump(value.runs) if len(value.runs) == 1 and value.runs[0].is_plain else _tagged(tag, value)
    return _tagged(tag, value)


def _tagged(tag: str | None, value: Any) -> dict[str, Any]:
    head = {"type": tag} if tag else {}
    return head | {
        each.name: _dump(got)
        for each in fields_of(value.__class__)
        if (got := getattr(value, each.name)) != each.default or each.is_required
    }
