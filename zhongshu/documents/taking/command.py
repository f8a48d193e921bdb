"""The command line of the takers: once, or again and again until stopped."""

import signal
import threading
from typing import Any, ClassVar

from django.core.management.base import BaseCommand, CommandParser

from zhongshu.base.refusals import Refused
from zhongshu.documents.models import TakerKind
from zhongshu.documents.taking import running
from zhongshu.documents.taking.folder import SETTLED
from zhongshu.documents.taking.keeping import Unable


class TakerCommand(BaseCommand):
    """Runs one taker; exit 1 when it could not."""

    kind: ClassVar[TakerKind]
    # A file that still grows is only known by looking twice.
    looks: ClassVar[int]

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="收一次就退出，输出收了几份")
        parser.add_argument("--pause", type=float, default=SETTLED + 1, help="两次之间等几秒")

    def handle(self, *args: Any, **options: Any) -> None:
        stopping = threading.Event()
        if options["once"]:
            self.stdout.write(str(self._some(stopping, options["pause"])))
            return
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stopping.set())
        while not stopping.is_set():
            try:
                self._one()
            except Refused as refused:
                self.stderr.write(str(refused))
            stopping.wait(options["pause"])

    def _some(self, stopping: threading.Event, pause: float) -> int:
        taken = self._one()
        for _ in range(self.looks - 1):
            stopping.wait(pause)
            taken += self._one()
        return taken

    def _one(self) -> int:
        try:
            return running.run_all(self.kind).taken
        except Unable as reason:
            raise Refused.one("TAKE-01", str(reason)) from reason
