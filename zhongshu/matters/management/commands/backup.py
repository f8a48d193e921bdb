"""`zhongshu backup DIR`: one more backup below the folder."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhongshu.matters import backups


class Command(BaseCommand):
    help = "备份数据库和附件到指定目录（服务不必停；密钥只列出，须另行保管），输出 JSON"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, help="备份目录，最好在另一块磁盘上")

    def handle(self, *args: Any, **options: Any) -> None:
        place, manifest = backups.back_up(options["folder"].absolute())
        told = {"backup": str(place), **asdict(manifest)}
        del told["migrations"]
        self.stdout.write(json.dumps(told, ensure_ascii=False))
        if manifest.damaged:
            raise SystemExit(1)
