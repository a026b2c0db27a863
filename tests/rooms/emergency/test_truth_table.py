"""Role × state × action of this room, as one table that a reader can audit. Whoever and whatever is left out is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from typing import Any

import pytest

from huiying.emergency import actions
from huiying.emergency.models import Incident, InformationDue, Order, PlanVersion, SituationReport
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.lifecycle import IncidentState, OrderState, PlanState, ReportKind, ReportState
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, NotPermitted, NotThere, Overtaken
from tests.cast import QINGXI_PEOPLE, Cast
from tests.rooms.emergency import response
from tests.rooms.emergency.response import PLAN, after, filled_in
from tests.rooms.emergency.test_supplies import TABLE as SUPPLIES

I, O, P, R = IncidentState, OrderState, PlanState, ReportState  # noqa: E741
RESPONSE = set(Role) - {
    Role.SUPERVISOR,
    Role.AUDITOR,
    Role.SYSTEM_ADMIN,
    Role.SECURITY_ADMIN,
    Role.AUDIT_ADMIN,
}
DUTY = {Role.DUTY_OFFICER, Role.LEADING_GROUP}
LEADERS = {Role.LEADING_GROUP}
PLANNERS = {Role.PLANNER}
OPEN = {I.REPORTED, I.VERIFIED, I.ACTIVE}


@dataclass(frozen=True)
class Row:
    """One action: the states from which it works, and the roles that may."""

    states: set[StrEnum]
    roles: set[Role]


INCIDENT_TABLE = {
    "incident_verify": Row({I.REPORTED}, DUTY),
    "incident_dismiss": Row({I.REPORTED, I.VERIFIED}, DUTY),
    "incident_update": Row({*OPEN}, DUTY),
    "activation_open": Row({I.VERIFIED}, LEADERS),
    "incident_end": Row({I.ACTIVE}, LEADERS),
    "decision_record": Row({I.ACTIVE}, LEADERS),
}
# The orders of the table go to the logistics post, which an officer of civil holds.
ORDER_TABLE = {
    "order_acknowledge": Row({O.SENT}, {Role.OFFICER}),
    "order_done": Row({O.SENT, O.ACKNOWLEDGED}, {Role.OFFICER}),
    "order_refuse": Row({O.SENT, O.ACKNOWLEDGED}, {Role.OFFICER}),
    "order_reassign": Row({O.REFUSED}, LEADERS),
}
PLAN_TABLE = {
    "plan_save": Row({P.DRAFT}, PLANNERS),
    "plan_submit": Row({P.DRAFT}, PLANNERS),
    "plan_withdraw": Row({P.SUBMITTED}, PLANNERS),  # of these the one who submitted it: test_plan_road
    "plan_return": Row({P.SUBMITTED, P.APPROVED}, LEADERS),
    "plan_approve": Row({P.SUBMITTED}, LEADERS),
    "plan_promulgate": Row({P.APPROVED}, LEADERS),
    # These two ask the plan, not one version of it: there is always a draft or a text in force to go on from.
    # While one lies before the leading group, nobody writes in it.
    "plan_draft_open": Row({*P} - {P.SUBMITTED, P.APPROVED}, PLANNERS),
    "plan_draft_open_from_proposal": Row({*P} - {P.SUBMITTED, P.APPROVED}, PLANNERS | LEADERS),
}
REPORT_TABLE = {
    "situation_report_send": Row({R.DUE}, DUTY),
    "situation_report_phone": Row({R.DUE, R.SENT}, DUTY),
}
# What has no state before it, or is guarded by the room that calls it.
APART = {
    "plan_open": PLANNERS,
    # A file that is read in has no state of a plan: test_plan_import says when it may be gone on with.
    "plan_import": PLANNERS,
    "plan_import_confirm": PLANNERS,
    "plan_import_finish": PLANNERS,
    "plan_import_drop": PLANNERS,
    # Any text may be rehearsed; what it suggests goes where `plan_draft_open` goes: test_rehearsals.
    "plan_rehearse": PLANNERS | DUTY,
    "rehearsal_change_draft": PLANNERS,
    "incident_report": RESPONSE | {Role.SUPERVISOR},
    "activation_open_for_warning": set(),
    "orders_open_due": set(),
    "information_due_satisfy": set(),
    # Opinions, filings and acknowledgements have their own table in test_plan_road.
    "opinion_ask": PLANNERS,
    "opinion_give": {Role.UNIT_HEAD},
    "opinion_deal": PLANNERS,
    "opinion_ask_again": PLANNERS,
    "plan_file_send": PLANNERS,
    "plan_receipt_note": PLANNERS,
    "plan_acknowledge": {Role.UNIT_HEAD},
    # A plan's life after it is in force: each one's own table stands in test_plan_care.
    "addendum_draft": PLANNERS,
    "addendum_change": PLANNERS,
    "addendum_drop": PLANNERS,
    "addendum_promulgate": LEADERS,
    "addendum_end": LEADERS,
    "parameter_set": LEADERS,
    "parameter_restore": LEADERS,
    "plan_describe": PLANNERS,
    "plan_evaluated": PLANNERS,
    "plan_practised": PLANNERS,
    "revision_raise": PLANNERS | LEADERS,
    "revision_note": set(),
    "revision_settle": PLANNERS,
    "suggestion_give": RESPONSE | {Role.SUPERVISOR, Role.AUDITOR},
    "suggestion_send": set(),
    "suggestion_answer": PLANNERS,
    "plan_comment": RESPONSE | {Role.SUPERVISOR},
    "plan_comment_settle": PLANNERS,
    # Supplies, money, reception and contacts: their table, with the scene of each, is kept in test_supplies.
    **{name: roles for name, (roles, _scene) in SUPPLIES.items()},
}
PEOPLE = [*QINGXI_PEOPLE, "outside_leader", "outside_officer"]
AT = after(600)


def _dismissed(cast: Cast) -> Incident:
    return actions.incident_dismiss(
        incident=response.reported(cast), grounds="无险情", by=cast.leader, at=after(5)
    )


INCIDENTS: dict[IncidentState, Callable[[Cast], Incident]] = {
    I.REPORTED: response.reported,
    I.VERIFIED: response.verified,
    I.ACTIVE: lambda cast: response.activated(cast).incident,
    I.ENDED: response.ended,
    I.DISMISSED: _dismissed,
}


def _order(cast: Cast, state: OrderState) -> Order:
    order = response.first_order(response.activated(cast), "logistics")
    if state is O.ACKNOWLEDGED:
        return actions.order_acknowledge(order=order, by=cast.officer_civil, at=after(30))
    if state is O.DONE:
        return actions.order_done(order=order, by=cast.officer_civil, at=after(30))
    if state is O.REFUSED:
        return actions.order_refuse(order=order, reason="车不在", by=cast.officer_civil, at=after(30))
    return order


def _plan(cast: Cast, state: PlanState) -> PlanVersion:
    if state in {P.DRAFT, P.SUBMITTED, P.APPROVED}:
        draft = actions.plan_open(body=cast.qingxi, text=PLAN, by=cast.planner, at=after(0))
        ways = {P.SUBMITTED: response.submitted, P.APPROVED: response.approved}
        month_ago = after(0) - timedelta(days=30)
        return (
            ways[state](cast, draft, at=after(0))
            if state in ways
            else response.asked(cast, draft, at=month_ago)
        )
    version = response.plan_in_force(cast)
    if state is P.SUPERSEDED:
        draft = actions.plan_draft_open(plan=version.plan, by=cast.planner, at=after(0))
        response.put_in_force(cast, draft, at=after(0))
        version.refresh_from_db()
    return version


def _report(cast: Cast, state: ReportState) -> SituationReport:
    incident = response.reported(cast)
    report = SituationReport.objects.select_related("incident__body").get(incident=incident)
    if state is R.DROPPED:
        actions.incident_dismiss(incident=incident, grounds="无险情", by=cast.leader, at=after(5))
        report.refresh_from_db()
    if state is R.SENT:
        _act("situation_report_send", cast, report, cast.duty_officer)
        report.refresh_from_db()
    return report


def _act(name: str, cast: Cast, thing: Any, by: Officer) -> None:
    """One action, complete in everything but the right to do it and the state it starts from."""
    noun = {Incident: "incident", Order: "order", PlanVersion: "version", SituationReport: "report"}[
        type(thing)
    ]
    extra: dict[str, Callable[[], dict[str, Any]]] = {
        "incident_dismiss": lambda: {"grounds": "无险情"},
        "incident_update": lambda: {"counts": {"injured": 1}, "hazards": [], "needs": []},
        "incident_end": lambda: {"grounds": "结束", "criteria": [], "despite": "逐项说明"},
        "decision_record": lambda: {"text": "清出通道"},
        "activation_open": lambda: {
            "version": PlanVersion.objects.filter(state="promulgated").first()
            or response.plan_in_force(cast),
            "level": "III",
            "facets": [],
            "matter": "通道堵塞",
            "measures": "打开通道",
            "expected_until": AT + timedelta(days=1),
        },
        "order_refuse": lambda: {"reason": "车不在"},
        "order_reassign": lambda: {"post": cast.posts["medical"]},
        "plan_save": lambda: {"text": PLAN},
        "plan_submit": lambda: {"drafting_note": "按程序编制。"},
        "plan_return": lambda: {"reason": "时限不清"},
        "plan_promulgate": lambda: {"document_number": "青政发〔2025〕3 号"},
        "plan_draft_open": lambda: {"plan": thing.plan},
        "plan_draft_open_from_proposal": lambda: {
            "plan": thing.plan,
            "clause_id": "verify",
            "changes": {"text": "到现场看。"},
            "reason": "演练发现",
            "reference": "PG-1",
        },
        "situation_report_send": lambda: {
            "incident": thing.incident,
            "kind": ReportKind.FIRST,
            "fields": filled_in(ReportKind.FIRST),
            "sent_to": "云岭县信访局",
        },
        "situation_report_phone": lambda: {"phoned_to": "县委值班室", "phoned_at": after(8)},
    }
    asked = extra.get(name, dict)()
    subject = {} if {"plan", "incident"} & set(asked) and noun != "incident" else {noun: thing}
    getattr(actions, name)(**subject, **asked, by=by, at=AT)


def _cases() -> list[tuple[str, StrEnum, Row, Callable[[Cast], Any]]]:
    rows: list[tuple[str, StrEnum, Row, Callable[[Cast], Any]]] = []
    rows += [(name, state, row, INCIDENTS[state]) for name, row in INCIDENT_TABLE.items() for state in I]
    rows += [(name, s, row, lambda c, s=s: _order(c, s)) for name, row in ORDER_TABLE.items() for s in O]  # type: ignore[misc]
    rows += [(name, s, row, lambda c, s=s: _plan(c, s)) for name, row in PLAN_TABLE.items() for s in P]  # type: ignore[misc]
    rows += [(name, s, row, lambda c, s=s: _report(c, s)) for name, row in REPORT_TABLE.items() for s in R]  # type: ignore[misc]
    return rows


CASES = _cases()


def test_every_action_every_state_and_every_role_stands_in_the_table() -> None:
    assert {name for name, *_ in CASES} | set(APART) == set(actions.__all__)
    assert {state for _, state, *_ in CASES} == {*I, *O, *P, *R}
    assert {part.role for part in QINGXI_PEOPLE.values()} == set(Role)
    assert set().union(*(row.roles for *_, row, _ in CASES), *APART.values()) <= set(Role)


@pytest.mark.parametrize(
    ("name", "state", "row", "scene"), CASES, ids=[f"{name}-{state}" for name, state, *_ in CASES]
)
def test_only_the_named_roles_act_and_only_from_the_named_states(
    cast: Cast, name: str, state: StrEnum, row: Row, scene: Callable[[Cast], Any]
) -> None:
    thing = scene(cast)
    if name == "activation_open" and state not in {I.ACTIVE, I.ENDED}:
        response.plan_in_force(cast)
    written = LedgerEvent.objects.count()
    for account in PEOPLE:
        if not _may(account, row):
            with pytest.raises(NotThere if account.startswith("outside") else NotPermitted):
                _act(name, cast, thing, cast.officers[account])
    assert LedgerEvent.objects.count() == written
    actor = next(account for account in PEOPLE if _may(account, row))
    if state in row.states:
        _act(name, cast, thing, cast.officers[actor])
    else:
        with pytest.raises((IllegalMove, Overtaken)):
            _act(name, cast, thing, cast.officers[actor])


def _may(account: str, row: Row) -> bool:
    """Whether this person's role stands in the row; of two officers only the one on the order's post."""
    if account.startswith("outside") or QINGXI_PEOPLE[account].role not in row.roles:
        return False
    return row.roles != {Role.OFFICER} or account == "officer_civil"


@pytest.mark.parametrize("account", PEOPLE)
def test_who_may_report_an_incident_and_open_a_plan(cast: Cast, account: str) -> None:
    by = cast.officers[account]
    role = QINGXI_PEOPLE[account].role if account in QINGXI_PEOPLE else None
    acts: dict[str, Callable[[], object]] = {
        "plan_open": lambda: actions.plan_open(body=cast.qingxi, text=PLAN, by=by, at=AT),
        "incident_report": lambda: response.reported(_as(cast, by)),
    }
    for name, act in acts.items():
        if role in APART[name]:
            act()
        else:
            with pytest.raises(NotPermitted if role else NotThere):
                act()


def _as(cast: Cast, by: Officer) -> Any:
    """The cast with another person at the telephone."""
    return type("AtTheTelephone", (), {"qingxi": cast.qingxi, "duty_officer": by})


def test_a_duty_to_the_public_is_met_by_the_own_body_only(cast: Cast) -> None:
    due = InformationDue.objects.filter(incident=response.activated(cast).incident)[0]
    with pytest.raises(NotThere):
        actions.information_due_satisfy(due=due, publication_ref="TG-1", by=cast.outside_leader, at=AT)
