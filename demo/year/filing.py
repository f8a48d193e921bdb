"""Real files for the papers people look at: red-head pages, office documents, tables, plain text."""

import datetime as dt
import io
import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import docx
import xlsxwriter
from django.db import transaction

from demo import cast, pages
from demo.papers.paper import Paper
from demo.registry import County
from demo.year.pour import Told
from zhongshu.base import crypto
from zhongshu.base.chain import Entry
from zhongshu.files import blobs, texts
from zhongshu.files.models import Attachment, AttachmentKind, AttachmentWords
from zhongshu.files.reading.types import BY_CODE

MOST_DRAWN, MOST_WRITTEN = 34, 160
TABLES = ("表", "清单", "台账", "名单", "回执", "分工")


@dataclass(frozen=True)
class Made:
    """A file as it would have been scanned or received."""

    told: Told
    kind: str
    name: str
    type_code: str
    data: bytes
    text: str
    pages: int = 1


def file_papers(county: County, told: list[Told], now: dt.datetime) -> list[Entry]:
    """Put files to the papers under way first, then to the newest; return their lines in the trail."""
    order = sorted(told, key=lambda one: (_is_over(one), -one.paper.received_at.timestamp()))
    registered = [one for one in order if one.incoming_number]
    drawn = registered[:MOST_DRAWN] if pages.can_draw() else []
    made = [file for one in drawn for file in (_drawn(one), *_enclosures(one))]
    made += [_written(one) for one in registered[len(drawn) : MOST_WRITTEN]]
    return list(_store(county, made, now))


def _is_over(one: Told) -> bool:
    return one.story.told >= len(one.story.shape.steps) - 3


def _drawn(one: Told) -> Made:
    data, count = pages.pdf_of(one.paper, one.incoming_number)
    return Made(one, AttachmentKind.BODY, _named(one.paper.title, "pdf"), "pdf", data, one.paper.body, count)


def _written(one: Told) -> Made:
    """Departments and townships send office documents, others often nothing but text."""
    paper = one.paper
    if paper.sender.unit and paper.serial % 2:
        return Made(one, AttachmentKind.BODY, _named(paper.title, "docx"), "docx", _docx(paper), paper.body)
    data = f"{paper.title}\n\n{paper.body}\n".encode()
    return Made(one, AttachmentKind.BODY, _named(paper.title, "txt"), "txt", data, paper.body)


def _enclosures(one: Told) -> Iterator[Made]:
    for at, title in enumerate(one.paper.attachments, start=1):
        name = f"附件{at} {title}"
        if any(word in title for word in TABLES):
            data, text = _table(one.paper, title)
            yield Made(one, AttachmentKind.ATTACHMENT, f"{name}.xlsx", "xlsx", data, text)
        elif title not in {"现场照片", "现场示意图"}:
            data = _docx(one.paper, title)
            yield Made(one, AttachmentKind.ATTACHMENT, f"{name}.docx", "docx", data, title)


def _named(title: str, extension: str) -> str:
    return f"{title[:60]}.{extension}".replace("/", "／")


def _docx(paper: Paper, title: str = "") -> bytes:
    document = docx.Document()
    document.core_properties.author = paper.sender.name
    document.core_properties.created = document.core_properties.modified = dt.datetime(
        2026, 1, 5, tzinfo=dt.UTC
    )
    document.add_heading(title or paper.title, level=1)
    for paragraph in paper.body.split("\n"):
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _table(paper: Paper, title: str) -> tuple[bytes, str]:
    """A small table with townships down and figures across."""
    rng = random.Random(f"table-{paper.serial}-{title}")
    head: list[object] = ["序号", "单位", "任务数", "完成数", "完成率", "责任人"]
    rows: list[list[object]] = []
    for at, town in enumerate(cast.townships(), start=1):
        task = rng.randint(8, 60)
        done = rng.randint(task // 2, task)
        rows.append([at, town.short, task, done, f"{done / task:.0%}", cast.head(town.code).name])
    whole = [head, *rows]
    text = "\n".join([title, *(" ".join(str(cell) for cell in row) for row in whole)])
    return _xlsx(title, whole), text


def _xlsx(title: str, rows: Iterable[list[object]]) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"in_memory": True})
    book.set_properties({"created": dt.datetime(2026, 1, 5, tzinfo=dt.UTC).replace(tzinfo=None)})
    sheet = book.add_worksheet(title[:20])
    for at, row in enumerate(rows):
        sheet.write_row(at, 0, row)
    book.close()
    return out.getvalue()


def _store(county: County, made: Iterable[Made], now: dt.datetime) -> Iterator[Entry]:
    """Bytes first, then the rows; the lines of the trail last."""
    tenant = county.office
    attachments, digests = [], []
    places: dict[int, int] = {}
    files = list(made)
    for file in files:
        digest = crypto.sm3(file.data)
        blobs.put(tenant.pk, digest, io.BytesIO(file.data), len(file.data))
        texts.keep(tenant.pk, digest, file.text)
        places[file.told.matter_id] = places.get(file.told.matter_id, 0) + 1
        attachments.append(_row(county, file, digest, places[file.told.matter_id], now))
        digests.append(digest)
    with transaction.atomic():
        rows = Attachment.objects.bulk_create(attachments)
        AttachmentWords.objects.bulk_create(
            AttachmentWords(attachment=row, words=file.text) for row, file in zip(rows, files, strict=True)
        )
    for row, file, digest in zip(rows, files, digests, strict=True):
        yield _line(county, row, file, digest)


def _row(county: County, file: Made, digest: str, position: int, now: dt.datetime) -> Attachment:
    clerk = county.person(file.told.story.players.clerk)
    return Attachment(
        matter_id=file.told.matter_id,
        tenant=county.office,
        kind=file.kind,
        position=position,
        name=file.name,
        type_code=file.type_code,
        content_type=BY_CODE[file.type_code].content_type,
        size=len(file.data),
        sm3_digest=digest,
        page_count=file.pages,
        has_text=True,
        uploaded_by=clerk,
        uploaded_by_name=clerk.name,
        uploaded_at=min(now, _registered_at(file.told) + dt.timedelta(seconds=41 + position)),
    )


def _registered_at(told: Told) -> dt.datetime:
    """Files are laid down as the paper is registered."""
    at = 1 if told.story.shape.steps[0] == "arrive" else 0
    return told.story.moments[at]


def _line(county: County, row: Attachment, file: Made, digest: str) -> Entry:
    return Entry(
        "attach",
        county.actor(file.told.story.players.clerk),
        "添加附件",
        "attachment",
        row.pk,
        f"{row.get_kind_display()}：{row.name}",
        row.matter_id,
        {"sm3": digest, "size": row.size},
        after_digest=digest,
        at=row.uploaded_at,
    )
