"""查出版式错误: each error put into a conformant DOCX is named, and the conformant DOCX raises none."""

import pytest

from typeset.checking.docx import check_docx
from typeset.checking.docx.tests.seeding import SEEDS
from typeset.checking.findings import failed
from typeset.writing.docx import write_docx
from typeset.writing.docx.tests.papers import EVERY


@pytest.mark.parametrize("seed", SEEDS, ids=lambda seed: seed.name)
def test_a_seeded_error_is_named(seed):
    codes = {finding.code for finding in check_docx(seed.make()) if finding.verdict in ("fail", "warn")}
    assert seed.code in codes


@pytest.mark.parametrize("name", EVERY)
def test_no_false_alarm_on_a_conformant_paper(name):
    found = check_docx(write_docx(EVERY[name]()))
    assert len(found) > 30
    assert [finding.as_line() for finding in found if finding.verdict in ("fail", "warn")] == []
    assert failed(found) == []
