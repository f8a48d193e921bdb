"""What people hangs into the section 系统, and what it tells the shell about the person at the page."""

from zhongshu.people import permissions as p
from zhongshu.people import standings
from zhongshu.ui import slots
from zhongshu.ui.navigation import NavItem, register

ORG, ACCESS, AUDIT = "机构与人员", "账号与权限", "审计"

register(
    NavItem("system", "机构", "people:units", f"{p.UNITS}|{p.SEE_UNITS}", 10, ORG),
    NavItem("system", "人员", "people:persons", p.PERSONS, 20, ORG),
    NavItem("system", "领导分工", "people:portfolios", p.SEE_PORTFOLIOS, 30, ORG),
    NavItem("system", "联络员与AB岗", "people:ab_posts", p.SEE_AB_POSTS, 40, ORG),
    NavItem("system", "外出", "people:absences", p.ABSENCES, 50, ORG),
    NavItem("system", "工作日历", "people:calendar", p.SEE_CALENDAR, 60, ORG),
    NavItem("system", "账号与授权", "people:accounts", p.SEE_ACCOUNTS, 110, ACCESS),
    NavItem("system", "角色与权限", "people:roles", f"{p.ROLE_EDIT}|{p.SEE_ACCOUNTS}", 120, ACCESS),
    NavItem("system", "授权代理", "people:delegations", p.SEE_DELEGATIONS, 130, ACCESS),
    NavItem("system", "账号策略", "people:policy", p.POLICY, 140, ACCESS),
    NavItem("system", "审计日志", "people:trail", p.TRAIL, 210, AUDIT),
)

slots.fill(
    office_name=standings.office_name,
    person_line=standings.person_line,
    standings=standings.choices,
    account_links=standings.account_links,
)
