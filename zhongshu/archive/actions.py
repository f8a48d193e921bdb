"""Writes of the archive: take over what is closed, archive it, or say why not."""

from datetime import date

from zhongshu.archive import rules
from zhongshu.archive.models import ArchivalFile, ArchiveScope
from zhongshu.archive.rules import Described
from zhongshu.base import clock, numbers
from zhongshu.base.actors import Actor
from zhongshu.base.acts import act, attempt
from zhongshu.base.refusals import Refusal, Refused
from zhongshu.base.trail import digest, record
from zhongshu.matters import spine
from zhongshu.matters.models import Handover, Matter
from zhongshu.people.models import OrgUnit
from zhongshu.people.queries import holders

SECTION_DEFAULT = "BGS"


def take(handover: Handover, by: Actor) -> Matter | None:
    """Take over a closed matter from its room (办结→归档): it waits here with a proposed retention."""
    described = Described(**{**handover.data, "doc_date": _as_date(handover.data.get("doc_date"))})
    matter = handover.matter
    scopes = ArchiveScope.objects.filter(tenant_id=matter.tenant_id)
    scope = rules.scope_for(scopes, matter.kind, matter.title, described)
    year = clock.local(matter.closed_at or clock.now()).year
    ArchivalFile.objects.update_or_create(
        matter=matter,
        defaults={
            "tenant_id": matter.tenant_id,
            "year": year,
            "scope": scope,
            "state": ArchivalFile.State.PENDING,
            "retention": scope.retention if scope and scope.is_archived else "",
            "section_code": SECTION_DEFAULT,
            "doc_number": described.doc_number,
            "responsible_party": described.responsible_party,
            "title": matter.title,
            "doc_date": described.doc_date,
            "pages": described.pages,
            "due_on": rules.due_on(year),
        },
    )
    keepers = holders("archivist", tenant=matter.tenant_id)
    spine.give_part(matter, [keeper.principal_id for keeper in keepers], "archivist")
    return matter


def _as_date(value: object) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) and value else None


@act("archive_file")
def archive(
    file: ArchivalFile, *, retention: str, section_code: str = SECTION_DEFAULT, note: str = "", by: Actor
) -> ArchivalFile:
    """归档: draw the 件号, write the 档号, keep the digest of what was archived."""
    file = (
        ArchivalFile.objects.select_for_update(of=("self",))
        .select_related("matter", "tenant")
        .get(pk=file.pk)
    )
    file.retention, file.section_code, file.note = retention, section_code.strip().upper(), note
    if found := rules.obstacles_to_archiving(file):
        raise Refused(*found)
    scope = f"archive.{file.retention}.{file.section_code}"
    drawn = numbers.draw(scope, tenant_id=file.tenant_id, year=file.year, by=by, object_kind="archival_file")
    file.item_no = drawn.no
    fonds = file.tenant.fonds_no or "0000"
    file.archival_code = rules.code_of(fonds, file.year, file.retention, file.section_code, drawn.no)
    file.state, file.archived_at, file.archived_by_id = ArchivalFile.State.ARCHIVED, clock.now(), by.person_id
    file.digest = digest(file.matter)
    file.save()
    matter = spine.locked(file.matter_id)
    spine.set_phase(matter, "archived", "已归档")
    _record("archive_file", "归档", file, file.archival_code, by)
    return file


@act("archive_files")
def archive_many(files: list[ArchivalFile], *, by: Actor) -> list[Refusal]:
    """Archive many pieces at once as proposed; what is refused stays and is named."""
    refused = []
    for file in files:
        with attempt() as tried:
            archive(file, retention=file.retention, section_code=file.section_code, by=by)
        refused += [Refusal(r.code, f"{file.title}：{r.message}") for r in tried.refusals]
    if len(refused) >= len(files) and refused:
        raise Refused(*refused)
    return refused


@act("exempt_file")
def exempt(file: ArchivalFile, *, reason: str, by: Actor) -> ArchivalFile:
    """不归档: with the reason, so that the rate stays honest."""
    if not reason.strip():
        raise Refused.one("ARC-05", "不归档须写明理由（如：普发性不需办理的上级件、重份）", "reason")
    if file.state == ArchivalFile.State.ARCHIVED:
        raise Refused.one("ARC-02", f"这件已经归档（{file.archival_code}），不能改为不归档")
    file.state, file.exempt_reason = ArchivalFile.State.EXEMPT, reason.strip()
    file.save(update_fields=["state", "exempt_reason"])
    _record("exempt_file", "不归档", file, reason.strip(), by)
    return file


@act("edit_archive_scope")
def save_scope(tenant: OrgUnit, scope: ArchiveScope, *, by: Actor) -> ArchiveScope:
    """Write a row of the scope table."""
    if not scope.name.strip():
        raise Refused.one("ARC-06", "请填写归档范围", "name")
    if scope.is_archived and not scope.retention:
        raise Refused.one("ARC-03", "请选择保管期限", "retention")
    scope.tenant = tenant
    scope.save()
    record(
        "edit_archive_scope",
        by=by,
        object_kind="archive_scope",
        object_id=scope.pk,
        label="修改归档范围",
        text=f"{scope.name}：{scope.get_retention_display() if scope.is_archived else '不归档'}",
    )
    return scope


def _record(verb: str, label: str, file: ArchivalFile, text: str, by: Actor) -> None:
    record(
        verb,
        by=by,
        object_kind="archival_file",
        object_id=file.pk,
        label=label,
        text=text,
        matter_id=file.matter_id,
        after=file.digest,
    )
