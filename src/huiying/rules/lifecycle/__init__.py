"""The lawful states and moves of every noun, as tables; rooms ask `check` and `can`, documents are drawn."""

from typing import Any

from huiying.rules.lifecycle import (
    corrective,
    evaluation,
    incident,
    issue,
    notice,
    order,
    petition,
    plan,
    report,
    warning,
)
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.corrective import CorrectiveState
from huiying.rules.lifecycle.evaluation import EvaluationState
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.lifecycle.issue import IssueState
from huiying.rules.lifecycle.machine import Lifecycle, Move
from huiying.rules.lifecycle.notice import NoticeState
from huiying.rules.lifecycle.order import OrderState
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.lifecycle.plan import PlanState
from huiying.rules.lifecycle.report import ReportKind, ReportState
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
)

__all__ = [
    "ALL",
    "CORRECTIVE",
    "EVALUATION",
    "INCIDENT",
    "ISSUE",
    "NOTICE",
    "ORDER",
    "PETITION",
    "PLAN",
    "REPORT",
    "WARNING",
    "Channel",
    "ClaimOutcome",
    "Confidentiality",
    "CorrectiveState",
    "EvaluationState",
    "IncidentState",
    "IssueState",
    "Lifecycle",
    "Move",
    "NoticeState",
    "OrderState",
    "PetitionKind",
    "PetitionState",
    "PlanState",
    "ReportKind",
    "ReportState",
    "WarningState",
]
