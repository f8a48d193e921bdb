"""哪些文件是一件: proposed from the names, the clerk has the last word."""

import pytest

from zhongshu.documents.intake.grouping import Named, grouped


def papers(*names: str, chosen=None, lists=None) -> list[list[str]]:
    files = [Named(name, name, tuple((lists or {}).get(name, ()))) for name in names]
    return [[file.key for file in paper.files] for paper in grouped(files, chosen or {})]


@pytest.mark.parametrize(
    ("names", "made"),
    [
        (["甲通知.pdf", "乙通知.pdf"], [["甲通知.pdf"], ["乙通知.pdf"]]),
        (
            ["附件2：表.xlsx", "通知.pdf", "附件1.名单.docx"],
            [["通知.pdf", "附件1.名单.docx", "附件2：表.xlsx"]],
        ),
        (
            ["a.pdf", "附件1 x.xlsx", "b.pdf", "附件1 y.xlsx"],
            [["a.pdf", "附件1 x.xlsx"], ["b.pdf", "附件1 y.xlsx"]],
        ),
        (
            ["防汛通知.pdf", "会议通知.pdf", "防汛通知-附件.docx"],
            [["防汛通知.pdf", "防汛通知-附件.docx"], ["会议通知.pdf"]],
        ),
        (["扫描_02.jpg", "扫描_01.jpg", "扫描_10.jpg"], [["扫描_01.jpg", "扫描_02.jpg", "扫描_10.jpg"]]),
        (["关于报送附件材料的通知.pdf", "别的.pdf"], [["关于报送附件材料的通知.pdf"], ["别的.pdf"]]),
        (["通知.docx", "通知.pdf"], [["通知.docx", "通知.pdf"]]),
        (["附件1.xlsx"], [["附件1.xlsx"]]),
    ],
)
def test_files_are_sorted_by_their_names(names, made):
    assert papers(*names) == made


def test_what_the_text_lists_goes_with_it():
    names = ["a.pdf", "b.pdf", "附件：项目计划表.xlsx"]
    assert papers(*names, lists={"a.pdf": ["项目计划表"]}) == [["a.pdf", "附件：项目计划表.xlsx"], ["b.pdf"]]


def test_the_clerk_has_the_last_word():
    names = ["通知.pdf", "附件1.xlsx", "说明.pdf"]
    assert papers(*names, chosen={"附件1.xlsx": "附件1.xlsx"}) == [["通知.pdf"], ["附件1.xlsx"], ["说明.pdf"]]
    assert papers(*names, chosen={"说明.pdf": "通知.pdf"}) == [["通知.pdf", "附件1.xlsx", "说明.pdf"]]
    assert papers(*names, chosen={"说明.pdf": "没有了"}) == [["通知.pdf", "附件1.xlsx"], ["说明.pdf"]]
