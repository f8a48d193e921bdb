"""Desk, register, sheet, search and export, as a clerk, a liaison and an outsider, beside the floors."""

import argparse
import os
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench import fill
from bench.load import family, measure
from zhongshu.flow.models import FlowTask
from zhongshu.matters.models import Matter, Part
from zhongshu.people.models import OrgUnit, Person, RoleGrant

VIEWERS = ("clerk", "liaison", "old_liaison", "outsider")
MIX = {
    "common": ["通知", "安全生产", "工作"],
    "rare": ["稀见词", "鲟鳇"],
    "number": ["澜发〔2026〕4021号", "澜发[2026]77"],
    "two_words": ["青石镇 防汛", "县城区 资金"],
    "nothing": ["查无此词汇"],
}


def choose_people() -> None:
    """Choose a clerk who sees all, the liaison of a busy unit, one of a unit that has no paper, and a leader."""
    units = fill.receivers()
    fill.USERS.update(
        clerk=_holder("secretariat"),
        liaison=_holder("liaison", units[len(units) // 2]),
        old_liaison=_holder("liaison", units[0]),
        outsider=_holder("liaison", units[-1]),
        leader=_holder("vice_mayor"),
    )


def _holder(role: str, unit: OrgUnit | None = None) -> str:
    found = RoleGrant.objects.filter(role__code=role, revoked_at__isnull=True).order_by("pk")
    if unit is not None:
        found = found.filter(appointment__unit=unit)
    return str(found.values_list("person__username", flat=True)[0])


def cookie_of(username: str) -> str:
    """Sign somebody in and return the cookie."""
    client = Client()
    client.force_login(Person.objects.get(username=username))
    return f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"


def sheets_of(username: str, count: int = 8) -> list[str]:
    """Return sheets with a whole story: the latest the person sees that were carried by real acts."""
    person = Person.objects.get(username=username)
    principals = [person.principal_id, *_units_of(person)]
    carried = FlowTask.objects.filter(node="instruct").values("matter_id")
    seen = Part.objects.filter(principal__in=principals, kind="incoming", matter__in=carried)
    ids = list(seen.order_by("-matter_id").values_list("matter_id", flat=True)[:count])
    if not ids:
        ids = list(
            Part.objects.filter(principal__in=principals, kind="incoming").values_list(
                "matter_id", flat=True
            )[:count]
        )
    return [
        f"/incoming/{public_id}/"
        for public_id in Matter.objects.filter(pk__in=ids).values_list("public_id", flat=True)
    ]


def _units_of(person: Person) -> list[int]:
    tenants = [a.unit.tenant for a in person.appointments.select_related("unit__tenant") if a.unit.tenant]
    return [tenant.principal_id for tenant in tenants]


def paths_of(who: str) -> dict[str, list[str]]:
    """Return the pages measured for a person."""
    paths = {"desk": ["/"], "register_open": ["/incoming/"], "register_all": ["/incoming/?view=all"]}
    if who != "outsider" and (sheets := sheets_of(fill.USERS[who])):
        paths["sheet"] = sheets
    return paths


def query_counts() -> dict[str, dict[str, int]]:
    """Count the statements of each page, in this process."""
    counts: dict[str, dict[str, int]] = {}
    for who in VIEWERS:
        client = Client()
        client.force_login(Person.objects.get(username=fill.USERS[who]))
        for name, urls in paths_of(who).items():
            client.get(urls[0])
            with CaptureQueriesContext(connection) as captured:
                client.get(urls[0])
            counts.setdefault(who, {})[name] = len(captured)
    return counts


def _database_pids() -> list[int]:
    """Return the processes of a PostgreSQL server whose postmaster the environment names."""
    if pid := os.environ.get("BENCH_POSTGRES_PID", ""):
        return family(int(pid))
    return []


def measure_pages(given: argparse.Namespace, server: int) -> dict[str, Any]:
    """Measure the floors and each page of each person in the same run."""
    common = {
        "clients": given.clients,
        "requests": given.requests,
        "web": lambda: family(server),
        "database": _database_pids,
    }
    found: dict[str, Any] = {
        "empty": measure(given.port, ["/bench/empty/"], **common).as_dict(),
        "bare": measure(given.port, ["/bench/bare/"], **common).as_dict(),
    }
    for who in VIEWERS:
        cookie = cookie_of(fill.USERS[who])
        found.setdefault("framed", measure(given.port, ["/bench/framed/"], cookie=cookie, **common).as_dict())
        found[who] = {
            name: _beside(measure(given.port, urls, cookie=cookie, **common).as_dict(), found)
            for name, urls in paths_of(who).items()
        }
    return found


def _beside(figures: dict[str, Any], floors: dict[str, Any]) -> dict[str, Any]:
    def cpu(row: dict[str, Any]) -> float:
        return float(row["web_cpu_ms"]) + float(row["database_cpu_ms"])

    return {
        **figures,
        "cpu_ms": round(cpu(figures), 2),
        "times_bare": round(cpu(figures) / (cpu(floors["bare"]) or 1), 2),
        "times_framed": round(cpu(figures) / (cpu(floors["framed"]) or 1), 2),
    }


def measure_search(given: argparse.Namespace, server: int) -> dict[str, Any]:
    """Measure search over a stated mix of rare and common words, per viewer."""
    common = {
        "clients": given.clients,
        "requests": given.requests,
        "web": lambda: family(server),
        "database": _database_pids,
    }
    found: dict[str, Any] = {"mix": MIX}
    for who in VIEWERS:
        cookie = cookie_of(fill.USERS[who])
        found[who] = {
            kind: measure(
                given.port, [f"/search/suggest/?q={_quoted(q)}" for q in words], cookie=cookie, **common
            ).as_dict()
            for kind, words in MIX.items()
        }
        every = [f"/search/suggest/?q={_quoted(q)}" for words in MIX.values() for q in words]
        found[who]["all"] = measure(given.port, every, cookie=cookie, **common).as_dict()
    return found


def _quoted(query: str) -> str:
    from urllib.parse import quote  # noqa: PLC0415

    return quote(query)


def measure_export(given: argparse.Namespace, server: int) -> dict[str, Any]:
    """Measure an Excel export of a thousand rows."""
    cookie = cookie_of(fill.USERS["clerk"])
    url = "/registers/incoming/export/?view=all&limit=1000"
    common: dict[str, Any] = {
        "clients": 1,
        "requests": 5,
        "web": lambda: family(server),
        "database": _database_pids,
    }
    return measure(given.port, [url], cookie=cookie, **common).as_dict()


def memory_of(pid: int) -> int:
    """Return the resident kilobytes of a process family."""
    total = 0
    for member in family(pid):
        status = Path(f"/proc/{member}/status")
        if status.exists():
            lines = [line for line in status.read_text().splitlines() if line.startswith("VmRSS:")]
            total += int(lines[0].split()[1]) if lines else 0
    return total
