"""Set an official paper from its content; nothing is stored."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from typeset.__main__ import add_arguments, main


class Command(BaseCommand):
    """Hand over to the library's own command line."""

    help = "按 GB/T 9704 把内容文件、DOCX 或纯文本排成 PDF、DOCX、OFD 或页面图像，按扩展名；不登记也不保存"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the library's arguments."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the content is refused."""
        words = [str(options["source"])] if options["source"] else []
        words += [f"--output={options['output']}"] if options["output"] else []
        words += [f"--profile={options['profile']}"]
        words += [f"--{name}" for name in ("fonts", "quiet") if options[name]]
        sys.exit(main(words))
