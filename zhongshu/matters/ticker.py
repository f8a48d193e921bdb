"""The one schedule of the house: jobs that come again, each run by one worker only."""

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Q

from zhongshu.base import clock
from zhongshu.matters.models import TickerJob
from zhongshu.matters.outbox import describe

log = logging.getLogger(__name__)

Work = Callable[[datetime], object]
RETRY_AFTER = timedelta(minutes=10)


@dataclass(frozen=True)
class Job:
    """What comes again, and when: every so many seconds, or daily (or one weekday) at a time of day."""

    name: str
    label: str
    work: Work
    seconds: int
    at: time | None
    weekday: int | None
    lease: timedelta

    def next_after(self, moment: datetime) -> datetime:
        """Return the first due moment after the given one."""
        if self.at is None:
            return moment + timedelta(seconds=self.seconds)
        local = clock.local(moment)
        due = datetime.combine(local.date(), self.at, clock.ZONE)
        while due <= local or (self.weekday is not None and due.weekday() != self.weekday):
            due = datetime.combine(due.date() + timedelta(days=1), self.at, clock.ZONE)
        return due

    @property
    def spec(self) -> str:
        """Say the schedule in words."""
        if self.at is None:
            return f"每{self.seconds // 60}分钟" if self.seconds % 60 == 0 else f"每{self.seconds}秒"
        day = "每天" if self.weekday is None else f"每周{'一二三四五六日'[self.weekday]}"
        return f"{day} {self.at:%H:%M}"


_jobs: dict[str, Job] = {}


def every(
    name: str,
    *,
    seconds: int = 0,
    at: str = "",
    weekday: int | None = None,
    lease: float = 600,
    label: str = "",
) -> Callable[[Work], Work]:
    """Register a job called with the present moment; `at` is a time of day such as "03:10" (Monday is 0)."""
    if bool(seconds) == bool(at):
        raise ValueError(f"{name}: give seconds or at, not both")

    def register(work: Work) -> Work:
        moment = time.fromisoformat(at) if at else None
        _jobs[name] = Job(name, label or name, work, seconds, moment, weekday, timedelta(seconds=lease))
        return work

    return register


def jobs() -> Mapping[str, Job]:
    """Return the registered jobs."""
    return dict(_jobs)


def plan(now: datetime) -> None:
    """Write down each job that has no row yet; a periodic one is due at once."""
    known = set(TickerJob.objects.values_list("name", flat=True))
    fresh = [
        TickerJob(name=job.name, next_at=job.next_after(now) if job.at else now)
        for job in _jobs.values()
        if job.name not in known
    ]
    if fresh:
        TickerJob.objects.bulk_create(fresh, ignore_conflicts=True)


def run_due(worker: str = "worker") -> list[str]:
    """Run each job whose time has come and that no other worker holds; return their names."""
    now = clock.now()
    free = Q(lease_until__isnull=True) | Q(lease_until__lte=now)
    due = TickerJob.objects.filter(free, name__in=_jobs, next_at__lte=now).order_by("next_at", "id")
    return [row.name for row in due if _run(_jobs[row.name], row, worker, now)]


def _run(job: Job, row: TickerJob, worker: str, now: datetime) -> bool:
    if not _lease(job, row, worker, now):
        return False
    try:
        job.work(now)
        error = ""
    except Exception as failure:  # one job's failure must not stop the others
        log.exception("job %s failed", job.name)
        error = describe(failure)
    _release(job, worker, now, error)
    return True


def _lease(job: Job, row: TickerJob, worker: str, now: datetime) -> bool:
    """Take the job unless another worker moved or took it since it was read."""
    unchanged = TickerJob.objects.filter(pk=row.pk, next_at=row.next_at, lease_until=row.lease_until)
    if row.lease_until is None:
        unchanged = TickerJob.objects.filter(pk=row.pk, next_at=row.next_at, lease_until__isnull=True)
    return bool(unchanged.update(lease_until=now + job.lease, leased_by=worker, started_at=now))


def _release(job: Job, worker: str, began: datetime, error: str) -> None:
    finished = clock.now()
    next_at = max(job.next_after(began), finished)
    if error and job.at:
        next_at = min(next_at, finished + RETRY_AFTER)
    TickerJob.objects.filter(name=job.name, leased_by=worker, started_at=began).update(
        next_at=next_at, lease_until=None, leased_by="", finished_at=finished, error=error
    )
