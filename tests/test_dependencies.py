"""依赖: what the product imports is declared, and what is declared is used."""

import ast
import importlib.metadata
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
OURS = {"zhongshu", "demo", "proofread", "recognize", "typeset", "bench"}
# Used, but by name in a setting, by Django or by the command line.
WITHOUT_IMPORT = {
    "argon2-cffi": "password hasher",
    "boto3": "object storage, by way of django-storages",
    "granian": "serves the pages",
    "psycopg": "database driver",
    "rapidocr": "carries the networks that recognize reads pictures with",
    "setuptools": "installs the project",
    "tzdata": "time zones on a bare machine",
}


def product_files() -> list[Path]:
    files = [path for top in OURS for path in (ROOT / top).rglob("*.py")]
    return [
        path for path in files if "tests" not in path.parts and path.name not in {"conftest.py", "testing.py"}
    ]


def imported(path: Path) -> set[str]:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names}


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def declared() -> set[str]:
    lines = (ROOT / "requirements.in").read_text(encoding="utf-8").splitlines()
    return {plain(match[0]) for line in lines if (match := re.match(r"[A-Za-z0-9._-]+", line))}


def distributions() -> dict[str, set[str]]:
    return {
        module: {plain(name) for name in names}
        for module, names in importlib.metadata.packages_distributions().items()
    }


def used_by_product() -> set[str]:
    """Return the top modules that are imported, or that settings.py names in a string."""
    settings = (ROOT / "zhongshu" / "settings.py").read_text(encoding="utf-8")
    named = {name.split(".")[0] for name in re.findall(r'"([a-z_0-9]+(?:\.[A-Za-z_0-9]+)*)"', settings)}
    return named.union(*(imported(path) for path in product_files()))


def test_every_import_is_declared():
    foreign = set().union(*map(imported, product_files())) - OURS - {"tools"} - sys.stdlib_module_names
    undeclared = {module for module in foreign if not distributions().get(module, set()) & declared()}
    assert undeclared == set()


def test_every_declared_package_is_used():
    known = distributions()
    used = set().union(*(known.get(module, set()) for module in used_by_product()))
    assert declared() - used - WITHOUT_IMPORT.keys() == set()
