"""The petition office's first step: register what arrived."""

from datetime import datetime

from django.db import transaction

from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition
from huiying.records import ledger
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action


@transaction.atomic
def petition_register(
    *, petition: Petition, matter: Matter | None = None, danger: bool = False, by: Officer, at: datetime
) -> Petition:
    """Register (登记) what arrived: read it, name its field, say whether somebody is in danger. art. 22."""
    check_may(by, Action.PETITION_REGISTER, petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REGISTERED, action="petition_register"
    )

    fields = {"registered_at": at, "danger": danger, "matter": matter or petition.matter}
    change_state(petition, move, **fields)
    facts = {"matter": petition.matter, "danger": danger}
    ledger.append(
        EventKind.PETITION_REGISTERED, petition, by=by, at=at, body_id=petition.body_id, facts=facts
    )
    return petition
