"""Proofread a file; nothing is stored."""

from proofread.__main__ import main
from zhongshu.files.management.library import LibraryCommand


class Command(LibraryCommand):
    """Hand over to the library's own command line."""

    help = "校对公文：文种、行文规则、日期、附件、序号、数字、标点、数据、用语和错别字；--json 输出 JSON，--lines 逐行改句子"
    library = main
