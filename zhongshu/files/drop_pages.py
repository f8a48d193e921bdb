"""Pages of a drop that passed but is no attachment yet: drawn like an attachment's, marked with who looks at them."""

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import NotFoundHere
from zhongshu.files import preview, watermark
from zhongshu.files.models import Attachment, Drop, DropState

SHEET = (1000, 1414)


def page_png(drop: Drop, number: int, width: int, *, by: Actor) -> bytes:
    """Return a page of a clean drop with the viewer's mark."""
    if not has_pages(drop) or not 1 <= number <= drop.page_count:
        raise NotFoundHere
    return watermark.png(preview.marked_page(_as_attachment(drop), number, width, lines_for(by)))


def mark_png(by: Actor) -> bytes:
    """Return the viewer's mark alone, to lie over words."""
    return watermark.sheet_of(lines_for(by), SHEET)


def has_pages(drop: Drop) -> bool:
    """Say whether the drop is shown as page images."""
    return drop.state == DropState.CLEAN and drop.file_type.showing == "pages"


def lines_for(by: Actor) -> tuple[str, str]:
    """Return the two lines of the mark; a paper without number is 待登记."""
    return f"{by.display}　{by.unit_name}", f"{clock.local(clock.now()):%Y-%m-%d %H:%M}　待登记"


def _as_attachment(drop: Drop) -> Attachment:
    """Return the attachment the drop would become; nothing is written."""
    return Attachment(
        tenant_id=drop.tenant_id,
        sm3_digest=drop.sm3_digest,
        name=drop.name,
        type_code=drop.type_code,
        page_count=drop.page_count,
    )
