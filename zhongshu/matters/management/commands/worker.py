"""`zhongshu worker`: do what the outbox promises and what the schedule says."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhongshu.matters.worker import Worker


class Command(BaseCommand):
    help = "后台工作进程：办理后台任务和定时任务（可在几台机器上同时运行）"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--threads", type=int, default=1, help="同时办理几件，默认1")
        parser.add_argument("--once", action="store_true", help="办完眼下到期的就退出，输出办了几件")

    def handle(self, *args: Any, **options: Any) -> None:
        worker = Worker(options["threads"])
        if options["once"]:
            self.stdout.write(str(worker.run_once()))
        else:
            worker.run()
