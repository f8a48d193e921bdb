"""`zhongshu take-mail`: fetch new mails now."""

from zhongshu.documents.models import TakerKind
from zhongshu.documents.taking.command import TakerCommand


class Command(TakerCommand):
    help = "收取邮箱里的来文，放进上传篮；平时由 worker 定时收取"
    kind = TakerKind.MAILBOX
    looks = 1
