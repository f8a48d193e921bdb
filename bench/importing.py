"""Measure 历史台账导入: `python -m bench.importing --rows 100000`; JSON on standard output.

A register is written as XLSX, taken in as a clerk would, read and judged, imported by the worker's own chunks, and verified in the
trail. The floor beside it is a bare bulk insert, in the same run: the rows that the papers became, once more into the same tables,
without judgement, trail, numbers, or full-text index.
"""

import argparse
import json
import os
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"

Seconds = dict[str, float]
HEADS = [
    "编号",
    "收文时间",
    "来文机关",
    "来文字号",
    "标题",
    "文种",
    "紧急程度",
    "份数",
    "拟办",
    "批示",
    "承办",
    "时限",
    "办结时间",
    "备注",
]
YEARS = 10


def main() -> None:
    """Read the arguments and measure."""
    parser = argparse.ArgumentParser(prog="python -m bench.importing", description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000, help="行数")
    parser.add_argument("--out", type=Path, help="结果另存为文件；已有的按数据库添入")
    given = parser.parse_args()
    found = measure(given.rows)
    sys.stdout.write(json.dumps(found, ensure_ascii=False, indent=2) + "\n")
    if given.out:
        before = json.loads(given.out.read_text(encoding="utf-8")) if given.out.exists() else {}
        text = json.dumps(before | {found["machine"]["database"]: found}, ensure_ascii=False, indent=2)
        given.out.write_text(text + "\n", encoding="utf-8")


def measure(rows: int) -> dict[str, Any]:
    """Import a register of so many rows into a small county, then write its rows bare."""
    import django  # noqa: PLC0415 - the settings are chosen by now

    django.setup()
    from bench import fill, pages  # noqa: PLC0415
    from bench.__main__ import machine  # noqa: PLC0415

    fill.prepare()
    pages.choose_people()
    seconds, processor = Seconds(), Seconds()
    Clock.processor = processor
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "台账.xlsx"
        size = write_book(book, rows, some_units())
        run = imported(book, fill.USERS["clerk"], seconds)
    floor = bare(run, seconds)
    whole = seconds["read"] + seconds["write"]
    return {
        "machine": machine(),
        "rows": rows,
        "megabytes": round(size / 2**20, 1),
        "created": run.created,
        "skipped": run.skipped,
        "seconds": {name: round(value, 1) for name, value in seconds.items()},
        "processor_seconds": {name: round(value, 1) for name, value in processor.items()},
        "rows_per_second": round(rows / whole),
        "bare_rows_per_second": round(floor / seconds["bare"]),
        "times_a_bare_insert": round(whole / seconds["bare"], 2),
        "memory_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
        "trail_verifies": verifies(seconds),
    }


def some_units() -> list[str]:
    """Return names of units that papers were put to."""
    from bench import fill  # noqa: PLC0415

    return [unit.name for unit in fill.receivers()]


def write_book(path: Path, rows: int, units: list[str]) -> int:
    """Write a register as an office keeps it: ten years, dates as people write them."""
    import xlsxwriter  # noqa: PLC0415

    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as book:
        sheet = book.add_worksheet("收文登记簿")
        for line, cells in enumerate([HEADS, *lines(rows, units)]):
            for column, text in enumerate(cells):
                sheet.write_string(line, column, text)
    return path.stat().st_size


def lines(rows: int, units: list[str]) -> Iterator[list[str]]:
    """Yield the rows of the register."""
    a_year = rows // YEARS + 1
    for n in range(rows):
        year, no = 2010 + n // a_year, n % a_year + 1
        month, day = n % 12 + 1, n % 28 + 1
        yield [
            f"收〔{year}〕{no}号", f"{year}.{month}.{day}", f"澜川市第{n % 97}局", f"澜发〔{year}〕{n}号",
            f"关于做好全县第{n}号安全生产专项整治工作的通知", "通知", "加急" if n % 10 == 0 else "平件", "1",
            "建议由承办单位研办并报结果。", "陆承安：请抓紧办理。" if n % 2 else "", units[n % len(units)],
            f"{year}年12月31日", f"{year}年12月{day}日", "",
        ]  # fmt: skip


def imported(path: Path, username: str, seconds: Seconds) -> Any:
    """Take the register in, let the worker read it, order it, let the worker write it."""
    from zhongshu.documents.actions import importing  # noqa: PLC0415
    from zhongshu.people.actors import actor_for  # noqa: PLC0415
    from zhongshu.people.models import Person  # noqa: PLC0415

    by = actor_for(Person.objects.get(username=username))
    with path.open("rb") as file:
        run = importing.upload(file, name=path.name, size=path.stat().st_size, by=by)
    with timed(seconds, "read"):
        work()
    run.refresh_from_db()
    importing.start(run, only_good=True, by=by)
    with timed(seconds, "write"):
        work()
    run.refresh_from_db()
    assert run.state == "done", (run.state, run.problem)
    return run


def work() -> None:
    """Do what the worker does, one stretch after the other."""
    from zhongshu.matters import outbox  # noqa: PLC0415

    while outbox.drain(20, slow=True):
        pass


def bare(run: Any, seconds: Seconds) -> int:
    """Insert the imported papers' rows once more, in one transaction that is rolled back; return how many papers."""
    from django.db import transaction  # noqa: PLC0415

    from zhongshu.base import bulk  # noqa: PLC0415
    from zhongshu.documents.models import ImportRow, IncomingChannel, IncomingDocument  # noqa: PLC0415
    from zhongshu.matters.models import Matter, Part, SearchEntry  # noqa: PLC0415

    keys = list(ImportRow.objects.filter(run=run, matter__isnull=False).values_list("matter_id", flat=True))
    highest = max(keys)
    moved: dict[Any, list[bulk.Row]] = {}
    for model, name in (
        (Matter, "id"), (IncomingDocument, "matter_id"), (IncomingChannel, "incoming_id"), (Part, "matter_id"),
        (SearchEntry, "matter_id"),
    ):  # fmt: skip
        found = model.objects.filter(**{f"{name}__gte": min(keys)}).order_by("pk").values()
        moved[model] = [{**row, name: row[name] + highest} for row in found]
    for row in moved[Matter]:
        row["public_id"] = f"bare-{row['id']}"
    for model in (IncomingChannel, Part):
        last = max(row["id"] for row in moved[model])
        moved[model] = [{**row, "id": row["id"] + last} for row in moved[model]]
    with transaction.atomic():
        with timed(seconds, "bare"):
            for model, rows in moved.items():
                bulk.insert(model, rows)
        transaction.set_rollback(True)
    return len(moved[Matter])


def verifies(seconds: Seconds) -> bool:
    """Walk the whole trail."""
    from zhongshu.base.trail import verify  # noqa: PLC0415

    with timed(seconds, "verify"):
        return verify().first_broken is None


class Clock:
    """Where the processor's share of each stage is noted, whichever process had it."""

    processor: Seconds


@contextmanager
def timed(seconds: Seconds, name: str) -> Iterator[None]:
    """Note how long the block took, and how much of it the processors worked for it."""
    began, worked = time.perf_counter(), working()
    yield
    seconds[name] = time.perf_counter() - began
    Clock.processor[name] = working() - worked


def working() -> float:
    """Return the seconds of processor this process, its limited children and its database server have had."""
    own = sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return own + of_server()


def of_server() -> float:
    """Return the seconds of processor of the PostgreSQL process that serves us."""
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "postgresql":
        return 0.0
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return sum(int(ticks) for ticks in fields[11:13]) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    main()
