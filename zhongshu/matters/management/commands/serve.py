"""`zhongshu serve`: pages, worker and live news together on one machine."""

import os
import sys
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from zhongshu import serving


class Command(BaseCommand):
    help = "启动服务：网页、后台工作进程和实时提示，一台机器一条命令"

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--host", default=os.environ.get("HOST", "127.0.0.1"), help="监听地址，默认只限本机"
        )
        parser.add_argument(
            "--port", type=int, default=int(os.environ.get("PORT", "8000")), help="端口，默认8000"
        )
        parser.add_argument(
            "--workers", type=int, default=0, help="网页进程数，默认 SQLite 1、PostgreSQL 按CPU数"
        )
        parser.add_argument(
            "--threads", type=int, default=4, help="每个网页进程的线程数；前面有 nginx 缓冲请求时2个最省"
        )
        parser.add_argument("--live-port", type=int, default=0, help="实时提示的端口，默认为端口加1")
        parser.add_argument("--no-worker", action="store_true", help="不启动后台工作进程")
        parser.add_argument("--no-live", action="store_true", help="不启动实时提示")

    def handle(self, *args: Any, **options: Any) -> None:
        _check_database()
        live_port = options["live_port"] or options["port"] + 1
        ports = [options["port"]] + ([] if options["no_live"] else [live_port])
        for port in ports:
            if not serving.is_free(options["host"], port):
                raise CommandError(
                    f"{options['host']}:{port} 已被占用，请先停掉占用者，或用 --port 换一个端口。"
                )
        recipes = _recipes(options, live_port)
        connection.close()
        self.stdout.write(f"中枢已启动：http://{options['host']}:{options['port']}/    停止：Ctrl+C")
        self.stdout.flush()
        sys.exit(serving.Supervisor(recipes).run())


def _check_database() -> None:
    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError as error:
        raise CommandError(f"连接不上数据库：{error}") from error
    if behind:
        raise CommandError("数据库还没有建立或没有升级，请先执行：zhongshu migrate")


def _recipes(options: dict[str, Any], live_port: int) -> list[serving.Recipe]:
    cores = min(4, os.cpu_count() or 1)
    processes = options["workers"] or (1 if connection.vendor == "sqlite" else cores)
    env = (
        {}
        if options["no_live"] or os.environ.get("ZHONGSHU_LIVE_URL")
        else {"ZHONGSHU_LIVE_PORT": str(live_port)}
    )
    host = options["host"]
    recipes = [serving.pages(host, options["port"], processes=processes, threads=options["threads"], env=env)]
    if not options["no_worker"]:
        recipes.append(serving.worker())
    if not options["no_live"]:
        recipes.append(serving.live(host, live_port))
    return recipes
