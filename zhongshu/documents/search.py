"""What can be found of an incoming document."""

from zhongshu.documents.intake.signing import sign
from zhongshu.documents.models import Feedback, IncomingDocument
from zhongshu.files import queries as files
from zhongshu.matters import search
from zhongshu.matters.models import Matter


def words_of(incoming: IncomingDocument) -> list[str]:
    """Return the texts by which a document is found, besides title and number."""
    opinions = [opinion.text for opinion in incoming.opinions.all()]
    answers = Feedback.objects.filter(handling__incoming=incoming).order_by("pk")
    return [
        incoming.doc_number,
        incoming.issuer_name,
        incoming.body,
        *opinions,
        *answers.values_list("text", flat=True),
        files.words_of(incoming.matter),
    ]


def reindex(incoming: IncomingDocument) -> None:
    """Write the document's words again; it happens in the act that changed them."""
    search.index(incoming.matter, *words_of(incoming))


def reindex_matter(matter: Matter) -> None:
    """Write the words, and the signature of the text, again after a file joined the matter."""
    incoming = IncomingDocument.objects.select_related("matter").get(matter=matter)
    reindex(incoming)
    sign([incoming])
