"""The ticket to the stream: a short-lived signed word in the address, so that no cookie leaves the pages' port."""

from dataclasses import dataclass

from django.core import signing

from zhongshu.base.actors import Actor

SALT = "zhongshu.live"
VALID_SECONDS = 120


@dataclass(frozen=True)
class Holder:
    """Who holds a ticket, and whose desks concern them."""

    person_id: int
    principals: tuple[int, ...]


def ticket_for(actor: Actor) -> str:
    """Return a ticket for a signed-in person."""
    return signing.dumps([actor.person_id, *actor.principals], salt=SALT, compress=True)


def holder_of(ticket: str) -> Holder | None:
    """Return who holds the ticket; None where it is forged or out of date."""
    try:
        person_id, *principals = signing.loads(ticket, salt=SALT, max_age=VALID_SECONDS)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Holder(person_id, tuple(principals))
