"""zhongshu seed-calendar: take the decreed years from `chinesecalendar`; years already decreed stay."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.base import clock
from zhongshu.base.calendars import seed_calendar


class Command(BaseCommand):
    """Seed the calendar."""

    help = "从 chinesecalendar 取已公布年度的放假调休安排；未公布的年度暂按周一至周五"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Say which years may be asked for."""
        parser.add_argument("years", type=int, nargs="*", help="年度；不写为前五年至明年")

    def handle(self, *_: Any, **options: Any) -> None:
        """Seed and print what became of each year."""
        this_year = clock.today().year
        years = options["years"] or range(this_year - 5, this_year + 2)
        self.stdout.write(json.dumps(seed_calendar(years)))
