"""What may be granted about files."""

from zhongshu.people.defaults import ADMIN_CODES, ROLES
from zhongshu.ui.permissions import declare

OFFICE = tuple(role.code for role in ROLES if role.code not in ADMIN_CODES)
APPROVERS = ("office_director", "office_deputy")
KEEPERS = ("office_director", "office_deputy", "secretariat", "archivist")

ATTACH = declare("files.attach", "上传附件", roles=OFFICE, group="附件")
DOWNLOAD = declare("files.download", "下载附件", roles=OFFICE, group="附件")
PRINT = declare("files.print", "打印附件", roles=OFFICE, group="附件")
COPY_TEXT = declare("files.copy_text", "查看、复制附件的文字", roles=OFFICE, group="附件")
APPROVE_PRINT = declare("files.approve_print", "审批工作秘密件打印", roles=APPROVERS, group="附件")
PRINT_WORK_SECRET = declare(
    "files.print_work_secret", "打印工作秘密件不经申请", roles=APPROVERS, group="附件"
)
DOWNLOAD_WORK_SECRET = declare(
    "files.download_work_secret",
    "下载工作秘密件原文件",
    roles=(*APPROVERS, "confidential_clerk"),
    group="附件",
)
KEEP = declare("files.keep", "整理、作废他人上传的附件", roles=KEEPERS, group="附件")
