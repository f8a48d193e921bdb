"""Read the fields of an official paper from a file; nothing is stored."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from recognize.__main__ import main


class Command(BaseCommand):
    """Hand over to the library's own command line."""

    help = "识别文件中的公文要素，不登记也不保存；--json 输出 JSON"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("file", metavar="FILE", help="PDF、DOCX、OFD、XLSX 或 TXT")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the file is refused."""
        sys.exit(main([options["file"], *(["--json"] if options["json"] else [])]))
