"""A text column that lies encrypted in the database and is plain in Python."""

from __future__ import annotations

from typing import Any

from django.db import models

from zhongshu.base import crypto


class SealedTextField(models.TextField):
    """Encrypt on the way in, decrypt on the way out; it can be neither searched nor sorted."""

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return crypto.encrypt_text(value) if value else value

    def from_db_value(self, value: str | None, *_: Any) -> str | None:
        return crypto.decrypt_text(value) if value else value
