"""The figures a PDF is measured against, in millimetres from the upper left corner, as a rule profile gives them."""

from dataclasses import dataclass, field

from typeset.profiles import Profile, load_profile

POINT = 25.4 / 72


@dataclass(frozen=True)
class Figures:
    """A profile seen as places on the page; what no profile changes stands here."""

    profile: Profile = field(default_factory=load_profile)
    small_size = 14.0
    folio_gap = 7.0
    body_face = "仿宋"
    title_face = "小标宋"

    @property
    def width(self) -> float:
        """Return the width of the page."""
        return self.profile.page_width

    @property
    def height(self) -> float:
        """Return the height of the page."""
        return self.profile.page_height

    @property
    def top(self) -> float:
        """Return where the text area begins above."""
        return self.profile.top

    @property
    def left(self) -> float:
        """Return where the text area begins on the left."""
        return self.profile.left

    @property
    def area_width(self) -> float:
        """Return the width of the text area."""
        return self.profile.width

    @property
    def area_height(self) -> float:
        """Return the height of the text area."""
        return self.profile.height

    @property
    def area_right(self) -> float:
        """Return where the text area ends on the right."""
        return self.left + self.area_width

    @property
    def area_bottom(self) -> float:
        """Return where the text area ends below."""
        return self.top + self.area_height

    @property
    def right(self) -> float:
        """Return the right margin."""
        return self.width - self.area_right

    @property
    def middle(self) -> float:
        """Return the middle of the text area."""
        return self.left + self.area_width / 2

    @property
    def square(self) -> float:
        """Return one 字."""
        return self.profile.zi

    @property
    def pitch(self) -> float:
        """Return one 行: from one base line to the next."""
        return self.profile.pitch

    @property
    def lines(self) -> int:
        """Return how many lines a page holds."""
        return self.profile.lines

    @property
    def chars(self) -> int:
        """Return how many characters a line holds."""
        return self.profile.chars

    @property
    def body_size(self) -> float:
        """Return the size of running text in points."""
        return self.profile.zi / POINT

    @property
    def title_size(self) -> float:
        """Return the size of the title in points."""
        return self.profile.title_pt

    @property
    def rule_gap(self) -> float:
        """Return the way from 发文字号 down to the red line."""
        return self.profile.rule_gap

    def mark_top(self, kind: str) -> float:
        """Return where the upper edge of the mark stands on the page, by format."""
        own = {"letter": self.profile.letter_mark_top, "order": self.top + self.profile.order_mark_top}
        return own.get(kind, self.top + self.profile.mark_top)
