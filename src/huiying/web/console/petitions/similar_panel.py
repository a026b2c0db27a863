"""What a petition's page shows of similar matters: the linked ones, then what is alike, with how alike it is."""

from huiying.petitions import similar
from huiying.petitions.models import Petition
from huiying.rules.permissions import Action
from huiying.web.console.access import OfficerRequest


def similar_panel(request: OfficerRequest, petition: Petition) -> dict[str, object]:
    """Links for whoever reads the petition; suggestions only for who may act on them."""
    links = similar.links_of(request.officer, petition)
    linkable = request.officer.can(Action.PETITION_LINK)
    known = {each.petition.pk for each in links}
    rows = similar.similar_to(request.officer, petition) if linkable else ()
    return {
        "links": links,
        "similar": [row for row in rows if row.petition.pk not in known],
        "linkable": linkable,
    }
