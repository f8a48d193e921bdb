"""The roles and posts an office starts with; names can be edited, codes cannot."""

from __future__ import annotations

from dataclasses import dataclass

from zhongshu.people.models import Post, Role, RoleKind

SYS_ADMIN, SEC_ADMIN, AUDIT_ADMIN = "sys_admin", "sec_admin", "audit_admin"
ADMIN_CODES = frozenset({SYS_ADMIN, SEC_ADMIN, AUDIT_ADMIN})


@dataclass(frozen=True)
class DefaultRole:
    code: str
    name: str
    duties: str
    kind: str = RoleKind.BUSINESS
    represents_unit: bool = False
    is_signer: bool = False


ROLES: tuple[DefaultRole, ...] = (
    DefaultRole("county_head", "县长", "批示、签发、审议题、看督办与日程", is_signer=True),
    DefaultRole("exec_vice_mayor", "常务副县长", "批示、签发、审议题、看督办与日程", is_signer=True),
    DefaultRole("vice_mayor", "副县长", "批示、签发、审议题、看督办与日程", is_signer=True),
    DefaultRole(
        "office_director", "办公室主任", "审核把关、签发办公室发文", represents_unit=True, is_signer=True
    ),
    DefaultRole(
        "office_deputy",
        "办公室副主任",
        "分管模块审核把关、签发办公室发文",
        represents_unit=True,
        is_signer=True,
    ),
    DefaultRole("section_head", "科长", "科室事项审核、安排"),
    DefaultRole(
        "secretariat", "秘书科", "收文、登记、初审、拟办、核稿、编号、印发、用印", represents_unit=True
    ),
    DefaultRole("general_section", "综合科", "讲话、报告、会议计划、纪要"),
    DefaultRole("info_section", "信息科", "政务信息采编、约稿、上报"),
    DefaultRole("supervision_office", "督查室", "立项、交办、催办、核查、通报"),
    DefaultRole("legal_section", "法制科", "合法性审核"),
    DefaultRole("confidential_clerk", "机要员", "线下机要渠道登记"),
    DefaultRole("secrecy_reviewer", "保密审查人", "判断可疑文件是否涉密、申请放行"),
    DefaultRole("duty_office", "总值班室", "排班、值守、突发事件接报"),
    DefaultRole("appeal_clerk", "热线信箱岗", "热线、县长信箱、网民留言"),
    DefaultRole("logistics", "行政后勤", "用车、接待、物资"),
    DefaultRole("fleet_dispatcher", "车辆调度员", "派车、封存、核算"),
    DefaultRole("driver", "驾驶员", "出车"),
    DefaultRole("gatekeeper", "门卫", "来访登记"),
    DefaultRole("messenger", "通讯员", "递送文件、报刊"),
    DefaultRole("archivist", "档案员", "归档、编目、借阅"),
    DefaultRole("party_clerk", "党务", "支部台账"),
    DefaultRole("disclosure_clerk", "政务公开岗", "公开审查、依申请公开"),
    DefaultRole("egov_ops", "信息化运维", "运行维护"),
    DefaultRole("dept_head", "单位主要负责人", "本单位来件的批办、审签", represents_unit=True),
    DefaultRole("liaison", "联络员", "收件、签收、反馈", represents_unit=True),
    DefaultRole(SYS_ADMIN, "系统管理员", "建机构、建账号、配参数、备份", RoleKind.ADMIN),
    DefaultRole(SEC_ADMIN, "安全保密管理员", "账号启用、角色授权、安全策略", RoleKind.ADMIN),
    DefaultRole(AUDIT_ADMIN, "安全审计员", "查审计、出审计报告", RoleKind.ADMIN),
)

POSTS: tuple[tuple[str, bool, bool], ...] = (
    ("县长", True, False),
    ("常务副县长", False, True),
    ("副县长", False, True),
    ("主任", True, False),
    ("副主任", False, True),
    ("局长", True, False),
    ("副局长", False, True),
    ("镇长", True, False),
    ("副镇长", False, True),
    ("乡长", True, False),
    ("副乡长", False, True),
    ("科长", True, False),
    ("副科长", False, True),
    ("科员", False, False),
    ("联络员", False, False),
    ("工作人员", False, False),
)


def ensure_defaults() -> None:
    """Create what is missing; what the office has edited stays as it is."""
    known = set(Role.objects.values_list("code", flat=True))
    roles = [
        Role(
            code=r.code,
            name=r.name,
            duties=r.duties,
            kind=r.kind,
            represents_unit=r.represents_unit,
            is_signer=r.is_signer,
            sort_order=order * 10,
        )
        for order, r in enumerate(ROLES, start=1)
        if r.code not in known
    ]
    Role.objects.bulk_create(roles, ignore_conflicts=True)
    _ensure_posts()


def _ensure_posts() -> None:
    if Post.objects.exists():
        return
    posts = [
        Post(name=name, is_head=is_head, is_deputy=is_deputy, sort_order=order * 10)
        for order, (name, is_head, is_deputy) in enumerate(POSTS, start=1)
    ]
    Post.objects.bulk_create(posts, ignore_conflicts=True)
