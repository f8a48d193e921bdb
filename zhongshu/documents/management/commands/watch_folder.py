"""`zhongshu watch-folder`: take what a scanner laid down."""

from zhongshu.documents.models import TakerKind
from zhongshu.documents.taking.command import TakerCommand


class Command(TakerCommand):
    help = "收取扫描文件夹里的来文，放进上传篮；平时由 worker 定时收取"
    kind = TakerKind.FOLDER
    looks = 2
