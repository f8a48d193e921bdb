"""One Typst compiler a process: fonts are read once, sources and pictures lie in a folder of its own."""

import atexit
import functools
import json
import logging
import shutil
import tempfile
from pathlib import Path
from threading import RLock
from typing import Any

import typst

from typeset.fonts import Coverage, Faces
from typeset.layout.papers import prepare_paper
from typeset.layout.pictures import Pictures
from typeset.layout.preparing import Prepared, prepare
from typeset.model import Content, Document
from typeset.profiles import Profile

log = logging.getLogger("typeset.layout")
SOURCES = Path(__file__).with_name("typst")
PAPERS = Path(__file__).with_name("papers")
# Papers carry their own dates; one fixed moment makes the same content the same bytes.
MOMENT = 1_325_376_000
_at_work = RLock()


class NotSet(RuntimeError):  # noqa: N818 - the word of the library
    """Typst could not set the paper; the message is for the log."""


class Press:
    """Sets papers one after the other with one compiler and the fonts of one profile."""

    def __init__(self, faces: Faces) -> None:
        self.faces = faces
        self.root = Path(tempfile.mkdtemp(prefix="typeset-"))
        atexit.register(shutil.rmtree, self.root, ignore_errors=True)
        for source in SOURCES.glob("*.typ"):
            shutil.copy(source, self.root)
        (self.root / "papers").mkdir()
        for source in PAPERS.glob("*.typ"):
            shutil.copy(source, self.root / "papers")
        (self.root / "pictures").mkdir()
        self.compiler = typst.Compiler(
            input=str(self.root / "main.typ"), root=str(self.root), font_paths=faces.fonts
        )

    def set(self, content: Content, profile: Profile, **output: Any) -> tuple[Any, Coverage]:
        """Return what Typst writes, and what was found of the characters."""
        with _at_work:
            pictures = Pictures(self.root / "pictures")
            try:
                prepared = self._prepare(content, profile, pictures)
                given = json.dumps(prepared.data, ensure_ascii=False)
                made, warnings = self.compiler.compile_with_warnings(
                    input=str(self.root / "main.typ"), sys_inputs={"given": given}, timestamp=MOMENT, **output
                )
            except typst.TypstError as error:
                raise NotSet(f"{error.message} {error.diagnostic}") from error
            finally:
                pictures.clear()
        for warning in warnings:
            log.warning("%s", warning.message)
        return made, prepared.coverage

    def _prepare(self, content: Content, profile: Profile, pictures: Pictures) -> Prepared:
        if isinstance(content, Document):
            return prepare(content, profile, self.faces, pictures)
        return prepare_paper(content, profile, self.faces, pictures)


@functools.lru_cache(maxsize=4)
def _press(wanted: tuple[tuple[str, tuple[str, ...]], ...]) -> Press:
    return Press(Faces.find(dict(wanted)))


def press_for(profile: Profile) -> Press:
    """Return the press with the faces a profile prefers, made once."""
    with _at_work:
        return _press(tuple(sorted((role, tuple(names)) for role, names in profile.faces.items())))
