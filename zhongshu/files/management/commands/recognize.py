"""Read the fields of an official paper from a file; nothing is stored."""

from recognize.__main__ import main
from zhongshu.files.management.library import LibraryCommand


class Command(LibraryCommand):
    """Hand over to the library's own command line."""

    help = "识别文件中的公文要素，扫描件和照片用离线识别；不登记也不保存；--json 输出 JSON"
    library = main
