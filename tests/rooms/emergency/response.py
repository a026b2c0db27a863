"""What the tests of this room stand on: the shipped plan in force, an incident in each of its states."""

from datetime import datetime, timedelta
from typing import Any

from huiying.emergency import actions
from huiying.emergency.duties_given import units_with_a_duty
from huiying.emergency.kinds import Hazard, Nature, Need, Source
from huiying.emergency.models import Activation, Incident, Order, PlanVersion
from huiying.emergency.running import document_read
from huiying.playbook.kinds import ResponseLevel
from huiying.playbook.shipped import shipped_plans
from huiying.records.clock import SHANGHAI
from huiying.rules.lifecycle.report import ReportKind
from huiying.rules.reporting import required_fields
from tests.cast import Cast

NIGHT = datetime(2025, 3, 4, 22, 40, tzinfo=SHANGHAI)
PLAN = shipped_plans()["city-petition-incidents"]


def after(minutes: int) -> datetime:
    """So many minutes after the call."""
    return NIGHT + timedelta(minutes=minutes)


def plan_in_force(cast: Cast, text: str = PLAN, at: datetime = NIGHT - timedelta(days=30)) -> PlanVersion:
    """A plan written by the planner and put in force by the leader."""
    draft = actions.plan_open(body=cast.qingxi, text=text, by=cast.planner, at=at)
    return put_in_force(cast, draft, at=at)


def asked(cast: Cast, draft: PlanVersion, *, at: datetime = NIGHT) -> PlanVersion:
    """A draft about which every unit with a duty was asked for its opinion at that instant."""
    known = set(draft.opinions.values_list("unit_id", flat=True))
    units = [unit for unit in units_with_a_duty(draft) if unit.pk not in known]
    if units:
        actions.opinion_ask(version=draft, units=units, by=cast.planner, at=at)
    return draft


def submitted(cast: Cast, draft: PlanVersion, *, at: datetime = NIGHT) -> PlanVersion:
    """A draft laid before the leading group with everything that it needs."""
    asked(cast, draft, at=at - timedelta(days=30))
    return actions.plan_submit(version=draft, drafting_note="按程序编制。", by=cast.planner, at=at)


def approved(cast: Cast, draft: PlanVersion, *, at: datetime = NIGHT) -> PlanVersion:
    """The same, approved."""
    return actions.plan_approve(version=submitted(cast, draft, at=at), by=cast.leader, at=at)


def put_in_force(
    cast: Cast, draft: PlanVersion, *, number: str = "青政发〔2025〕3 号", at: datetime = NIGHT
) -> PlanVersion:
    """A draft taken the whole way: submitted, approved, promulgated at that instant."""
    version = approved(cast, draft, at=at)
    return actions.plan_promulgate(version=version, document_number=number, by=cast.leader, at=at)


def reported(cast: Cast, at: datetime = NIGHT, **changes: Any) -> Incident:
    """An incident reported to the duty officer by telephone."""
    facts: dict[str, Any] = {
        "nature": Nature.ACCESS_BLOCKED,
        "place": "青溪桥南引道",
        "told": "桥南引道被渣土车堵住，急救车不能通过。",
        "happened_at": at - timedelta(minutes=15),
        "source": Source.TELEPHONE,
        "counts": {"injured": 2, "affected": 40},
        "hazards": [Hazard.EXIT_BLOCKED],
        "needs": [Need.MEDICAL, Need.LISTENER],
    }
    return actions.incident_report(body=cast.qingxi, by=cast.duty_officer, at=at, **{**facts, **changes})


def verified(cast: Cast) -> Incident:
    """The same, verified ten minutes later."""
    return actions.incident_verify(incident=reported(cast), by=cast.duty_officer, at=after(10))


def activated(
    cast: Cast, version: PlanVersion | None = None, incident: Incident | None = None, **changes: Any
) -> Activation:
    """The same, with the plan running from twenty minutes after the call."""
    asked: dict[str, Any] = {
        "level": ResponseLevel.III,
        "facets": ["injured"],
        "matter": "桥南引道堵塞，两人受伤",
        "expected_until": after(60 * 24),
        "measures": "打开救援通道，救治伤者，现场听取意见。",
    }
    version, incident = version or plan_in_force(cast), incident or verified(cast)
    return actions.activation_open(
        incident=incident, version=version, by=cast.leader, at=after(20), **{**asked, **changes}
    )


def ended(cast: Cast) -> Incident:
    """The same, ended with grounds for all that is still open."""
    incident = activated(cast).incident
    words = {"grounds": "通道恢复。", "despite": "已逐项说明。"}
    return actions.incident_end(incident=incident, criteria=[], by=cast.leader, at=after(300), **words)


def first_order(activation: Activation, post: str) -> Order:
    """The oldest open order of a post."""
    orders = Order.objects.filter(activation=activation, post__code=post, state="sent")
    return orders.select_related("post", "activation__incident").order_by("pk")[0]


def filled_in(kind: ReportKind, **changes: str) -> dict[str, str]:
    """A report in which every required field says something."""
    return {**{field.name: f"{field.label}：待核实" for field in required_fields(kind)}, **changes}


def end_criteria(version: PlanVersion) -> list[str]:
    """The ids of the plan's end criteria."""
    return [clause.id for clause in document_read(version.text).end_criteria]
