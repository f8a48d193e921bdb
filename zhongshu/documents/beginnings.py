"""What this room gives a new office: its procedures as drawn, and common phrases to begin with."""

from zhongshu.base.actors import Actor
from zhongshu.documents.models import Box, TypicalPhrase
from zhongshu.documents.states import KIND
from zhongshu.flow import definitions
from zhongshu.people.models import OrgUnit

PHRASES = {
    Box.INSTRUCTION: (
        "同意。",
        "请抓紧办理，按时报结果。",
        "请牵头单位拿出方案。",
        "按拟办意见办理。",
        "已阅。",
    ),
    Box.READING: ("已阅。", "请有关同志阅。"),
}


def begin(office: OrgUnit, by: Actor) -> None:
    """Install procedures and phrases where the office has none."""
    for key in (KIND, "incoming_unit"):
        definitions.published(key, office)
    if TypicalPhrase.objects.filter(tenant=office).exists():
        return
    TypicalPhrase.objects.bulk_create(
        TypicalPhrase(tenant=office, box=box, text=text, sort_order=order)
        for box, texts in PHRASES.items()
        for order, text in enumerate(texts)
    )
