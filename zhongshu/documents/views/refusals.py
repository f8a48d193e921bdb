"""A refused act without scripts: the same form again, filled as it was, each reason beside its field."""

from typing import Any

from django.forms import Form

from zhongshu.base.refusals import Refused


def say(form: Form, refused: Refused) -> Any:
    """Write the reasons, with their codes, into the form."""
    for refusal in refused.refusals:
        known = refusal.field if refusal.field in form.fields else None
        form.add_error(known, f"{refusal.message}（{refusal.code}）")
    return form
