"""显示设置: how a person likes the screen, kept with the account."""

from __future__ import annotations

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.trail import record
from zhongshu.people.models import Person


@act("preferences_set")
def set_preferences(
    person: Person, *, text_size: str, density: str, has_letter_keys: bool, by: Actor
) -> None:
    """Keep size of letters, density and single-letter keys."""
    person.text_size, person.density, person.has_letter_keys = text_size, density, has_letter_keys
    person.save(update_fields=["text_size", "density", "has_letter_keys"])
    record("preferences_set", by=by, object_kind="person", object_id=person.pk, label="显示设置")
