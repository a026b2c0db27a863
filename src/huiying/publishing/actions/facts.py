"""Facts: established before anything is said."""

from datetime import datetime

from django.db import transaction

from huiying.emergency.texts import check_short_enough, cleaned
from huiying.publishing import duties
from huiying.publishing.models import Fact
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.permissions import Action, can_somewhere
from huiying.rules.permissions import check as check_grants
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

_MISSING = {
    "text": N_("请写明查实了什么。"),
    "source": N_("请写明来源：谁在哪里看到、量到或者查到的。"),
}


def _check_parts(text: str, source: str, established_at: datetime, at: datetime) -> None:
    given = {"text": text, "source": source}
    missing = {name: sentence for name, sentence in _MISSING.items() if not given[name]}
    if missing:
        raise Incomplete(N_("还不能记录。"), fields=missing, rule="publishing.fact_sourced")
    check_short_enough(given, {"text": 500, "source": 200}, rule="publishing.length")
    if established_at > at:
        raise Refusal(
            N_("查实的时间不能晚于现在。"),
            rule="publishing.fact_past",
            remedy=N_("请核对查实的时间。"),
        )


@transaction.atomic
def fact_record(
    *,
    text: str,
    source: str,
    established_at: datetime,
    incident_id: int | None = None,
    by: Officer,
    at: datetime,
) -> Fact:
    """Record one established fact with its source. 突发事件应对法 art. 7: information must be accurate."""
    if not can_somewhere(by.grants, Action.FACT_RECORD):
        check_grants((), Action.FACT_RECORD)
    duties.check_incident(by, incident_id)
    text, source = cleaned(text), cleaned(source)
    _check_parts(text, source, established_at, at)
    fact = Fact.objects.create(
        body_id=by.body_id,
        incident_id=incident_id,
        text=text,
        source=source,
        established_at=established_at,
        recorded_by_id=by.staff_id,
        recorded_at=at,
    )
    facts = {"incident": incident_id, "established_at": established_at.isoformat()}
    ledger.append(EventKind.FACT_RECORDED, fact, by=by, at=at, body_id=by.body_id, facts=facts)
    return fact
