"""The scope table an office starts with (国家档案局令第8号), to be edited in the product."""

from zhongshu.archive.models import ArchiveScope, Retention
from zhongshu.people.models import OrgUnit

ORDER_8 = "国家档案局令第8号"

ROWS: tuple[dict[str, object], ...] = (
    {
        "name": "重要请示与批复、批示",
        "doc_types": ["request_for_instructions", "official_reply"],
        "retention": Retention.PERMANENT,
    },
    {
        "name": "机构编制、人事、房地产、合同凭证",
        "words": ["机构", "编制", "人事", "任免", "土地", "房产", "合同"],
        "retention": Retention.PERMANENT,
    },
    {
        "name": "上级机关关于本机关主管业务的重要文件",
        "directions": ["downward"],
        "doc_types": ["decision", "opinion", "order", "resolution"],
        "retention": Retention.PERMANENT,
    },
    {
        "name": "普发性不需办理的上级件",
        "directions": ["downward"],
        "handling_type": "read",
        "is_archived": False,
        "basis": f"{ORDER_8}：不归档",
    },
    {"name": "重要会议文件", "doc_types": ["minutes"], "retention": Retention.PERMANENT},
    {
        "name": "同级、下级重要来函与复函",
        "doc_types": ["letter", "motion"],
        "retention": Retention.D30,
    },
    {"name": "上级机关需要执行的一般文件", "directions": ["downward"], "retention": Retention.D30},
    {"name": "下级机关报送的一般报告、情况", "directions": ["upward"], "retention": Retention.D10},
    {"name": "其他需要归档的文件", "retention": Retention.D10},
)


def ensure_scopes(tenant: OrgUnit) -> None:
    """Give an office the default table if it has none."""
    if ArchiveScope.objects.filter(tenant=tenant).exists():
        return
    ArchiveScope.objects.bulk_create(
        ArchiveScope(tenant=tenant, sort_order=10 * order, **{"basis": ORDER_8, **row})
        for order, row in enumerate(ROWS, 1)
    )
