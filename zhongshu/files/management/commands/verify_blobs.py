"""`verify_blobs`: prove that every attachment's bytes are those that were received."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from zhongshu.files import integrity
from zhongshu.files.models import Attachment


class Command(BaseCommand):
    """Print what was found; exit with 1 if anything changed or is gone."""

    help = "核对全部附件的 SM3 摘要，列出内容缺失或被改动的附件"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take --json and --tenant."""
        parser.add_argument("--json", action="store_true", help="输出 JSON")
        parser.add_argument("--tenant", type=int, default=None, help="只核对这一办公单位（编号）")

    def handle(self, *args: Any, **options: Any) -> None:
        """Verify, report, and say by the exit status whether all is well."""
        found = integrity.verify(tenant_id=options["tenant"])
        rows = Attachment.objects.all()
        if options["tenant"] is not None:
            rows = rows.filter(tenant_id=options["tenant"])
        if options["json"]:
            report = {"attachments": rows.count(), "damaged": [damage.as_json() for damage in found]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self._tell(rows.count(), found)
        if found:
            raise SystemExit(1)

    def _tell(self, count: int, found: list[integrity.Damage]) -> None:
        for damage in found:
            self.stdout.write(
                f"{damage.problem}：{damage.sm3_digest}（附件 {'、'.join(damage.attachments)}）"
            )
        self.stdout.write(
            f"核对附件 {count} 份，{len(found)} 份内容有问题。"
            if found
            else f"核对附件 {count} 份，全部一致。"
        )
