"""What is wrong with some papers: the faults a first reading finds, and what the office writes when it sends them back."""

import random

from demo.papers.paper import Fault, Paper

_HINT = "请按《党政机关公文处理工作条例》有关规定修改后重新报送。"
FAULTS: dict[str, Fault] = {
    "recipients": Fault("DOC-02", "多头主送", f"来文同时主送两个机关，请示应主送一个上级机关。{_HINT}"),
    "two_asks": Fault("DOC-02", "一文多事", f"来文请示了两个不相关的事项，请示应一文一事。{_HINT}"),
    "person": Fault(
        "DOC-03",
        "主送领导个人",
        f"来文主送领导同志个人，且无领导交办依据，不得以机关名义向领导个人报送。{_HINT}",
    ),
    "hidden_ask": Fault(
        "DOC-04", "报告夹带请示", f"报告中夹带了请示事项，请将请示事项另行以“请示”报送。{_HINT}"
    ),
    "signer": Fault("DOC-05", "无签发人", f"上行文未标注签发人、联系人和电话。{_HINT}"),
    "enclosure": Fault(
        "DOC-05", "附件不全", "正文所列附件未随文报送，经电话联系仍未补齐，请补齐附件后重新报送。"
    ),
    "seal": Fault("DOC-05", "未加盖公章", "来文未加盖发文机关印章，无法确认其效力，请用印后重新报送。"),
    "cosign": Fault(
        "DOC-06", "未协商会签", "来文涉及其他部门职权，未经协商会签，请征求有关部门意见并附会签单后重新报送。"
    ),
}
_FOR_REQUESTS = ("recipients", "two_asks", "person", "signer", "enclosure", "seal", "cosign")
_FOR_REPORTS = ("recipients", "person", "hidden_ask", "hidden_ask", "signer", "enclosure")


def spoil(paper: Paper, rng: random.Random) -> None:
    """Give a paper one fault that also shows in its text."""
    name = rng.choice(_FOR_REQUESTS if paper.kind == "请示" else _FOR_REPORTS)
    paper.fault = FAULTS[name]
    match name:
        case "recipients":
            paper.recipients = "县委、县人民政府"
        case "person":
            paper.recipients = "尊敬的陆县长"
        case "signer":
            paper.signer, paper.contact = "", ""
        case "hidden_ask":
            paper.extra = "由于工作经费紧张，恳请县财政另行安排经费予以支持。"
            paper.closing = "以上报告妥否，请批示。"
        case "two_asks":
            paper.extra = "另，我单位编制紧缺，恳请一并研究增加编制事宜。"
