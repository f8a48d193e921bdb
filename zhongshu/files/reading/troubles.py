"""What can be wrong with a file, told by code so that the office's words stay outside."""


class Trouble(Exception):  # noqa: N818 - the word of the house
    """The file cannot be taken: `code` is one of broken, encrypted, bomb, macro, too_many_pages, unknown."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code = code
        self.detail = detail
