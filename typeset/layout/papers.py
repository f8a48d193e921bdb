"""Turns the office's own papers into the plain data their Typst sources read."""

from typeset.fonts import Faces
from typeset.layout.pictures import Pictures
from typeset.layout.preparing import Prepared
from typeset.model import Paper
from typeset.profiles import Profile


def prepare_paper(paper: Paper, profile: Profile, faces: Faces, pictures: Pictures) -> Prepared:
    """Return the data of a paper."""
    raise NotImplementedError
