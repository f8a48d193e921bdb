"""许可证: whatever the product runs on may be used in an office without strings attached."""

import importlib.metadata
import json
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
ALLOWED = {
    "0BSD",
    "Apache-2.0",
    "BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "CC0-1.0",
    "HPND",
    "ISC",
    "LGPL-3.0-only",
    "MIT",
    "MIT-0",
    "MIT-CMU",
    "MPL-2.0",
    "PSF-2.0",
    "Unlicense",
    "Zlib",
}
# The same licences as older packages spell them.
SPELLINGS = {
    "3-Clause BSD License": "BSD-3-Clause",
    "Apache 2.0": "Apache-2.0",
    "Apache License 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "The Unlicense (Unlicense)": "Unlicense",
}
# Read by hand: besides its own, the wheel names those of the libraries inside PDFium, all permissive.
LOOKED_AT = {"pypdfium2": "BSD-3-Clause AND Apache-2.0"}


def locked_python() -> list[str]:
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    return [line.split("==")[0] for line in lines if re.match(r"[A-Za-z0-9._-]+==", line)]


def locked_npm() -> dict[str, str]:
    packages = json.loads((ROOT / "package-lock.json").read_text(encoding="utf-8"))["packages"]
    return {
        path: entry.get("license", "") for path, entry in packages.items() if path and not entry.get("dev")
    }


def said_by_python(name: str) -> list[str]:
    """Return what the installed package says of itself; classifiers only where it says nothing clearer."""
    if name in LOOKED_AT:
        return [LOOKED_AT[name]]
    about = importlib.metadata.metadata(name)
    if said := about.get("License-Expression"):
        return [said]
    said = (about.get("License") or "").strip()
    if said and len(said) < 60 and said != "Dual License":
        return [said]
    found = [
        line.split("::")[-1].strip()
        for line in about.get_all("Classifier") or []
        if line.startswith("License")
    ]
    return [SPELLINGS.get(each, each) for each in found]


def is_allowed(expression: str) -> bool:
    """Every AND part must be allowed; of OR parts one is enough."""
    words = expression.strip("() ")
    if words in ALLOWED or SPELLINGS.get(words) in ALLOWED:
        return True
    for joint, enough in ((" OR ", any), (" AND ", all)):
        if joint in words:
            return enough(is_allowed(part) for part in words.split(joint))
    return False


@pytest.mark.parametrize("name", locked_python())
def test_python_dependency_may_be_used(name):
    said = said_by_python(name)
    assert said, f"{name} does not say under which licence it stands"
    assert all(is_allowed(each) for each in said), f"{name}: {said}"


@pytest.mark.parametrize(("path", "said"), locked_npm().items())
def test_page_dependency_may_be_used(path, said):
    installed = json.loads((ROOT / path / "package.json").read_text(encoding="utf-8"))
    assert installed.get("license") == said
    assert is_allowed(said), f"{path}: {said}"


@pytest.mark.parametrize(
    "said",
    [
        "AGPL-3.0-only",
        "GPL-3.0-or-later",
        "GPLv3",
        "SSPL-1.0",
        "MIT AND GPL-2.0-only",
        "UNKNOWN",
        "",
        "Proprietary",
    ],
)
def test_other_licences_are_refused(said):
    assert not is_allowed(said)


@pytest.mark.parametrize(
    "said", ["MIT", "(MIT OR GPL-2.0)", "Apache-2.0 OR BSD-3-Clause", "BSD-3-Clause AND MIT"]
)
def test_free_licences_are_accepted(said):
    assert is_allowed(said)


def test_our_own_licence_is_mulan():
    text = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "木兰宽松许可证" in text
    assert "END OF THE TERMS AND CONDITIONS" in text
