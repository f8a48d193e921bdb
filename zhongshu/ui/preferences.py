"""How a person likes the screen: size of letters, density, single-letter keys; kept in cookies of this browser."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

SIZES = {"normal": "标准", "large": "大字"}
DENSITIES = {"compact": "紧凑", "roomy": "宽松"}
KEYS = {"on": "开", "off": "关"}
LABELS = {"size": "字号", "density": "行距", "keys": "单键快捷键"}
CHOICES = {"size": SIZES, "density": DENSITIES, "keys": KEYS}
YEAR = 365 * 24 * 3600


@dataclass(frozen=True)
class Preferences:
    size: str = "normal"
    density: str = "compact"
    keys: str = "on"

    @classmethod
    def of(cls, request: HttpRequest) -> "Preferences":
        """Read the cookies; anything unknown counts as the default."""
        given = {name: request.COOKIES.get(f"zs_{name}", "") for name in CHOICES}
        return cls(**{name: value for name, value in given.items() if value in CHOICES[name]})


def remember(response: HttpResponse, name: str, value: str) -> None:
    """Keep one preference in the browser for a year."""
    response.set_cookie(f"zs_{name}", value, max_age=YEAR, samesite="Lax", httponly=True)


def rows_per_page(request: HttpRequest, default: int = 20) -> int:
    """Return how many rows fit the window, as the browser measured, within reason."""
    measured = request.COOKIES.get("zs_rows", "")
    return min(50, max(10, int(measured))) if measured.isascii() and measured.isdigit() else default


def remember_columns(response: HttpResponse, register: str, offered: list[str], chosen: list[str]) -> None:
    """Keep the hidden columns of a register in the browser."""
    hidden = [key for key in offered if key not in chosen and key.isidentifier()][:40]
    response.set_cookie(f"zs_cols_{register}", ".".join(hidden), max_age=YEAR, samesite="Lax", httponly=True)


def hidden_columns(request: HttpRequest, register: str) -> frozenset[str]:
    """Return the columns of a register this browser hides."""
    return frozenset(filter(None, request.COOKIES.get(f"zs_cols_{register}", "").split(".")))
