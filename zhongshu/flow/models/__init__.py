"""Tables of the procedure engine."""

from zhongshu.flow.models.definitions import FlowDefinition
from zhongshu.flow.models.running import FlowInstance, FlowStep
from zhongshu.flow.models.tasks import FlowTask, FlowTimer

__all__ = ["FlowDefinition", "FlowInstance", "FlowStep", "FlowTask", "FlowTimer"]
