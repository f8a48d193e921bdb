"""What can be found of an incoming document."""

from zhongshu.documents.models import IncomingDocument
from zhongshu.matters import search


def words_of(incoming: IncomingDocument) -> list[str]:
    """Return the texts by which a document is found, besides title and number."""
    opinions = [opinion.text for opinion in incoming.opinions.all()]
    return [incoming.doc_number, incoming.issuer_name, incoming.body, *opinions]


def reindex(incoming: IncomingDocument) -> None:
    """Write the document's words again; it happens in the act that changed them."""
    search.index(incoming.matter, *words_of(incoming))
