"""`zhongshu live`: the process of live news on its own."""

import os
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhongshu import serving


class Command(BaseCommand):
    help = "实时提示进程：告诉打开的网页有没有新消息（没有它一切照常）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8001)

    def handle(self, *args: Any, **options: Any) -> None:
        argv = list(serving.live(options["host"], options["port"]).argv)
        os.execv(argv[0], argv)
