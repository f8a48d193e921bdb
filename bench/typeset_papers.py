"""The open documents of ../shared/data/gov_docs as content of `typeset.model`, and papers of the special formats."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bench.papers import Paper, papers, plain
from typeset.model import (
    Attachment,
    Block,
    Cell,
    Document,
    Head,
    Heading,
    Imprint,
    Paragraph,
    RollCall,
    Seal,
    Signature,
    Signer,
    Table,
    day_words,
)
from typeset.model import plain as runs

LETTERS = {"letter", "official_reply"}
FIRST = re.compile(r"^[一二三四五六七八九十]{1,3}、")
SECOND = re.compile(r"^（[一二三四五六七八九十]{1,3}）")
THIRD = re.compile(r"^\d{1,2}[.．]")
NOTED = re.compile(r"^附件?[:：]\s*")
HEADING_ENDS = re.compile(r"^(.{9,60}?[。：；，])(.+)$")


def documents() -> list[tuple[str, Document]]:
    """Return every open document with its id; raises `FileNotFoundError` where ../shared is absent."""
    return [(paper.id, as_document(paper)) for paper in papers()]


def as_document(paper: Paper) -> Document:
    """Return one open document as content, with a seal's place and a 版记 as the office would add them."""
    body = [whole_signs(row.strip()) for row in paper.body if row.strip()]
    recipients = (paper.gold["main_recipients"] or "") if not paper.is_order else ""
    if recipients and body and plain(body[0]) == plain(recipients):
        body = body[1:]
    names, body = _named(body)
    day = datetime.date.fromisoformat(paper.gold["doc_date"]) if paper.gold["doc_date"] else None
    issuer = re.sub(r"\s", "", paper.gold["issuer_name"] or "")
    note, attachments = _after(paper.rest)
    kind = _kind(paper)
    signature = Signature(issuer, Seal()) if kind != "order" else Signature(post="总理", name="×××")
    return Document(
        kind=kind,
        head=Head(
            issuers=(issuer,) if issuer else (),
            mark=paper.mark if kind == "order" else "",
            doc_number=_number(paper),
        ),
        title="" if kind == "order" else re.sub(r"\s+", "", "".join(paper.title)),
        main_recipients=whole_signs(recipients),
        body=tuple(_block(row) for row in body),
        attachment_notes=tuple(names),
        signatures=(signature,) if issuer else (),
        doc_date=day,
        note=note,
        attachments=attachments,
        imprint=Imprint("某某某委员会，某某某厅，某某某办公室", issuer, day or DAY)
        if kind == "file"
        else None,
    )


def _number(paper: Paper) -> str:
    """Return the 发文字号 as it should stand; the number of an issue (第八期) is none, and one is made up."""
    number = re.sub(r"\s", "", paper.number or "").replace("[", "〔").replace("]", "〕")
    return number if "〔" in number or paper.is_order else "某政发〔2026〕1号"


def _kind(paper: Paper) -> str:
    if paper.is_order:
        return "order"
    if not paper.mark:
        return "plain"
    return "file" if paper.mark.endswith("文件") else "letter"


def _block(row: str) -> Block:
    level = 1 if FIRST.match(row) else 2 if SECOND.match(row) else 0
    if not level:
        return Paragraph(runs(row))
    if len(row) > 30 and (parted := HEADING_ENDS.match(row)):
        return Heading(level, runs(parted[1]), runs(parted[2]))
    return Heading(level, runs(row))


def whole_signs(text: str) -> str:
    """Return the text with the half-width marks of the web page as the office would type them."""
    for half, full in zip(",;:?!", "，；：？！", strict=True):
        text = re.sub(rf"(?<=[^\x00-\x7f]){re.escape(half)}|{re.escape(half)}(?=[^\x00-\x7f])", full, text)
    return re.sub(r"\(([^()]*[^\x00-\x7f][^()]*)\)", r"（\1）", text)


def _named(body: Sequence[str]) -> tuple[list[str], list[str]]:
    """Take the 附件说明 off the end of the text."""
    for at in range(max(0, len(body) - 8), len(body)):
        if NOTED.match(body[at]):
            names = [NOTED.sub("", body[at]), *body[at + 1 :]]
            return [re.sub(r"^\d+[.．]\s*", "", name) for name in names if name], list(body[:at])
    return [], list(body)


def _after(rest: Sequence[str]) -> tuple[str, tuple[Attachment, ...]]:
    """Return the 附注, and what is printed behind the signature as an enclosure or attachment."""
    rows = [whole_signs(row.strip()) for row in rest if row.strip()]
    rows = [day_words(day) if (day := _chinese_day(row)) else row for row in rows]
    note = ""
    if rows and re.fullmatch(r"[（(].{2,40}[）)]", rows[0]):
        note, rows = rows[0][1:-1], rows[1:]
    if len(rows) < 3:
        return note, ()
    label = re.fullmatch(r"附件\d*[:：]?", rows[0])
    title, *body = rows[1:] if label else rows
    if len(title) > 40:
        title, body = "", [title, *body]
    issuer, day = "", None
    if len(body) > 2 and (day := _chinese_day(body[-1])):
        issuer, body = body[-2], body[:-2]
    return note, (
        Attachment(title, tuple(map(_block, body)), issuer=issuer, doc_date=day, is_enclosure=not label),
    )


def _chinese_day(text: str) -> datetime.date | None:
    """Return the date that a row is, in Chinese or Arabic numerals."""
    if not (found := re.fullmatch(r"(.{4})年(.{1,3})月(.{1,3})日", text)):
        return None
    year = "".join(
        str("〇一二三四五六七八九".find(each)) if each in "〇一二三四五六七八九" else each
        for each in found[1].replace("○", "〇")
    )
    try:
        return datetime.date(int(year), _small(found[2]), _small(found[3]))
    except ValueError:
        return None


def _small(text: str) -> int:
    """Return a number under a hundred."""
    if text.isdigit():
        return int(text)
    tens, _ten, ones = text.rpartition("十")
    digits = "〇一二三四五六七八九"
    return (digits.index(tens) if tens else 1 if _ten else 0) * 10 + (digits.index(ones) if ones else 0)


DAY = datetime.date(2026, 6, 9)
TEXT = (
    "为深入贯彻落实党中央、国务院关于安全生产工作的决策部署，切实做好2026年汛期地质灾害隐患排查整治工作，"
    "经县政府第12次常务会议研究同意，现将有关事项通知如下，请认真贯彻执行。"
)
COUNTY = "云岭县人民政府"
OFFICE = "云岭县人民政府办公室"


def paragraphs(count: int) -> tuple[Block, ...]:
    """Return so many paragraphs under headings of every level."""
    made: list[Block] = []
    for index in range(count):
        if index % 4 == 0:
            made.append(Heading(1, runs(f"{'一二三四五六七八'[index // 4 % 8]}、压实工作责任")))
        name = "一二三四"[index % 4]
        made.append(
            Heading(2, runs(f"（{name}）全面排查隐患。"), runs(TEXT))
            if index % 2
            else Paragraph(runs(TEXT * 2))
        )
    return tuple(made)


def table(count: int, *, is_landscape: bool = False) -> Table:
    """Return a table of tasks with so many rows."""
    rows = [("序号", "工作任务", "责任单位", "完成时限")]
    rows += [
        (str(at), "排查地质灾害隐患点，逐点建立台账", "县自然资源局、各乡镇人民政府", "2026年6月底前")
        for at in range(1, count + 1)
    ]
    cells = tuple(tuple(Cell(runs(text)) for text in row) for row in rows)
    return Table(cells, caption="任务分解表", is_landscape=is_landscape)


def usual(**more: Any) -> Document:
    """Return a 通知 of three or four pages with everything a paper mostly has."""
    paper = Document(
        head=Head(issuers=(OFFICE,), doc_number="云政办发〔2026〕12号"),
        title=f"{OFFICE}关于开展2026年汛期地质灾害隐患排查整治工作的通知",
        main_recipients="各乡镇人民政府，县政府各部门、各直属机构",
        body=paragraphs(8),
        signatures=(Signature(OFFICE, Seal()),),
        doc_date=DAY,
        note="此件公开发布",
        imprint=Imprint(
            "县委办公室，县人大常委会办公室，县政协办公室，县纪委监委，县人武部，县法院，县检察院",
            OFFICE,
            DAY,
        ),
    )
    return replace(paper, **more)


def special() -> list[tuple[str, Document]]:
    """Return one paper of each special format and head."""
    named = tuple(Signature(each, Seal()) for each in (OFFICE, "云岭县发展和改革局", "云岭县财政局"))
    joint = Head(issuers=tuple(each.issuer for each in named), doc_number="云政办联〔2026〕2号")
    rolls = (
        RollCall("出席", "陆承安　顾怀川　程以安　段知秋　罗启明　祁文远　许清和　段知秋　罗启明　祁文远"),
        RollCall("请假", "许清和"),
        RollCall("列席", "县发展改革局罗启明，县财政局段知秋，县审计局祁文远"),
    )
    upward = Head(issuers=(COUNTY,), doc_number="云政〔2026〕20号", signers=(Signer("陆承安"),))
    return [
        ("file", usual()),
        ("file-two-attachments", usual(attachments=(Attachment("隐患排查表", (table(40),)), Attachment("责任分工", paragraphs(3))))),
        ("file-table", usual(body=(*paragraphs(4), table(16), *paragraphs(12)))),
        ("file-landscape", usual(attachments=(Attachment("任务分解表", (table(30, is_landscape=True),)),))),
        ("letter", usual(kind="letter", head=Head(issuers=(COUNTY,), doc_number="云政函〔2026〕8号", urgency="urgent"),
                         title=f"{COUNTY}关于商请支持地质灾害治理项目的函", main_recipients="澜江市自然资源局")),
        ("order", usual(kind="order", head=Head(issuers=(COUNTY,), doc_number="第3号"), title="", main_recipients="",
                        body=(Paragraph(runs("《云岭县城市管理办法》已经县政府第12次常务会议通过，现予公布，自2026年7月1日起施行。")),),
                        signatures=(Signature(post="县长", name="陆承安"),), note="", imprint=None,
                        attachments=(Attachment("云岭县城市管理办法", paragraphs(12), is_enclosure=True),))),
        ("minutes", usual(kind="minutes", head=Head(issuers=(COUNTY,), mark=f"{COUNTY}常务会议纪要", doc_number="〔2026〕12号"),
                          title="县政府第12次常务会议纪要", main_recipients="", signatures=(), doc_date=None, note="", roll_calls=rolls)),
        ("upward", usual(head=upward, title=f"{COUNTY}关于解决地质灾害治理资金的请示", main_recipients="澜江市人民政府",
                         note="联系人：罗启明，电话：0871-1234567")),
        ("joint", usual(head=joint, title="云岭县人民政府办公室　云岭县发展和改革局　云岭县财政局关于下达2026年投资计划的通知",
                        signatures=named)),
        ("unsealed", usual(signatures=(Signature(OFFICE),))),
        ("plain", usual(kind="plain", head=Head(), imprint=None)),
    ]  # fmt: skip
