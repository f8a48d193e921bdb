"""真公文: the open documents of ../shared set by us raise no false alarm; the samples that do not conform are named."""

import json
from dataclasses import replace

import pytest

from bench.papers import DATA
from typeset.checking.docx import check_docx
from typeset.reading import read
from typeset.writing.docx import write_docx

GOV = DATA / "gov_docs"
SAMPLES = sorted((DATA / "gongwen_format" / "docx").glob("0*.docx"))

pytestmark = pytest.mark.skipif(not GOV.exists(), reason="../shared/data 不在，真公文测不了")
# What these papers themselves write otherwise: half-width brackets of web pages, “2、”, pages without a date.
THEIR_OWN = {"heading2.form", "heading3.form", "date.present"}


def rows() -> list[dict]:
    lines = [
        (GOV / name).read_text("utf-8") for name in ("state_council_docs.jsonl", "county_doc_excerpts.jsonl")
    ]
    return [json.loads(line) for text in lines for line in text.splitlines()]


def dressed(row: dict) -> bytes:
    """Give the bare text of a web page the head it had, and set it."""
    document = read(row["text"].encode()).document
    if document.kind == "plain":
        is_letter = "函" in document.head.doc_number
        issuers = (row["issuer"] or "云岭县人民政府",)
        number = document.head.doc_number or "云政发〔2026〕1号"
        head = replace(document.head, issuers=issuers, has_suffix=not is_letter, doc_number=number)
        kind = "letter" if is_letter else "file"
        document = replace(document, kind=kind, head=head, title=document.title or row["title"])
    return write_docx(document)


@pytest.mark.skipif(not GOV.exists(), reason="../shared/data 不在，真公文测不了")
def test_no_false_alarm_on_real_papers():
    wrong = {}
    for row in rows():
        codes = {
            each.code for each in check_docx(dressed(row)) if each.verdict in ("fail", "warn")
        } - THEIR_OWN
        if codes:
            wrong[row["id"]] = codes
    assert wrong == {}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_that_does_not_conform_is_named_with_its_figures(path):
    found = {each.code: each for each in check_docx(path)}
    assert (found["page.margin.top"].verdict, found["page.margin.top"].measured) == ("fail", "32 mm")
    assert (found["page.margin.left"].verdict, found["page.margin.left"].measured) == ("fail", "30 mm")
    assert found["page.size"].verdict == "pass"
    assert found["title.size"].verdict == found["title.face"].verdict == "pass"
