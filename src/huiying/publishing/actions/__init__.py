"""Writes of this room: one function a verb."""

from huiying.publishing.actions.conferences import press_conference_record
from huiying.publishing.actions.corrections import correction_approve, correction_propose, correction_return
from huiying.publishing.actions.facts import fact_record
from huiying.publishing.actions.figures import figures_release
from huiying.publishing.actions.notices import (
    notice_approve,
    notice_draft,
    notice_publish,
    notice_recall,
    notice_return,
    notice_save,
    notice_submit,
    notice_withdraw,
)

__all__ = [
    "correction_approve",
    "correction_propose",
    "correction_return",
    "fact_record",
    "figures_release",
    "notice_approve",
    "notice_draft",
    "notice_publish",
    "notice_recall",
    "notice_return",
    "notice_save",
    "notice_submit",
    "notice_withdraw",
    "press_conference_record",
]
