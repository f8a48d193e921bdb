"""房屋的样子: what architecture.md promises about the code and no other tool looks after."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
HOUSE = ROOT / "zhongshu"
# Below views nobody knows of requests, messages or addresses.
SHELVES_BELOW_VIEWS = {
    "actions",
    "registers",
    "queries",
    "notices",
    "access",
    "rules",
    "models",
    "states",
    "procedures",
}
# access_x fetches or says that there is nothing; a row may know its own page, as Django's get_absolute_url does.
ALLOWED = {
    "access": {"django.http.Http404", "django.shortcuts.get_object_or_404"},
    "models": {"django.urls.reverse"},
    "queries": {"django.http.Http404"},  # a mangled cursor is an unknown page
}
OF_THE_PAGE = {"django.http", "django.contrib.messages", "django.urls", "django.shortcuts"}
LONGEST = 450


def modules(*, tests: bool = False) -> list[Path]:
    found = [path for path in sorted(HOUSE.rglob("*.py")) if "migrations" not in path.parts]
    return [path for path in found if tests or "tests" not in path.parts]


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and not node.level:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def shelf(path: Path) -> str:
    """A shelf is a module of a room, or a package of that name: rooms/shelf.py, rooms/shelf/subject.py."""
    below = path.relative_to(HOUSE).parts[1:]
    return below[0].removesuffix(".py") if below else ""


@pytest.mark.parametrize(
    "path", [path for path in modules() if shelf(path) in SHELVES_BELOW_VIEWS], ids=named
)
def test_below_views_nothing_of_the_page(path):
    of_page = {
        name for name in imports(path) if any(f"{name}.".startswith(f"{each}.") for each in OF_THE_PAGE)
    }
    arguments = {
        arg.arg
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        for arg in arguments_of(node)
    }
    assert of_page - ALLOWED.get(shelf(path), set()) == set()
    assert "request" not in arguments


def arguments_of(node: ast.AST) -> list[ast.arg]:
    return [*node.args.args, *node.args.kwonlyargs] if isinstance(node, ast.FunctionDef) else []


def test_no_module_becomes_a_drawer():
    assert [named(path) for path in modules(tests=True) if path.stem in {"utils", "helpers", "misc"}] == []
    long = [path for path in modules() if len(path.read_text(encoding="utf-8").splitlines()) > LONGEST]
    assert [named(path) for path in long] == []


def test_rooms_do_not_signal_each_other():
    """Django's own notices (a connection opened, a migration done) are not ours."""
    ours = ("django.dispatch.Signal", "django.db.models.signals.p")
    found = {(named(path), name) for path in modules() for name in imports(path) if name.startswith(ours)}
    assert {each for each in found if not each[1].endswith("post_migrate")} == set()


def test_no_act_hides_in_a_transaction_of_its_own():
    """`ATOMIC_REQUESTS` would lock every page of an SQLite office."""
    assert "ATOMIC_REQUESTS" not in (HOUSE / "settings.py").read_text(encoding="utf-8")
