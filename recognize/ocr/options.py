"""How much is read by OCR, and with how much of the machine."""

from dataclasses import dataclass

LAST_SHARE = 3


@dataclass(frozen=True, slots=True)
class OcrOptions:
    """Settings of one reading; the defaults read every page.

    `most_pages`: of more pages the first two thirds and the last third are read, the others are named in `skipped`.
    `needed_only`: stop as soon as the pages read hold the fields of the head and a signed date.
    `threads`: processors for one page. `longest`: pixels of the longer side of a page while its text is read.
    """

    most_pages: int | None = None
    needed_only: bool = False
    threads: int = 2
    longest: int = 2_400

    def chosen(self, pages: list[int]) -> list[int]:
        """Return the pages to read, the telling ones first: the first, the last, then on from the second."""
        most = len(pages) if self.most_pages is None else max(0, min(self.most_pages, len(pages)))
        last = most // LAST_SHARE
        kept = pages[: most - last] + pages[len(pages) - last :]
        return kept[:1] + kept[-1:] + kept[1:-1] if len(kept) > 1 else kept
