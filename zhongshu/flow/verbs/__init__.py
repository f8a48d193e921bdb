"""All that can be done to a procedure under way; each verb is one act: lock, check, write, trail, tell.

Refusals (code: when)
FLOW-STALE    somebody else was faster                FLOW-RIGHT     the task is not in the actor's hands
FLOW-PAUSED   the matter is suspended                 FLOW-ENDED     the procedure has ended
FLOW-WAIT     the task waits for 加签, 委派 or its turn  FLOW-DENIED    the procedure does not allow it here
FLOW-OUTCOME  no such outcome                         FLOW-OPINION   an opinion must be given
FLOW-REASON   a reason must be given                  FLOW-TARGET    no such earlier step
FLOW-STRAIGHT 直送 would leave a branch                FLOW-FINAL     a point of no return lies between
FLOW-GATE     a required gate is closed               FLOW-NOBODY    nobody is there to do it
FLOW-WHO      the procedure does not say who          FLOW-INNER     a unit is needed, a person was given
FLOW-READ     已被阅看，不能撤回                         FLOW-SAME      the person already has it
FLOW-PERSON   no such person or unit                  FLOW-RUNNING   a procedure is already under way
FLOW-MIGRATE  the new version lacks an open node      FLOW-DUE       the new deadline does not fit
FLOW-REMINDED reminded a moment ago                   FLOW-LAST      the last one cannot be taken off
FLOW-NONE     no procedure is published               FLOW-LINT      the drawing has faults
FLOW-VARS     what the next step needs is missing
"""

from zhongshu.flow.verbs.back import send_back, withdraw
from zhongshu.flow.verbs.clockwork import refresh, tick
from zhongshu.flow.verbs.finish import finish
from zhongshu.flow.verbs.hand import circulate, claim, decline, delegate, read, release, transfer
from zhongshu.flow.verbs.sign import add_sign, add_units, drop_sign
from zhongshu.flow.verbs.start import start
from zhongshu.flow.verbs.steer import extend, jump, migrate, migrate_many, remind, resume, stop, suspend

__all__ = [
    "add_sign", "add_units", "circulate", "claim", "decline", "delegate", "drop_sign", "extend", "finish", "jump",
    "migrate", "migrate_many", "read", "refresh", "release", "remind", "resume", "send_back", "start", "stop",
    "suspend", "tick", "transfer", "withdraw",
]  # fmt: skip
