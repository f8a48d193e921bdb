"""Why a content model is not taken: the place in it, and a plain sentence."""

from dataclasses import dataclass


class NotAModel(ValueError):  # noqa: N818 - the word of the library
    """The data is no content model: `path` names the place as people say it, `key` as programs do, `message` the fault."""

    def __init__(self, path: str, key: str, message: str) -> None:
        where = f"{path}（{key}）" if key != path else path
        super().__init__(f"{where}：{message}" if where else message)
        self.path = path
        self.key = key
        self.message = message


@dataclass(frozen=True, slots=True)
class At:
    """A place in the data: as people say it (正文[3].行[1]) and as programs write it (body[3].rows[1])."""

    path: str = ""
    key: str = ""

    def field(self, label: str, name: str) -> "At":
        """Return the place of a field in here."""
        return At(f"{self.path}.{label}".lstrip("."), f"{self.key}.{name}".lstrip("."))

    def item(self, index: int) -> "At":
        """Return the place of an item in here, counted from nought."""
        return At(f"{self.path}[{index}]", f"{self.key}[{index}]")

    def wrong(self, message: str) -> NotAModel:
        """Return the fault found here."""
        return NotAModel(self.path, self.key, message)
