"""What a press officer's day is made of: an incident with its duties, facts, notices in each state."""

from datetime import datetime, timedelta
from importlib.resources import files

from huiying.emergency import actions as emergency
from huiying.emergency.kinds import Nature, Source
from huiying.emergency.models import Incident, InformationDue, PlanVersion
from huiying.playbook.kinds import ResponseLevel
from huiying.publishing import actions
from huiying.publishing.models import Fact, Notice
from huiying.publishing.texts import NoticeText
from huiying.records.clock import SHANGHAI
from tests.cast import Cast
from tests.rooms.emergency.response import put_in_force

NINE = datetime(2025, 6, 3, 9, 0, tzinfo=SHANGHAI)


def later(**parts: float) -> datetime:
    """So much after nine o'clock."""
    return NINE + timedelta(**parts)


def plan_in_force(cast: Cast) -> PlanVersion:
    """The shipped plan, put in force."""
    text = (files("huiying.playbook") / "plans" / "city-petition-incidents.yaml").read_text(encoding="utf-8")
    draft = emergency.plan_open(body=cast.qingxi, text=text, by=cast.planner, at=NINE - timedelta(days=30))
    at = NINE - timedelta(days=29)
    return put_in_force(cast, draft, number="青政发〔2025〕6号", at=at)


def running_incident(cast: Cast) -> Incident:
    """A wall that threatens to fall, reported at nine, answered at level II: duties of 5, 24 and 48 hours run."""
    version = plan_in_force(cast)
    incident = emergency.incident_report(
        body=cast.qingxi,
        nature=Nature.STRUCTURE,
        place="北街三号院",
        told="围墙倾斜，墙外是人行道。",
        happened_at=NINE,
        source=Source.TELEPHONE,
        by=cast.duty_officer,
        at=NINE,
    )
    emergency.incident_verify(incident=incident, by=cast.second_duty_officer, at=later(minutes=10))
    emergency.activation_open(
        incident=incident,
        version=version,
        level=ResponseLevel.II,
        facets=(),
        matter="围墙倾斜",
        expected_until=later(hours=12),
        measures="封闭人行道，安排绕行，请结构工程师查看。",
        by=cast.leader,
        at=later(minutes=20),
    )
    incident.refresh_from_db()
    return incident


def duty(incident: Incident, hours: int) -> InformationDue:
    """The duty of that many hours."""
    return InformationDue.objects.get(incident=incident, due_at=NINE + timedelta(hours=hours))


def a_fact(cast: Cast, *, text: str = "围墙向外倾斜 11 厘米。", incident: Incident | None = None) -> Fact:
    """A fact measured on the spot."""
    return actions.fact_record(
        text=text,
        source="村建办现场测量记录",
        established_at=later(minutes=40),
        incident_id=incident.pk if incident else None,
        by=cast.duty_officer,
        at=later(minutes=50),
    )


def a_text(
    *facts: Fact, title: str = "北街三号院围墙险情", text: str = "围墙向外倾斜 11 厘米，没有人受伤。"
) -> NoticeText:
    """A text with every part the public needs."""
    return NoticeText(
        title=title,
        text=text,
        unknown="倾斜的原因还在核实。",
        advice="请从南街绕行。",
        contact="0571-0000 0003",
        next_update_at=later(hours=6),
        fact_ids=tuple(fact.pk for fact in facts),
    )


def drafted(cast: Cast, *, incident: Incident | None = None, answers: tuple[int, ...] = ()) -> Notice:
    """A complete draft in the name of the works unit."""
    return actions.notice_draft(
        text=a_text(a_fact(cast, incident=incident)),
        issuer=cast.units["works"],
        incident_id=incident.pk if incident else None,
        answers=answers,
        by=cast.press_officer,
        at=later(hours=1),
    )


def submitted(cast: Cast, **about: object) -> Notice:
    """The draft, waiting for a second person."""
    return actions.notice_submit(notice=drafted(cast, **about), by=cast.press_officer, at=later(hours=1.5))  # type: ignore[arg-type]


def approved(cast: Cast, **about: object) -> Notice:
    """Signed by the leading group."""
    return actions.notice_approve(notice=submitted(cast, **about), by=cast.leader, at=later(hours=2))


def published(cast: Cast, *, at: datetime | None = None, **about: object) -> Notice:
    """Out, for everyone."""
    return actions.notice_publish(
        notice=approved(cast, **about), by=cast.press_officer, at=at or later(hours=3)
    )


def corrected(cast: Cast) -> Notice:
    """Published with 11 centimetres, corrected to 17."""
    notice = published(cast)
    fact = a_fact(cast, text="围墙向外倾斜 17 厘米。")
    correction = actions.correction_propose(
        notice=notice,
        text=a_text(fact, text="围墙向外倾斜 17 厘米，没有人受伤。"),
        reason="第一次测量读错了尺。",
        by=cast.press_officer,
        at=later(hours=5),
    )
    actions.correction_approve(correction=correction, by=cast.leader, at=later(hours=6))
    notice.refresh_from_db()
    return notice


def withdrawn(cast: Cast) -> Notice:
    """Published and taken down with a reason."""
    from huiying.publishing.reasons import WithdrawReason

    return actions.notice_withdraw(
        notice=published(cast),
        reason=WithdrawReason.OVER,
        remark="围墙已经拆除，人行道恢复通行。",
        by=cast.press_officer,
        at=later(days=2),
    )
