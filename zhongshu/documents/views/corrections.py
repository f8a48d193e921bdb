"""识别更正: what is remembered of each issuer, to be seen and deleted."""

from dataclasses import dataclass

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from zhongshu.documents import actions
from zhongshu.documents.intake.corrections import NAMES, shown
from zhongshu.documents.models import RecognitionCorrection
from zhongshu.ui.pages import go_to, tell
from zhongshu.ui.permissions import requires
from zhongshu.ui.requests import OfficeRequest

MOST = 500


@dataclass(frozen=True)
class CorrectionLine:
    """One remembered correction in words."""

    row: RecognitionCorrection

    @property
    def label(self) -> str:
        """Return the field."""
        return NAMES.get(self.row.field, self.row.field)

    @property
    def before(self) -> str:
        """Return what was read."""
        return shown(self.row.field, self.row.read_value) or "没有读到"

    @property
    def now(self) -> str:
        """Return what it was corrected to."""
        return shown(self.row.field, self.row.corrected_value) or "空"


@requires("documents.corrections")
@require_GET
def corrections(request: OfficeRequest) -> HttpResponse:
    """List them by issuer."""
    asked = request.GET.get("q", "").strip()
    rows = RecognitionCorrection.objects.filter(tenant_id=request.actor.office)
    if asked:
        rows = rows.filter(issuer_key__contains=asked)
    context = {
        "title": "识别更正",
        "lines": [CorrectionLine(row) for row in rows[:MOST]],
        "asked": asked,
    }
    return render(request, "documents/corrections.html", context)


@requires("documents.corrections")
@require_POST
def correction_forget(request: OfficeRequest, pk: int) -> HttpResponse:
    """Delete one."""
    row = get_object_or_404(RecognitionCorrection, pk=pk, tenant_id=request.actor.office)
    actions.forget_correction(row, by=request.actor)
    tell(request, "已删除，以后按识别的内容填")
    return go_to(request, reverse("documents:corrections"))
