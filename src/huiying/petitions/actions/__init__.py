"""Writes of this room, a file a noun; every verb is re-exported here."""

from huiying.petitions.actions.after import petition_rate, petition_resume, petition_withdraw
from huiying.petitions.actions.deciding import (
    petition_accept,
    petition_assign,
    petition_decline,
    petition_facet,
    petition_refer,
)
from huiying.petitions.actions.drafting import draft_approve, draft_return, draft_submit
from huiying.petitions.actions.filing import petition_file
from huiying.petitions.actions.handling import claim_answer, petition_notify, reply_send, reply_serve
from huiying.petitions.actions.importing import petition_import
from huiying.petitions.actions.papers import paper_add, paper_erase, paper_pass, papers_add
from huiying.petitions.actions.reception import petition_register
from huiying.petitions.actions.shielding import petition_shield
from huiying.petitions.actions.voice import (
    code_renew,
    message_say,
    messages_read,
    petition_correct,
    retaliation_report,
)

__all__ = [
    "claim_answer",
    "code_renew",
    "draft_approve",
    "draft_return",
    "draft_submit",
    "message_say",
    "messages_read",
    "paper_add",
    "paper_erase",
    "paper_pass",
    "papers_add",
    "petition_accept",
    "petition_assign",
    "petition_correct",
    "petition_decline",
    "petition_facet",
    "petition_file",
    "petition_import",
    "petition_notify",
    "petition_rate",
    "petition_refer",
    "petition_register",
    "petition_resume",
    "petition_shield",
    "petition_withdraw",
    "reply_send",
    "reply_serve",
    "retaliation_report",
]
