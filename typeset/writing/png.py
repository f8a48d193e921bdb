"""Page images: PNG or SVG, one a page, from the same layout as the PDF."""

from typeset.layout.compiling import press_for
from typeset.model import Content
from typeset.profiles import Profile, load_profile

USUAL_PPI = 144


def write_png(content: Content, profile: Profile | None = None, ppi: int = USUAL_PPI) -> list[bytes]:
    """Return one PNG a page."""
    wanted = profile or load_profile()
    made, _coverage = press_for(wanted).set(content, wanted, format="png", ppi=float(ppi))
    return made if isinstance(made, list) else [made]


def write_svg(content: Content, profile: Profile | None = None) -> list[bytes]:
    """Return one SVG a page."""
    wanted = profile or load_profile()
    made, _coverage = press_for(wanted).set(content, wanted, format="svg")
    return made if isinstance(made, list) else [made]
