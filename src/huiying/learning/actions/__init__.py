"""Writes of this room: one function a verb."""

from huiying.learning.actions.changes import change_draft, change_propose
from huiying.learning.actions.correctives import (
    corrective_done,
    corrective_order,
    corrective_return,
    corrective_verify,
)
from huiying.learning.actions.evaluations import (
    evaluation_adopt,
    evaluation_open,
    evaluation_refresh,
    evaluation_summarise,
    finding_record,
)

__all__ = [
    "change_draft",
    "change_propose",
    "corrective_done",
    "corrective_order",
    "corrective_return",
    "corrective_verify",
    "evaluation_adopt",
    "evaluation_open",
    "evaluation_refresh",
    "evaluation_summarise",
    "finding_record",
]
