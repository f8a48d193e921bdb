"""Papers that are there already: by 机关 and 字号, by the very file, by nearly the same words."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Q, QuerySet

from zhongshu.base.actors import Actor
from zhongshu.documents.access import incoming_visible_to
from zhongshu.documents.intake import likeness
from zhongshu.documents.models import IncomingDocument
from zhongshu.documents.numbers import number_key
from zhongshu.files.models import Attachment, AttachmentKind
from zhongshu.matters import bigrams, settings

ALIKE = "documents.alike_percent"
MOST_LOOKED_AT = 20
NEWEST_OF_A_BUCKET = "SELECT * FROM (SELECT signature_id FROM documents_signatureband WHERE bucket = %s ORDER BY id DESC LIMIT 50) b"
MOST_SHOWN = 3
TEXTS = (AttachmentKind.BODY, AttachmentKind.SCAN)
NOT_STANDING = ("returned_to_sender", "voided")


@dataclass(frozen=True)
class Twin:
    """A registered paper that may be the one in hand, and why one thinks so."""

    incoming: IncomingDocument
    why: str
    percent: int = 0

    @property
    def is_same_number(self) -> bool:
        """Say whether 机关 and 字号 agree: then it is a further channel, nothing is to be compared first."""
        return not self.percent


def twins_of(
    text: str, *, issuer_name: str, unit_id: int | None, doc_number: str, digests: Iterable[str], by: Actor
) -> list[Twin]:
    """Return what is there already, the surest first; nobody learns of a paper that they may not see."""
    found = numbered(issuer_name, unit_id, doc_number, by=by) + same_files(list(digests), by=by)
    found += alike(text, by=by)
    once = {twin.incoming.pk: twin for twin in reversed(found)}
    return [twin for twin in found if once.get(twin.incoming.pk) is twin][:MOST_SHOWN]


def again(known: Iterable[tuple[int, str, int]], *, by: Actor) -> list[Twin]:
    """Return twins that were found a moment ago."""
    rows = list(known)
    papers = _standing(by).in_bulk([pk for pk, _, _ in rows]) if rows else {}
    return [Twin(papers[pk], why, percent) for pk, why, percent in rows if pk in papers]


def numbered(
    issuer_name: str, unit_id: int | None, doc_number: str, *, by: Actor, but: int | None = None
) -> list[Twin]:
    """Return papers of the same issuer under the same 字号 (DOC-10), in whatever spelling of either."""
    key = number_key(doc_number)
    if not key:
        return []
    same = Q(issuer_name=issuer_name) | Q(issuer_unit_id=unit_id) if unit_id else Q(issuer_name=issuer_name)
    if not bigrams.runs(key)[0].isascii():
        # 代字 and 年份 and 序号 together name an organ's paper however the organ itself was written.
        same |= Q(number_key=key)
    standing = _standing(by, but).filter(same, number_key=key).order_by("-pk")
    return [Twin(paper, f"来文机关和字号相同（{paper.doc_number}）") for paper in standing[:MOST_SHOWN]]


def nearest(text: str, digests: list[str], *, by: Actor, but: int | None = None) -> Twin | None:
    """Return the paper that is most like this one under whatever number: its very file, or nearly its words."""
    return next(iter([*same_files(digests, by=by, but=but), *alike(text, by=by, but=but)]), None)


def same_files(digests: list[str], *, by: Actor, but: int | None = None) -> list[Twin]:
    """Return papers that already hold one of these very files as their text."""
    if not digests:
        return []
    held = Attachment.objects.filter(
        tenant_id=by.office, sm3_digest__in=digests, kind__in=TEXTS, voided_at__isnull=True
    )
    papers = _standing(by, but).filter(pk__in=held.values("matter_id")).order_by("-pk")
    return [Twin(paper, "就是这份文件，一个字节不差", 100) for paper in papers[:MOST_SHOWN]]


def alike(text: str, *, by: Actor, but: int | None = None) -> list[Twin]:
    """Return papers whose words are nearly these: buckets propose, the texts themselves decide."""
    mine = likeness.shingles(text)
    values = likeness.signature(mine)
    if not values:
        return []
    threshold = int(settings.get(ALIKE, by.tenant_id))
    candidates = list(_standing(by, but).filter(pk__in=proposed(values, by.office)).order_by("-pk"))
    words = texts_of(candidates)
    found = []
    for paper in candidates:
        percent = round(100 * likeness.share(mine, likeness.shingles(words[paper.pk])))
        if percent >= threshold:
            found.append(Twin(paper, f"文字有{percent}%相同", percent))
    return sorted(found, key=lambda twin: -twin.percent)


def proposed(values: tuple[int, ...], office: int) -> list[int]:
    """Return the matters that share most buckets with a signature, at most a handful.

    Of each bucket the newest few are taken: a report that comes every week in the same words fills its buckets by hundreds.
    """
    wanted = likeness.buckets(values, office)
    with connection.cursor() as cursor:
        # One statement: twelve short walks along the index; Django cannot write limits into the parts of a union on SQLite.
        cursor.execute(" UNION ALL ".join([NEWEST_OF_A_BUCKET] * len(wanted)), wanted)
        times = Counter(int(row[0]) for row in cursor.fetchall())
    return [matter_id for matter_id, _ in times.most_common(MOST_LOOKED_AT)]


def _standing(by: Actor, but: int | None = None) -> QuerySet[IncomingDocument]:
    papers = incoming_visible_to(by).filter(matter__tenant_id=by.office).exclude(pk=but)
    return papers.exclude(matter__outcome__in=NOT_STANDING).select_related("matter")


def text_of(incoming: IncomingDocument) -> str:
    """Return the words of a registered paper: its file's, else what was typed of it."""
    return texts_of([incoming])[incoming.pk]


def texts_of(papers: Sequence[IncomingDocument]) -> dict[int, str]:
    """Return the words of many papers."""
    held = Attachment.objects.filter(
        matter_id__in=[paper.pk for paper in papers], kind__in=TEXTS, voided_at__isnull=True
    )
    found: dict[int, list[str]] = {}
    for matter_id, words in held.order_by("position", "pk").values_list("matter_id", "words__words"):
        if words:
            found.setdefault(matter_id, []).append(words)
    return {paper.pk: "\n".join(found.get(paper.pk, [])) or paper.body for paper in papers}
