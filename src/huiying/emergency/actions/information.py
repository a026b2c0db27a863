"""Duties to inform the public: satisfied by a publication."""

from datetime import datetime

from django.db import transaction

from huiying.emergency.gate import not_there
from huiying.emergency.models import InformationDue
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind


@transaction.atomic
def information_due_satisfy(
    *, due: InformationDue, publication_ref: str, by: Officer, at: datetime
) -> InformationDue:
    """Say which publication met the duty. The room that publishes has checked who may; the first one counts.

    Raises NotThere for another body's duty, Overtaken when it is met already. 国办发〔2016〕61号, 80号.
    """
    incident = due.incident
    if by.body_id != incident.body_id:
        raise not_there()
    met = {"satisfied_at": at, "publication_ref": publication_ref}
    if not InformationDue.objects.filter(pk=due.pk, satisfied_at=None).update(**met):
        raise overtaken()
    due.refresh_from_db()
    facts = {"due": due.pk, "code": due.code, "publication": publication_ref, "late": due.is_late(at)}
    ledger.append(EventKind.INFORMATION_GIVEN, incident, by=by, at=at, body_id=incident.body_id, facts=facts)
    return due
