"""Writes of this room: one function a verb, a file a noun."""

from huiying.emergency.actions.activations import activation_open, activation_open_for_warning
from huiying.emergency.actions.approving import plan_approve, plan_promulgate, plan_return, plan_submit
from huiying.emergency.actions.decisions import decision_record
from huiying.emergency.actions.incidents import (
    incident_dismiss,
    incident_end,
    incident_report,
    incident_update,
    incident_verify,
)
from huiying.emergency.actions.information import information_due_satisfy
from huiying.emergency.actions.orders import (
    order_acknowledge,
    order_done,
    order_reassign,
    order_refuse,
    orders_open_due,
)
from huiying.emergency.actions.plans import (
    plan_draft_open,
    plan_draft_open_from_proposal,
    plan_open,
    plan_save,
)
from huiying.emergency.actions.reports import situation_report_phone, situation_report_send

__all__ = [
    "activation_open",
    "activation_open_for_warning",
    "decision_record",
    "incident_dismiss",
    "incident_end",
    "incident_report",
    "incident_update",
    "incident_verify",
    "information_due_satisfy",
    "order_acknowledge",
    "order_done",
    "order_reassign",
    "order_refuse",
    "orders_open_due",
    "plan_approve",
    "plan_draft_open",
    "plan_draft_open_from_proposal",
    "plan_open",
    "plan_promulgate",
    "plan_return",
    "plan_save",
    "plan_submit",
    "situation_report_phone",
    "situation_report_send",
]
