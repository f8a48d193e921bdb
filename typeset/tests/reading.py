"""Reads a PDF back for the tests: lines of text with their places, in mm from the top left corner."""

from dataclasses import dataclass

import pypdfium2

MM = 25.4 / 72


@dataclass(frozen=True)
class Sheet:
    """A page: its text, and where the ink of each character stands."""

    text: str
    places: list[tuple[str, float, float, float, float]]

    def place(self, words: str) -> tuple[float, float, float, float]:
        """Return left, top, right, bottom of the first line of these words."""
        letters = "".join(each[0] for each in self.places)
        at = letters.index(words)
        boxes = [box[1:] for box in self.places[at : at + len(words)]]
        return (
            min(box[0] for box in boxes),
            min(box[1] for box in boxes),
            max(box[2] for box in boxes),
            max(box[3] for box in boxes),
        )


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the pages."""
    with pypdfium2.PdfDocument(pdf) as document:
        return [_sheet(page) for page in document]


def _sheet(page: pypdfium2.PdfPage) -> Sheet:
    height = page.get_height()
    read = page.get_textpage()
    text = read.get_text_range()
    places = []
    for index in range(read.count_chars()):
        letter = read.get_text_range(index, 1)
        if letter.strip():
            left, bottom, right, top = read.get_charbox(index)
            places.append((letter, left * MM, (height - top) * MM, right * MM, (height - bottom) * MM))
    return Sheet(text.replace("\r\n", "\n"), places)
