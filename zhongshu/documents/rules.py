"""What the office's rules say of an incoming document; reads only, every refusal carries its code."""

import re
from datetime import datetime, timedelta

from django.db.models import QuerySet

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.documents.models import (
    Box,
    DocType,
    IncomingDocument,
    LegalReview,
    Meaning,
    Opinion,
    TelephoneRecord,
    UnitHandling,
)
from zhongshu.documents.numbers import number_key
from zhongshu.documents.states import ARCHIVED, ARRIVED, NAMES, RETURNED_TO_SENDER, VOIDED
from zhongshu.matters.models import Matter, Urgency
from zhongshu.people.models import OrgUnit

SEPARATORS = re.compile(r"[、，,；;]|并报|和")
PERSONAL = re.compile(r"(县长|副县长|市长|书记|主任|同志|领导)[：:]?$")
REQUEST_WORDS = re.compile(
    r"(妥否|当否|以上请示|请予批复|请批示|请审批|请予批准|恳请.{0,20}(解决|支持|批准|拨付))"
)
OFFICE_TYPES = {"county_gov", "gov_office"}
SAME_REQUEST_DAYS = 90

FAULT_NAMES = {
    "DOC-02": "请示一文多事、多头主送或抄送下级",
    "DOC-03": "以机关名义向领导个人报文",
    "DOC-04": "报告夹带请示事项",
    "DOC-12": "越级行文且未抄送被越过的机关",
    "DOC-13": "双向请示",
    "DOC-20": "内容不属本机关职权",
    "DOC-21": "涉及他方职权未协商会签",
    "DOC-22": "文种不当或格式不规范",
    "DOC-23": "签发人不符或未签发盖章",
    "DOC-24": "附件不全、无联系人",
}


def faults_of(incoming: IncomingDocument) -> list[Refusal]:
    """Name the faults that can be seen at 初审; none of them stands in the way of registration."""
    checks = (_manifold_request, _addressed_to_a_leader, _request_in_report, _leapfrog, _asked_twice)
    return [fault for check in checks for fault in check(incoming)]


def _manifold_request(incoming: IncomingDocument) -> list[Refusal]:
    if not incoming.is_request:
        return []
    found = []
    recipients = [name for name in SEPARATORS.split(incoming.main_recipients) if name.strip()]
    if len(recipients) > 1:
        found.append(
            Refusal(
                "DOC-02",
                f"请示主送了{len(recipients)}个机关（{incoming.main_recipients}），应只主送一个上级机关",
            )
        )
    if lower := _subordinates_in(incoming.cc, incoming):
        found.append(Refusal("DOC-02", f"请示抄送了下级机关（{'、'.join(lower)}），请示不得抄送下级"))
    return found


def _subordinates_in(names: str, incoming: IncomingDocument) -> list[str]:
    given = [name.strip() for name in SEPARATORS.split(names) if name.strip()]
    if not given:
        return []
    below = OrgUnit.objects.filter(unit_type__in=["township", "subdistrict"])
    if incoming.issuer_unit_id:
        below = below.exclude(pk=incoming.issuer_unit_id)
    known = set(below.values_list("name", flat=True)) | set(below.values_list("short_name", flat=True))
    return [name for name in given if name in known]


def _addressed_to_a_leader(incoming: IncomingDocument) -> list[Refusal]:
    if incoming.leader_ordered or incoming.is_from_superior:
        return []
    if PERSONAL.search(incoming.main_recipients.strip()):
        return [
            Refusal(
                "DOC-03",
                f"主送写了领导个人（{incoming.main_recipients}），又没有领导交办依据；"
                "除领导直接交办外，不得以机关名义向领导个人报送公文",
            )
        ]
    return []


def _request_in_report(incoming: IncomingDocument) -> list[Refusal]:
    if incoming.doc_type != DocType.REPORT:
        return []
    if found := REQUEST_WORDS.search(f"{incoming.matter.title} {incoming.body}"):
        return [
            Refusal("DOC-04", f"报告里有请示事项（“{found.group(0)}”），报告不得夹带请示事项，请改用请示")
        ]
    return []


def _leapfrog(incoming: IncomingDocument) -> list[Refusal]:
    unit = incoming.issuer_unit
    if unit is None or incoming.is_from_superior or unit.parent is None:
        return []
    passed_over = unit.parent
    if passed_over.unit_type in OFFICE_TYPES or passed_over.parent is None:
        return []
    if passed_over.name in incoming.cc or (passed_over.short_name and passed_over.short_name in incoming.cc):
        return []
    return [Refusal("DOC-12", f"{unit.name}越过{passed_over.name}直接行文，且未抄送{passed_over.name}")]


def _asked_twice(incoming: IncomingDocument) -> list[Refusal]:
    if not incoming.is_request:
        return []
    same = same_requests(incoming).select_related("matter").first()
    if same is None:
        return []
    return [
        Refusal(
            "DOC-13",
            f"同一请示已在办理中（{same.matter.number or same.matter.title}，"
            f"{clock.local(same.received_at):%-m月%-d日}收），不得双向请示",
        )
    ]


def same_requests(incoming: IncomingDocument) -> QuerySet[IncomingDocument]:
    """Return requests of the same issuer under the same title that are still under way."""
    since = clock.now() - timedelta(days=SAME_REQUEST_DAYS)
    return IncomingDocument.objects.filter(
        matter__tenant_id=incoming.matter.tenant_id,
        matter__closed_at__isnull=True,
        matter__title=incoming.matter.title,
        issuer_name=incoming.issuer_name,
        doc_type=DocType.REQUEST,
        received_at__gte=since,
    ).exclude(pk=incoming.pk)


def duplicates(tenant_id: int, issuer_name: str, doc_number: str) -> QuerySet[IncomingDocument]:
    """Return what may be the same paper (DOC-10): same 文号 of the same issuer, and not returned or void."""
    key = number_key(doc_number)
    if not key:
        return IncomingDocument.objects.none()
    found = IncomingDocument.objects.filter(
        matter__tenant_id=tenant_id, number_key=key, issuer_name=issuer_name
    )
    return found.exclude(matter__outcome__in=["returned_to_sender", "voided"]).select_related("matter")


def duplicate_refusal(incoming: IncomingDocument) -> Refusal:
    """Say that the paper is there already, and what to do (practice 5: propose and join)."""
    number = incoming.matter.number or "未编号"
    return Refusal(
        "DOC-10",
        f"该来文已于{clock.local(incoming.received_at):%-m月%-d日}登记（{number}），"
        "请核对：同一件从别的渠道再到的，请并为一件的又一来路；确是另一件的，写明理由另行登记",
        "doc_number",
    )


def is_being_taken_in(matter: Matter, *, by: Actor) -> bool:
    """Tell whether this person let the paper in and nobody has signed for it yet."""
    mine = IncomingDocument.objects.filter(matter=matter, first_receiver_id=by.person_id)
    return matter.phase == ARRIVED and mine.exists()


def obstacles_to_return(incoming: IncomingDocument) -> list[Refusal]:
    """Say why this paper cannot be returned to its sender."""
    if incoming.is_from_superior:
        return [Refusal("DOC-25", "对上级机关来文不退文，请改为电话联系并登记", "conclusion")]
    return []


def legal_obstacles(incoming: IncomingDocument) -> list[Refusal]:
    """Say what stands before a paper on litigation may be put to any unit (A3), and what to do about it."""
    if not incoming.is_litigation_related:
        return []
    last = incoming.legal_reviews.last()
    if last is None:
        return [
            Refusal(
                "DOC-06",
                "涉法涉诉件未经合法性审核，不得送签、不得批转到单位；请先送法制科审核，可以先向领导报告情况",
            )
        ]
    if last.conclusion == LegalReview.Conclusion.REJECT:
        return [
            Refusal(
                "DOC-06", f"合法性审核未通过：{last.opinion}；不得批转到单位，请按意见处理后再请法制科审核"
            )
        ]
    if is_unanswered(last):
        return [Refusal("DOC-06", "合法性审核要求修改后通过，请先用“回应法制意见”逐条回应")]
    return []


def is_unanswered(review: LegalReview | None) -> bool:
    """Tell whether a review passed the paper only with changes that nobody has answered yet."""
    return (
        review is not None
        and review.conclusion == LegalReview.Conclusion.PASS_WITH_CHANGES
        and not review.responses
    )


def obstacles_to_instructing(
    incoming: IncomingDocument, *, is_last: bool, meaning: str, text: str, has_ink: bool
) -> list[Refusal]:
    """Say what a 批示 lacks: the main approver of a request writes words (practice 9)."""
    if meaning == Meaning.WORDS and not text.strip() and not has_ink:
        return [Refusal("DOC-26", "请写出批示内容，或选择圈阅", "text")]
    if incoming.is_request and is_last and meaning != Meaning.WORDS:
        return [Refusal("DOC-27", "请示的主批人必须写明意见，不能只圈阅", "meaning")]
    return []


def obstacles_to_assigning(incoming: IncomingDocument, units: list[dict[str, object]]) -> list[Refusal]:
    """Say what an assignment lacks: a lead among several, a deadline for an urgent paper."""
    found = []
    leads = [unit for unit in units if unit.get("role") == UnitHandling.Role.LEAD]
    if not units:
        found.append(Refusal("DOC-28", "请选择承办单位", "lead_unit"))
    elif len(leads) != 1:
        found.append(Refusal("DOC-28", "两个以上单位承办的，须明确一个主办单位", "lead_unit"))
    if len({unit["unit"] for unit in units}) < len(units):
        found.append(Refusal("DOC-29", "同一单位不能既主办又协办", "co_units"))
    if incoming.matter.urgency != Urgency.NORMAL and any(not unit.get("due") for unit in units):
        found.append(Refusal("DOC-30", "紧急公文必须明确办理时限", "due_at"))
    return found


NO_WORDS = Refusal("DOC-26", "请写出批示内容", "text")
FROZEN = {ARCHIVED, RETURNED_TO_SENDER, VOIDED}


def obstacles_to_late_words(matter: Matter) -> list[Refusal]:
    """Say why no new words can be written on this sheet any more."""
    if matter.phase not in FROZEN:
        return []
    return [Refusal("DOC-68", f"这件{NAMES[matter.phase]}，办理单不能再添改；新的批示请登记为批示件")]


def obstacles_to_amending(opinion: Opinion, matter: Matter, *, by: Actor) -> list[Refusal]:
    """Say why this person cannot change this 批示: it is not theirs, or the sheet is put away."""
    if opinion.box not in (Box.INSTRUCTION, Box.READING):
        return [Refusal("DOC-53", "只有批示和圈阅可以改批")]
    if opinion.author_id not in (by.person_id, by.on_behalf_of_id):
        return [Refusal("DOC-53", f"只有{opinion.author_name}本人可以改批；领导又有新话的，请代录为“补批”")]
    return obstacles_to_late_words(matter)


def obstacles_to_transcribing(opinion: Opinion, *, by: Actor) -> list[Refusal]:
    """Say why no 录文 can be put beside these words."""
    if opinion.text or not (opinion.strokes or opinion.scan_id):
        return [Refusal("DOC-72", "这条意见已有文字，不用录文")]
    if opinion.author_id != by.person_id and not by.may("documents.record_for_leader"):
        return [Refusal("DOC-50", "您没有代录领导批示的权限")]
    return []


def obstacles_to_due(due_at: datetime | None) -> list[Refusal]:
    """Say that a time for handling lies in the past."""
    if due_at is None or due_at >= clock.now():
        return []
    now = clock.local(clock.now())
    return [
        Refusal("DOC-46", f"办理时限不能早于现在（{now:%Y年%-m月%-d日 %H:%M}），请改为以后的时间", "due_at")
    ]


def obstacles_to_closing(incoming: IncomingDocument, *, by: Actor) -> list[Refusal]:
    """Return all reasons at once why the paper cannot be closed."""
    found = []
    waiting = [h for h in incoming.handlings.all() if h.state in _UNFINISHED]
    if waiting:
        names = "、".join(handling.unit_name for handling in waiting)
        found.append(
            Refusal("DOC-31", f"{len(waiting)}家未办毕（{names}），暂不能办结；请催办，或退回“承办”重新分派")
        )
    if _needs_reply(incoming) and incoming.replied_at is None:
        found.append(
            Refusal("DOC-32", "来文要求反馈（或为请示），尚未答复来文单位；请退回“汇总反馈”，汇总后即可答复")
        )
    if incoming.matter.urgency == Urgency.EXTRA_URGENT and not _was_telephoned(incoming):
        found.append(Refusal("DOC-33", "特急件尚无电话确认记录，请登记谁、几点、接电话的人"))
    return found


_UNFINISHED = {UnitHandling.State.ASSIGNED, UnitHandling.State.SIGNED}


def _needs_reply(incoming: IncomingDocument) -> bool:
    return incoming.requires_feedback or incoming.is_request


def _was_telephoned(incoming: IncomingDocument) -> bool:
    if not incoming.handlings.exists():
        return True
    return incoming.telephone_records.filter(purpose=TelephoneRecord.Purpose.CONFIRM).exists()
