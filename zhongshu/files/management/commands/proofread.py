"""Proofread a file; nothing is stored."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from proofread.__main__ import add_arguments, main

FLAGS = ("json", "lines", "rules", "public")


class Command(BaseCommand):
    """Hand over to the library's own command line."""

    help = "校对公文：文种、行文规则、日期、附件、序号、数字、标点、数据、用语和错别字；--json 输出 JSON，--lines 逐行改句子"
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the library's arguments."""
        add_arguments(parser)

    def handle(self, *args: Any, **options: Any) -> None:
        """Exit 1 when the file is refused."""
        words = [f"--{name}" for name in FLAGS if options[name]]
        words += [f"--{name}={options[name]}" for name in ("office", "lists") if options[name]]
        words += [f"--off={name}" for name in options["off"]]
        words += [str(options["file"])] if options["file"] else []
        sys.exit(main(words))
