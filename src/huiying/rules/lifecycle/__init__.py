"""The lawful states and moves of every noun, as tables; rooms ask `check` and `can`, documents are drawn."""

from typing import Any

from huiying.rules.lifecycle import (
    addendum,
    assistance,
    call_out,
    capacity,
    corrective,
    draft,
    evaluation,
    execution,
    extension,
    follow_up,
    incident,
    issue,
    loan,
    notice,
    objection,
    opinion,
    order,
    petition,
    plan,
    report,
    retaliation,
    roster,
    spam,
    suggestion,
    swap,
    warning,
)
from huiying.rules.lifecycle.addendum import AddendumState
from huiying.rules.lifecycle.assistance import AssistanceState
from huiying.rules.lifecycle.call_out import CallOutState
from huiying.rules.lifecycle.capacity import CapacityState
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.corrective import CorrectiveState
from huiying.rules.lifecycle.draft import DraftState
from huiying.rules.lifecycle.evaluation import EvaluationState
from huiying.rules.lifecycle.execution import ExecutionState
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.follow_up import FollowUpState
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.loan import LoanState
from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.lifecycle.notice import NoticeState
from huiying.rules.lifecycle.objection import ObjectionState
from huiying.rules.lifecycle.opinion import OpinionState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.report import ReportKind, ReportState
from huiying.rules.lifecycle.retaliation import RetaliationState
from huiying.rules.lifecycle.roster import RosterState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.lifecycle.suggestion import SuggestionState
from huiying.rules.lifecycle.swap import SwapState
from huiying.rules.lifecycle.warning import WarningState

PETITION = petition.LIFECYCLE
ISSUE = issue.LIFECYCLE
WARNING = warning.LIFECYCLE
PLAN = plan.LIFECYCLE
INCIDENT = incident.LIFECYCLE
ORDER = order.LIFECYCLE
REPORT = report.LIFECYCLE
NOTICE = notice.LIFECYCLE
EVALUATION = evaluation.LIFECYCLE
CORRECTIVE = corrective.LIFECYCLE
ASSISTANCE = assistance.LIFECYCLE
DRAFT = draft.LIFECYCLE
EXECUTION = execution.LIFECYCLE
EXTENSION = extension.LIFECYCLE
FOLLOW_UP = follow_up.LIFECYCLE
OBJECTION = objection.LIFECYCLE
RETALIATION = retaliation.LIFECYCLE
SPAM = spam.LIFECYCLE
ADDENDUM = addendum.LIFECYCLE
CALL_OUT = call_out.LIFECYCLE
CAPACITY = capacity.LIFECYCLE
LOAN = loan.LIFECYCLE
OPINION = opinion.LIFECYCLE
ROSTER = roster.LIFECYCLE
SUGGESTION = suggestion.LIFECYCLE
SWAP = swap.LIFECYCLE

ALL: tuple[Lifecycle[Any], ...] = (
    PETITION,
    ISSUE,
    WARNING,
    PLAN,
    INCIDENT,
    ORDER,
    REPORT,
    NOTICE,
    EVALUATION,
    CORRECTIVE,
    ASSISTANCE,
    DRAFT,
    EXECUTION,
    EXTENSION,
    FOLLOW_UP,
    OBJECTION,
    RETALIATION,
    SPAM,
    ADDENDUM,
    CALL_OUT,
    CAPACITY,
    LOAN,
    OPINION,
    ROSTER,
    SUGGESTION,
    SWAP,
)

__all__ = [
    "ADDENDUM",
    "ALL",
    "ASSISTANCE",
    "CALL_OUT",
    "CAPACITY",
    "CORRECTIVE",
    "DRAFT",
    "EVALUATION",
    "EXECUTION",
    "EXTENSION",
    "FOLLOW_UP",
    "INCIDENT",
    "ISSUE",
    "LOAN",
    "NOTICE",
    "OBJECTION",
    "OPINION",
    "ORDER",
    "PETITION",
    "PLAN",
    "REPORT",
    "RETALIATION",
    "ROSTER",
    "SPAM",
    "SUGGESTION",
    "SWAP",
    "WARNING",
    "AddendumState",
    "AssistanceState",
    "CallOutState",
    "CapacityState",
    "Channel",
    "ClaimOutcome",
    "Confidentiality",
    "CorrectiveState",
    "DraftState",
    "EvaluationState",
    "ExecutionState",
    "ExtensionState",
    "FollowUpState",
    "IncidentState",
    "IssueState",
    "Lifecycle",
    "LoanState",
    "Move",
    "NoticeState",
    "ObjectionState",
    "OpinionState",
    "OrderState",
    "PetitionKind",
    "PetitionState",
    "PlanState",
    "ReportKind",
    "ReportState",
    "RetaliationState",
    "RosterState",
    "SpamState",
    "SuggestionState",
    "SwapState",
    "WarningState",
]
