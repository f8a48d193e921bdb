"""The floors: a view that does nothing, one indexed query with twenty rows and a plain template, and the same within the house.

The last is what any page of the house costs before it shows anything: session, person, rights, navigation, frame.
"""

from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine, engines

from zhongshu.matters.models import Matter

TABLE = "<table>{% for row in rows %}<tr><td>{{ row.number }}</td><td>{{ row.title }}</td></tr>{% endfor %}</table>"
ROWS = Engine().from_string(TABLE)
FRAMED = engines["django"].from_string(
    '{% extends "ui/base.html" %}{% block main %}' + TABLE + "{% endblock %}"
)


def empty(request: HttpRequest) -> HttpResponse:
    """Answer without a query."""
    return HttpResponse("ok")


def bare(request: HttpRequest) -> HttpResponse:
    """Read twenty rows by an index and write them into a table."""
    rows = list(Matter.objects.order_by("-pk")[:20])
    return HttpResponse(ROWS.render(Context({"rows": rows})))


def framed(request: HttpRequest) -> HttpResponse:
    """Read the same twenty rows for somebody signed in, within the frame of the house."""
    rows = list(Matter.objects.order_by("-pk")[:20])
    return HttpResponse(FRAMED.render({"rows": rows}, request))
