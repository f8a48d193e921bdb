"""Take documents of a JSONL file in as incoming papers and, if wished, carry them through."""

import json
import re
from argparse import ArgumentParser
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused
from zhongshu.documents import actions
from zhongshu.documents.actions.receiving import Arrival, Registration
from zhongshu.documents.carrying import carry
from zhongshu.documents.models import Direction, DocType
from zhongshu.people.actors import actor_for
from zhongshu.people.models import Person

TYPES = {str(label): code for code, label in DocType.choices}
TYPES |= {"复函": DocType.LETTER, "答复": DocType.LETTER, "条例": DocType.OTHER}
DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
MOST_BODY = 20000


class Command(BaseCommand):
    """Read documents (id, kind, title, issuer, doc_no, text …) line by line; a refused one says why."""

    help = "把 JSONL 里的公文登记为收文；--carry 一直办到办结"

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Declare the arguments."""
        parser.add_argument("files", nargs="+", type=Path)
        parser.add_argument("--as", dest="username", required=True, help="以谁的账号登记")
        parser.add_argument("--carry", action="store_true", help="逐步办到办结")
        parser.add_argument("--json", action="store_true", help="逐件输出 JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Take all in; exit 1 when one was refused."""
        person = Person.objects.filter(username=options["username"]).first()
        if person is None:
            raise CommandError(f"没有账号 {options['username']}", returncode=2)
        clerk = actor_for(person, channel="command")
        taken = refused = 0
        for path in options["files"]:
            for line in path.read_text(encoding="utf-8").splitlines():
                told = self.take(json.loads(line), clerk, carrying=options["carry"])
                refused, taken = refused + ("refused" in told), taken + ("refused" not in told)
                self.tell(told, as_json=options["json"])
        summary = {"taken": taken, "refused": refused}
        self.stdout.write(json.dumps(summary) if options["json"] else f"登记 {taken} 件，未收 {refused} 件")
        if refused:
            raise SystemExit(1)

    def take(self, row: dict[str, Any], clerk: Actor, *, carrying: bool) -> dict[str, Any]:
        """Take one in; return what became of it."""
        try:
            incoming = actions.register(registration_of(row), Arrival(), by=clerk)
            steps = carry(incoming) if carrying else []
        except Refused as refusal:
            return {"id": row.get("id", ""), "refused": refusal.codes, "why": str(refusal)}
        incoming.matter.refresh_from_db()
        matter = incoming.matter
        return {"id": row.get("id", ""), "number": matter.number, "phase": matter.phase, "steps": steps}

    def tell(self, told: dict[str, Any], *, as_json: bool) -> None:
        """Write one line."""
        if as_json:
            self.stdout.write(json.dumps(told, ensure_ascii=False))
        elif "refused" in told:
            self.stdout.write(f"未收 {told['id']}：{told['why']}")
        else:
            self.stdout.write(f"{told['number']} {told['id']} {told['phase']} {len(told['steps'])}步")


def registration_of(row: dict[str, Any]) -> Registration:
    """Return what is registered of a row."""
    upward = "县" not in str(row.get("issuer", "")) and "区" not in str(row.get("issuer", ""))
    return Registration(
        title=str(row["title"])[:300],
        issuer_name=str(row.get("issuer") or row.get("sign_org") or "（来文机关未取到）")[:120],
        doc_number=str(row.get("doc_no", ""))[:80],
        doc_type=TYPES.get(str(row.get("kind", "")), DocType.OTHER),
        direction=Direction.DOWNWARD if upward else Direction.LATERAL,
        doc_date=_date(str(row.get("date_written", ""))),
        main_recipients=str(row.get("main_to", ""))[:300],
        cc=str(row.get("cc", ""))[:300],
        body=str(row.get("text", ""))[:MOST_BODY],
    )


def _date(text: str) -> date | None:
    found = DATE.search(text)
    return date(*map(int, found.groups())) if found else None
