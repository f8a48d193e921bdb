"""缺号: which numbers of a year an old register passes over, and that this year's own series goes on after it."""

from collections.abc import Collection, Iterator, Mapping
from itertools import groupby

from zhongshu.base import clock, numbers
from zhongshu.base.actors import Actor
from zhongshu.base.models import NumberSequence
from zhongshu.base.refusals import Refused
from zhongshu.documents.importing.known import SCOPE
from zhongshu.documents.models import ImportRow, RegisterImport
from zhongshu.matters import settings

MOST = "documents.import_gaps"
SHOWN = 12


def notes(tenant_id: int, series: Mapping[int, Collection[int]]) -> Iterator[str]:
    """Say of each year how far the register goes and what it leaves out; of this year also where the office goes on."""
    for year, seen in sorted(series.items()):
        last, left = max(seen), left_out(tenant_id, year, seen)
        found = f"{year}年的编号到{last}号"
        found += f"，缺{len(left)}个：{said(left)}" if left else "，没有缺号"
        if year == clock.today().year:
            yield f"{found}；导入后收文登记从{max(last, _reached(tenant_id, year)) + 1}号接着编，缺号不再使用"
        elif left:
            yield found


def left_out(tenant_id: int, year: int, seen: Collection[int]) -> list[int]:
    """Return the numbers before the last one that neither the register nor the series can tell of."""
    unknown = numbers.unknown(SCOPE, tenant_id=tenant_id, year=year, upto=max(seen))
    return sorted(set(unknown).difference(seen))


def said(nos: Collection[int]) -> str:
    """Write numbers with their runs: 3、7—9号."""
    runs = [
        [no for _, no in run] for _, run in groupby(enumerate(sorted(nos)), lambda each: each[1] - each[0])
    ]
    words = [f"{run[0]}—{run[-1]}" if len(run) > 1 else str(run[0]) for run in runs[:SHOWN]]
    return f"{'、'.join(words)}号{'等' if len(runs) > SHOWN else ''}"


def go_on_after(run: RegisterImport, *, by: Actor) -> None:
    """Take this year's series behind the register before its first row is written: nobody draws a number it used."""
    year = clock.today().year
    told = ImportRow.objects.filter(run=run, values__series__0=year)
    seen = set(told.values_list("values__series__1", flat=True))
    if not seen:
        return
    left, most = left_out(run.tenant_id, year, seen), int(settings.get(MOST, run.tenant_id))
    if len(left) > most:
        raise Refused.one(
            "IMP-11",
            f"今年的收文编号到{max(seen)}号，中间缺{len(left)}个（最多{most}个），多半是编号写错了，请改好重新上传；"
            "确实缺这么多的，请系统管理员改参数“导入今年台账最多缺号”",
        )
    before = numbers.go_on_after(SCOPE, tenant_id=run.tenant_id, year=year, no=max(seen), by=by)
    run.series_before, run.series_after = before, max(before, *seen)


def fall_back(run: RegisterImport) -> None:
    """Let this year's series go on as if the register had never been imported, unless numbers were drawn since."""
    before, after = run.series_before, run.series_after
    if run.started_at and before is not None and after is not None:
        year = clock.local(run.started_at).year
        numbers.fall_back(SCOPE, tenant_id=run.tenant_id, year=year, no=after, before=before)


def _reached(tenant_id: int, year: int) -> int:
    of_year = NumberSequence.objects.filter(tenant_id=tenant_id, scope=SCOPE, year=year)
    return of_year.values_list("last_no", flat=True).first() or 0
