"""进门的路: every way in is known, and one place alone lays bytes into the store (docs/files-gate.md lists them)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import zhongshu

HOUSE = Path(zhongshu.__file__).parent
KEEPS_BYTES = {"files/inspection.py"}
LAYS_INTO_QUARANTINE = {"files/drops.py", "documents/actions/importing.py"}
# A BPMN drawing and a register of past years are read and not kept.
READS_A_FILE_ITSELF = {"documents/forms/importing.py", "flow/views/drawing.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(HOUSE.rglob("*.py")):
        if "tests" not in path.parts and "migrations" not in path.parts:
            yield path.relative_to(HOUSE).as_posix(), ast.parse(path.read_text(encoding="utf-8"))


def calling(owner: str, name: str) -> set[str]:
    """Return the modules that call `owner.name(…)`."""
    return {
        module
        for module, tree in modules()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr == name
        and isinstance(node.value, ast.Name)
        and node.value.id == owner
    }


def taking_uploads() -> set[str]:
    """Return the modules that name a plain file field, or open an upload themselves."""
    found = set()
    for module, tree in modules():
        for node in ast.walk(tree):
            is_field = isinstance(node, ast.Attribute) and node.attr in ("FileField", "ImageField")
            # request.FILES[…] and request.FILES.get(…); handing all of it to a form is the form's affair.
            is_opened = (
                isinstance(node, ast.Subscript | ast.Attribute)
                and isinstance(node.value, ast.Attribute)
                and node.value.attr == "FILES"
            )
            if is_field or is_opened:
                found.add(module)
    return found


def test_only_the_inspection_lays_bytes_into_the_store():
    assert calling("blobs", "put") == KEEPS_BYTES


def test_only_drops_and_the_import_lay_bytes_into_the_quarantine():
    assert calling("quarantine", "put") == LAYS_INTO_QUARANTINE


def test_no_form_takes_a_file_past_the_quarantine():
    assert taking_uploads() == READS_A_FILE_ITSELF
