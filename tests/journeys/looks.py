"""What must hold of every page as it is seen: axe-core finds nothing, nothing scrolls sideways."""

from functools import lru_cache
from pathlib import Path

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).resolve().parents[1] / "browser" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (1920, 1280, 1024, 768, 390)
RUN = r"""async within => {
  const found = await axe.run(within || document, {
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
    resultTypes: ["violations"],
  });
  const said = node => node.html.slice(0, 160) + " (" + node.failureSummary.split("\n").slice(1, 3).join(";").trim() + ")";
  return found.violations.map(v => v.id + " " + v.nodes.slice(0, 2).map(said).join(" | "));
}"""
TOO_WIDE = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return "";
  const within = e => e && (getComputedStyle(e).overflowX !== "visible" || within(e.parentElement));
  const wide = [...document.querySelectorAll("body *")].filter(
    e => e.getBoundingClientRect().right > width + 1 && !within(e.parentElement));
  return wide.slice(0, 3).map(e => e.outerHTML.slice(0, 120)).join(" | ") || "?";
}"""


@lru_cache(maxsize=1)
def axe_source() -> str:
    if not AXE.exists():
        pytest.skip("axe-core is not installed: npm ci --prefix tests/browser")
    return AXE.read_text(encoding="utf-8")


def found_by_axe(page: Page, within: str = "") -> list[str]:
    """Return what axe finds on the page, or within a part of it."""
    if not page.evaluate("Boolean(window.axe)"):
        page.evaluate(axe_source())
    return [f"{_size(page)} axe: {line}" for line in page.evaluate(RUN, within)]


def found_too_wide(page: Page) -> list[str]:
    """Return what makes the page scroll sideways, at each width; the page is left at the narrowest."""
    found = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        if wide := page.evaluate(TOO_WIDE):
            found.append(f"{width} scrolls sideways: {wide}")
    return found


def _size(page: Page) -> int:
    return page.viewport_size["width"] if page.viewport_size else 0
