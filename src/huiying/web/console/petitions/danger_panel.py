"""Whether the filing itself spoke of danger to somebody: proposed to whoever registers, decided by them."""

from huiying.petitions.calling import danger_proposed
from huiying.petitions.models import Petition
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest


def danger_panel(request: OfficerRequest, petition: Petition) -> dict[str, object]:
    """The proposal, while the petition waits to be registered and only for who may register it."""
    waits = petition.state == PetitionState.RECEIVED and request.officer.can(Action.PETITION_REGISTER)
    return {"danger_proposed": waits and danger_proposed(petition)}
