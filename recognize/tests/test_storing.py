"""存取: what one process read another loads unchanged."""

import json

import pytest

from recognize import (
    Box,
    Line,
    Page,
    Recognition,
    TextLayer,
    Word,
    layer_as_json,
    layer_from_json,
    read,
    recognize,
    recognize_layer,
)
from recognize.tests.makers import REQUEST, docx, ofd, paragraphs, pdf

FILES = {
    "txt": REQUEST.encode(),
    "docx": docx(paragraphs(REQUEST)),
    "ofd": ofd([(28, 37, "云岭县水务局"), (28, 57, "关于巡查的函")]),
    "pdf": pdf([[(80, 700, 16, "云岭县水务局"), (80, 660, 16, "关于巡查的函")], []]),
}


def through_json(data):
    return json.loads(json.dumps(data, ensure_ascii=False))


@pytest.mark.parametrize("kind", FILES)
def test_a_layer_comes_back(kind):
    layer = read(FILES[kind])
    back = layer_from_json(through_json(layer_as_json(layer)))
    assert layer_as_json(back) == layer_as_json(layer)
    assert (back.text, back.pages_without_text, back.skipped) == (
        layer.text,
        layer.pages_without_text,
        layer.skipped,
    )
    assert recognize_layer(back).as_json() == recognize_layer(layer).as_json()


def test_what_was_measured_on_a_picture_comes_back():
    box = Box(0.1, 0.2, 0.3, 0.4)
    line = Line("云", 1, 0, box, (Word("云", box),), 5.5, "center", confidence=0.91, indent=2.0)
    layer = TextLayer("image", (Page(1, (line,), 210.0, 297.0, ocr=True),), skipped=(2,))
    assert layer_from_json(through_json(layer_as_json(layer))) == layer


@pytest.mark.parametrize("kind", FILES)
def test_a_recognition_comes_back_with_dates(kind):
    found = recognize(FILES[kind])
    back = Recognition.from_json(through_json(found.as_json()))
    assert back.as_json() == found.as_json()
    assert back.fields["doc_date"].value == found.fields["doc_date"].value


def test_a_field_that_was_not_known_then_is_empty():
    data = recognize(FILES["txt"]).as_json()
    del data["fields"]["contact"]
    assert Recognition.from_json(data).fields["contact"].value is None


def test_another_version_is_refused():
    with pytest.raises(ValueError, match="version 0"):
        layer_from_json({"version": 0})
