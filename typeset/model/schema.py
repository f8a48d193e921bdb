"""The JSON schema of the content model, made from its classes: `python -m typeset.model.schema` writes it anew.

A test keeps the file beside it equal to the classes.
"""

import dataclasses
import datetime
import json
import types
import typing
from pathlib import Path
from typing import Any, Literal

from typeset.model import blocks, document
from typeset.model.inline import Picture, Run, Runs
from typeset.model.storing import BLOCKS, KIND_OF, KINDS, TAGS, VERSION, Field, fields_of

PATH = Path(__file__).with_name("schema.json")
LEAVES = {str: "string", bool: "boolean", int: "integer", float: "number"}


def schema() -> dict[str, Any]:
    """Return the schema as plain data."""
    made: dict[str, Any] = {}
    kinds = [_reference(cls, made) for cls in dict.fromkeys(KINDS.values())]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "中枢公文内容模型",
        "description": f"版本 {VERSION}。文字可写成字符串，或字符串与带样式文字的列表；段落和单元格可只写文字。",
        "oneOf": kinds,
        "$defs": dict(sorted(made.items())),
    }


def as_text() -> str:
    """Return the schema as it stands in the file."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _type(wanted: Any, made: dict[str, Any]) -> dict[str, Any]:
    if wanted == Runs:
        run = {"anyOf": [{"type": "string"}, _reference(Run, made)]}
        return {"anyOf": [{"type": "string"}, {"type": "array", "items": run}]}
    origin = typing.get_origin(wanted)
    if origin is Literal:
        return {"enum": list(typing.get_args(wanted))}
    if origin is tuple:
        return {"type": "array", "items": _type(typing.get_args(wanted)[0], made)}
    if origin in (typing.Union, types.UnionType):
        return _one_of(typing.get_args(wanted), made)
    if wanted is datetime.date:
        return {"type": "string", "format": "date"}
    if wanted is blocks.Cell:
        return {"anyOf": [{"type": "string"}, _reference(wanted, made)]}
    return _reference(wanted, made) if dataclasses.is_dataclass(wanted) else {"type": LEAVES[wanted]}


def _one_of(choices: tuple[Any, ...], made: dict[str, Any]) -> dict[str, Any]:
    if type(None) in choices:
        return {
            "anyOf": [{"type": "null"}, *(_type(each, made) for each in choices if each is not type(None))]
        }
    return {"anyOf": [{"type": "string"}, *(_reference(each, made) for each in BLOCKS.values())]}


def _reference(cls: Any, made: dict[str, Any]) -> dict[str, Any]:
    """Return a reference to a class, adding it to those made."""
    if cls.__name__ not in made:
        made[cls.__name__] = {}
        made[cls.__name__] = _picture() if cls is Picture else _object(cls, made)
    return {"$ref": f"#/$defs/{cls.__name__}"}


def _object(cls: type, made: dict[str, Any]) -> dict[str, Any]:
    fields = fields_of(cls)
    own: dict[str, Any] = {each.name: _property(each, made) for each in fields}
    required = [each.name for each in fields if each.is_required]
    if cls in TAGS:
        own, required = {"type": {"const": TAGS[cls]}, **own}, ["type", *required]
    if cls in KINDS.values():
        kind: dict[str, Any] = {"const": KIND_OF[cls]} if cls is not document.Document else own["kind"]
        whole: dict[str, Any] = {"$schema": {"type": "string"}, "version": {"const": VERSION}, "kind": kind}
        own, required = (
            {**whole, **{key: own[key] for key in own if key != "kind"}},
            ["version", "kind", *required],
        )
    words = (cls.__doc__ or "").strip().splitlines()[0]
    return {
        "description": words,
        "type": "object",
        "properties": own,
        "required": required,
        "additionalProperties": False,
    }


def _property(field: Field, made: dict[str, Any]) -> dict[str, Any]:
    return {"title": field.label, **_type(field.type, made)}


def _picture() -> dict[str, Any]:
    ways = {"data": {"type": "string", "contentEncoding": "base64"}, "path": {"type": "string"}}
    return {
        "description": "A picture by its bytes, or by its file beside the content.",
        "oneOf": [
            {"type": "object", "properties": {name: way}, "required": [name], "additionalProperties": False}
            for name, way in ways.items()
        ],
    }


if __name__ == "__main__":
    PATH.write_text(as_text(), encoding="utf-8")
