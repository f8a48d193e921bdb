"""Read the fields of an official paper from a file; nothing is stored."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from recognize.__main__ import add_arguments, main


class Command(BaseCommand):
    """Hand over to the library's own command line."""

    help = "识别文件中的公文要素，扫描件和照片用离线识别；不登记也不保存；--json 输出 JSON"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the library's arguments."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the file is refused."""
        words = [str(options["file"])]
        words += [f"--{name.replace('_', '-')}" for name in ("json", "no_ocr") if options[name]]
        words += [f"--pages={options['pages']}"] if options["pages"] is not None else []
        sys.exit(main(words))
