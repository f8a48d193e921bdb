"""退文单 and 督办通知单: papers that go out to a unit with the office's name and seal."""

from typing import Any

from typeset.layout.papers.cells import Lines, breadth, clipped, room
from typeset.layout.papers.desk import Desk, Fact, about, facts
from typeset.model import ReturnSlip, SupervisionNotice, day_words

TEXT_SIZE = 16.0
TEXT_ROOM = room(156.0, TEXT_SIZE)
FOOT = (26.0, 52.0, 26.0, 52.0)
NOTICE = (26.0, 56.0, 26.0, 58.0)
NOTICE_SIZE = 12.0
# A longer name does not stand beside a seal.
LONGEST_OFFICE = 60.0


def return_slip(paper: ReturnSlip, desk: Desk) -> dict[str, Any]:
    """Return the data of a 退文单."""
    words = desk.words
    return {
        "document": about(f"退文单 {paper.number} {paper.title}", paper.office),
        "title": words.title(paper.office, "退文单", 19),
        "number": words.line(paper.number, TEXT_ROOM),
        "recipient": words.line(f"{paper.issuer_name}：", TEXT_ROOM),
        "opening": words.line(_opening(paper), TEXT_ROOM),
        "reasons": numbered(paper.reasons, desk, TEXT_ROOM),
        "advice": words.lines(f"改正意见：{paper.advice}" if paper.advice else "", TEXT_ROOM),
        "closing": words.line("请改正后重新行文报送；重新报送的作新件登记，并与本件关联。", TEXT_ROOM),
        "office": words.line(paper.office, 14),
        "is_office_long": breadth(paper.office) > LONGEST_OFFICE,
        "date": day_words(paper.approved_on) if paper.approved_on else "",
        "seal": desk.seal(paper.seal),
        "foot": facts(
            FOOT,
            [
                Fact("经办人", paper.drafted_by, size=12),
                Fact("审批人", paper.approved_by, size=12),
                Fact("收文编号", paper.receipt_number, size=12),
                Fact("份数", paper.copies, size=12),
                Fact("来文单位签收", "", size=12),
                Fact("签收日期", "", size=12),
            ],
            desk,
        ),
        "running": words.line(clipped(f"退文单　{paper.number}", 40), 40, "song"),
    }


def _opening(paper: ReturnSlip) -> str:
    """Return the sentence that names what is sent back; 《》 inside a title become 〈〉 (GB/T 15834)."""
    title = paper.title.strip().replace("\n", "").replace("《", "〈").replace("》", "〉")
    number = f"（{paper.doc_number}）" if paper.doc_number else ""
    return (
        f"你单位{paper.received_on}报来的《{title}》{number}收悉。"
        f"经初审，{'存在下列问题，现予退回：' if paper.reasons else '现予退回。'}"
    )


def numbered(items: tuple[str, ...], desk: Desk, fits: float) -> list[Lines]:
    """Return the paragraphs of a list, numbered where there are several."""
    said = [each for each in items if each.strip()]
    several = len(said) > 1
    return [
        desk.words.lines(f"{index}.{each}" if several else each, fits)
        for index, each in enumerate(said, start=1)
    ]


def supervision_notice(paper: SupervisionNotice, desk: Desk) -> dict[str, Any]:
    """Return the data of a 督办通知单."""
    words, size = desk.words, NOTICE_SIZE
    wide = room(sum(NOTICE[1:]), size)
    return {
        "document": about(f"督办通知单 {paper.number} {paper.title}", paper.office),
        "title": words.title(paper.office, "督办通知单", 15.5 if paper.code else 21),
        "number": words.line(paper.number, TEXT_ROOM),
        "code": desk.code(paper.code),
        "matter": facts(
            NOTICE,
            [
                Fact("督办事项", paper.title, span=3, role="hei", size=14),
                Fact("事项来源", paper.source, span=3, size=size),
                Fact("牵头单位", paper.lead_unit, span=3, role="hei", size=size),
                Fact("配合单位", "、".join(filter(None, paper.co_units)) or "—", span=3, size=size),
            ],
            desk,
        ),
        "instruction": words.lines(paper.instruction, wide),
        "demands": numbered(paper.demands, desk, wide),
        "terms": facts(
            NOTICE,
            [
                Fact("办结时限", paper.due, role="hei", size=size),
                Fact("反馈时限", paper.feedback_due, role="hei", size=size),
                Fact("联系人", paper.contact, size=size),
                Fact("联系电话", paper.phone, size=size),
            ],
            desk,
        ),
        "receipt": facts(NOTICE, [Fact("签收人", "", size=size), Fact("签收时间", "", size=size)], desk),
        "office": words.line(paper.office, 14),
        "is_office_long": breadth(paper.office) > LONGEST_OFFICE,
        "date": day_words(paper.issued_on) if paper.issued_on else "",
        "seal": desk.seal(paper.seal),
        "running": words.line(clipped(f"督办通知单　{paper.number}", 40), 40, "song"),
    }
