"""One incoming paper as it lies on the clerk's table, before the office has done anything with it."""

import datetime as dt
from dataclasses import dataclass

from demo.papers import shapes
from demo.papers.issuers import Issuer
from demo.papers.slots import Blanks
from demo.papers.topics import Pattern, Topic


@dataclass(frozen=True)
class Fault:
    """Why the office would send a paper back, with the rule it breaks."""

    code: str
    label: str
    reason: str


@dataclass(frozen=True)
class Arrival:
    """One way the paper came."""

    channel: str
    at: dt.datetime


@dataclass
class Paper:
    """Everything the generator knows of one paper; texts of the office are asked of demo.papers.opinions."""

    serial: int
    topic: Topic
    pattern: Pattern
    sender: Issuer
    blanks: Blanks
    title: str
    kind: str
    urgency: str
    doc_date: dt.date
    arrivals: tuple[Arrival, ...]
    due: dt.datetime | None
    needs_work: bool
    lead: str
    helpers: tuple[str, ...]
    leaders: tuple[str, ...]
    prefix: str = ""
    number: int = 0
    recipients: str = ""
    body: str = ""
    signer: str = ""
    contact: str = ""
    attachments: tuple[str, ...] = ()
    copies: int = 1
    pages: int = 2
    label: str = "internal"
    fault: Fault | None = None
    extra: str = ""
    closing: str = ""
    previous: int | None = None
    is_litigation: bool = False

    @property
    def doc_number(self) -> str:
        return f"{self.prefix}〔{self.doc_date.year}〕{self.number}号"

    @property
    def received_at(self) -> dt.datetime:
        return self.arrivals[0].at

    @property
    def is_emergency(self) -> bool:
        return shapes.is_emergency(self.title)

    @property
    def direction(self) -> str:
        """上行、平行、下行, seen from the county government."""
        if self.sender.is_superior:
            return "downward"
        return "upward" if self.kind in {"请示", "报告"} else "lateral"
