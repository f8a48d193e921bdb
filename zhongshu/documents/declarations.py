"""What this room declares at start: permissions, places in the navigation, settings, deadlines, numbers."""

from zhongshu.base import deadlines
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refusal
from zhongshu.documents import beginnings, numbers, panels, procedures, rules, search
from zhongshu.documents.importing import gaps
from zhongshu.documents.importing import running as _importing  # noqa: F401 - its handler joins the outbox
from zhongshu.documents.intake import filling, twins
from zhongshu.documents.states import INSTRUCTION_KIND, KIND
from zhongshu.documents.taking import running as _taking  # noqa: F401 - its jobs join the schedule
from zhongshu.files import rules as files
from zhongshu.files import upkeep
from zhongshu.flow import queries as flow
from zhongshu.matters import events, kinds, settings
from zhongshu.matters.events import Event
from zhongshu.matters.installation import at_installation
from zhongshu.matters.kinds import Kind
from zhongshu.matters.models import Matter
from zhongshu.matters.settings import Declared
from zhongshu.ui import navigation
from zhongshu.ui.navigation import NavItem, NewItem
from zhongshu.ui.permissions import declare

GROUP = "办文"
LEADERS = ("county_head", "exec_vice_mayor", "vice_mayor")
OFFICE = ("office_director", "office_deputy", "secretariat")
UNITS = ("dept_head", "liaison")
EVERYONE = (
    *LEADERS,
    *OFFICE,
    "general_section",
    "supervision_office",
    "legal_section",
    "duty_office",
    *UNITS,
)


def declare_all() -> None:
    """Declare everything; called once when the house starts."""
    _permissions()
    _navigation()
    _settings()
    _policies()
    numbers.declare()
    kinds.register_kind(Kind(KIND, "收文", "documents:incoming", "file-earmark-text"))
    kinds.register_kind(Kind(INSTRUCTION_KIND, "批示件", "documents:instruction", "pen"))
    events.declare(
        Event("instruction_late", "领导又有新批示"),
        Event("opinion_confirm", "代录批示请确认"),
        Event("instruction_result", "批示件报结果"),
        Event("instruction_assigned", "批示件交办"),
        Event("instruction_known", "批示件请知悉"),
        Event("unit_progress", "承办单位报进展", outward=False),
    )
    procedures.register()
    panels.register()
    at_installation(beginnings.begin)
    upkeep.register_indexer(KIND, search.reindex_matter)
    files.register_guard(KIND, _only_at_hand)


def _only_at_hand(matter: Matter, by: Actor) -> list[Refusal]:
    """Files join a paper from the hands it lies in, or of who takes it in; the keepers of papers need no leave."""
    if flow.my_task(by, matter) or rules.is_being_taken_in(matter, by=by):
        return []
    return [files.NOT_YOURS]


def _permissions() -> None:
    declare("documents.read", "查看与己有关的收文", roles=EVERYONE, group=GROUP)
    declare("documents.receive", "签收来文", roles=("secretariat", "duty_office"), group=GROUP)
    declare(
        "documents.litigation",
        "标为涉法涉诉",
        roles=(*OFFICE, "legal_section", "duty_office"),
        group=GROUP,
    )
    declare("documents.register", "登记收文", roles=("secretariat",), group=GROUP)
    declare(
        "documents.corrections",
        "查看、删除识别更正",
        roles=("secretariat", "office_director", "office_deputy"),
        group=GROUP,
    )
    declare("documents.register_all", "查看收文台账", roles=(*OFFICE, "supervision_office"), group=GROUP)
    declare("documents.instruct", "批示", roles=LEADERS, group=GROUP)
    declare(
        "documents.record_for_leader", "代录领导批示", roles=("secretariat", "office_director"), group=GROUP
    )
    declare(
        "documents.instructions",
        "批示件台账",
        roles=(*LEADERS, *OFFICE, "supervision_office", *UNITS),
        group=GROUP,
    )
    declare(
        "documents.register_instruction",
        "登记批示件",
        roles=("secretariat", "supervision_office"),
        group=GROUP,
    )
    declare("documents.accept_supervision", "认可提请立项", roles=("supervision_office",), group=GROUP)
    declare("documents.export", "导出台账", roles=(*OFFICE, "supervision_office"), group=GROUP)
    declare(
        "documents.import",
        "导入历史台账",
        roles=("office_director", "office_deputy", "secretariat", "archivist"),
        group=GROUP,
    )
    declare("documents.counter", "机要登记", roles=("confidential_clerk",), group=GROUP)
    declare("documents.statistics", "收文统计", roles=(*LEADERS, *OFFICE, "supervision_office"), group=GROUP)
    declare(
        "documents.figures",
        "年报定稿与更正、录入基准",
        roles=("office_director", "office_deputy"),
        group=GROUP,
    )
    declare(
        "documents.office_phrases",
        "维护办公室常用批语",
        roles=("office_director", "office_deputy"),
        group=GROUP,
    )
    declare("system.takers", "来文收取（邮箱、扫描文件夹）", roles=("sys_admin",), group="系统")
    declare("documents.print", "打印办理单", roles=EVERYONE, group=GROUP)


def _navigation() -> None:
    navigation.register(
        NavItem(
            "documents",
            "收文台账",
            "documents:incoming_register",
            "documents.register_all|documents.read",
            10,
            "收文",
        ),
        NavItem(
            "documents", "收文登记", "documents:drops", "documents.register|documents.receive", 20, "收文"
        ),
        NavItem("documents", "手工登记", "documents:incoming_new", "documents.register", 21, "收文"),
        NavItem("documents", "值班收文", "documents:incoming_receive", "documents.receive", 22, "收文"),
        NavItem(
            "documents", "扫描件回单", "documents:incoming_scan", "documents.record_for_leader", 25, "收文"
        ),
        NavItem("documents", "历史台账导入", "documents:imports", "documents.import", 65, "收文"),
        NavItem("documents", "请示报告", "documents:request_register", "documents.register_all", 30, "收文"),
        NavItem(
            "documents", "批示件", "documents:instruction_register", "documents.instructions", 40, "收文"
        ),
        NavItem("documents", "退文", "documents:return_register", "documents.register_all", 50, "收文"),
        NavItem("documents", "机要登记本", "documents:counter", "documents.counter", 60, "收文"),
        NavItem(
            "documents",
            "常用批语",
            "documents:phrases",
            "documents.instruct|documents.office_phrases",
            70,
            "收文",
        ),
        NavItem("documents", "识别更正", "documents:corrections", "documents.corrections", 80, "收文"),
        NavItem("system", "来文收取", "documents:takers", "system.takers", 82, "运行"),
        NavItem("statistics", "收文统计", "documents:statistics", "documents.statistics", 10),
        NewItem("收文登记", "documents:drops", "documents.register", "inbox", 10),
        NewItem("批示件登记", "documents:instruction_new", "documents.register_instruction", "pen", 20),
    )


def _settings() -> None:
    settings.declare(
        Declared(
            "documents.checkers",
            "拟办由谁审核",
            "choice",
            "director",
            GROUP,
            "审核人：主任、分管副主任，或先副主任后主任",
            choices=(("director", "主任"), ("deputy", "分管副主任"), ("both", "先副主任后主任")),
        ),
        Declared(
            "documents.yellow_days", "临期提前（工作日）", "int", 2, GROUP, "剩余几个工作日内转黄灯", 0, 30
        ),
        Declared(
            "documents.export_rows",
            "台账一次导出行数上限",
            "int",
            5000,
            GROUP,
            "导出都有水印和记录",
            100,
            20000,
        ),
        Declared(
            gaps.MOST,
            "导入今年台账最多缺号",
            "int",
            500,
            GROUP,
            "缺号超过这个数的不导入，多半是编号写错",
            0,
            100000,
        ),
        Declared(
            filling.SURE_FROM, "识别把握高（％）", "int", 90, GROUP, "识别的把握到这个数，写“把握高”", 50, 100
        ),
        Declared(
            filling.UNSURE_BELOW,
            "识别须核对（％）",
            "int",
            60,
            GROUP,
            "识别的把握不到这个数，写“把握低”，登记时光标先到这里",
            0,
            99,
        ),
        Declared(
            twins.ALIKE, "近似重复（％）", "int", 80, GROUP, "文字相同到这个数，登记前并排比对", 50, 100
        ),
        Declared("documents.issuers", "常用来文机关", "lines", [], GROUP, "每行一个，登记时提示"),
        Declared(
            "documents.take_mail",
            "从邮箱收取来文",
            "bool",
            False,
            GROUP,
            "邮箱地址和口令由系统管理员在环境变量里设置",
        ),
        Declared(
            "documents.take_mail_senders",
            "邮箱只收这些发件人",
            "lines",
            [],
            GROUP,
            "每行一个地址或 @域名；空为全部",
        ),
        Declared(
            "documents.take_mail_mb",
            "一封邮件最大（MB）",
            "int",
            60,
            GROUP,
            "更大的留在邮箱里并加旗标",
            1,
            200,
        ),
        Declared(
            "documents.take_folder",
            "从扫描文件夹收取来文",
            "bool",
            False,
            GROUP,
            "文件夹路径由系统管理员在环境变量里设置",
        ),
        Declared(
            "documents.remind_phrases",
            "常用催办语",
            "lines",
            [
                "请于今日下班前反馈办理情况。",
                "已超时限，请抓紧办理并说明原因。",
                "领导在等结果，请优先办理。",
            ],
            GROUP,
            "每行一句，批量催办时点一下就填上",
        ),
    )


def _policies() -> None:
    rule = deadlines.declare_policy
    start = "收文"
    rule("documents.incoming.extra_urgent", "特急件办结", 24, "hour", start_event=start, basis="默认规则")
    rule("documents.incoming.urgent", "加急件办结", 3, "calendar_day", start_event=start, basis="默认规则")
    rule("documents.incoming.normal", "平件办结", 5, "workday", start_event=start, basis="默认规则")
    rule("documents.incoming.request", "请示答复", 14, "workday", start_event=start, basis="默认规则")
    rule(
        "documents.instruction.province",
        "省领导批示办结",
        15,
        "calendar_day",
        start_event="收到批示",
        basis="收到后十五日内办结并报结果",
    )
    rule(
        "documents.instruction.city",
        "市领导批示办结",
        15,
        "calendar_day",
        start_event="收到批示",
        basis="收到后十五日内办结并报结果",
    )
    rule("documents.instruction.county", "县领导批示反馈", 5, "workday", start_event="批示", basis="默认规则")
