"""Writes of this room: one function a verb, a file a noun."""

from huiying.emergency.actions.activations import activation_open, activation_open_for_warning
from huiying.emergency.actions.addenda import (
    addendum_change,
    addendum_draft,
    addendum_drop,
    addendum_end,
    addendum_promulgate,
)
from huiying.emergency.actions.approving import (
    plan_approve,
    plan_promulgate,
    plan_return,
    plan_submit,
    plan_withdraw,
)
from huiying.emergency.actions.capacity import capacity_approve, capacity_draft, capacity_drop, capacity_save
from huiying.emergency.actions.commenting import plan_comment, plan_comment_settle
from huiying.emergency.actions.contacts import (
    contact_add,
    contact_change,
    contact_end,
    contact_verify,
    contact_wrong,
)
from huiying.emergency.actions.decisions import decision_record
from huiying.emergency.actions.describing import plan_describe
from huiying.emergency.actions.filing import plan_acknowledge, plan_file_send, plan_receipt_note
from huiying.emergency.actions.funds import fund_set, spending_record, spending_reverse
from huiying.emergency.actions.importing import (
    plan_import,
    plan_import_confirm,
    plan_import_drop,
    plan_import_finish,
)
from huiying.emergency.actions.incidents import (
    incident_dismiss,
    incident_end,
    incident_report,
    incident_update,
    incident_verify,
)
from huiying.emergency.actions.information import information_due_satisfy
from huiying.emergency.actions.kits import (
    kit_check,
    kit_end,
    kit_make,
    loan_make,
    loan_return,
    loan_write_off,
)
from huiying.emergency.actions.opinions import (
    opinion_ask,
    opinion_ask_again,
    opinion_deal,
    opinion_give,
)
from huiying.emergency.actions.orders import (
    order_acknowledge,
    order_done,
    order_reassign,
    order_refuse,
    orders_open_due,
)
from huiying.emergency.actions.parameters import parameter_restore, parameter_set
from huiying.emergency.actions.plans import (
    plan_draft_open,
    plan_draft_open_from_proposal,
    plan_open,
    plan_save,
)
from huiying.emergency.actions.rehearsing import plan_rehearse, rehearsal_change_draft
from huiying.emergency.actions.reports import situation_report_phone, situation_report_send
from huiying.emergency.actions.revising import (
    plan_evaluated,
    plan_practised,
    revision_note,
    revision_raise,
    revision_settle,
)
from huiying.emergency.actions.stock import stock_count, stock_discard, stock_issue, stock_move, stock_receive
from huiying.emergency.actions.stores import (
    item_add,
    item_change,
    item_end,
    store_change,
    store_close,
    store_open,
)
from huiying.emergency.actions.suggesting import suggestion_answer, suggestion_give, suggestion_send

__all__ = [
    "activation_open",
    "activation_open_for_warning",
    "addendum_change",
    "addendum_draft",
    "addendum_drop",
    "addendum_end",
    "addendum_promulgate",
    "capacity_approve",
    "capacity_draft",
    "capacity_drop",
    "capacity_save",
    "contact_add",
    "contact_change",
    "contact_end",
    "contact_verify",
    "contact_wrong",
    "decision_record",
    "fund_set",
    "incident_dismiss",
    "incident_end",
    "incident_report",
    "incident_update",
    "incident_verify",
    "information_due_satisfy",
    "item_add",
    "item_change",
    "item_end",
    "kit_check",
    "kit_end",
    "kit_make",
    "loan_make",
    "loan_return",
    "loan_write_off",
    "opinion_ask",
    "opinion_ask_again",
    "opinion_deal",
    "opinion_give",
    "order_acknowledge",
    "order_done",
    "order_reassign",
    "order_refuse",
    "orders_open_due",
    "parameter_restore",
    "parameter_set",
    "plan_acknowledge",
    "plan_approve",
    "plan_comment",
    "plan_comment_settle",
    "plan_describe",
    "plan_draft_open",
    "plan_draft_open_from_proposal",
    "plan_evaluated",
    "plan_file_send",
    "plan_import",
    "plan_import_confirm",
    "plan_import_drop",
    "plan_import_finish",
    "plan_open",
    "plan_practised",
    "plan_promulgate",
    "plan_receipt_note",
    "plan_rehearse",
    "plan_return",
    "plan_save",
    "plan_submit",
    "plan_withdraw",
    "rehearsal_change_draft",
    "revision_note",
    "revision_raise",
    "revision_settle",
    "situation_report_phone",
    "situation_report_send",
    "spending_record",
    "spending_reverse",
    "stock_count",
    "stock_discard",
    "stock_issue",
    "stock_move",
    "stock_receive",
    "store_change",
    "store_close",
    "store_open",
    "suggestion_answer",
    "suggestion_give",
    "suggestion_send",
]
