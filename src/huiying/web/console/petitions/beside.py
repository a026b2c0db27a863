"""What lies beside the petition of this page, asked once for all its panels."""

from django.db import models

from huiying.petitions.beside import lies_beside
from huiying.petitions.models import Petition
from huiying.web.console.access import OfficerRequest


def beside(request: OfficerRequest, petition: Petition) -> frozenset[type[models.Model]]:
    """The kinds of things that this petition has; a page is drawn after its act, so one answer serves it all."""
    known: dict[int, frozenset[type[models.Model]]] = request.__dict__.setdefault("beside", {})
    if petition.pk not in known:
        known[petition.pk] = lies_beside(petition)
    return known[petition.pk]
