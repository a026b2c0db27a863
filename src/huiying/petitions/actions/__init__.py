"""Writes of this room, a file a noun; every verb is re-exported here."""

from huiying.petitions.actions.after import petition_rate, petition_resume, petition_withdraw
from huiying.petitions.actions.asking import (
    assistance_answer,
    assistance_ask,
    message_pass,
    message_write,
    messages_noted,
    person_ask,
)
from huiying.petitions.actions.classifying import petition_classify
from huiying.petitions.actions.deciding import (
    petition_accept,
    petition_assign,
    petition_decline,
    petition_facet,
    petition_refer,
)
from huiying.petitions.actions.doubting import spam_appeal, spam_confirm, spam_lift, spam_propose
from huiying.petitions.actions.drafting import draft_approve, draft_return, draft_submit
from huiying.petitions.actions.establishing import evidence_add, fact_finding_note
from huiying.petitions.actions.executing import (
    execution_open,
    execution_report,
    execution_return,
    execution_verify,
)
from huiying.petitions.actions.extending import extension_approve, extension_ask, extension_refuse
from huiying.petitions.actions.filing import petition_file
from huiying.petitions.actions.handling import claim_answer, petition_notify, reply_send, reply_serve
from huiying.petitions.actions.importing import petition_import
from huiying.petitions.actions.linking import petition_link, petition_unlink
from huiying.petitions.actions.listening import follow_up_close, retaliation_answer
from huiying.petitions.actions.objecting import objection_agree, objection_raise, objection_refuse
from huiying.petitions.actions.papers import paper_add, paper_erase, paper_pass, papers_add
from huiying.petitions.actions.reception import enquiry_answer, petition_register
from huiying.petitions.actions.recusing import petition_recuse, recusal_end
from huiying.petitions.actions.reopening import petition_reopen
from huiying.petitions.actions.shielding import petition_shield
from huiying.petitions.actions.views import VIEWS_MAX, view_drop, view_save
from huiying.petitions.actions.voice import (
    code_renew,
    message_say,
    messages_read,
    petition_correct,
    retaliation_report,
)

__all__ = [
    "VIEWS_MAX",
    "assistance_answer",
    "assistance_ask",
    "claim_answer",
    "code_renew",
    "draft_approve",
    "draft_return",
    "draft_submit",
    "enquiry_answer",
    "evidence_add",
    "execution_open",
    "execution_report",
    "execution_return",
    "execution_verify",
    "extension_approve",
    "extension_ask",
    "extension_refuse",
    "fact_finding_note",
    "follow_up_close",
    "message_pass",
    "message_say",
    "message_write",
    "messages_noted",
    "messages_read",
    "objection_agree",
    "objection_raise",
    "objection_refuse",
    "paper_add",
    "paper_erase",
    "paper_pass",
    "papers_add",
    "person_ask",
    "petition_accept",
    "petition_assign",
    "petition_classify",
    "petition_correct",
    "petition_decline",
    "petition_facet",
    "petition_file",
    "petition_import",
    "petition_link",
    "petition_notify",
    "petition_rate",
    "petition_recuse",
    "petition_refer",
    "petition_register",
    "petition_reopen",
    "petition_resume",
    "petition_shield",
    "petition_unlink",
    "petition_withdraw",
    "recusal_end",
    "reply_send",
    "reply_serve",
    "retaliation_answer",
    "retaliation_report",
    "spam_appeal",
    "spam_confirm",
    "spam_lift",
    "spam_propose",
    "view_drop",
    "view_save",
]
