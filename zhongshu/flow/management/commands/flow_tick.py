"""Do what is due now: reminders, escalation, stand-ins (the worker's ticker does the same every minute)."""

import json
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.flow.verbs.clockwork import tick


class Command(BaseCommand):
    help = "到期提醒、逾期升级、AB岗转办：执行一次"

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(tick()))
