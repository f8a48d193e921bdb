"""One verb's work on one matter: the lock, the rows in hand, what was changed, and the end of it all."""

from collections.abc import Collection, Iterable
from copy import deepcopy
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q

from zhongshu.base import clock
from zhongshu.base.actors import Actor
from zhongshu.base.refusals import Refused, Stale
from zhongshu.base.trail import record
from zhongshu.flow import hooks, limits, rights
from zhongshu.flow.graph import Graph, Node, graph_of
from zhongshu.flow.hooks import Moment
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask, FlowTimer
from zhongshu.flow.seats import Seat
from zhongshu.matters import notices, spine
from zhongshu.matters.models import Matter
from zhongshu.people.models import Person

State = FlowTask.State
HANDLER = "经办"


@dataclass
class News:
    """What is to be told to whom when the verb is done."""

    text: str
    event: str
    persons: list[Person] = field(default_factory=list)
    urgency: str = ""


class Run:
    """The matter under lock, with its open instances, open steps and all tasks of those steps."""

    def __init__(self, matter: Matter, by: Actor, verb: str) -> None:
        self.matter, self.by, self.verb = matter, by, verb
        self.now: datetime = clock.now()
        self.instances: dict[int, FlowInstance] = {}
        self.steps: dict[int, FlowStep] = {}
        self.tasks: dict[int, FlowTask] = {}
        self.opening: set[int] = set()
        self.seats: dict[int, Seat] = {}
        self.fresh: set[int] = set()
        self.closing = False
        self.parts: dict[str, set[int]] = {}
        self.timers: list[FlowTimer] = []
        self.news: dict[str, News] = {}
        self.changed: set[int] = set()
        self.dirty: dict[int, set[str]] = {}
        self.vars_before: dict[int, dict[str, Any]] = {}
        self.phase: tuple[str, str] | None = None
        self.ends: list[FlowInstance] = []
        self.past: list[FlowStep] | None = None
        # What a page has read already and only looks at: ended instances, and the tasks of all.
        self.known: dict[int, FlowInstance] = {}
        self.known_tasks: list[FlowTask] | None = None
        self.remark = ""

    @classmethod
    def on(cls, matter_id: int, by: Actor, verb: str) -> "Run":
        """Take the matter's lock and read what is open."""
        run = cls(spine.locked(matter_id), by, verb)
        run.load()
        return run

    @classmethod
    def taking(
        cls, task: FlowTask, by: Actor, verb: str, *, standing: bool = False
    ) -> tuple["Run", FlowTask]:
        """Take the task's matter and the task as it is now; who comes too late is told who was faster."""
        run = cls.on(task.matter_id, by, verb)
        fresh = run.tasks.get(task.pk) or FlowTask.objects.get(pk=task.pk)
        if not fresh.is_open:
            raise Stale.by(fresh.done_name or "其他人")
        if not standing:
            run.refuse_paused()
        return run, fresh

    def load(self) -> None:
        for instance in FlowInstance.objects.at_hand().filter(matter=self.matter, ended_at__isnull=True):
            self.add_instance(instance)
        for step in FlowStep.objects.filter(instance__in=list(self.instances), left_at__isnull=True):
            self.steps[step.pk] = step
        self.read_tasks(self.steps)

    def read_tasks(self, step_ids: Iterable[int]) -> None:
        """Read all tasks of steps into the hand."""
        found = FlowTask.objects.filter(step__in=list(step_ids)).order_by("id")
        self.tasks.update({task.pk: task for task in found})

    def add_instance(self, instance: FlowInstance) -> None:
        """Take an instance into the hand; all rows share the one matter."""
        instance.matter = self.matter
        self.instances[instance.pk] = instance
        self.vars_before[instance.pk] = deepcopy(instance.vars)

    # Questions

    @property
    def root(self) -> FlowInstance:
        """Return the matter's own procedure."""
        for instance in self.instances.values():
            if instance.is_root:
                return instance
        raise Refused.one("FLOW-ENDED", "这件事项已经办结或终止，不能再这样办")

    def instance(self, pk: int) -> FlowInstance:
        """Return an instance, open or ended."""
        if pk not in self.instances:
            self.add_instance(self.known.get(pk) or FlowInstance.objects.at_hand().get(pk=pk))
        return self.instances[pk]

    def graph(self, instance: FlowInstance) -> Graph:
        return graph_of(instance.definition)

    def node(self, step: FlowStep) -> Node:
        return self.graph(self.instance(step.instance_id))[step.node]

    def still_drawn(self, instance: FlowInstance, step: FlowStep) -> bool:
        """Tell whether the version in force has the step where it stood: a paper may have changed its version since."""
        node = self.graph(instance).nodes.get(step.node)
        pairs = [segment.partition(":") for segment in step.path.split("/")[:-1]]
        forks = {each.pk: each.node for each in self.history(instance)} if node and pairs else {}
        return node is not None and node.scope == tuple((forks[int(pk)], branch) for pk, _, branch in pairs)

    def step_of(self, task: FlowTask) -> FlowStep:
        """Return the open step of an open task."""
        if task.step_id is None or task.step_id not in self.steps:
            raise Stale.by(task.done_name or "其他人")
        return self.steps[task.step_id]

    def any_task(self, pk: int) -> FlowTask:
        """Return a task, open or closed, as it was last read."""
        known = (task for task in self.known_tasks or () if task.pk == pk)
        return next(known, None) or FlowTask.objects.get(pk=pk)

    def tasks_behind(self, step_ids: Collection[int]) -> list[FlowTask]:
        """Return the tasks of steps, and those inside the units that answer them."""
        if self.known_tasks is None:
            inner = Q(instance__parent_task__step__in=step_ids)
            return list(FlowTask.objects.filter(Q(step__in=step_ids) | inner).order_by("pk"))
        steps = {task.pk: task.step_id for task in self.known_tasks}
        return [
            task
            for task in self.known_tasks
            if task.step_id in step_ids or steps.get(task.instance.parent_task_id or 0) in step_ids
        ]

    def tasks_of(self, step: FlowStep) -> list[FlowTask]:
        return [task for task in self.tasks.values() if task.step_id == step.pk]

    def live(self, step: FlowStep) -> list[FlowTask]:
        return [task for task in self.tasks_of(step) if task.is_open]

    def open_steps(self, instance: FlowInstance, scope: str = "") -> list[FlowStep]:
        """Return the open steps of an instance whose path lies in the scope."""
        return [
            step
            for step in self.steps.values()
            if step.instance_id == instance.pk and step.is_open and step.path.startswith(scope)
        ]

    def inner_of(self, task: FlowTask) -> FlowInstance | None:
        """Return the open inner procedure that answers a unit's task."""
        return next((i for i in self.instances.values() if i.parent_task_id == task.pk and i.is_open), None)

    def facts(self, instance: FlowInstance) -> dict[str, Any]:
        """Return what conditions may look at."""
        matter, root = self.matter, self.instances.get(self.root_id(instance))
        outer = root.vars if root else {}
        known = {"urgency": matter.urgency, "label": matter.label, "kind": matter.kind}
        return {**known, **outer, **instance.vars}

    def root_id(self, instance: FlowInstance) -> int:
        return next((i.pk for i in self.instances.values() if i.is_root), instance.pk)

    def history(self, instance: FlowInstance) -> list[FlowStep]:
        """Return all visits of the instance, oldest first; those in hand as they are in hand."""
        if self.past is not None:
            return [step for step in self.past if step.instance_id == instance.pk]
        stored = FlowStep.objects.filter(instance=instance).order_by("id")
        return [self.steps.get(step.pk, step) for step in stored]

    def moment(self, instance: FlowInstance, node: Node | None = None, **given: Any) -> Moment:
        """Return what a hook is told."""
        return Moment(verb=self.verb, by=self.by, matter=self.matter, instance=instance, node=node, **given)

    def refuse_paused(self) -> None:
        if self.matter.paused_at is not None and self.by.channel != "system":
            raise Refused.one("FLOW-PAUSED", "这件事项已挂起，请先恢复再办")

    def acting(self, task: FlowTask) -> Actor:
        """Return the actor to write down for an act on the task, or refuse."""
        instance = self.instance(task.instance_id)
        node = self.graph(instance).nodes.get(task.node)
        self.by = rights.demand(rights.standing(self.by, task, node, instance, self.matter))
        return self.by

    # Changes

    def touch(self, *tasks: FlowTask) -> None:
        """Note that tasks in hand changed."""
        self.changed.update(task.pk for task in tasks)

    def close(
        self, task: FlowTask, state: str, *, outcome: str = "", opinion: str = "", acted: bool = False
    ) -> None:
        """Close a task; `acted` when the actor did it themselves (it counts as 已办)."""
        task.state, task.closed_at, task.parked = state, self.now, False
        task.done_name = self.by.display
        if acted:
            task.outcome, task.opinion = outcome, opinion
            task.done_at, task.done_by_id = self.now, self.by.person_id
            task.read_at = task.read_at or self.now
        self.touch(task)

    def see(self, role: str, principals: Iterable[int]) -> None:
        """Give parts when the verb ends."""
        self.parts.setdefault(role, set()).update(principals)

    def tell(self, persons: Iterable[Person], text: str, event: str, urgency: str = "") -> None:
        """Gather what is told; the same words go out once."""
        news = self.news.setdefault(text, News(text, event, urgency=urgency))
        news.persons += [person for person in persons if person not in news.persons]

    def tell_ids(self, person_ids: Iterable[int], text: str, event: str) -> None:
        """Tell persons known by their ids."""
        self.tell(Person.objects.filter(pk__in=set(person_ids)), text, event)

    def retitle_news(self, event: str, words: str) -> None:
        """Let the gathered news of new tasks say why they came."""
        for news in self.news.values():
            if news.event == "flow.todo":
                news.event, news.text = event, f"{words}：{self.matter.title}"

    def see_actor(self) -> None:
        """Whoever acted keeps sight of the matter; an actor's first principal is their own."""
        by = self.by
        if by.person_id is None:
            return
        if by.principals and by.on_behalf_of_id is None:
            self.see(HANDLER, by.principals[:1])
            return
        ids = [pk for pk in (by.person_id, by.on_behalf_of_id) if pk]
        self.see(HANDLER, Person.objects.filter(pk__in=ids).values_list("principal_id", flat=True))

    def reopen_matter(self) -> None:
        """Take a closed matter back among the open ones."""
        if self.matter.closed_at is not None:
            spine.reopen_matter(self.matter)

    def save_instance(self, instance: FlowInstance, *fields: str) -> None:
        """Note that fields of an instance changed; they are written together at the end."""
        self.dirty.setdefault(instance.pk, set()).update(fields)

    def changed_vars(self) -> list[list[Any]]:
        """Return what the verb put into variables so far: instance, name, was it there, before, after."""
        found = []
        for pk, instance in self.instances.items():
            before = self.vars_before[pk]
            found += [
                [pk, key, key in before, before.get(key), value]
                for key, value in instance.vars.items()
                if key not in before or before[key] != value
            ]
        return found

    # The end of the verb

    def finish(self, label: str, text: str = "", *, task: FlowTask | None = None, moment: Moment | None = None,
               data: dict[str, Any] | None = None, key_act: bool = False) -> None:  # fmt: skip
        """Write what was gathered: tasks, parts, timers, the projection, one line of trail, the notices."""
        if moment:
            hooks.after(moment.instance.definition.key, moment)
            label, key_act = moment.label or label, moment.key_act or key_act
        self.flush()
        record(
            f"flow.{self.verb}",
            by=self.by,
            object_kind="flowtask" if task else "matter",
            object_id=task.pk if task else self.matter.pk,
            label=label,
            text="；".join(filter(None, (text, self.remark))),
            matter_id=self.matter.pk,
            data=data or {},
            key_act=key_act,
        )
        for news in self.news.values():
            notices.tell(
                news.persons,
                matter=self.matter,
                text=news.text,
                by=self.by,
                urgency=news.urgency,
                event=news.event,
            )

    def flush(self) -> None:
        self.save_tasks()
        for role, principals in self.parts.items():
            spine.give_part(self.matter, principals, role)
        if self.timers:
            FlowTimer.objects.bulk_create(self.timers, ignore_conflicts=True)
        self._project()
        self._save_instances()
        for instance in self.ends:
            self._end(instance)
        if self.closing and self.matter.is_open:
            spine.close_matter(self.matter)

    def _save_instances(self) -> None:
        """Write instances once each; hooks may have put something into their variables."""
        for pk, instance in self.instances.items():
            fields = self.dirty.pop(pk, set())
            if instance.vars != self.vars_before[pk]:
                fields.add("vars")
            if fields:
                instance.save(update_fields=sorted(fields))

    def save_tasks(self) -> None:
        """Write the tasks that changed, each with its place by urgency."""
        rank = limits.rank_of(self.matter)
        for task in self.tasks.values():
            if task.is_open and task.rank != rank:
                task.rank = rank
                self.touch(task)
        for pk in sorted(self.changed):
            self.tasks[pk].save(update_fields=CHANGING)
        self.changed.clear()

    def _end(self, instance: FlowInstance) -> None:
        """Let the room know that its procedure came to its end, and close the matter."""
        options = self.graph(instance).options
        moment = self.moment(instance)
        if (hook := hooks.procedure(instance.definition.key).on_end) and instance.status == "ended":
            hook(moment)
        if self.matter.is_open and options.get("closes", True):
            spine.close_matter(self.matter, self.phase[0] if self.phase else "closed")

    def _project(self) -> None:
        """Write where the procedure stands: the phase of its least advanced open step."""
        for instance in self.instances.values():
            if not instance.is_open:
                continue
            label = self.label_of(instance)
            if instance.current_label != label:
                instance.current_label = label
                self.save_instance(instance, "current_label")
        if self.phase:
            spine.set_phase(self.matter, *self.phase)
            return
        if root := next((i for i in self.instances.values() if i.is_root and i.is_open), None):
            graph = self.graph(root)
            steps = [graph[s.node] for s in self.open_steps(root) if graph[s.node].is_work]
            if steps:
                first = min(steps, key=lambda node: node.order)
                spine.set_phase(self.matter, first.phase or self.matter.phase, root.current_label[:40])

    def label_of(self, instance: FlowInstance) -> str:
        """Return the present nodes in words: 承办 1/4."""
        graph, words = self.graph(instance), []
        steps = [step for step in self.open_steps(instance) if graph[step.node].is_work]
        for step in sorted(steps, key=lambda step: (graph[step.node].order, step.pk)):
            counted = [task for task in self.tasks_of(step) if task.is_counted and task.state != State.MOVED]
            done = sum(task.state == State.DONE for task in counted)
            words.append(f"{step.name} {done}/{len(counted)}" if len(counted) > 1 else step.name)
        return "、".join(words)[:80]


CHANGING = [
    "parent", "kind", "state", "duty", "assignee", "owner", "unit", "role", "pool", "holder_name", "from_name", "rank",
    "turn", "parked", "outcome", "opinion", "data", "limit", "created_at", "due_at", "sort_due", "extensions",
    "read_at", "claimed_at", "done_at", "done_by", "done_name", "closed_at", "reminders", "reminded_at",
    "remind_next_at", "reminder_text",
]  # fmt: skip
