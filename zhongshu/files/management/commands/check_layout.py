"""Check the layout of an official paper against the standard or a profile; nothing is stored."""

from typeset.checking.__main__ import main
from zhongshu.files.management.library import LibraryCommand


class Command(LibraryCommand):
    """Hand over to the library's own command line."""

    help = "按 GB/T 9704 或本地细则检查 PDF、DOCX 公文的版式，一行一项；有不合格的退出码为 1"
    library = main
