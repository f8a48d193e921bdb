"""Building the county from nothing: its people first, then its year of papers."""

import time
from collections.abc import Callable

from demo.papers.writing import YEAR_OF_PAPERS
from demo.settling import settle
from demo.year.telling import tell_year
from zhongshu.base import clock
from zhongshu.documents.intake.signing import sign_all

Figures = dict[str, float]


def build(scale: float, seed: int, say: Callable[[str], object]) -> Figures:
    """Build all; return how much was made and how long it took."""
    started = time.perf_counter()
    county = settle()
    say(f"机构 {len(county.units)} 个、人员 {len(county.people)} 名")
    told = tell_year(county, seed, clock.now(), round(YEAR_OF_PAPERS * scale), say)
    say(f"文字特征 {sum(written for _, written in sign_all())} 件")
    return {
        **told,
        "units": len(county.units),
        "people": len(county.people),
        "seconds": round(time.perf_counter() - started, 1),
    }
