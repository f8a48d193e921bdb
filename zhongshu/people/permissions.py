"""What may be granted about units, persons, accounts and stand-ins."""

from zhongshu.people.defaults import ADMIN_CODES, AUDIT_ADMIN, ROLES, SEC_ADMIN, SYS_ADMIN
from zhongshu.ui.permissions import declare

OFFICE = tuple(role.code for role in ROLES if role.code not in ADMIN_CODES)
ADMINS = (SYS_ADMIN, SEC_ADMIN, AUDIT_ADMIN)
EVERYBODY = (*OFFICE, *ADMINS)
KEEPERS = ("office_director", "office_deputy", "secretariat")

UNITS = declare("people.units", "管理机构", roles=(SYS_ADMIN,), group="系统")
PERSONS = declare("people.persons", "管理人员与任职、建立账号", roles=(SYS_ADMIN,), group="系统")
ACCOUNTS = declare("people.accounts", "启用、停用账号，授予、收回角色", roles=(SEC_ADMIN,), group="系统")
SEE_ACCOUNTS = declare("people.accounts_read", "看账号与授权", roles=ADMINS, group="系统")
ROLE_EDIT = declare("people.roles", "调整角色与权限", roles=(SEC_ADMIN,), group="系统")
POLICY = declare("people.policy", "修改账号策略", roles=(SEC_ADMIN,), group="系统")
TRAIL = declare("people.trail", "查审计日志", roles=(AUDIT_ADMIN,), group="系统")
CALENDAR = declare("people.calendar", "维护工作日历", roles=(SYS_ADMIN,), group="系统")
SEE_CALENDAR = declare("people.calendar_read", "看工作日历", roles=EVERYBODY, group="系统")
SEE_UNITS = declare("people.units_read", "看机构台账", roles=(*ADMINS, *KEEPERS), group="系统")
PORTFOLIOS = declare(
    "people.portfolios", "维护领导分工", roles=(SYS_ADMIN, "office_director", "secretariat"), group="系统"
)
SEE_PORTFOLIOS = declare("people.portfolios_read", "看领导分工", roles=EVERYBODY, group="系统")
AB_POSTS = declare("people.ab_posts", "维护AB岗", roles=(SYS_ADMIN, "secretariat"), group="系统")
SEE_AB_POSTS = declare("people.ab_posts_read", "看AB岗与联络员台账", roles=EVERYBODY, group="系统")
ABSENCES = declare(
    "people.absences", "代登记他人外出", roles=("office_director", "secretariat"), group="系统"
)
EXCEPT_ABSENCE = declare(
    "people.absences_except", "特批A、B同时离岗", roles=("office_director",), group="系统"
)
SEE_DELEGATIONS = declare(
    "people.delegations_read", "看授权代理台账", roles=(SEC_ADMIN, AUDIT_ADMIN, *KEEPERS), group="系统"
)
