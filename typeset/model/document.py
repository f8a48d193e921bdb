"""An official document by its elements (GB/T 9704-2012 clause 7) and the three special formats (clause 10).

There is no element for 密级: the office's house takes no classified paper, so the model cannot hold one.
"""

import datetime
from dataclasses import dataclass
from typing import Annotated, Literal

from typeset.model.blocks import Blocks
from typeset.model.inline import Picture

Format = Literal["file", "letter", "order", "minutes", "plain"]
DocType = Literal[
    "", "resolution", "decision", "order", "communique", "announcement", "public_notice", "opinion", "notice",
    "circular", "report", "request_for_instructions", "official_reply", "motion", "letter", "minutes",
]  # fmt: skip
Urgency = Literal["normal", "urgent", "extra_urgent"]
URGENCIES = {"normal": "", "urgent": "加急", "extra_urgent": "特急"}
SUFFIXES = {"file": "文件", "letter": "", "order": "令", "minutes": "纪要", "plain": ""}


@dataclass(frozen=True, slots=True)
class Signer:
    """签发人 of an upward document (7.2.6); with several organs each names its own."""

    name: Annotated[str, "姓名"]


@dataclass(frozen=True, slots=True)
class Head:
    """版头 (7.2). `issuers` are the organs in the mark, the leading one first; more than one is a joint paper.

    `mark` is the whole 发文机关标志 where it is not the organ and the word of the format (文件, 令, 纪要).
    """

    issuers: Annotated[tuple[str, ...], "发文机关"] = ()
    mark: Annotated[str, "发文机关标志"] = ""
    has_suffix: Annotated[bool, "标志带“文件”"] = True
    doc_number: Annotated[str, "发文字号"] = ""
    copy_no: Annotated[str, "份号"] = ""
    urgency: Annotated[Urgency, "紧急程度"] = "normal"
    signers: Annotated[tuple[Signer, ...], "签发人"] = ()


@dataclass(frozen=True, slots=True)
class Seal:
    """印章, or 签名章 where the signature has a post. Without a picture its place is marked by a drawn ring."""

    picture: Annotated[Picture | None, "印模"] = None
    width_mm: Annotated[float, "宽度（毫米）"] = 42.0


@dataclass(frozen=True, slots=True)
class Signature:
    """署名 of one organ (7.3.5.1, 7.3.5.2), or of a leader's 签名章 with `post` and `name` (7.3.5.3).

    With no `seal` the paper is set as one that is not stamped.
    """

    issuer: Annotated[str, "署名"] = ""
    seal: Annotated[Seal | None, "印章"] = None
    post: Annotated[str, "职务"] = ""
    name: Annotated[str, "姓名"] = ""


@dataclass(frozen=True, slots=True)
class RollCall:
    """出席, 请假 or 列席 of minutes (10.3): the word without its colon, the names as they shall stand."""

    label: Annotated[str, "类别"]
    names: Annotated[str, "名单"]


@dataclass(frozen=True, slots=True)
class Attachment:
    """附件 (7.3.7), on a new page; numbered by its place where there are several.

    An enclosure (印发、转发的文件) follows on a new page too but bears no 附件 and is not in the 附件说明.
    `issuer` and `doc_date` sign an enclosure that had a signature of its own.
    """

    title: Annotated[str, "附件标题"]
    body: Annotated[Blocks, "附件正文"] = ()
    title_note: Annotated[str, "题注"] = ""
    is_enclosure: Annotated[bool, "印发转发的文件"] = False
    is_separate: Annotated[bool, "不与正文一起装订"] = False
    issuer: Annotated[str, "署名"] = ""
    doc_date: Annotated[datetime.date | None, "成文日期"] = None


@dataclass(frozen=True, slots=True)
class Imprint:
    """版记 (7.4). `has_main_recipients` moves the 主送机关 here, above 抄送 (7.3.2). `cc` is without colon and full stop."""

    cc: Annotated[str, "抄送机关"] = ""
    issuer: Annotated[str, "印发机关"] = ""
    print_date: Annotated[datetime.date | None, "印发日期"] = None
    has_main_recipients: Annotated[bool, "主送移入版记"] = False


@dataclass(frozen=True, slots=True)
class Document:
    """One official document. Texts are without the marks the layout sets: no colon after 主送, no brackets round 附注.

    A line feed in `title` is a break the author wants; without one the title is broken at word sense.
    `attachment_notes` are the names in 附件说明; left empty they are the titles of the attachments.
    """

    kind: Annotated[Format, "格式"] = "file"
    doc_type: Annotated[DocType, "文种"] = ""
    head: Annotated[Head, "版头"] = Head()
    title: Annotated[str, "标题"] = ""
    title_note: Annotated[str, "题注"] = ""
    main_recipients: Annotated[str, "主送机关"] = ""
    body: Annotated[Blocks, "正文"] = ()
    attachment_notes: Annotated[tuple[str, ...], "附件说明"] = ()
    roll_calls: Annotated[tuple[RollCall, ...], "到会名单"] = ()
    signatures: Annotated[tuple[Signature, ...], "署名"] = ()
    doc_date: Annotated[datetime.date | None, "成文日期"] = None
    note: Annotated[str, "附注"] = ""
    attachments: Annotated[tuple[Attachment, ...], "附件"] = ()
    imprint: Annotated[Imprint | None, "版记"] = None

    @property
    def mark(self) -> str:
        """Return the words of the 发文机关标志 of one organ; those of a joint paper are set from `head.issuers`."""
        head = self.head
        return head.mark or "、".join(head.issuers) + (SUFFIXES[self.kind] if head.has_suffix else "")

    @property
    def named_attachments(self) -> tuple[str, ...]:
        """Return the names for the 附件说明, in order."""
        return self.attachment_notes or tuple(
            each.title.replace("\n", "") for each in self.attachments if not each.is_enclosure
        )

    @property
    def is_upward(self) -> bool:
        """Say whether the head is that of an upward document, which names who signed it off."""
        return bool(self.head.signers)


def day_words(day: datetime.date) -> str:
    """Return a date as 7.3.5.4 wants it: Arabic numerals, no noughts before month and day."""
    return f"{day.year}年{day.month}月{day.day}日"
