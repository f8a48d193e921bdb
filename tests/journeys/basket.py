"""What hands do with the basket of files, and the worker that looks into it."""

from playwright.sync_api import Locator, Page

from zhongshu.matters import outbox


def choose(page: Page, *files: tuple[str, bytes]) -> None:
    page.get_by_label("我已核对，放进来的文件不涉及国家秘密").check()
    payload = [{"name": name, "mimeType": "application/octet-stream", "buffer": data} for name, data in files]
    page.get_by_label("把来文拖到这里").set_input_files(payload)


def card(page: Page, words: str) -> Locator:
    return page.locator("[data-drop-cards] > li", has_text=words)


def drain() -> None:
    """Let the worker look at what lies in the quarantine."""
    outbox.drain()
