"""The office's own papers: each has its page, none is an official document."""

import datetime
from dataclasses import dataclass
from typing import Annotated

from typeset.model.inline import Picture


@dataclass(frozen=True, slots=True)
class Opinion:
    """One opinion in a box: typed, or written by hand as a picture of ink; both where the hand was copied out."""

    text: Annotated[str, "意见"] = ""
    signed_by: Annotated[str, "签名"] = ""
    signed_at: Annotated[str, "时间"] = ""
    ink: Annotated[Picture | None, "手写笔迹"] = None
    remark: Annotated[str, "说明"] = ""


@dataclass(frozen=True, slots=True)
class OpinionBox:
    """A box of the sheet; `height_mm` is kept free at least, for pens."""

    label: Annotated[str, "栏名"]
    opinions: Annotated[tuple[Opinion, ...], "意见"] = ()
    height_mm: Annotated[float, "最小高度（毫米）"] = 30.0
    code: Annotated[str, "二维码内容"] = ""


@dataclass(frozen=True, slots=True)
class UnitHandling:
    """How one unit stands with it."""

    unit: Annotated[str, "单位"]
    role: Annotated[str, "角色"] = ""
    handler: Annotated[str, "承办人"] = ""
    due: Annotated[str, "时限"] = ""
    feedback: Annotated[str, "最近反馈"] = ""


@dataclass(frozen=True, slots=True)
class HandlingSheet:
    """办理单 of an incoming document; `code` is set as a QR code beside the title."""

    office: Annotated[str, "单位"]
    title: Annotated[str, "标题"]
    issuer_name: Annotated[str, "来文单位"] = ""
    doc_number: Annotated[str, "来文字号"] = ""
    receipt_number: Annotated[str, "收文编号"] = ""
    received_on: Annotated[str, "收文日期"] = ""
    urgency: Annotated[str, "紧急程度"] = ""
    copies: Annotated[str, "份数"] = ""
    due: Annotated[str, "办理时限"] = ""
    work_kind: Annotated[str, "办件类型"] = ""
    boxes: Annotated[tuple[OpinionBox, ...], "意见栏"] = ()
    units: Annotated[tuple[UnitHandling, ...], "承办情况"] = ()
    code: Annotated[str, "二维码内容"] = ""
    printed: Annotated[str, "打印标记"] = ""
    name: Annotated[str, "单名"] = "收文办理单"


@dataclass(frozen=True, slots=True)
class ReturnSlip:
    """退文单: what is sent back to whom, why, and how to mend it."""

    office: Annotated[str, "单位"]
    number: Annotated[str, "编号"]
    issuer_name: Annotated[str, "来文单位"]
    title: Annotated[str, "来文标题"]
    doc_number: Annotated[str, "来文字号"] = ""
    received_on: Annotated[str, "收文日期"] = ""
    reasons: Annotated[tuple[str, ...], "退文理由"] = ()
    advice: Annotated[str, "改正意见"] = ""
    approved_on: Annotated[datetime.date | None, "审批日期"] = None
    drafted_by: Annotated[str, "经办人"] = ""
    approved_by: Annotated[str, "审批人"] = ""
    receipt_number: Annotated[str, "收文编号"] = ""
    copies: Annotated[str, "份数"] = ""
    seal: Annotated[Picture | None, "印模"] = None


@dataclass(frozen=True, slots=True)
class SupervisionNotice:
    """督办通知单: a matter handed to its units with a deadline."""

    office: Annotated[str, "单位"]
    number: Annotated[str, "编号"]
    lead_unit: Annotated[str, "牵头单位"]
    title: Annotated[str, "督办事项"]
    source: Annotated[str, "来源"] = ""
    instruction: Annotated[str, "批示或决定"] = ""
    demands: Annotated[tuple[str, ...], "办理要求"] = ()
    co_units: Annotated[tuple[str, ...], "配合单位"] = ()
    due: Annotated[str, "办结时限"] = ""
    feedback_due: Annotated[str, "反馈时限"] = ""
    contact: Annotated[str, "联系人"] = ""
    phone: Annotated[str, "联系电话"] = ""
    issued_on: Annotated[datetime.date | None, "交办日期"] = None
    code: Annotated[str, "二维码内容"] = ""
    seal: Annotated[Picture | None, "印模"] = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """A line to sign in."""

    unit: Annotated[str, "收件单位"]
    copies: Annotated[str, "份数"] = ""
    copy_nos: Annotated[str, "份号"] = ""
    signed_by: Annotated[str, "签收人"] = ""
    signed_at: Annotated[str, "签收时间"] = ""
    remark: Annotated[str, "备注"] = ""


@dataclass(frozen=True, slots=True)
class ReceiptSlip:
    """签收单: one document, and the units that sign for it."""

    office: Annotated[str, "单位"]
    title: Annotated[str, "文件标题"]
    doc_number: Annotated[str, "发文字号"] = ""
    issued_on: Annotated[str, "分送日期"] = ""
    copies: Annotated[str, "总份数"] = ""
    sender: Annotated[str, "经办人"] = ""
    receipts: Annotated[tuple[Receipt, ...], "签收"] = ()
    empty_rows: Annotated[int, "空行数"] = 0


@dataclass(frozen=True, slots=True)
class ArchiveEntry:
    """One item (件) of the catalogue; no column for 密级, as the house holds none."""

    archival_code: Annotated[str, "档号"]
    doc_number: Annotated[str, "文号"] = ""
    responsible_party: Annotated[str, "责任者"] = ""
    title: Annotated[str, "题名"] = ""
    date: Annotated[str, "日期"] = ""
    pages: Annotated[str, "页数"] = ""
    remark: Annotated[str, "备注"] = ""


@dataclass(frozen=True, slots=True)
class ArchiveCatalog:
    """归档文件目录 (DA/T 22), on pages set crosswise."""

    fonds: Annotated[str, "全宗名称"]
    fonds_no: Annotated[str, "全宗号"] = ""
    year: Annotated[str, "年度"] = ""
    retention: Annotated[str, "保管期限"] = ""
    section: Annotated[str, "机构（问题）"] = ""
    entries: Annotated[tuple[ArchiveEntry, ...], "目录"] = ()


@dataclass(frozen=True, slots=True)
class DutyShift:
    """One day or shift of the roster."""

    date: Annotated[datetime.date, "日期"]
    duty_leader: Annotated[str, "带班领导"] = ""
    main_officer: Annotated[str, "主班"] = ""
    deputy_officer: Annotated[str, "副班"] = ""
    phone: Annotated[str, "电话"] = ""
    remark: Annotated[str, "备注"] = ""
    part: Annotated[str, "班次"] = ""


@dataclass(frozen=True, slots=True)
class DutyRoster:
    """值班表 of a month or a holiday."""

    office: Annotated[str, "单位"]
    period: Annotated[str, "时段"]
    shifts: Annotated[tuple[DutyShift, ...], "班次"] = ()
    phones: Annotated[str, "值班电话"] = ""
    demands: Annotated[tuple[str, ...], "值班要求"] = ()
    made_by: Annotated[str, "制表"] = ""
    made_on: Annotated[datetime.date | None, "制表日期"] = None


@dataclass(frozen=True, slots=True)
class NamePlate:
    """One 座签; `line` stands small under the name (单位 or 职务), mostly empty."""

    name: Annotated[str, "姓名"]
    line: Annotated[str, "说明"] = ""


@dataclass(frozen=True, slots=True)
class NamePlates:
    """座签: one A4 page a plate, folded in the middle, so that both sides are read upright."""

    plates: Annotated[tuple[NamePlate, ...], "座签"]
    is_red: Annotated[bool, "红底"] = False


Paper = (
    HandlingSheet | ReturnSlip | SupervisionNotice | ReceiptSlip | ArchiveCatalog | DutyRoster | NamePlates
)
