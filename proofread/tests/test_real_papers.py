"""真公文: known errors of the county documents are named, and what the State Council and the provinces wrote passes nearly in silence."""

import pytest

from bench.papers import DATA
from bench.proofread import RULES_ALONE, county, made, real, state_council, work_reports

pytestmark = pytest.mark.skipif(not (DATA / "gov_docs").exists(), reason="../shared/data 不在，真公文测不了")


def test_known_errors_of_the_county_documents_are_named():
    assert county()["missed"] == []


@pytest.mark.parametrize("texts", [state_council, work_reports])
def test_clean_papers_pass_nearly_in_silence(texts):
    found = real(texts(), RULES_ALONE)
    assert found["characters"] > 150_000
    assert found["errors_in_10000"] <= 0.5, found["each_error"]


def test_each_made_defect_is_found_and_clean_papers_are_left_alone():
    found = made()
    assert (found["missed"], set(found["alarms_on_clean"].values())) == ([], {0})
