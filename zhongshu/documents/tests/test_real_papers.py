"""真实公文: every public document of the open set is taken in and carried to its end, or refused in words."""

import json
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from zhongshu.documents.models import IncomingDocument

FOLDER = Path(settings.BASE_DIR).parent / "shared" / "data" / "gov_docs"
FILES = [FOLDER / "state_council_docs.jsonl", FOLDER / "county_doc_excerpts.jsonl"]


@pytest.mark.skipif(
    not FILES[0].exists(), reason="the public documents (../shared/data/gov_docs) are not here"
)
def test_all_are_carried_to_their_end(office):
    out = StringIO()
    call_command("take_in", *FILES, "--as", office.clerk.username, "--carry", "--json", stdout=out)
    told = [json.loads(line) for line in out.getvalue().splitlines()]
    assert [row for row in told if "refused" in row and row.get("id")] == []
    assert {row["phase"] for row in told if "phase" in row} == {"closed"}
    assert IncomingDocument.objects.count() == told[-1]["taken"] >= 60


def test_a_repeated_one_is_refused_with_its_number(office, tmp_path):
    row = {
        "id": "a",
        "kind": "通知",
        "title": "关于防汛的通知",
        "issuer": "澜川市人民政府",
        "doc_no": "澜政发〔2026〕1号",
    }
    path = tmp_path / "papers.jsonl"
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for _ in range(2)), encoding="utf-8")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("take_in", path, "--as", office.clerk.username, stdout=out)
    assert "请核对" in out.getvalue()
    assert IncomingDocument.objects.count() == 1
