"""Tables of the spine."""

from zhongshu.matters.models.notices import NoticeDelivery, NoticePreference, Notification, Robot, Stir
from zhongshu.matters.models.outbox import OutboxItem, TickerJob
from zhongshu.matters.models.search import SearchEntry
from zhongshu.matters.models.settings import SavedView, Setting, SettingChange
from zhongshu.matters.models.spine import (
    Follow,
    Handover,
    Matter,
    MatterLink,
    Part,
    SecurityLabel,
    Urgency,
    new_public_id,
)

__all__ = [
    "Follow",
    "Handover",
    "Matter",
    "MatterLink",
    "NoticeDelivery",
    "NoticePreference",
    "Notification",
    "OutboxItem",
    "Part",
    "Robot",
    "SavedView",
    "SearchEntry",
    "SecurityLabel",
    "Setting",
    "SettingChange",
    "Stir",
    "TickerJob",
    "Urgency",
    "new_public_id",
]
