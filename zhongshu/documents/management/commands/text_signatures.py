"""Write the signatures of papers that were registered before there were any, or whose words changed."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from zhongshu.base.transactions import writing
from zhongshu.documents.intake.twins import keep_signature
from zhongshu.documents.models import IncomingDocument

AT_ONCE = 200


class Command(BaseCommand):
    """Go through all papers, the newest first; broken off, it goes on where nothing is written yet."""

    help = "给已登记的来文补上文字特征，用来发现近似重复；可以中断，再跑接着补"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("--again", action="store_true", help="已有特征的也核对一遍")
        parser.add_argument("--json", action="store_true", help="输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them, so many in one transaction."""
        looked = written = 0
        below: int | None = None
        while rows := self._next(below, again=options["again"]):
            with writing():
                written += sum(keep_signature(incoming) for incoming in rows)
            looked, below = looked + len(rows), rows[-1].pk
        told = {"looked": looked, "written": written}
        self.stdout.write(json.dumps(told) if options["json"] else f"看了 {looked} 件，写了 {written} 件")

    def _next(self, below: int | None, *, again: bool) -> list[IncomingDocument]:
        papers = IncomingDocument.objects.select_related("matter").order_by("-pk")
        if not again:
            papers = papers.filter(matter__signature__isnull=True)
        if below is not None:
            papers = papers.filter(pk__lt=below)
        return list(papers[:AT_ONCE])
