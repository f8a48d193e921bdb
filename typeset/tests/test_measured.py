"""验收: a handful of papers pass every figure of ../shared/tools/measure_pdf.py; all of them in `python -m bench.typeset`."""

import pytest

from bench.typeset import MEASURE, judged
from bench.typeset_papers import special
from typeset.fonts import Faces
from typeset.writing.pdf import write_pdf

face = Faces.find().face("fangsong")
pytestmark = [
    pytest.mark.skipif(not MEASURE.exists(), reason="../shared/tools/measure_pdf.py 不在，量不了"),
    pytest.mark.skipif(
        face is None or "fang" not in face.family.lower(),
        reason="没有仿宋字体，量字体必不合格；请运行 ./run --prepare",
    ),
]


@pytest.mark.parametrize(("name", "paper"), special(), ids=[name for name, _paper in special()])
def test_no_figure_fails(name, paper, tmp_path):
    path = tmp_path / f"{name}.pdf"
    path.write_bytes(write_pdf(paper))
    report = judged(path, paper)
    assert [check for check in report["checks"] if check["status"] == "fail"] == []
    assert report["summary"]["pass"] > 25
