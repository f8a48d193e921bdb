"""A worker to be killed: `python -m …killable hang|work [hours later]`; it hangs where the test wants to strike."""

import os
import sys
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhongshu.settings")
django.setup()

from zhongshu.base import clock  # noqa: E402
from zhongshu.base.actors import SYSTEM  # noqa: E402
from zhongshu.base.acts import act  # noqa: E402
from zhongshu.base.trail import record  # noqa: E402
from zhongshu.matters.models import Stir  # noqa: E402
from zhongshu.matters.outbox import drain, handler  # noqa: E402

MODE = sys.argv[1]
# Long enough that a busy machine does not outlive it; where nobody sets the clock on, short.
LEASE = 2 if MODE == "endless" else 600


def strike_here() -> None:
    """Say that now is the moment and wait for the blow."""
    if MODE == "hang":
        sys.stdout.write("in hand\n")
        sys.stdout.flush()
        sys.stdin.read()


@handler("kill.rows", atomic=True, lease=LEASE)
def rows(payload):
    Stir.objects.create(principal_id=payload["principal"])
    strike_here()


@handler("kill.act", lease=LEASE)
def acted(payload):
    _act(payload["n"], by=SYSTEM.with_key(f"kill:{payload['n']}"))
    strike_here()


@act("kill_test")
def _act(n, *, by):
    record("kill_test", by=by, object_kind="test", object_id=n, label="试验")


if __name__ == "__main__":
    later = timedelta(hours=float(sys.argv[2]) if len(sys.argv) > 2 else 0)
    if MODE == "endless":
        while True:
            drain()
    with clock.fixed(clock.now() + later):
        while drain():
            pass
