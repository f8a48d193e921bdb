"""A 收文 procedure small enough to read, and the hand that walks matters through it."""

from dataclasses import dataclass
from typing import Any

import pytest

from zhongshu.base.acts import act
from zhongshu.base.trail import record
from zhongshu.flow import hooks, verbs
from zhongshu.flow.models import FlowInstance, FlowTask
from zhongshu.matters import spine
from zhongshu.matters.models import Matter

PHASES = {
    "registered": "登记",
    "proposed": "拟办",
    "instructing": "批示",
    "handling": "承办",
    "replied": "反馈",
    "closed": "办结",
}


def step(id: str, name: str, who: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"type": "step", "id": id, "name": name, "phase": id, "who": who, **more}


HANDLING = [
    step("signed", "签收", {"role": "liaison"}, days=1),
    step("work", "承办", {"person_of": "previous"}, days=2),
    step("check", "负责人审", {"role": "dept_head"}),
]

INCOMING = [
    step("registered", "登记", {"role": "secretariat"}, days=1),
    step("proposed", "拟办", {"role": "secretariat"}, days=1),
    step("reviewed", "审核", {"role": "office_deputy"}, days=1, outcomes=[
        {"code": "agree", "label": "同意"}, {"code": "redo", "label": "退回重拟", "to": "proposed"},
    ]),
    step("instructing", "批示", {"var": "leaders", "as": "person"}, mode="seq", days=2),
    {"type": "each", "id": "handling", "name": "承办", "phase": "handling", "who": {"var": "units"},
     "child": "handling", "days": 3},
    step("replied", "汇总", {"person_of": "first_receiver"}, days=1),
    step("closed", "办结", {"role": "secretariat"}),
]  # fmt: skip


@dataclass
class Desk:
    """Opens matters and finds whose turn it is."""

    office: Any

    def open(self, title: str = "关于防汛工作的通知", **more: Any) -> Matter:
        by = self.office.actor(self.office.clerk)
        return _open(title, tenant=self.office.tenant, more=more, by=by)

    def start(
        self,
        key: str = "incoming",
        *,
        title: str = "关于防汛工作的通知",
        urgency: str = "normal",
        **vars: Any,
    ) -> Matter:
        matter = self.open(title, urgency=urgency)
        verbs.start(matter, key, by=self.office.actor(self.office.clerk), vars=vars)
        return matter

    def root(self, matter: Matter) -> FlowInstance:
        return FlowInstance.objects.filter(matter=matter, parent_task__isnull=True).latest("id")

    def task(self, matter: Matter, node: str, *, unit: Any = None, person: Any = None) -> FlowTask:
        found = FlowTask.objects.filter(matter=matter, node=node, closed_at__isnull=True)
        if unit is not None:
            found = found.filter(unit=unit)
        if person is not None:
            found = found.filter(assignee=person)
        return found.get()

    def finish(self, matter: Matter, node: str, person: Any, *, unit: Any = None, **more: Any) -> FlowTask:
        task = self.task(matter, node, unit=unit)
        return verbs.finish(task, by=self.office.actor(person), **more)

    def walk_to_handling(self, units: list[Any], **more: Any) -> Matter:
        """Bring a matter to its units: registered, proposed, reviewed, instructed by the vice head."""
        office = self.office
        ids = [unit.principal_id for unit in units]
        matter = self.start(leaders=[office.vice_head.pk], units=ids, **more)
        self.finish(matter, "registered", office.clerk)
        self.finish(matter, "proposed", office.clerk, opinion="拟请承办")
        self.finish(matter, "reviewed", office.deputy)
        self.finish(matter, "instructing", office.vice_head, opinion="同意")
        return matter

    def answer(self, matter: Matter, group: Any, opinion: str = "已办") -> None:
        """A unit signs for it, does it, and its head passes the answer."""
        self.finish(matter, "signed", group.liaison, unit=group.unit)
        self.finish(matter, "work", group.liaison, unit=group.unit, opinion=opinion)
        self.finish(matter, "check", group.head, unit=group.unit, opinion=opinion)

    def open_nodes(self, matter: Matter) -> list[str]:
        """Return the nodes where somebody may act now."""
        tasks = FlowTask.objects.filter(matter=matter, closed_at__isnull=True, parked=False).exclude(
            kind="cc"
        )
        return sorted(set(tasks.values_list("node", flat=True)))


@act("test.open")
def _open(title: str, *, tenant: Any, more: dict[str, Any], by: Any) -> Matter:
    matter = spine.open_matter("incoming", tenant=tenant, title=title, by=by, **more)
    record("test.open", by=by, object_kind="matter", object_id=matter.pk, label="登记", matter_id=matter.pk)
    return matter


@pytest.fixture
def procedures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw the tests' own procedures; what the rooms registered under these keys comes back afterwards."""
    for key in ("incoming", "handling"):
        monkeypatch.setitem(hooks._procedures, key, hooks.procedure(key))
    hooks.register("incoming", name="收文办理", blocks=INCOMING, phases=PHASES)
    hooks.register("handling", name="单位内部办理", blocks=HANDLING)


@pytest.fixture
def desk(office: Any, procedures: None) -> Desk:
    return Desk(office)
