"""`zhongshu restore DIR`: bring one backup back."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhongshu.matters import backups


class Command(BaseCommand):
    help = "从一个备份恢复（先停掉全部服务），输出 JSON；--check 只核对不恢复"
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("place", type=Path, help="某一次备份的目录，如 /backup/20260101-020000")
        parser.add_argument("--check", action="store_true", help="只核对备份是否完整、密钥是否相符")
        parser.add_argument("--replace", action="store_true", help="覆盖现有数据")

    def handle(self, *args: Any, **options: Any) -> None:
        place: Path = options["place"].absolute()
        if options["check"]:
            manifest = backups.read(place)
            backups.obstacles(manifest, replace=True)
            self.stdout.write(json.dumps({"made_at": manifest.made_at, "blobs": manifest.blobs}))
            return
        restored = backups.restore(place, replace=options["replace"])
        self.stdout.write(json.dumps(asdict(restored), ensure_ascii=False))
        if restored.missing:
            raise SystemExit(1)
