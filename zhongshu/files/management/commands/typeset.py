"""Set an official paper from its content; nothing is stored."""

from typeset.__main__ import main
from zhongshu.files.management.library import LibraryCommand


class Command(LibraryCommand):
    """Hand over to the library's own command line."""

    help = "按 GB/T 9704 把内容文件、DOCX 或纯文本排成 PDF、DOCX、OFD 或页面图像，按扩展名；不登记也不保存"
    library = main
