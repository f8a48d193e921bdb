"""An office with as many papers as asked, written by the database itself, and a few carried by real acts."""

import random
from datetime import timedelta
from functools import lru_cache
from typing import Any

from django.core.management import call_command
from django.db import connection

from bench import sql
from zhongshu.base import clock
from zhongshu.documents.models import DocType, IncomingDocument
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters import bigrams
from zhongshu.matters.models import Matter, Part, SearchEntry
from zhongshu.people.models import OrgUnit, Person

PLACES = ["青石镇", "城关镇", "白水镇", "龙泉镇", "柳河镇", "石门乡", "双河乡", "县城区", "工业园区", "全县"]
TOPIC_WORDS = (
    "安全生产 防汛抗旱 森林防火 乡村振兴 义务教育 医疗保障 道路养护 污水治理 粮食收购 招商引资 老旧小区改造 "
    "食品安全 信访接待 统计普查 就业帮扶 土地整治 文物保护 消防设施 电网改造 河道清淤"
)
TOPICS = TOPIC_WORDS.split()
MATTERS = [
    "工作的通知",
    "专项整治的通知",
    "情况的报告",
    "资金的请示",
    "方案的函",
    "督查的通报",
    "会议的通知",
    "实施意见",
]
SENTENCE = (
    "为深入贯彻落实上级有关部署要求，切实做好{place}{topic}工作，经研究，现就有关事项通知如下：一、提高认识，压实责任。"
    "二、突出重点，逐项排查{topic}风险隐患，建立清单台账。三、加强值班值守，按时报送进展情况。联系人：{word}，编号{n}。"
)
TITLES = 4000
YEARS = {10_000: 4, 100_000: 6, 1_000_000: 10}
OPEN_SHARE = 0.02
RARE_EVERY = 2_000
WAITING = 300


def fill(count: int) -> dict[str, Any]:
    """Write `count` papers and return what was written."""
    units = receivers()
    tenant = OrgUnit.objects.get(unit_type="gov_office")
    clerk = Person.objects.get(username=USERS["clerk"])
    _titles()
    years = YEARS.get(count, 5)
    begin = clock.now() - timedelta(days=365 * years)
    step = 365 * 86400 * years / count
    base = (Matter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    at = sql.moment(begin, f"n * {step:.3f}")
    open_from = int(count * (1 - OPEN_SHARE))
    closed = f"CASE WHEN n < {open_from} THEN {sql.moment(begin, f'n * {step:.3f} + 300000')} END"
    due = sql.moment(begin, f"n * {step:.3f} + 432000")
    title = f"(SELECT text FROM bench_title WHERE id = n * 7919 % {TITLES})"
    number = "'收〔' || (2016 + n % 10) || '〕' || n || '号'"
    sql.insert(
        Matter, count, id=f"{base} + n", public_id=sql.unguessable(), kind="'incoming'", tenant=str(tenant.pk),
        title=title, number=number, phase=f"CASE WHEN n < {open_from} THEN 'closed' ELSE 'handling' END",
        phase_name=f"CASE WHEN n < {open_from} THEN '已办结' ELSE '承办' END", sort_at=at, due_at=due, created_at=at,
        closed_at=closed, outcome=f"CASE WHEN n < {open_from} THEN 'closed' ELSE '' END",
        urgency="CASE WHEN n % 50 = 0 THEN 'extra_urgent' WHEN n % 10 = 0 THEN 'urgent' ELSE 'normal' END",
    )  # fmt: skip
    types = [DocType.NOTICE, DocType.REQUEST, DocType.REPORT, DocType.LETTER]
    doc_type = "CASE n % 4 " + " ".join(f"WHEN {i} THEN '{t}'" for i, t in enumerate(types)) + " END"
    lead = _pick([unit.pk for unit in units], "n")
    sql.insert(
        IncomingDocument, count, matter=f"{base} + n", issuer_name="'澜川市第' || (n % 97) || '局'",
        doc_number="'澜发〔2026〕' || n || '号'", number_key="'澜发-2026-' || n", doc_type=doc_type, received_at=at,
        registered_at=at, first_receiver=str(clerk.pk), lead_unit=lead,
    )  # fmt: skip
    _parts(count, base, tenant, units, at, due, open_from)
    _flows(count, base, tenant, clerk, at, due, open_from)
    _words(count, base)
    for model in (Matter, Part, FlowInstance, FlowTask):
        sql.advance_sequence(model)
    sql.run("ANALYZE")
    return {"papers": count, "open_share": OPEN_SHARE, "years": years, "parts": Part.objects.count()}


USERS = {"clerk": "", "liaison": "", "old_liaison": "", "outsider": "", "leader": ""}


def receivers() -> list[OrgUnit]:
    """Return the units that papers are put to; the first gets 200 old ones, the last none."""
    return list(OrgUnit.objects.filter(unit_type__in=["dept", "township"], is_tenant=True).order_by("pk"))


def _pick(ids: list[int], n: str) -> str:
    words = " ".join(f"WHEN {i} THEN {pk}" for i, pk in enumerate(ids))
    return f"CASE ({n}) % {len(ids)} {words} END"


def _titles() -> None:
    """Put some thousands of titles into a table of the bench's own."""
    sql.run("DROP TABLE IF EXISTS bench_title")
    sql.run("CREATE TABLE bench_title (id integer PRIMARY KEY, text varchar(200))")
    rng = random.Random(7)
    rows = [
        (n, f"关于做好{rng.choice(PLACES)}{rng.choice(TOPICS)}{rng.choice(MATTERS)}（第{n}号）")
        for n in range(TITLES)
    ]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO bench_title VALUES (%s, %s)", rows)


def _parts(
    count: int, base: int, tenant: OrgUnit, units: list[OrgUnit], at: str, due: str, open_from: int
) -> None:
    """The office sees all, each paper two units, a third of them the leader; one unit has only 200 old ones."""
    common = {
        "kind": "'incoming'", "matter": f"{base} + n", "sort_at": at, "due_at": due, "closed": f"n < {open_from}",
    }  # fmt: skip
    busy = [unit.principal_id for unit in units[1:-1]]
    old = units[0].principal_id
    sql.insert(Part, count, principal=str(tenant.principal_id), role="'office'", **common)
    sql.insert(Part, count, principal=_pick(busy, "n"), role="'lead'", **common)
    sql.insert(Part, count, principal=_pick(busy, f"n + {len(busy) // 2}"), role="'co'", **common)
    sql.insert(Part, count, where=f"n < {min(200, count)}", principal=str(old), role="'lead'", **common)
    leader = Person.objects.get(username=USERS["leader"])
    sql.insert(Part, count, where="n % 3 = 0", principal=str(leader.principal_id), role="'leader'", **common)


def _flows(count: int, base: int, tenant: OrgUnit, clerk: Person, at: str, due: str, open_from: int) -> None:
    """One ended or running procedure a paper, with two finished tasks and one that waits where it is open."""
    definition = FlowInstance.objects.values_list("definition_id", flat=True).first()
    first = (FlowInstance.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) + 1
    ended = f"CASE WHEN n < {open_from} THEN {at} END"
    sql.insert(
        FlowInstance, count, id=f"{first} + n", definition=str(definition), matter=f"{base} + n", org=str(tenant.pk),
        initiator=str(clerk.pk), first_receiver=str(clerk.pk), created_at=at, ended_at=ended, current_label="'承办'",
        status=f"CASE WHEN n < {open_from} THEN 'ended' ELSE 'running' END", origin="'澜川市第' || (n % 97) || '局'",
    )  # fmt: skip
    task = {
        "matter": f"{base} + n", "instance": f"{first} + n", "node": "'register'", "name": "'登记'",
        "created_at": at, "sort_due": due, "due_at": due, "holder_name": f"'{clerk.name}'", "assignee": str(clerk.pk),
    }  # fmt: skip
    done = {
        "state": "'done'",
        "closed_at": at,
        "done_at": at,
        "done_by": str(clerk.pk),
        "done_name": f"'{clerk.name}'",
    }
    for _ in range(2):
        sql.insert(FlowTask, count, **task, **done)
    waiting = {**task, "node": "'collate'", "name": "'汇总反馈'"}
    # A full desk at every size: some hundreds wait with the clerk.
    every = max(1, (count - open_from) // WAITING)
    sql.insert(FlowTask, count, where=f"n >= {open_from} AND n % {every} = 0", **waiting)


def _words(count: int, base: int) -> None:
    """Write what search finds: the title and, up to 100,000 papers, a text of some 150 characters."""
    titles = dict(_fetch("SELECT id, text FROM bench_title"))
    batch = 5000
    for start in range(0, count, batch):
        rows = [(base + n, _text(n, titles, count)) for n in range(start, min(start + batch, count))]
        _write_words(rows)


def _fetch(query: str) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query)
        return list(cursor.fetchall())


def _text(n: int, titles: dict[int, str], count: int) -> str:
    title = titles[n * 7919 % TITLES]
    rare = " 稀见词鲟鳇" if n % RARE_EVERY == 0 else ""
    if count > 100_000:
        return bigrams.normal(f"{title}\n澜发〔2026〕{n}号{rare}")
    words = SENTENCE.format(place=PLACES[n % 10], topic=TOPICS[n % 20], word=TOPICS[n % 7], n=n)
    return bigrams.normal(f"{title}\n澜发〔2026〕{n}号\n{words}{rare}")


def _cut(text: str) -> list[str]:
    """Cut line by line: of the first lines, the titles, there are only some thousands."""
    title, _, rest = text.partition("\n")
    return [*_cut_title(title), *bigrams.tokens(rest)]


@lru_cache(maxsize=TITLES)
def _cut_title(title: str) -> list[str]:
    return list(bigrams.tokens(title))


def _write_words(rows: list[tuple[int, str]]) -> None:
    cut = [(pk, text, list(dict.fromkeys(_cut(text)))) for pk, text in rows]
    with connection.cursor() as cursor:
        if sql.is_sqlite():
            SearchEntry.objects.bulk_create(
                SearchEntry(matter_id=pk, kind="incoming", text=text) for pk, text in rows
            )
            cursor.executemany(
                "INSERT INTO matters_fts(rowid, tokens) VALUES (%s, %s)",
                [(pk, " ".join(words)) for pk, _, words in cut],
            )
            return
        with cursor.copy("COPY matters_searchentry (matter_id, kind, text, tokens) FROM STDIN") as copy:
            for pk, text, words in cut:
                copy.write_row((pk, "incoming", text, " ".join(f"'{word}'" for word in words)))


def prepare(scale: float = 0.02) -> None:
    """Make the county with a small year of real papers to stand on."""
    call_command("migrate", verbosity=0)
    if not Person.objects.exists():
        call_command("demo", "build", "--scale", str(scale), verbosity=0)
