"""Which files make one paper: proposed from their names, as an office names them; the clerk has the last word."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import PurePath

IMAGES = frozenset({"jpg", "jpeg", "png", "tif", "tiff", "bmp"})
# 附件1、附件：…、（附件2）…; 附件 in the middle of a title names the paper itself.
ATTACHED = re.compile(
    r"^[\s\d.、_（(【\[-]*附\s*[件表录]|[-_—－（(【\[\s]附\s*[件表录]?\s*[一二三四五六七八九十\d]*[^）)】\]]{0,12}[）)】\]]?$"
)
COUNTED = re.compile(r"[\s_\-（(第]*(\d{1,4})[\s）)页张]*$")
ATTACHED_NO = re.compile(r"附\s*[件表录]?\s*([一二三四五六七八九十\d]+)")
CHINESE = {letter: at for at, letter in enumerate("零一二三四五六七八九十")}


@dataclass(frozen=True)
class Named:
    """A file as far as its name tells; `lists` holds what its text names as attachments."""

    key: str
    name: str
    lists: tuple[str, ...] = ()

    @property
    def stem(self) -> str:
        """Return the name without its extension."""
        return PurePath(self.name).stem.strip()

    @property
    def is_image(self) -> bool:
        """Say whether it is a picture of a page."""
        return PurePath(self.name).suffix.lstrip(".").lower() in IMAGES

    @property
    def is_attached(self) -> bool:
        """Say whether its name calls it an attachment."""
        return bool(ATTACHED.search(self.stem))


@dataclass
class Paper:
    """One paper: the files of its text in page order, and its attachments."""

    body: list[Named] = field(default_factory=list)
    attached: list[Named] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Return the file the paper goes by."""
        return self.body[0].key

    @property
    def files(self) -> list[Named]:
        """Return all files, the text first."""
        return [*self.body, *self.attached]


def grouped(files: Sequence[Named], chosen: Mapping[str, str]) -> list[Paper]:
    """Return the papers: `chosen` says of a file what body it goes with (itself: it stands alone); the rest is proposed."""
    apart = [file for file in files if chosen.get(file.key) == file.key]
    free = [file for file in files if file.key not in chosen]
    papers = [Paper([file]) for file in apart] + proposed(free)
    by_key = {file.key: paper for paper in papers for file in paper.files}
    for file in files:
        if (body := chosen.get(file.key)) not in (None, file.key):
            if home := by_key.get(str(body)):
                home.attached.append(file)
            else:
                papers.append(Paper([file]))
    place = {file.key: at for at, file in enumerate(files)}
    return sorted(papers, key=lambda paper: min(place[file.key] for file in paper.files))


def proposed(files: Sequence[Named]) -> list[Paper]:
    """Propose: numbered pictures are pages of one paper, 附件… goes with its text, one stem is one paper."""
    papers = list(_bodies([file for file in files if not file.is_attached]))
    for file in files:
        if not file.is_attached:
            continue
        if home := _home(file, papers, files):
            home.attached.append(file)
        else:
            papers.append(Paper([file]))
    for paper in papers:
        paper.attached.sort(key=lambda file: (_number(file), file.name))
    return papers


def _bodies(files: Iterable[Named]) -> Iterable[Paper]:
    by_stem: dict[str, Paper] = {}
    for file in files:
        stem = COUNTED.sub("", file.stem) if file.is_image else file.stem
        kind = f"{stem}/{'pages' if file.is_image else ''}"
        if kind in by_stem and file.is_image:
            by_stem[kind].body.append(file)
        elif kind in by_stem:
            by_stem[kind].attached.append(file)
        else:
            by_stem[kind] = Paper([file])
    for paper in by_stem.values():
        paper.body.sort(key=_page_no)
    return by_stem.values()


def _page_no(file: Named) -> tuple[int, str]:
    found = COUNTED.search(file.stem)
    return (int(found[1]) if found else 0, file.name)


def _home(file: Named, papers: Sequence[Paper], files: Sequence[Named]) -> Paper | None:
    """Return the paper an attachment goes with: that named in it, that which lists it, the only one, or the one before."""
    with_text = [paper for paper in papers if not paper.body[0].is_attached]
    bare = ATTACHED_NO.sub("", file.stem).strip(" ：:.、_-（()）附件")
    for paper in with_text:
        stem = paper.body[0].stem
        if len(stem) > 3 and file.stem.startswith(stem):
            return paper
        if len(bare) > 3 and any(bare in title or title in bare for title in paper.body[0].lists if title):
            return paper
    if len(with_text) == 1:
        return with_text[0]
    at = files.index(file)
    before = [paper for paper in with_text if files.index(paper.body[0]) < at]
    return before[-1] if before else None


def _number(file: Named) -> int:
    found = ATTACHED_NO.search(file.stem)
    if not found:
        return 99
    return int(found[1]) if found[1].isdigit() else CHINESE.get(found[1][-1], 99)
