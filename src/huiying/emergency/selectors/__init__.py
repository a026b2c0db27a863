"""Reads of this room: they take the viewer and return frozen rows."""

from huiying.emergency.selectors.board import Board, OrderRow, board_for, board_tag, my_orders, order_row
from huiying.emergency.selectors.incidents import (
    IncidentFacts,
    IncidentRow,
    incident_facts_for,
    incidents_recent,
    information_dues_open,
    level_suggested,
)
from huiying.emergency.selectors.plans import (
    ActivationPreview,
    ClauseChange,
    ClauseRow,
    PlanRow,
    activation_preview,
    plan_clauses,
    plans_listed,
    publish_by,
    version_changes,
    versions_in_force,
)
from huiying.emergency.selectors.timeline import TimelineRow, incident_timeline_for
from huiying.playbook.saying import FIELD_LABELS

__all__ = [
    "FIELD_LABELS",
    "ActivationPreview",
    "Board",
    "ClauseChange",
    "ClauseRow",
    "IncidentFacts",
    "IncidentRow",
    "OrderRow",
    "PlanRow",
    "TimelineRow",
    "activation_preview",
    "board_for",
    "board_tag",
    "incident_facts_for",
    "incident_timeline_for",
    "incidents_recent",
    "information_dues_open",
    "level_suggested",
    "my_orders",
    "order_row",
    "plan_clauses",
    "plans_listed",
    "publish_by",
    "version_changes",
    "versions_in_force",
]
