"""zhongshu verify-trail: walk the trail and name the first link that does not hold (exit 1)."""

import json
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.base.verification import VerifyReport, verify


class Command(BaseCommand):
    """Verify the trail."""

    help = "核验办理痕迹链：逐条核对，指出第一处断裂；完好退出码 0，断裂退出码 1"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what may be asked for."""
        parser.add_argument("--json", action="store_true", help="以 JSON 输出")
        parser.add_argument("--from-seq", type=int, default=None, help="从第几条开始核验")
        parser.add_argument(
            "--heads", type=Path, default=None, help="链头文件所在目录（可用另一台机器上的副本）"
        )

    def handle(self, *_: Any, **options: Any) -> None:
        """Verify and say so."""
        report = verify(options["from_seq"], options["heads"])
        text = json.dumps(report.as_json(), ensure_ascii=False) if options["json"] else self._words(report)
        self.stdout.write(text)
        if not report.is_whole:
            sys.exit(1)

    def _words(self, report: VerifyReport) -> str:
        if report.first_broken:
            return f"痕迹链断裂：{report.first_broken.message}"
        words = f"痕迹链完好：核对{report.checked}条，到第{report.last_seq}条"
        return f"{words}，比对链头{report.heads_checked}次"
