"""zhongshu export-trail-head: append the head of the trail to the file of the year."""

import json
from dataclasses import asdict
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.base.heads import export_head


class Command(BaseCommand):
    """Export the head."""

    help = "导出办理痕迹链的链头；应另存到别的机器或打印留存"

    def handle(self, *_: Any, **__: Any) -> None:
        """Export and print the line."""
        self.stdout.write(json.dumps(asdict(export_head())))
