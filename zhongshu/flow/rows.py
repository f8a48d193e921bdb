"""All rows of a matter's procedures, read once for a page: the picture, the buttons and the lists share them."""

from dataclasses import dataclass

from zhongshu.base.actors import Actor
from zhongshu.flow.models import FlowInstance, FlowStep, FlowTask
from zhongshu.flow.run import Run
from zhongshu.matters.models import Matter
from zhongshu.people import joined

Kind, State = FlowTask.Kind, FlowTask.State


@dataclass(frozen=True)
class Rows:
    """Instances, steps and tasks of one matter, oldest first."""

    matter: Matter
    instances: list[FlowInstance]
    steps: list[FlowStep]
    tasks: list[FlowTask]

    @property
    def root(self) -> FlowInstance | None:
        """Return the matter's latest own procedure, running or ended."""
        return next((row for row in reversed(self.instances) if row.is_root), None)

    @property
    def waiting(self) -> list[FlowTask]:
        """Return the tasks that wait for somebody now, 传阅 included, those waiting for others apart."""
        return [task for task in self.tasks if task.is_open and not task.parked]

    def last_done_by(self, actor: Actor) -> FlowTask | None:
        """Return the actor's last finished task: what 撤回 works on."""
        mine = [
            task
            for task in self.tasks
            if task.done_by_id == actor.person_id and task.state == State.DONE and task.kind != Kind.CC
        ]
        return max(mine, key=lambda task: (task.done_at, task.pk), default=None)

    def run(self, by: Actor) -> Run:
        """Return a run that only looks: the same questions as a verb's, without lock and statements."""
        run = Run(self.matter, by, "may")
        for instance in self.instances:
            if instance.is_open:
                run.add_instance(instance)
        open_ = [step for step in self.steps if step.is_open and step.instance_id in run.instances]
        run.steps = {step.pk: step for step in open_}
        run.tasks = {task.pk: task for task in self.tasks if task.step_id in run.steps}
        run.past = self.steps
        run.known = {row.pk: row for row in self.instances}
        run.known_tasks = self.tasks
        return run


def rows_of(matter: Matter) -> Rows:
    """Read everything of a matter's procedures, in three statements."""
    instances = FlowInstance.objects.at_hand().select_related("first_receiver").filter(matter=matter)
    rows = list(instances.defer(*joined.person("first_receiver")).order_by("id"))
    steps = list(FlowStep.objects.filter(instance__in=rows).order_by("id")) if rows else []
    tasks = FlowTask.objects.filter(matter=matter).select_related("assignee", "unit")
    unread = [*joined.person("assignee"), *joined.unit("unit")]
    found = Rows(matter, rows, steps, list(tasks.defer(*unread).order_by("id")))
    _know_each_other(found)
    return found


def _know_each_other(rows: Rows) -> None:
    """Let all rows share the same matter, instance and step, so that asking costs nothing."""
    instances = {row.pk: row for row in rows.instances}
    steps = {step.pk: step for step in rows.steps}
    for instance in rows.instances:
        instance.matter = rows.matter
    for task in rows.tasks:
        task.matter = rows.matter
        task.instance = instances[task.instance_id]
        if task.step_id in steps:
            task.step = steps[task.step_id]
