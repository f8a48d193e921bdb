"""The floors: a view that does nothing, and one indexed query with twenty rows and a plain template."""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from zhongshu.matters.models import Matter

ROWS = Engine().from_string(
    "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td></tr>{% endfor %}</table>"
)


def empty(request: HttpRequest) -> HttpResponse:
    """Answer without a query."""
    return HttpResponse("ok")


def bare(request: HttpRequest) -> HttpResponse:
    """Read twenty rows by an index and write them into a table."""
    rows = list(Matter.objects.order_by("-pk")[:20])
    return HttpResponse(ROWS.render(Context({"rows": rows})))
