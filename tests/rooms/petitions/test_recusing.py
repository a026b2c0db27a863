"""Whoever is complained of, or has an interest, has nothing to do with the matter: it is not there for them. Art. 28."""

from typing import Any

import pytest

from huiying.petitions import actions, gate, listing, selectors
from huiying.petitions.identity import identity_open
from huiying.petitions.listing import ListFilter
from huiying.petitions.models import Petition, Recusal
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.matters import RecusalGround
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    accepted,
    accusation,
    answer_all,
    filed,
    handling,
    named,
)

ABOUT = RecusalGround.COMPLAINED_OF


def recuse(cast: Cast, petition: Petition, who: str, by: Officer | None = None) -> Any:
    return actions.petition_recuse(
        petition=petition, staff=cast.staff[who], ground=ABOUT, by=by or cast.clerk, at=MONDAY
    )


def listed(officer: Officer, wanted: ListFilter) -> tuple[Any, ...]:
    return listing.petitions_listed(officer, wanted, today=MONDAY.date()).rows


def test_an_outsider_recuses_nobody(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(NotThere):
        recuse(cast, petition, "officer_works", cast.outside_clerk)
    for who in (cast.officer_works, cast.head_civil, cast.leader):
        with pytest.raises(NotPermitted):
            recuse(cast, petition, "officer_works", who)


@pytest.mark.parametrize("who", ["officer_works", "head_works", "clerk", "supervisor"])
def test_a_recused_member_of_staff_sees_it_nowhere(cast: Cast, who: str) -> None:
    petition = handling(cast)
    officer = cast.officers[who]
    assert gate.petition_for(officer, petition.reference) == petition
    recuse(cast, petition, who, by=cast.second_clerk)
    with pytest.raises(NotThere):
        gate.petition_for(officer, petition.reference)
    assert listed(officer, ListFilter()) == ()
    assert listed(officer, ListFilter(query="水渠")) == (), "nor by searching"
    desk = selectors.desk_for(officer, today=MONDAY.date(), soon=MONDAY.date().replace(year=2030))
    assert (desk.overdue, desk.due_soon, desk.new, desk.waiting) == ((), (), (), ())


def test_a_recused_officer_can_do_nothing_with_it(cast: Cast) -> None:
    petition = handling(cast, named())
    answer_all(cast, petition)
    for who in ("officer_works", "head_works", "clerk"):
        recuse(cast, petition, who, by=cast.second_clerk)
    officer, head, claim = cast.officer_works, cast.head_works, petition.claims.get(number=1)
    acts = (
        lambda: actions.claim_answer(claim=claim, outcome=None, by=officer, at=MONDAY),
        lambda: actions.petition_notify(petition=petition, by=officer, at=MONDAY),
        lambda: actions.extension_ask(petition=petition, days=5, reason="复杂", by=officer, at=MONDAY),
        lambda: actions.objection_raise(petition=petition, reason="不属", by=officer, at=MONDAY),
        lambda: actions.draft_submit(petition=petition, by=officer, at=MONDAY),
        lambda: actions.draft_approve(petition=petition, by=head, at=MONDAY),
        lambda: actions.reply_send(petition=petition, by=head, at=MONDAY),
        lambda: identity_open(petition=petition, purpose="notice", reason="联系", by=cast.clerk, at=MONDAY),
        lambda: recuse(cast, petition, "head_civil", cast.clerk),
    )
    for act in acts:
        with pytest.raises(NotThere):
            act()


def test_the_recused_handler_is_taken_off_and_the_unit_keeps_it(cast: Cast) -> None:
    petition = handling(cast)
    recuse(cast, petition, "officer_works", cast.head_works)
    petition.refresh_from_db()
    assert (petition.handler, petition.handling_unit) == (None, cast.units["works"])
    assert gate.petition_for(cast.head_works, petition.reference) == petition


def test_a_head_recuses_people_of_the_own_unit_only(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(Refusal, match="本单位"):
        recuse(cast, petition, "supervisor", cast.head_works)
    recuse(cast, petition, "head_works", cast.head_works)
    with pytest.raises(NotThere):
        gate.petition_for(cast.head_works, petition.reference)


def test_the_handler_is_whom_the_person_may_ask_until_they_are_recused(cast: Cast) -> None:
    petition = handling(cast)
    assert petition.liaison == cast.staff["officer_works"]
    recuse(cast, petition, "officer_works")
    assert Petition.objects.get(pk=petition.pk).liaison is None


def test_t13_assigning_to_somebody_recused_is_refused_and_recorded(cast: Cast) -> None:
    petition = accepted(cast)
    recuse(cast, petition, "officer_works")
    with pytest.raises(Refusal, match="须回避"):
        actions.petition_assign(
            petition=petition,
            unit=cast.units["works"],
            handler=cast.staff["officer_works"],
            by=cast.clerk,
            at=MONDAY,
        )
    petition.refresh_from_db()
    assert petition.state == "accepted"
    kinds = LedgerEvent.objects.filter(subject_kind="petition", subject_id=str(petition.pk))
    assert kinds.filter(kind="petition.recused").count() == 1
    assert kinds.get(kind="petition.assignment_refused").facts == {"staff": cast.staff["officer_works"].pk}
    assert "petition.assignment_refused" not in {step.kind for step in selectors.history_of(petition)}


def test_a_unit_whose_only_head_is_recused_is_for_the_body_above(cast: Cast) -> None:
    petition = accepted(cast)
    recuse(cast, petition, "head_works")
    with pytest.raises(Refusal) as refused:
        actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=MONDAY)
    assert "上一级" in refused.value.remedy
    actions.petition_assign(petition=petition, unit=cast.units["civil"], by=cast.clerk, at=MONDAY)


def test_a_recusal_says_who_and_why_and_stands_once(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(Incomplete) as refused:
        actions.petition_recuse(petition=petition, staff=None, ground=None, by=cast.clerk, at=MONDAY)
    assert set(refused.value.fields) == {"staff", "ground"}
    with pytest.raises(Incomplete):
        recuse(cast, petition, "outside_officer")
    recuse(cast, petition, "officer_works")
    with pytest.raises(Overtaken):
        recuse(cast, petition, "officer_works")


def test_an_accusation_of_the_supervisors_own_unit_is_not_there_for_them(cast: Cast) -> None:
    petition = filed(cast, accusation()).petition
    assert gate.petition_for(cast.supervisor, petition.reference) == petition
    Petition.objects.filter(pk=petition.pk).update(respondent_unit=cast.units["works"])
    assert gate.petition_for(cast.supervisor, petition.reference) == petition
    Petition.objects.filter(pk=petition.pk).update(respondent_unit=cast.units["petitions"])
    petition.refresh_from_db()
    with pytest.raises(NotThere):
        gate.petition_for(cast.supervisor, petition.reference)
    with pytest.raises(NotThere):
        recuse(cast, petition, "officer_works", cast.supervisor)


def test_the_supervisor_recuses_in_an_accusation_where_no_clerk_may_read(cast: Cast) -> None:
    petition = filed(cast, accusation()).petition
    with pytest.raises(NotThere):
        recuse(cast, petition, "officer_works", cast.clerk)
    recuse(cast, petition, "officer_works", cast.supervisor)


# ---------- taken back ----------


def take_back(cast: Cast, recusal: Recusal, by: Officer, reason: str = "弄错了人。") -> object:
    return actions.recusal_end(recusal=recusal, reason=reason, by=by, at=MONDAY + DAY)


def with_interest(cast: Cast, petition: Petition, who: str, by: Officer) -> Recusal:
    staff = cast.staff[who]
    return actions.petition_recuse(
        petition=petition, staff=staff, ground=RecusalGround.INTEREST, by=by, at=MONDAY
    )


@pytest.mark.parametrize(
    "who", ["officer_works", "second_clerk", "supervisor", "head_civil", "outside_clerk"]
)
def test_only_who_recorded_it_or_the_head_takes_a_recusal_back(cast: Cast, who: str) -> None:
    petition = handling(cast)
    recusal = with_interest(cast, petition, "officer_works", cast.clerk)
    with pytest.raises(Refusal):  # not there, not permitted, or not theirs
        take_back(cast, recusal, cast.officers[who])
    assert petition.recusals.count() == 1


@pytest.mark.parametrize("who", ["clerk", "head_works"])
def test_taken_back_with_a_reason_it_is_there_again_from_now_on_and_nothing_else_changes(
    cast: Cast, who: str
) -> None:
    petition = handling(cast)
    recusal = with_interest(cast, petition, "officer_works", cast.clerk)
    with pytest.raises(Incomplete):
        take_back(cast, recusal, cast.officers[who], reason=" ")
    take_back(cast, recusal, cast.officers[who])

    assert gate.petition_for(cast.officer_works, petition.reference) == petition
    petition.refresh_from_db()
    assert petition.handler is None, "whether it is theirs again is decided anew"
    ended = petition.recusals_ended.get()
    assert (ended.staff, ended.reason, ended.recused_at) == (
        cast.staff["officer_works"],
        "弄错了人。",
        MONDAY,
    )
    event = LedgerEvent.objects.latest("id")
    assert event.kind == "petition.recusal_ended"
    assert event.facts == {"staff": cast.staff["officer_works"].pk, "ground": "interest"}


def test_of_the_one_complained_of_only_who_recorded_it_takes_it_back(cast: Cast) -> None:
    petition = handling(cast)
    recusal = recuse(cast, petition, "officer_works", by=cast.clerk)
    with pytest.raises(Refusal):
        take_back(cast, recusal, cast.head_works)
    take_back(cast, recusal, cast.clerk)
    assert not petition.recusals.exists()


def test_taken_back_twice_it_is_taken_back_once(cast: Cast) -> None:
    petition = handling(cast)
    recusal = with_interest(cast, petition, "officer_works", cast.clerk)
    seen = Recusal.objects.get(pk=recusal.pk)
    take_back(cast, recusal, cast.clerk)
    with pytest.raises(Overtaken):
        take_back(cast, seen, cast.clerk)
    assert petition.recusals_ended.count() == 1


def test_who_was_taken_back_can_be_recused_once_more(cast: Cast) -> None:
    petition = handling(cast)
    for _ in range(2):
        take_back(cast, with_interest(cast, petition, "officer_works", cast.clerk), cast.clerk)
    with_interest(cast, petition, "officer_works", cast.clerk)
    with pytest.raises(NotThere):
        gate.petition_for(cast.officer_works, petition.reference)
    assert petition.recusals_ended.count() == 2
