"""Every write of the 收文 room: check, write, leave the trail, tell people."""

from zhongshu.documents.actions.assigning import (
    approve_feedback,
    assign,
    collate,
    feed_back,
    report_progress,
    return_feedback,
    send_feedback_back,
    sign_for_unit,
)
from zhongshu.documents.actions.closing import close, join_channel, note_call, reply, set_litigation
from zhongshu.documents.actions.instructing import (
    amend_opinion,
    confirm_opinion,
    initial_reading,
    instruct,
    instruct_late,
    save_draft,
)
from zhongshu.documents.actions.instructions import (
    accept_supervision,
    move_instruction,
    register_instruction,
    report_result,
)
from zhongshu.documents.actions.receiving import complete_registration, correct, receive, register, sign_for
from zhongshu.documents.actions.records import (
    correct_figure,
    enter_confidential,
    freeze_figures,
    save_phrase,
    set_baseline,
    void_confidential,
)
from zhongshu.documents.actions.reviewing import (
    answer_legal,
    approve_return,
    check,
    propose,
    refuse_return,
    review,
    review_legality,
)

__all__ = [
    "accept_supervision",
    "amend_opinion",
    "answer_legal",
    "approve_feedback",
    "approve_return",
    "assign",
    "check",
    "close",
    "collate",
    "complete_registration",
    "confirm_opinion",
    "correct",
    "correct_figure",
    "enter_confidential",
    "feed_back",
    "freeze_figures",
    "initial_reading",
    "instruct",
    "instruct_late",
    "join_channel",
    "move_instruction",
    "note_call",
    "propose",
    "receive",
    "refuse_return",
    "register",
    "register_instruction",
    "reply",
    "report_progress",
    "report_result",
    "return_feedback",
    "review",
    "review_legality",
    "save_draft",
    "save_phrase",
    "send_feedback_back",
    "set_baseline",
    "set_litigation",
    "sign_for",
    "sign_for_unit",
    "void_confidential",
]
