"""`zhongshu keys`: make the keys that are missing, and show the fingerprints of all."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.base import keys
from zhongshu.matters.backups import fingerprints

SIZES = {"trail": 32, "data": 16, "index": 32, "paper": 32}


class Command(BaseCommand):
    help = "补齐密钥文件并列出各自的指纹（几台服务器的指纹必须一致），输出 JSON"

    def handle(self, *args: Any, **options: Any) -> None:
        for name, size in SIZES.items():
            keys.key(name, size)
        self.stdout.write(json.dumps(fingerprints(), indent=1))
