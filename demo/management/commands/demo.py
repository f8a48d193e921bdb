"""zhongshu demo: build the fictional county 云岭县, or show its accounts."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from demo import accounts, building
from zhongshu.people.models import Person


class Command(BaseCommand):
    """Build the county or list its accounts."""

    help = "演示县“云岭县”：build 生成一年的数据，accounts 列出可用账号"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say what can be asked for."""
        parser.add_argument("what", choices=["build", "accounts"], help="build 生成；accounts 账号")
        parser.add_argument("--scale", type=float, default=1.0, help="一年收文的份量，1 为 3062 件")
        parser.add_argument("--seed", type=int, default=7, help="随机种子，同一种子生成同样的县")

    def handle(self, *_: Any, **options: Any) -> None:
        """Build, or print the accounts; figures go to standard output as JSON."""
        if options["what"] == "accounts":
            self._print_accounts()
            return
        if Person.objects.exists():
            self.stderr.write("数据库里已经有人员，演示县已建好，不再重建。")
            return
        if not 0 < options["scale"] <= 20:
            raise CommandError("--scale 须在 0 到 20 之间")
        figures = building.build(options["scale"], options["seed"], say=self.stderr.write)
        self.stdout.write(json.dumps(figures, ensure_ascii=False))

    def _print_accounts(self) -> None:
        for account in accounts.shown():
            self.stdout.write(f"{account.part}\t{account.name}\t{account.username}\t{account.password}")
