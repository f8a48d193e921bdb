"""文字特征: written beside a paper's words, for new papers as they come and for old ones by the hundred."""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from zhongshu.base.trail import digest
from zhongshu.base.transactions import writing
from zhongshu.documents.intake import likeness
from zhongshu.documents.intake.twins import texts_of
from zhongshu.documents.models import IncomingDocument, PaperSignature, SignatureBand

AT_ONCE = 200


def sign(papers: Sequence[IncomingDocument]) -> int:
    """Write the signatures of these papers, unless their words are those of last time; return how many were written."""
    known = dict(
        PaperSignature.objects.filter(matter__in=_ids(papers)).values_list("matter_id", "text_digest")
    )
    texts = {pk: likeness.plain(text) for pk, text in texts_of(papers).items()}
    digests = {pk: digest({"text": text}) for pk, text in texts.items()}
    changed = [paper for paper in papers if digests[paper.pk] != known.get(paper.pk)]
    PaperSignature.objects.filter(matter__in=_ids(changed)).delete()
    signed = {paper.pk: likeness.signature(likeness.shingles(texts[paper.pk])) for paper in changed}
    rows = PaperSignature.objects.bulk_create(
        PaperSignature(
            matter=paper.matter,
            tenant_id=paper.matter.tenant_id,
            values=likeness.packed(signed[paper.pk]),
            text_digest=digests[paper.pk],
        )
        for paper in changed
        if signed[paper.pk]
    )
    SignatureBand.objects.bulk_create(
        SignatureBand(signature=row, bucket=bucket)
        for row in rows
        for bucket in likeness.buckets(signed[row.matter_id], row.tenant_id)
    )
    return len(rows)


def sign_all(*, again: bool = False) -> Iterator[tuple[int, int]]:
    """Go through all papers, the newest first, so many in a transaction; tell how many were looked at and written."""
    papers = IncomingDocument.objects.select_related("matter").order_by("-pk")
    if not again:
        papers = papers.filter(matter__signature__isnull=True)
    below: int | None = None
    while rows := _next(papers, below):
        with writing():
            yield len(rows), sign(rows)
        below = rows[-1].pk


def _next(papers: QuerySet[IncomingDocument], below: int | None) -> list[IncomingDocument]:
    return list((papers if below is None else papers.filter(pk__lt=below))[:AT_ONCE])


def _ids(papers: Sequence[IncomingDocument]) -> list[int]:
    return [paper.pk for paper in papers]
