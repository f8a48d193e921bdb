"""Turns the look of blocks into classes of the stylesheet, so that no style stands in a page."""

from typing import Any

MARKS = (("bold", "is-bold"), ("italic", "is-italic"), ("underline", "is-underlined"), ("red", "is-red"))


def dressed(document: dict[str, Any]) -> dict[str, Any]:
    """Add to every paragraph and run of a document the classes it is shown with."""
    for page in document["pages"]:
        for block in page:
            for paragraph in _paragraphs(block):
                paragraph["classes"] = _classes(paragraph)
                for run in paragraph.get("runs", []):
                    run["classes"] = _classes_of_run(run)
    return document


def _paragraphs(block: dict[str, Any]) -> list[dict[str, Any]]:
    if block["kind"] != "table":
        return [block]
    return [paragraph for row in block["rows"] for cell in row for paragraph in cell["paragraphs"]]


def _classes(paragraph: dict[str, Any]) -> str:
    level = int(paragraph.get("level") or 0)
    found = [f"is-{paragraph['align']}"] if paragraph.get("align") in ("center", "right") else []
    found += ["is-indented"] if paragraph.get("indent") else []
    found += [f"is-level-{level}"] if level else []
    return " ".join(found)


def _classes_of_run(run: dict[str, Any]) -> str:
    found = [name for key, name in MARKS if run.get(key)]
    found += [f"is-{run['face']}"] if run.get("face") in ("fang", "kai", "hei", "song") else []
    found += [f"is-pt-{int(run['size'])}"] if run.get("size") else []
    return " ".join(found)
