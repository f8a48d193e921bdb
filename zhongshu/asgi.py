"""ASGI entry point of live news (not of the pages, which are WSGI)."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
django.setup()

from zhongshu.matters.live.app import application  # noqa: E402

__all__ = ["application"]
