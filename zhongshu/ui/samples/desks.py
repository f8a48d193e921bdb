"""Desks: the clerk's, the leader's, and the leader's on the phone."""

from typing import Any

from django.http import HttpRequest

from zhongshu.ui.samples.county import county


def desk(request: HttpRequest) -> dict[str, Any]:
    """Return a clerk's desk."""
    tabs = [("待办", 27), ("待阅", 14), ("催我的", 3), ("我经手", 46), ("草稿", 2)]
    return {
        "title": "工作台",
        "tabs": [{"label": t, "url": "#", "count": n, "is_current": t == "待办"} for t, n in tabs],
        "todo": county()["todo"],
        "to_read": county()["to_read"],
        "warned": county()["warned"],
        "agenda": county()["agenda"],
        "news": county()["news"],
    }


def cockpit(request: HttpRequest) -> dict[str, Any]:
    """Return a leader's desk."""
    longest = max(sum(line[1:5]) for line in county()["by_unit"])
    return {
        "title": "领导工作台",
        "waiting": county()["waiting"],
        "week": county()["week"],
        "by_unit": county()["by_unit"],
        "longest": longest,
        "topics": county()["topics"],
        "papers": county()["papers"],
    }


def phone(request: HttpRequest) -> dict[str, Any]:
    """Return what a leader finds on the phone."""
    tabs = [("待批", 4), ("待阅", 9), ("会签", 1), ("已批", None)]
    return {
        "title": "待办",
        "tabs": [{"label": t, "url": "#", "count": n, "is_current": t == "待批"} for t, n in tabs],
        "papers": county()["phone"],
        "agenda": county()["agenda"][:3],
    }
