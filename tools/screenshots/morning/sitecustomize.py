"""Python reads this first: the office's clock stands at a working morning, for nobody photographs an office at night."""

import os
import time
from datetime import datetime, timedelta

from django.utils import timezone

from zhongshu.base import clock

LATER = timedelta(seconds=float(os.environ["ZHONGSHU_SHOTS_SHIFT"]))


def now() -> datetime:
    """Return the shifted moment."""
    return clock._fixed.get() or datetime.fromtimestamp(time.time(), clock.ZONE) + LATER


clock.now = now
# Django writes the last sign-in by its own clock.
timezone.now = now  # noqa: TID251
