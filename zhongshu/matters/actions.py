"""Writes on any matter, whatever its room."""

from zhongshu.base.actors import Actor
from zhongshu.base.acts import act
from zhongshu.base.refusals import Refused
from zhongshu.base.trail import record
from zhongshu.matters import spine
from zhongshu.matters.models import Matter, SavedView

MAX_VIEWS = 12


@act("follow")
def follow(matter: Matter, *, on: bool, by: Actor) -> Matter:
    """关注, or 取消关注."""
    if by.person_id is None:
        raise Refused.one("FOLLOW-01", "系统不能关注事项")
    spine.follow(matter, by.person_id, on=on)
    record(
        "follow",
        by=by,
        object_kind=matter.kind,
        object_id=matter.public_id,
        label="关注" if on else "取消关注",
        matter_id=matter.pk,
    )
    return matter


@act("save_view")
def save_view(register: str, name: str, query: str, columns: list[str], *, by: Actor) -> SavedView:
    """存为视图: keep filters and columns under a name; the same name is written over."""
    name = name.strip()[:20]
    if not name:
        raise Refused.one("VIEW-01", "请给视图起个名字", "name")
    mine = SavedView.objects.filter(person_id=by.me, register=register)
    if mine.exclude(name=name).count() >= MAX_VIEWS:
        raise Refused.one("VIEW-02", f"一个台账最多保存{MAX_VIEWS}个视图，请先删掉不用的", "name")
    view, _ = SavedView.objects.update_or_create(
        person_id=by.me,
        register=register,
        name=name,
        defaults={"query": query[:1000], "columns": columns},
    )
    record("save_view", by=by, object_kind="saved_view", object_id=view.pk, label="保存视图", text=name)
    return view


@act("drop_view")
def drop_view(view: SavedView, *, by: Actor) -> None:
    """Throw a saved view away."""
    if view.person_id != by.person_id:
        raise Refused.one("VIEW-03", "只能删除自己的视图")
    record("drop_view", by=by, object_kind="saved_view", object_id=view.pk, label="删除视图", text=view.name)
    view.delete()
