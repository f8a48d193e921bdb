"""保密审查: who judges a doubtful file, who looks twice at a scan nobody can read, who releases by the digest."""

from django.db.models import Q, QuerySet
from django.http import Http404

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import log_event, record
from zhongshu.files import drops, inspection, permissions, releases
from zhongshu.files.models import DigestRelease, Drop, DropState
from zhongshu.matters.notices import tell
from zhongshu.people.defaults import SEC_ADMIN
from zhongshu.people.models import Person
from zhongshu.people.queries import holders

KINDS = {DropState.DOUBTFUL: permissions.REVIEW_SECRECY, DropState.UNREAD: permissions.CONFIRM_SCAN}
OWN = Refusal("FILE-37", "自己上传的文件须由另一人判断", "reason")
NO_REASON = Refusal("FILE-35", "请写明判断的理由（不写标题和内容）", "reason")
JUDGED = Refusal("FILE-38", "这份文件已经有了结论，请刷新后再看")


def cases_of(actor: Actor) -> QuerySet[Drop]:
    """Return the files of the office that wait for this person's judgement, oldest first."""
    mine = Q(pk__in=[])
    for state, permission in KINDS.items():
        if actor.may(permission):
            mine |= Q(state=state)
    return Drop.objects.filter(mine, tenant_id=actor.tenant_id).order_by("created_at", "pk")


def access_case(actor: Actor, public_id: str) -> Drop:
    """Return a file that waits for this person's judgement, or 404."""
    case = cases_of(actor).filter(public_id=public_id).first()
    if case is None:
        raise Http404("没有这份文件，或者您无权查看")
    return case


def obstacles_to_judging(drop: Drop, *, by: Actor) -> list[Refusal]:
    """Say why this person may neither look at the file nor judge it."""
    if drop.owner_id is not None and drop.owner_id in (by.person_id, by.on_behalf_of_id):
        return [OWN]
    return [JUDGED] if drop.waits_for_release or drop.state not in KINDS else []


def note_look(drop: Drop, *, page: int = 0, by: Actor) -> None:
    """Write into the trail who looks at a quarantined file, or at which page of it, before it is shown."""
    if reasons := obstacles_to_judging(drop, by=by):
        raise Refused(*reasons)
    log_event(
        "look_at_drop",
        by=by,
        label="查看隔离区文件",
        object_kind="drop",
        object_id=drop.pk,
        text=f"第{page}页" if page else drop.get_state_display(),
        data={"sm3": drop.sm3_digest},
    )


@act("judge_drop", "保密审查")
def judge(drop: Drop, *, is_harmless: bool, reason: str, by: Actor) -> Drop:
    """Judge a file: a secret is wiped; a doubtful one that is none waits for its release, a scan is read on."""
    held = Drop.objects.select_for_update(of=("self",)).get(pk=drop.pk)
    reasons = obstacles_to_judging(held, by=by) + ([] if reason.strip() else [NO_REASON])
    if reasons:
        raise Refused(*reasons)
    held.judged_by_id, held.judged_at, held.judgement = by.me, clock.now(), reason.strip()[:200]
    held.save(update_fields=["judged_by", "judged_at", "judgement"])
    label = f"保密审查：{'不涉密' if is_harmless else '涉密'}"
    drops.note(held, "judge_drop", label, held.judgement, by=by)
    if not is_harmless:
        inspection.put_away(held, by=by)
    elif held.state == DropState.UNREAD:
        _read_on(held, by=by)
    else:
        ask_release(held.sm3_digest, held.judgement, drop=held, by=by)
    return held


def _read_on(drop: Drop, *, by: Actor) -> None:
    drops.leave(drop, DropState.WAITING, (DropState.UNREAD,), confirmed_by_id=by.me)
    drops.ask_for_inspection(drop, again=f"confirmed:{by.me}")


@act("ask_release", "申请放行")
def ask_release(digest: str, reason: str, *, drop: Drop | None = None, by: Actor) -> DigestRelease:
    """Ask the security officer to let a content pass once; whoever asks has seen the original."""
    digest = releases.parse_digest(digest)
    if not reason.strip():
        raise Refused(NO_REASON)
    waiting = DigestRelease.objects.filter(tenant_id=by.office, sm3_digest=digest, answered_at__isnull=True)
    if waiting.exists() or releases.is_open(by.office, digest):
        raise Refused.one("FILE-39", "这份文件已经申请过放行，请等安全保密管理员答复", "digest")
    drop = drop or _stopped(by.office, digest)
    release = DigestRelease.objects.create(
        tenant_id=by.office,
        drop=drop,
        sm3_digest=digest,
        reason=reason.strip()[:200],
        applied_by_id=by.me,
        applied_by_name=by.display[:60],
    )
    _record("ask_release", "申请放行", release.reason, release, by)
    words = f"{by.display}申请放行一份文件，摘要 {digest[:16]}，请按摘要答复"
    officers = holders(SEC_ADMIN, tenant=by.office)
    tell(officers, matter=None, text=words, by=by, event="secrecy_review", key=f"release:{release.pk}")
    return release


def _stopped(tenant_id: int, digest: str) -> Drop | None:
    stopped = Drop.objects.filter(tenant_id=tenant_id, sm3_digest=digest, state=DropState.STOPPED)
    return stopped.order_by("-created_at").first()


def stopped_lately(actor: Actor) -> QuerySet[Drop]:
    """Return what was stopped in the office, newest first: digests, never names."""
    if not actor.may(permissions.REVIEW_SECRECY):
        return Drop.objects.none()
    stopped = Drop.objects.filter(tenant_id=actor.tenant_id, state=DropState.STOPPED)
    return stopped.order_by("-changed_at", "-pk")


def releases_of(actor: Actor) -> QuerySet[DigestRelease]:
    """Return the office's applications for release, the unanswered first."""
    if not (actor.may(permissions.RELEASE) or actor.may(permissions.REVIEW_SECRECY)):
        return DigestRelease.objects.none()
    found = DigestRelease.objects.filter(tenant_id=actor.tenant_id).select_related("drop", "answered_by")
    return found.order_by("answered_at", "-applied_at", "-pk")


def access_release(actor: Actor, public_id: str) -> DigestRelease:
    """Return an application for release, or 404."""
    release = releases_of(actor).filter(public_id=public_id).first()
    if release is None:
        raise Http404("没有这份申请，或者您无权查看")
    return release


@act("answer_release", "答复放行申请")
def answer(release: DigestRelease, *, is_granted: bool, by: Actor) -> DigestRelease:
    """Release a content once by its digest, or decline; who answers knows neither name nor words."""
    held = DigestRelease.objects.select_for_update(of=("self",)).get(pk=release.pk)
    if held.answered_at is not None:
        raise Refused(JUDGED)
    held.answered_by_id, held.answered_at, held.is_granted = by.me, clock.now(), is_granted
    held.code = releases.new_code() if is_granted else ""
    held.save(update_fields=["answered_by", "answered_at", "is_granted", "code"])
    label = "按摘要放行" if is_granted else "不予放行"
    _record("answer_release", label, held.code, held, by)
    _carry_out(held, by=by)
    return held


def _carry_out(release: DigestRelease, *, by: Actor) -> None:
    """Send a waiting file on, or put it away; of one that was wiped tell that it may come again."""
    drop, concerned = release.drop, [release.applied_by]
    if drop is not None and drop.state == DropState.DOUBTFUL:
        if release.is_granted:
            drops.leave(drop, DropState.WAITING, (DropState.DOUBTFUL,))
            drops.ask_for_inspection(drop, again=f"released:{release.pk}")
        else:
            inspection.put_away(drop, by=by)
        words = "已放行" if release.is_granted else "没有放行，副本已擦除"
    else:
        words = (
            f"已放行（放行码 {release.code}），请原样重新上传，只放行一次"
            if release.is_granted
            else "没有放行"
        )
    if drop is not None and drop.owner_id:
        concerned += Person.objects.filter(pk=drop.owner_id)
    text = f"摘要 {release.sm3_digest[:16]} 的文件{words}"
    tell(concerned, matter=None, text=text, by=by, event="drop_judged", key=f"release:{release.pk}:answer")


def _record(verb: str, label: str, text: str, release: DigestRelease, by: Actor) -> None:
    record(
        verb,
        by=by,
        object_kind="digest_release",
        object_id=release.pk,
        label=label,
        text=text,
        data={"sm3": release.sm3_digest, "drop": release.drop_id},
        after=release.sm3_digest,
    )
