"""Check the layout of an official paper against the standard or a profile; nothing is stored."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from typeset.checking.__main__ import add_arguments, main


class Command(BaseCommand):
    """Hand over to the library's own command line."""

    help = "按 GB/T 9704 或本地细则检查 PDF、DOCX 公文的版式，一行一项；有不合格的退出码为 1"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the library's arguments."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when a figure fails or the file is refused."""
        words = [str(options["file"]), f"--profile={options['profile']}"]
        sys.exit(main(words + [f"--{name}" for name in ("json", "brief") if options[name]]))
