"""What may be granted about files."""

from zhongshu.people.defaults import ADMIN_CODES, ROLES, SEC_ADMIN
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

DROP = declare("files.drop", "使用上传篮", roles=OFFICE, group="附件")
TAKE_DROPS = declare(
    "files.take_drops",
    "取用本办公室上传篮、邮箱和扫描文件夹里的文件",
    roles=("secretariat", "duty_office"),
    group="附件",
)
CONFIRM_SCAN = declare(
    "files.confirm_scan",
    "二人确认：看扫描件是否涉密",
    roles=("office_director", "office_deputy", "secretariat", "secrecy_reviewer", "duty_office"),
    group="保密审查",
)
REVIEW_SECRECY = declare("files.review_secrecy", "保密审查", roles=("secrecy_reviewer",), group="保密审查")
RELEASE = declare("files.release", "按摘要放行", roles=(SEC_ADMIN,), group="保密审查")
