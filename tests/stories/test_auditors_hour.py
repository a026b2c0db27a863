"""An auditor's hour: everything that happened, in order and unchanged; no word of what was said, and nobody's name."""

from django.test import Client
from django.urls import reverse

from huiying.petitions import actions
from huiying.records import clock, ledger
from huiying.records.models import LedgerEvent
from tests.cast import Cast, signed_in
from tests.rooms.petitions.matters import CLAIMS, WORDS, accusation, filed, handling, named, settled


def test_the_auditor_sees_that_all_of_it_happened_and_nothing_of_what_was_said(cast: Cast) -> None:
    now = clock.now()
    answered = settled(cast, named(title="水渠堵塞两个月"), now)
    accused = filed(cast, accusation(title="修渠款项不清"), now).petition
    open_one = handling(cast, named(), now)
    actions.message_say(petition=open_one, text="水又漫出来了", at=now)
    auditor = signed_in(Client(), cast.staff["auditor"])

    # The hour begins with the ledger of the own body: who did what, and when.
    shown = auditor.get(reverse("console:ledger"), {"subject": "petition"}).content.decode()
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(answered.pk))
    assert {"petition.filed", "petition.accepted", "reply.sent", "reply.served"} <= set(
        kinds.values_list("kind", flat=True)
    )
    assert "青溪" in auditor.get(reverse("console:ledger")).content.decode()

    # No words of a petition, of a message, no name, not even the number of an accusation stand there.
    for said in (
        WORDS,
        *CLAIMS,
        "水又漫出来了",
        "试提事人",
        "00000000001",
        "修渠款项不清",
        accused.reference,
    ):
        assert said not in shown

    # The matters themselves are behind doors that do not open.
    for petition in (answered, accused, open_one):
        for name in ("petition_page", "petition_identity", "reply_printed", "evidence_printed"):
            answer = auditor.get(reverse(f"console:{name}", args=[petition.reference]))
            assert answer.status_code in (403, 404)
    for name in ("petitions", "reception", "supervision", "unit", "follow_ups", "imports", "settings"):
        assert auditor.get(reverse(f"console:{name}")).status_code == 403

    # The figures are open, as they are to everybody; and the chain of events holds from the first to the last.
    assert auditor.get(reverse("console:figures")).status_code == 200
    assert ledger.verify() == []

    # An hour of reading left one trace: nothing was changed.
    before = LedgerEvent.objects.count()
    auditor.get(reverse("console:ledger"), {"kind": "petition.filed"})
    assert LedgerEvent.objects.count() == before
