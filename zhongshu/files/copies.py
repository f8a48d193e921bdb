"""What the office settles about copies that leave: letters, prints, downloads; and the occasions people are told of."""

from zhongshu.matters import events, settings
from zhongshu.matters.events import Event
from zhongshu.matters.settings import Declared

COPY_WORK_SECRET = "files.copy_work_secret"
PRINT_DAYS = "files.print_days"
MARK_DOWNLOADS = "files.mark_downloads"
GROUP = "附件"


def declare_settings() -> None:
    """Make the settings known."""
    events.declare(Event("print_asked", "工作秘密件打印申请"), Event("print_decided", "打印申请有结果"))
    settings.declare(
        Declared(
            COPY_WORK_SECRET,
            "工作秘密件可以看文字",
            "bool",
            False,
            GROUP,
            "放开后能复制文字，读屏软件也能读",
        ),
        Declared(PRINT_DAYS, "打印申请批准后几天内有效", "int", 3, GROUP, "过期须重新申请", low=1, high=30),
        Declared(
            MARK_DOWNLOADS,
            "内部件下载带水印的副本",
            "bool",
            False,
            GROUP,
            "版式文件和图片改为下载带水印的 PDF；整理附件的人仍下载原文件。工作秘密件不能下载，不受此项影响",
        ),
    )
