"""文号 in any spelling, and the register numbers of the room."""

from zhongshu.base import numbers
from zhongshu.base.actors import Actor
from zhongshu.matters import bigrams

DROPPED = {"号", "第"}


def number_key(doc_number: str) -> str:
    """Return what two spellings of one 文号 share: 云财〔2026〕58号 and 云财[2026]58 are one."""
    return "-".join(run for run in bigrams.runs(doc_number) if run not in DROPPED)


def draw(scope: str, *, by: Actor, object_id: str | int = "") -> str:
    """Draw the next number of a register of the actor's office, in the transaction of its event."""
    if by.tenant_id is None:
        raise ValueError("a number belongs to an office")
    drawn = numbers.draw(
        f"documents.{scope}", tenant_id=by.tenant_id, by=by, object_kind=scope, object_id=object_id
    )
    return drawn.text


def declare() -> None:
    """Declare the series of this room with the handbook's formats (domain 0.4)."""
    numbers.declare_series("documents.incoming", "收文", format="收〔{year}〕{no}号")
    numbers.declare_series("documents.instruction", "批示件", format="批〔{year}〕{no}号")
    numbers.declare_series("documents.return", "退文", format="退〔{year}〕{no}号")
    numbers.declare_series("documents.counter", "机要登记", format="机〔{year}〕{no}号")
