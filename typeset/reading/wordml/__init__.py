"""WordprocessingML (ECMA-376) as it takes effect: paragraphs and runs with their styles resolved.

`open_word(data)` gives a `WordFile`; both the reading into the content model and the layout check stand on it.
"""

from typeset.reading.wordml.story import open_word
from typeset.reading.wordml.things import (
    Border,
    Cell,
    Oddity,
    Para,
    Picture,
    Piece,
    Rule,
    Section,
    Table,
    WordFile,
)

__all__ = [
    "Border",
    "Cell",
    "Oddity",
    "Para",
    "Picture",
    "Piece",
    "Rule",
    "Section",
    "Table",
    "WordFile",
    "open_word",
]
