"""What can be wrong with a file, told by code so that the office's words stay outside."""

from typing import Any


class Trouble(Exception):  # noqa: N818 - the word of the house
    """The file cannot be taken: `code` is one of those of `recognize`, or polyglot; `reasons` are the gate's."""

    def __init__(self, code: str, detail: str = "", reasons: tuple[dict[str, Any], ...] = ()) -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
        self.reasons = reasons
