"""Reading the plain-text files of the county: sections in brackets, comments with #, one fact a line."""

from collections.abc import Iterator
from pathlib import Path

COUNTY = Path(__file__).parent / "county"


def lines(path: Path) -> Iterator[str]:
    """Yield the lines that say something."""
    for line in path.read_text(encoding="utf-8").splitlines():
        said = line.strip()
        if said and not said.startswith("#"):
            yield said


def sections(path: Path) -> Iterator[tuple[str, str]]:
    """Yield (section, line); the section is the last [heading] above the line."""
    section = ""
    for line in lines(path):
        if line.startswith("["):
            section = line.strip("[]")
        else:
            yield section, line
