"""A command of the office that hands its words to a pure library's own command line."""

import sys
from collections.abc import Callable

from django.core.management.base import BaseCommand


class LibraryCommand(BaseCommand):
    """Pass the words on as they were typed; the library says what they mean, explains them, and ends with its own status."""

    library: Callable[..., int]

    def run_from_argv(self, argv: list[str]) -> None:
        """Run the library's command line under the office's name of the command."""
        sys.exit(type(self).library(argv[2:], prog=f"zhongshu {argv[1]}"))
