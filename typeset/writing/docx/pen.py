"""Writes paragraphs: runs, footnotes, breaks; keeps what the parts of a file share."""

import re
from copy import deepcopy
from dataclasses import dataclass, field, replace

from typeset.model.inline import Run, Runs
from typeset.writing.docx.feet import Feet
from typeset.writing.docx.measures import Measures
from typeset.writing.docx.package import Package
from typeset.writing.docx.styles import fonts
from typeset.writing.docx.xml import Node, node, text, val

PIECES = re.compile(r"(\n|\t)")
RAISED = {"super": "superscript", "sub": "subscript"}


@dataclass
class Pen:
    """The file being written: its package, the profile's measures, its footnotes."""

    measures: Measures
    package: Package = field(default_factory=Package)
    footnotes: list[str] = field(default_factory=list)
    drawings: int = 0
    feet: Feet = field(default_factory=Feet)

    def para(
        self,
        style: str,
        *content: Node | None,
        ind: dict[str, int] | None = None,
        tabs: tuple[tuple[str, int], ...] = (),
        props: tuple[Node, ...] = (),
    ) -> Node:
        """Make a paragraph; `ind` are attributes of its indents, `tabs` kinds and places in twips."""
        stops = node("tabs", *(node("tab", val=kind, pos=place) for kind, place in tabs)) if tabs else None
        indents = node("ind", **ind) if ind else None
        return node("p", node("pPr", val("pStyle", style), stops, indents, *props), *content)

    def blank(self, count: int = 1, *props: Node) -> list[Node]:
        """Make empty lines."""
        return [self.para("GwBlank", props=props) for _ in range(count)]

    def write(self, words: str, *props: Node) -> Node:
        """Make a run of text in the face of its paragraph, but for `props`; tabs and line feeds become breaks."""
        run = node("r", node("rPr", *props) if props else None)
        for piece in PIECES.split(words):
            if piece == "\n":
                run.append(node("br"))
            elif piece == "\t":
                run.append(node("tab"))
            elif piece:
                run.append(text(piece))
        return run

    def face(self, role: str) -> Node:
        """Return the faces of a role for a single run."""
        return fonts(self.measures.faces[role])

    def keep_with_next(self, para: Node) -> None:
        """Hold a paragraph that was written to the one after it."""
        props = [child for child in para[0] if not child.tag.endswith("}keepNext")]
        para.replace(para[0], node("pPr", node("keepNext"), *props))

    def runs(self, runs: Runs, *faces: Node) -> list[Node]:
        """Write the runs of the model; `faces` are laid under their own marks."""
        made: list[Node] = []
        for run in runs:
            if run.text:
                made.append(self.write(run.text, *map(deepcopy, faces), *_marks(run)))
            if run.footnote:
                made.append(self._footnote(run.footnote))
        return made

    def _footnote(self, words: str) -> Node:
        self.footnotes.append(words)
        return node(
            "r",
            node("rPr", val("rStyle", "FootnoteReference")),
            node("footnoteReference", id=len(self.footnotes)),
        )

    def footnotes_part(self) -> Node:
        """Return word/footnotes.xml with the two separators that Word wants."""
        separators = [
            node("footnote", node("p", node("r", node(name))), type=name, id=number)
            for number, name in ((-1, "separator"), (0, "continuationSeparator"))
        ]
        notes = [
            node(
                "footnote",
                self.para(
                    "FootnoteText",
                    node("r", node("rPr", val("rStyle", "FootnoteReference")), node("footnoteRef")),
                    self.write(f" {words}"),
                ),
                id=number,
            )
            for number, words in enumerate(self.footnotes, 1)
        ]
        return node("footnotes", *separators, *notes)


def _marks(run: Run) -> list[Node]:
    made = []
    if run.bold:
        made.append(node("b"))
    if run.italic:
        made.append(node("i"))
    if run.underline:
        made.append(val("u", "single"))
    if run.position:
        made.append(val("vertAlign", RAISED[run.position]))
    return made


def unbolded(runs: Runs) -> Runs:
    """Return runs without their own boldness: the standard asks for none in headings."""
    return tuple(replace(run, bold=False) for run in runs)
