"""A hand at a browser of 2020: today's Playwright cannot look into it, so it points and types and asks the page itself."""

import time

from playwright.sync_api import Error, Page

from tests.journeys.conftest import PATIENCE

PLACE = """([css, words]) => {
  const seen = [...document.querySelectorAll(css)].find(each =>
    each.getClientRects().length && (!words || each.textContent.trim().startsWith(words)));
  if (!seen) return null;
  seen.scrollIntoView({ block: "center" });
  const box = seen.getBoundingClientRect();
  return [box.left + box.width / 2, box.top + box.height / 2];
}"""


class OldHand:
    """Mouse and keyboard at an old browser; what is seen is asked of the page's own script."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def wait(self, holds: str, argument: object = None) -> None:
        """Wait until the page says that something holds; Playwright's own waiting needs a newer browser."""
        until = time.monotonic() + PATIENCE / 1000
        while not self._asked(holds, argument):
            assert time.monotonic() < until, f"{self.page.url}: {holds} {argument}"
            self.page.wait_for_timeout(50)

    def _asked(self, holds: str, argument: object) -> object:
        try:
            return self.page.evaluate(holds, argument)
        except Error:  # the page is just being left
            return None

    def see(self, css: str, words: str = "") -> None:
        """Wait until such a thing is on the page."""
        self.wait(f"found => Boolean(({PLACE})(found))", [css, words])

    def click(self, css: str, words: str = "") -> None:
        """Click on the first such thing that begins with these words."""
        self.see(css, words)
        x, y = self.page.evaluate(PLACE, [css, words])
        self.page.mouse.click(x, y)

    def write(self, css: str, words: str) -> None:
        """Click into a field and type."""
        self.click(css)
        self.page.keyboard.type(words)

    def is_at(self, path: str) -> None:
        """Wait for an address that begins so."""
        self.wait("path => location.pathname.startsWith(path) && document.readyState === 'complete'", path)
