"""When takers run: the schedule promises a run to the slow worker, so that no network holds the schedule up."""

import logging
from datetime import datetime

from zhongshu.base import clock
from zhongshu.base.transactions import writing
from zhongshu.documents.models import Taker, TakerKind
from zhongshu.documents.taking import folder, keeping, mailbox
from zhongshu.documents.taking.keeping import Tally, Unable
from zhongshu.matters.outbox import GiveUp, Payload, enqueue, handler, pending
from zhongshu.matters.ticker import every

log = logging.getLogger(__name__)

TOPIC = "documents.take"
WORKS = {TakerKind.MAILBOX: mailbox.take_mail, TakerKind.FOLDER: folder.take_files}
CONFIGURED = {TakerKind.MAILBOX: mailbox.is_configured, TakerKind.FOLDER: folder.is_configured}


@every("documents.take_mail", seconds=120, label="收取邮箱来文")
def mail_tick(now: datetime) -> None:
    """Promise a run of the mailbox where an office has switched it on."""
    promise(TakerKind.MAILBOX)


@every("documents.take_folder", seconds=20, label="收取扫描文件夹")
def folder_tick(now: datetime) -> None:
    """Promise a run of the folder where an office has switched it on."""
    promise(TakerKind.FOLDER)


def promise(kind: TakerKind, *, at_once: bool = False) -> int:
    """Promise one run for each office whose turn it is; one that waits already is enough."""
    count = 0
    for tenant in keeping.offices(kind):
        taker = keeping.taker_of(tenant, kind)
        if not (at_once or keeping.is_due(taker)) or _is_promised(taker):
            continue
        with writing():
            enqueue(TOPIC, {"taker": taker.pk}, key=f"{TOPIC}:{taker.pk}:{clock.now().timestamp()}")
        count += 1
    return count


def _is_promised(taker: Taker) -> bool:
    return pending().filter(topic=TOPIC, payload__taker=taker.pk).exists()


@handler(TOPIC, tries=1, lease=900, slow=True)
def work(payload: Payload) -> None:
    """Do one run; a failure stands on the taker's page, the schedule comes again."""
    taker = Taker.objects.select_related("tenant").filter(pk=payload["taker"]).first()
    if taker is None:
        raise GiveUp("没有这个收取器")
    try:
        run(taker)
    except Unable:
        return


def run(taker: Taker) -> Tally:
    """Do one run now; raises `Unable`."""
    return keeping.run(taker, WORKS[TakerKind(taker.kind)])


def run_all(kind: TakerKind) -> Tally:
    """Do a run for every office that has the taker on, without waiting for its turn; raises `Unable`."""
    offices = keeping.offices(kind)
    if not offices:
        raise Unable("没有单位启用：请系统管理员在“参数设置”里打开")
    total = Tally()
    for tenant in offices:
        found = run(keeping.taker_of(tenant, kind))
        total = Tally(total.taken + found.taken, total.refused + found.refused)
    return total
