"""真文件: every DOCX and every open document of ../shared/data is read, and no word of it is lost."""

import json
import re

import pytest

from bench.papers import DATA
from typeset.model import Heading, text_of
from typeset.reading import read
from typeset.reading.wordml import Table, open_word
from typeset.reading.words import close
from typeset.writing.docx.tests.words import words_of

REPORTS = sorted((DATA / "work_reports").glob("*.docx"))
SAMPLES = sorted((DATA / "gongwen_format" / "docx").glob("*.do*"))
GOV = DATA / "gov_docs"

pytestmark = pytest.mark.skipif(not GOV.exists(), reason="../shared/data 不在，真文件测不了")
TOLD = {
    "02-table": set(), "03-header-footer-page": {"header", "footer"}, "05-textbox-shape": {"textbox"},
    "06-auto-numbering": {"numbering"}, "07-toc-fields": {"toc", "field"},
    "08-comments-revisions": {"comment", "deleted", "endnote", "footnote", "inserted"},
}  # fmt: skip


# What the layout sets by itself and the model does not hold.
LAYOUT = re.compile(r"^附件[0-9]*：?|[：:]$|[0-9]\.(?=[^0-9])")


def written(data: bytes) -> list[str]:
    """All words that stand in a file's text, numbers of lists included."""
    blocks = open_word(data).blocks
    return "\n".join(block.text for block in blocks if isinstance(block, Table) or block.text).split()


@pytest.mark.parametrize("path", [*REPORTS, *SAMPLES], ids=lambda path: path.stem)
def test_every_word_is_in_the_model_or_in_the_report(path):
    data = path.read_bytes()
    reading = read(data)
    got = close(words_of(reading.document)) + close("".join(each.text for each in reading.oddities))
    missing = [word for word in written(data) if close(word) not in got and LAYOUT.sub("", word) not in got]
    assert missing == []


@pytest.mark.parametrize("path", REPORTS, ids=lambda path: path.stem)
def test_a_work_report_has_its_title_and_chapters(path):
    document = read(path.read_bytes()).document
    assert document.title == path.stem
    chapters = [each for each in document.body if isinstance(each, Heading) and each.level == 1]
    assert len(chapters) >= 2 or "四川" in path.stem or "西藏" in path.stem
    assert not any(len(text_of(each.runs)) > 60 for each in chapters)


@pytest.mark.parametrize("stem", TOLD)
def test_what_a_sample_holds_besides_text_is_told(stem):
    path = next(each for each in SAMPLES if each.stem == stem)
    assert {each.kind for each in read(path.read_bytes()).oddities} == TOLD[stem]


def test_titles_numbers_and_those_addressed_of_the_state_councils_papers():
    rows = [json.loads(line) for line in (GOV / "state_council_docs.jsonl").read_text("utf-8").splitlines()]
    wrong = {"title": [], "doc_no": [], "main_to": [], "sign_date": []}
    for row in rows:
        got = read(row["text"].encode()).document
        is_order = got.kind == "order"
        if not is_order and close(got.title) != close(row["title"]):
            wrong["title"].append(row["id"])
        if not is_order and got.head.doc_number != row["doc_no"]:
            wrong["doc_no"].append(row["id"])
        if got.main_recipients != row["main_to"]:
            wrong["main_to"].append(row["id"])
        if got.doc_date is None:
            wrong["sign_date"].append(row["id"])
    assert wrong == {"title": [], "doc_no": [], "main_to": [], "sign_date": []}
