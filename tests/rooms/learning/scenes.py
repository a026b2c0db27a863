"""What an evaluator has before them: an ended incident, an evaluation, a gap, a corrective action."""

from datetime import datetime, timedelta

from huiying.emergency import actions as emergency
from huiying.emergency.models import Incident
from huiying.emergency.running import document_read
from huiying.learning import actions
from huiying.learning.models import CorrectiveAction, Evaluation, Finding, FindingKind
from huiying.learning.plans import version_of
from huiying.records.clock import official_date
from tests.cast import Cast
from tests.rooms.publishing.scenes import NINE, later, running_incident

ENDED: datetime = later(days=2)
OPENED: datetime = later(days=4)
DUE_ON = official_date(OPENED + timedelta(days=20))


def ended_incident(cast: Cast) -> Incident:
    """The wall again, ended after two days with its open matters named."""
    incident = running_incident(cast)
    incident = emergency.incident_end(
        incident=incident,
        grounds="围墙已经拆除。",
        criteria=[],
        despite="新闻发布会改为书面说明；其余事项转入日常工作。",
        by=cast.leader,
        at=ENDED,
    )
    incident.refresh_from_db()
    return incident


def opened(cast: Cast) -> Evaluation:
    """The evaluation, with its rows."""
    return actions.evaluation_open(incident=ended_incident(cast), by=cast.planner, at=OPENED)


def clause_id(evaluation: Evaluation) -> str:
    """The first step of the plan that ran."""
    version = version_of(evaluation.incident)
    assert version is not None
    return document_read(version.text).steps[0].id


def gap(cast: Cast, evaluation: Evaluation | None = None) -> Finding:
    """A gap, tied to a step and to a late row."""
    evaluation = evaluation or opened(cast)
    row = evaluation.rows.filter(is_late=True).first()
    return actions.finding_record(
        evaluation=evaluation,
        kind=FindingKind.GAP,
        text="没有在五小时内告诉公众。",
        clause_id=clause_id(evaluation),
        plan_version=version_of(evaluation.incident),
        evidence=[row.pk] if row else [],
        by=cast.planner,
        at=OPENED,
    )


def ordered(cast: Cast) -> CorrectiveAction:
    """A corrective action of the press officer."""
    return actions.corrective_order(
        finding=gap(cast),
        text="备好三份底稿，值班时也能发布。",
        owner=cast.staff["press_officer"],
        due_on=DUE_ON,
        by=cast.planner,
        at=OPENED,
    )


def handed_in(cast: Cast) -> CorrectiveAction:
    """The same, with evidence."""
    return actions.corrective_done(
        action=ordered(cast),
        evidence="底稿三份，存信息发布柜。",
        by=cast.press_officer,
        at=OPENED + timedelta(days=3),
    )


def sent_back(cast: Cast) -> CorrectiveAction:
    """The same, returned."""
    return actions.corrective_return(
        action=handed_in(cast),
        remark="缺夜间值班的联系人。",
        by=cast.supervisor,
        at=OPENED + timedelta(days=4),
    )


def verified(cast: Cast) -> CorrectiveAction:
    """The same, verified."""
    return actions.corrective_verify(
        action=handed_in(cast), by=cast.supervisor, at=OPENED + timedelta(days=4)
    )


def adopted(cast: Cast) -> Evaluation:
    """The evaluation, adopted."""
    evaluation = opened(cast)
    gap(cast, evaluation)
    actions.evaluation_summarise(
        evaluation=evaluation, summary="处置及时，告知公众晚了。", by=cast.planner, at=OPENED
    )
    return actions.evaluation_adopt(evaluation=evaluation, by=cast.leader, at=OPENED + timedelta(days=1))


__all__ = ["DUE_ON", "ENDED", "NINE", "OPENED"]
