"""Who may not know: confidential words, accusations, drafts, tried from every side that this room has."""

from collections.abc import Callable
from threading import Barrier, Event, Thread

import pytest
from django.db import connection, transaction

from huiying.petitions import actions, gate, listing, selectors
from huiying.petitions.identity import identity_open
from huiying.petitions.models import Claim, Petition
from huiying.records.files import Cleaned, FileKind
from huiying.records.models import LedgerEvent, SearchEntry
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.matters import RatedSide, RatingScore
from huiying.rules.refusals import NotThere, Overtaken, Refusal
from tests.cast import Cast, gather
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    accusation,
    answer_all,
    confidential,
    filed,
    filing,
    handling,
    registered,
    settled,
)


def test_the_place_as_told_in_confidence_is_not_findable(cast: Cast) -> None:
    handling(cast, confidential(happened_where="柳巷七号后院", happened_when="腊月初三夜里"))
    for words in ("柳巷", "腊月"):
        asked = listing.ListFilter(query=words)
        assert listing.petitions_listed(cast.officer_works, asked, today=MONDAY.date()).rows == ()
        assert not SearchEntry.objects.filter(tokens__contains=words).exists()
    assert (
        len(
            listing.petitions_listed(
                cast.officer_works, listing.ListFilter(query="水渠"), today=MONDAY.date()
            ).rows
        )
        == 1
    )


def test_a_confidential_accusation_is_read_by_supervision_in_full_and_by_nobody_else(cast: Cast) -> None:
    told = accusation(
        text="村会计多报了三亩地。",
        confidentiality=Confidentiality.CONFIDENTIAL,
        identity={"name": "试提事人"},
    )
    petition = filed(cast, told).petition
    seen = selectors.words_for(cast.supervisor, gate.petition_for(cast.supervisor, petition.reference))
    assert seen.text == told.text
    assert selectors.title_for(cast.supervisor, petition) == petition.title
    assert selectors.words_for(cast.clerk, petition).text == ""


def test_nothing_in_the_ledger_sets_an_accusation_apart_when_it_arrives(cast: Cast) -> None:
    """The auditor may belong to the unit that is accused."""
    ours = [registered(cast, told) for told in (filing(), accusation())]
    both = LedgerEvent.objects.filter(subject_kind="petition", subject_id__in=[p.pk for p in ours])
    told = {(event.subject_id, event.kind): event.facts for event in both}
    for kind in ("petition.filed", "petition.registered"):
        assert told[str(ours[0].pk), kind] == told[str(ours[1].pk), kind]
    assert len(told) == 4


def test_the_petition_office_reaches_no_accusation_by_any_act(cast: Cast) -> None:
    """The gate hides it; the acts do so too, should a page ever forget to ask the gate."""
    petition = registered(
        cast, accusation(confidentiality=Confidentiality.CONFIDENTIAL, identity={"name": "试提事人"})
    )
    with pytest.raises(NotThere):
        identity_open(petition=petition, purpose="contact", reason="想看看", by=cast.clerk, at=MONDAY)
    with pytest.raises(NotThere):
        actions.petition_facet(petition=petition, danger=True, by=cast.clerk, at=MONDAY)
    with pytest.raises(NotThere):
        actions.petition_shield(petition=petition, title="x", text="x", claims={}, by=cast.clerk, at=MONDAY)
    assert identity_open(petition=petition, purpose="protect", reason="防报复", by=cast.supervisor, at=MONDAY)


@pytest.mark.django_db(transaction=True)
def test_an_answer_cannot_change_while_the_reply_leaves(quick_passphrases: None) -> None:
    """What was checked is what is sent: a draft saved in the same moment comes too late."""
    town = gather()
    petition = handling(town)
    answer_all(town, petition)
    claim = Claim.objects.select_related("petition").filter(petition=petition).earliest("number")
    checked, may_end, refused = Event(), Event(), list[Exception]()

    def send() -> None:
        with transaction.atomic():
            actions.reply_send(petition=petition, by=town.head_works, at=MONDAY)
            checked.set()
            may_end.wait(timeout=10)
        connection.close()

    def change() -> None:
        try:
            actions.claim_answer(
                claim=claim, outcome=None, facts="改了", basis="", remedy="", by=town.officer_works, at=MONDAY
            )
        except Overtaken as late:
            refused.append(late)
        finally:
            connection.close()

    first, second = Thread(target=send), Thread(target=change)
    first.start()
    assert checked.wait(timeout=10)
    second.start()
    second.join(timeout=0.5)  # it waits for the reply, or it has slipped through
    may_end.set()
    first.join(timeout=30)
    second.join(timeout=30)
    claim.refresh_from_db()
    assert claim.facts != "改了"
    assert len(refused) == 1


@pytest.mark.django_db(transaction=True)
def test_of_withdrawing_and_accepting_at_once_one_happens_and_leaves_no_duty_running(
    quick_passphrases: None,
) -> None:
    town = gather()
    petition = registered(town)
    readings = [Petition.objects.get(pk=petition.pk) for _ in range(2)]
    start, lost = Barrier(2), list[Refusal]()

    def run(act: Callable[[], object]) -> None:
        try:
            start.wait(timeout=10)
            act()
        except Refusal as late:
            lost.append(late)
        finally:
            connection.close()

    acts = (
        lambda: actions.petition_accept(petition=readings[0], by=town.clerk, at=MONDAY),
        lambda: actions.petition_withdraw(petition=readings[1], at=MONDAY),
    )
    threads = [Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    petition.refresh_from_db()
    assert len(lost) == 1 and isinstance(lost[0], Overtaken)
    assert LedgerEvent.objects.filter(kind__in=["petition.accepted", "petition.withdrawn"]).count() == 1
    running = petition.clocks.filter(met_at=None, stopped_at=None).exists()
    assert running == (petition.state == PetitionState.ACCEPTED)


def told_of(cast: Cast, petition: Petition, who: str) -> set[str]:
    seen = selectors.history_of(petition, inside=True, viewer=cast.officers[who])
    return {str(step.kind) for step in seen}


def test_the_history_tells_the_unit_of_no_message_and_no_paper_that_it_was_not_given(cast: Cast) -> None:
    petition, kept = handling(cast, confidential()), {"message.said", "file.stored"}
    actions.message_say(petition=petition, text="我是桥头第三家的。", at=MONDAY)
    paper = Cleaned(FileKind.TEXT, "门牌照片".encode(), cleaned=True)
    actions.paper_add(petition=petition, paper=paper, by=None, at=MONDAY)
    for who in ("officer_works", "head_works", "supervisor"):
        assert not kept & told_of(cast, petition, who)
    assert kept <= told_of(cast, petition, "clerk")
    plain = handling(cast)
    actions.message_say(petition=plain, text="昨天又堵了。", at=MONDAY)
    assert "message.said" in told_of(cast, plain, "officer_works")


@pytest.mark.parametrize(("shown", "unit_knows"), [(False, False), (True, True)])
def test_the_history_tells_the_unit_of_a_rating_only_where_it_is_shown_to_it(
    cast: Cast, shown: bool, unit_knows: bool
) -> None:
    petition = settled(cast)
    scores = dict.fromkeys(RatedSide, RatingScore.ACCEPTABLE)
    actions.petition_rate(petition=petition, scores=scores, shown_to_unit=shown, at=MONDAY + 9 * DAY)
    for who in ("officer_works", "head_works"):
        assert ("petition.rated" in told_of(cast, petition, who)) is unit_knows
    assert "petition.rated" in told_of(cast, petition, "clerk")
