"""The camera: one browser window for each person and size; pictures small enough to be kept in the repository."""

import io
import os
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image, ImageColor
from playwright.sync_api import Browser, Page, expect, sync_playwright

from demo import cast, ink
from demo.ink import Ink
from tools.screenshots.house import ROOT
from tools.sheet_hands import open_act

TOKENS = ROOT / "assets" / "styles" / "tokens.css"
DESK, PHONE = (1440, 900), (390, 844)
MOST_BYTES = 150_000
COLOURS = (*re.findall(r"--zs-[a-z0-9-]+: (#[0-9a-f]{6});", TOKENS.read_text()), "#ffffff", "#d7000f")
STILL = "*,*::before,*::after{animation:none!important;transition:none!important;caret-color:transparent!important}"


class Camera:
    """Signs people in, finds their buttons, and keeps what they see."""

    def __init__(self, browser: Browser, url: str, folder: Path, wanted: set[str]) -> None:
        self.browser, self.url, self.folder, self.wanted = browser, url, folder, wanted
        self.windows: dict[tuple[str, tuple[int, int]], Page] = {}
        self.faults: list[str] = []
        self.moment = ""

    def window(self, name: str, size: tuple[int, int] = DESK) -> Page:
        """Return the window of the person of that name, signed in."""
        if (name, size) not in self.windows:
            self.windows[name, size] = self._signed_in(name, size)
        return self.windows[name, size]

    def go(self, name: str, path: str, size: tuple[int, int] = DESK) -> Page:
        """Take the person to a page."""
        page = self.window(name, size)
        page.goto(self.url + path)
        page.wait_for_load_state("networkidle")
        return page

    def blank(self, size: tuple[int, int] = DESK) -> Page:
        """Return a window of nobody."""
        phone = size == PHONE
        context = self.browser.new_context(
            viewport={"width": size[0], "height": size[1]}, locale="zh-CN", has_touch=phone, is_mobile=phone
        )
        context.set_default_timeout(60_000)
        page = context.new_page()
        page.on("pageerror", lambda error: self.faults.append(f"{page.url}: {error}"))
        page.on("response", lambda got: got.status >= 500 and self.faults.append(f"{got.status} {got.url}"))
        return page

    def _signed_in(self, name: str, size: tuple[int, int]) -> Page:
        page = self.blank(size)
        page.goto(f"{self.url}/sign-in/")
        page.get_by_label("账号").fill(cast.member(name).login)
        page.get_by_label("口令").fill(cast.PASSWORD)
        page.get_by_role("button", name="登录").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        return page

    def keep(self, page: Page, name: str) -> None:
        """Take the picture, in few colours and few bytes."""
        if self.wanted and name not in self.wanted:
            return
        page.evaluate("document.querySelectorAll('.zs-toast').forEach(toast => toast.remove())")
        page.mouse.move(2, 2)
        page.wait_for_timeout(300)
        shot = page.screenshot(style=STILL)
        data = small(Image.open(io.BytesIO(shot)).convert("RGB"))
        (self.folder / f"{name}.png").write_bytes(data)
        print(f"{name}.png  {len(data) // 1024} KB", flush=True)


def small(image: Image.Image) -> bytes:
    """Return a PNG of at most MOST_BYTES, with as many colours as that allows; the house's own are always among them."""
    high = image.height
    swatches = Image.new("RGB", (image.width, high + 40 * len(COLOURS)))
    swatches.paste(image, (0, 0))
    for row, colour in enumerate(COLOURS):
        swatches.paste(colour, (0, high + 40 * row, image.width, high + 40 * (row + 1)))
    for colours in (128, 96, 64, 48, 32):
        palette = _exact(swatches.quantize(colours))
        kept = io.BytesIO()
        image.quantize(palette=palette, dither=Image.Dither.NONE).save(kept, "PNG", optimize=True)
        if kept.tell() <= MOST_BYTES:
            break
    return kept.getvalue()


def _exact(palette: Image.Image) -> Image.Image:
    """Put the house's colours themselves in place of what came nearest to them."""
    flat = palette.getpalette() or []
    free = {at: tuple(flat[3 * at : 3 * at + 3]) for at in range(len(flat) // 3)}
    for colour in COLOURS:
        wanted = ImageColor.getrgb(colour)
        at = min(free, key=lambda one: sum((a - b) ** 2 for a, b in zip(free[one], wanted, strict=False)))
        flat[3 * at : 3 * at + 3] = wanted
        del free[at]
    palette.putpalette(flat)
    return palette


@contextmanager
def open_camera(url: str, folder: Path, wanted: set[str]) -> Iterator[Camera]:
    """Start Chromium, speaking Chinese where its language pack is installed (chromium-l10n)."""
    found = (
        os.environ.get("ZHONGSHU_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    )
    if not found:
        raise SystemExit("缺少 Chromium：apt-get install chromium chromium-l10n")
    flags = ["--no-sandbox"] if os.geteuid() == 0 else []
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=found,
            args=[*flags, "--no-first-run", "--disable-background-networking", "--font-render-hinting=none"],
            env={**os.environ, "LANGUAGE": "zh_CN", "LANG": "zh_CN.UTF-8"},
        )
        camera = Camera(browser, url, folder, wanted)
        yield camera
        browser.close()
    if camera.faults:
        raise SystemExit("页面有错：\n" + "\n".join(camera.faults))


# What people do on a sheet


def send(page: Page, label: str) -> None:
    """Send the open form by the button that says so; the sheet comes back without it."""
    page.locator("#act-form").get_by_role("button", name=re.compile(f"^({label})$")).click()
    expect(page.locator("#act-form form")).to_have_count(0)
    page.wait_for_load_state("networkidle")


def do(page: Page, act: str, button: str, **fields: str) -> None:
    """Open an act, fill its fields by name, send it."""
    form = open_act(page, act)
    for name, value in fields.items():
        form.locator(f"[name={name}]").fill(value)
    send(page, button)


def choose(page: Page, name: str, *words: str) -> None:
    """Choose lines of a select by what they say, also behind a chooser."""
    page.locator(f"#act-form select[name={name}]").evaluate(
        "(select, words) => { const values = words.map(word =>"
        " [...select.options].find(o => o.text.includes(word)).value);"
        " select.tomselect ? select.tomselect.setValue(values) :"
        " [...select.options].forEach(o => { o.selected = values.includes(o.value) }) }",
        list(words),
    )


def write_by_hand(page: Page, words: str, name: str) -> None:
    """Write on the pad in the running hand of the demonstration, and sign; the pad takes it like a kept draft."""
    page.get_by_role("tab", name="手写").click()
    page.wait_for_timeout(200)
    box = page.locator("#act-form canvas").bounding_box()
    assert box
    width, height = box["width"], box["height"]
    signed = ink.signature(name)
    scale = min(0.7, 0.45 * height / signed["h"])
    left, top = width - signed["w"] * scale - 8, height - signed["h"] * scale - 6
    strokes = [*_lines(words, name, width), *_placed(signed, left, top, scale)]
    kept = {"v": 1, "w": round(width), "h": round(height), "s": strokes}
    page.locator("#act-form zs-ink-pad").evaluate(
        "(pad, kept) => { pad.field.value = JSON.stringify(kept); pad.read() }", kept
    )


def _lines(words: str, name: str, width: float) -> list[list[list[float]]]:
    """Break the words into lines as wide as the paper."""
    each = int((width - 40) // ink.EM)
    strokes: list[list[list[float]]] = []
    # A comma or a stop hangs at the end of its line.
    for row, line in enumerate(re.findall(f".{{1,{each}}}[，。、；]?", words)):
        written = ink.line(line, name)
        if written:
            strokes += _placed(written, 4, 2 + row * 48, 1.0)
    return strokes


def _placed(written: Ink, left: float, top: float, scale: float) -> list[list[list[float]]]:
    return [
        [[round(left + x * scale, 1), round(top + y * scale, 1), t, p] for x, y, t, p in stroke]
        for stroke in written["s"]
    ]
