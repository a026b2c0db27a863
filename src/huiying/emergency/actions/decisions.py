"""Decisions of the leading group during an incident, in their own words."""

from datetime import datetime

from django.db import transaction

from huiying.emergency import texts
from huiying.emergency.gate import check_may
from huiying.emergency.models import Decision, Incident
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.incident import IncidentState
from huiying.rules.permissions import Action
from huiying.rules.refusals import IllegalMove
from huiying.rules.words import N_


@transaction.atomic
def decision_record(
    *, incident: Incident, text: str, legal_basis: str = "", by: Officer, at: datetime
) -> Decision:
    """Record a decision while the response runs; what an outside authority orders goes in with its legal basis.

    It says what is to be done, never whom it concerns.
    """
    check_may(by, Action.INCIDENT_ACTIVATE, body_id=incident.body_id)
    if incident.state != IncidentState.ACTIVE:
        raise IllegalMove(
            N_("只有响应期间的决定记在这里。"),
            rule="lifecycle.incident",
            remedy=N_("请先启动响应，或写进总结评估。"),
        )
    words = {"text": texts.cleaned(text), "legal_basis": texts.cleaned(legal_basis)}
    texts.check_filled(words, {"text": N_("决定内容")}, rule="emergency.decision")
    texts.check_short_enough(
        words, {"text": texts.LONG, "legal_basis": texts.SHORT}, rule="emergency.decision"
    )
    decision = Decision.objects.create(incident=incident, decided_at=at, decided_by_id=by.staff_id, **words)
    facts = {"decision": decision.pk}
    ledger.append(EventKind.DECISION_RECORDED, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    return decision
