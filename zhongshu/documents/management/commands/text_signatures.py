"""Write the signatures of papers that were registered before there were any, or whose words changed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.documents.intake.signing import sign_all


class Command(BaseCommand):
    """Go through all papers, the newest first; broken off, it goes on where nothing is written yet."""

    help = "给已登记的来文补上文字特征，用来发现近似重复；可以中断，再跑接着补"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--again", action="store_true", help="已有特征的也核对一遍")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        looked = written = 0
        for seen, new in sign_all(again=options["again"]):
            looked, written = looked + seen, written + new
        told = {"looked": looked, "written": written}
        self.stdout.write(json.dumps(told) if options["json"] else f"看了 {looked} 件，写了 {written} 件")
