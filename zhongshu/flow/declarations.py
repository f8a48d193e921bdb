"""What the engine enters into the house's registries when it is loaded."""

from datetime import datetime

from zhongshu.flow import rights, timers
from zhongshu.flow.verbs import clockwork
from zhongshu.matters.ticker import every

__all__ = ["rights", "timers"]


@every("flow.tick", seconds=60, label="到期提醒、逾期升级、AB岗转办")
def tick(now: datetime) -> None:
    """Run the engine's clockwork."""
    clockwork.tick(now)
