"""Accept, decline, refer, assign: who is told what, and which dates start."""

from datetime import date

import pytest

from huiying.petitions import actions, gate, selectors
from huiying.petitions.models import Petition
from huiying.records import search
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import PetitionKind, PetitionState
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    accepted,
    accusation,
    confidential,
    declined,
    filing,
    handling,
    named,
    referred,
    registered,
    shield,
    withdrawn,
)


def due_dates(petition: Petition) -> dict[str, date]:
    """The running and met clocks by name."""
    return {row.clock: row.due_on for row in petition.clocks.all()}


def test_accepting_tells_the_person_and_starts_sixty_days(cast: Cast) -> None:
    petition = accepted(cast, named())
    assert due_dates(petition)[Clock.HANDLE] == date(2026, 3, 6)
    assert petition.clocks.get(clock=Clock.NOTICE).met_at == MONDAY
    assert OutboxMessage.objects.filter(letter="petition_accepted").count() == 1


def test_a_missed_notice_buys_no_time(cast: Cast) -> None:
    petition = registered(cast)
    late = MONDAY + 40 * DAY
    actions.petition_accept(petition=petition, by=cast.clerk, at=late)

    clock = petition.clocks.get(clock=Clock.HANDLE)
    assert (clock.starts_on, clock.due_on, clock.notice_overdue) == (
        date(2026, 1, 20),
        date(2026, 3, 21),
        True,
    )


@pytest.mark.parametrize("kind", [PetitionKind.SUGGESTION, PetitionKind.ENQUIRY])
def test_only_a_request_has_the_sixty_day_clock(cast: Cast, kind: PetitionKind) -> None:
    assert Clock.HANDLE in due_dates(accepted(cast))
    assert Clock.HANDLE not in due_dates(accepted(cast, filing(kind=kind)))


def test_a_declined_petitioner_is_told_why_and_where_to_go(cast: Cast) -> None:
    petition = declined(cast, named())
    assert (petition.state, petition.reason, petition.whereto) == ("declined", "属法院管辖", "云岭县人民法院")
    assert OutboxMessage.objects.filter(letter="petition_declined").exists()
    assert not petition.clocks.filter(met_at=None, stopped_at=None).exists()


@pytest.mark.parametrize(("reason", "whereto", "missing"), [("", "法院", "reason"), ("管辖", " ", "whereto")])
def test_a_decline_without_reason_or_destination_is_refused(
    cast: Cast, reason: str, whereto: str, missing: str
) -> None:
    petition = registered(cast)
    with pytest.raises(Incomplete) as refused:
        actions.petition_decline(petition=petition, reason=reason, whereto=whereto, by=cast.clerk, at=MONDAY)
    assert set(refused.value.fields) == {missing}
    petition.refresh_from_db()
    assert petition.state == PetitionState.REGISTERED


def test_a_referral_says_where_it_went_and_ends_the_duties_here(cast: Cast) -> None:
    petition = referred(cast)
    assert petition.state == PetitionState.REFERRED
    assert not petition.clocks.filter(met_at=None, stopped_at=None).exists()


def test_an_assigned_unit_owes_its_own_notice_and_finds_the_matter(cast: Cast) -> None:
    petition = handling(cast)
    works = cast.units["works"].pk
    assert petition.clocks.get(unit_id=works, clock=Clock.NOTICE).due_on == date(2026, 1, 20)
    assert petition.clocks.get(clock=Clock.ROUTE).met_at == MONDAY
    assert petition.clocks.get(clock=Clock.HANDLE).unit_id == works
    assert search.find("水渠", kind="petition", body_id=cast.body.pk, unit_ids={works}) == [petition.pk]
    assert gate.petition_for(cast.officer_works, petition.reference) == petition


def test_a_unit_that_was_not_assigned_cannot_tell_the_matter_exists(cast: Cast) -> None:
    petition = handling(cast)
    with pytest.raises(NotThere):
        gate.petition_for(cast.officer_civil, petition.reference)
    works = cast.units["civil"].pk
    assert search.find("水渠", kind="petition", body_id=cast.body.pk, unit_ids={works}) == []


def test_a_matter_cannot_be_assigned_to_another_bodys_unit(cast: Cast) -> None:
    petition = accepted(cast)
    with pytest.raises(Incomplete):
        actions.petition_assign(petition=petition, unit=cast.outside_units["works"], by=cast.clerk, at=MONDAY)


def test_a_handler_must_belong_to_the_unit(cast: Cast) -> None:
    petition = accepted(cast)
    with pytest.raises(Incomplete):
        actions.petition_assign(
            petition=petition,
            unit=cast.units["works"],
            handler=cast.staff["officer_civil"],
            by=cast.clerk,
            at=MONDAY,
        )


def test_a_confidential_matter_waits_for_its_shielded_copy(cast: Cast) -> None:
    petition = accepted(cast, confidential())
    with pytest.raises(Refusal) as refused:
        actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=MONDAY)
    assert refused.value.rule == "petition.shield_first"
    shield(cast, petition)
    assert actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=MONDAY)


def test_the_unit_reads_only_the_shielded_copy_and_the_petition_office_the_words(cast: Cast) -> None:
    petition = handling(cast, confidential())
    unit, office = (selectors.words_for(viewer, petition) for viewer in (cast.officer_works, cast.clerk))
    assert (unit.title, unit.text, unit.shielded) == ("水渠堵塞", "某村水渠堵塞，路面积水。", True)
    assert "老人" not in unit.text + "".join(claim.text for claim in unit.claims)
    assert "老人" in office.text


def test_only_the_shielded_copy_of_a_confidential_matter_is_indexed(cast: Cast) -> None:
    petition = handling(cast, confidential())
    assert search.find("某村水渠", kind="petition", body_id=cast.body.pk, unit_ids=None) == [petition.pk]
    assert search.find("老人", kind="petition", body_id=cast.body.pk, unit_ids=None) == []


def test_an_accusation_is_read_by_supervision_alone(cast: Cast) -> None:
    petition = registered(cast, accusation())
    assert gate.petition_for(cast.supervisor, petition.reference) == petition
    for viewer in (
        cast.clerk,
        cast.officer_works,
        cast.head_works,
        cast.leader,
        cast.auditor,
        cast.press_officer,
    ):
        with pytest.raises(NotThere):
            gate.petition_for(viewer, petition.reference)


def test_an_accusation_cannot_be_accepted_or_assigned_like_a_request(cast: Cast) -> None:
    petition = registered(cast, accusation())
    with pytest.raises(Refusal) as refused:
        actions.petition_accept(petition=petition, by=cast.clerk, at=MONDAY)
    assert refused.value.article == "信访工作条例 art. 30"


def test_another_bodys_clerk_finds_nothing(cast: Cast) -> None:
    petition = registered(cast)
    with pytest.raises(NotThere):
        gate.petition_for(cast.outside_clerk, petition.reference)
    assert not gate.petitions_for(cast.outside_clerk).exists()


def test_whoever_comes_second_is_told_and_nothing_is_written_twice(cast: Cast) -> None:
    petition = registered(cast)
    stale = Petition.objects.get(pk=petition.pk)
    actions.petition_accept(petition=petition, by=cast.clerk, at=MONDAY)
    with pytest.raises(Overtaken):
        actions.petition_accept(petition=stale, by=cast.second_clerk, at=MONDAY)
    assert LedgerEvent.objects.filter(kind="petition.accepted").count() == 1
    assert petition.clocks.filter(clock=Clock.HANDLE).count() == 1


def test_an_officer_may_not_accept(cast: Cast) -> None:
    petition = registered(cast)
    with pytest.raises(NotPermitted):
        actions.petition_accept(petition=petition, by=cast.officer_works, at=MONDAY)


def test_withdrawing_ends_every_running_duty(cast: Cast) -> None:
    petition = withdrawn(cast)
    assert petition.state == PetitionState.WITHDRAWN
    assert not petition.clocks.filter(met_at=None, stopped_at=None).exists()


def test_another_bodys_clerk_cannot_act_even_with_the_petition_in_hand(cast: Cast) -> None:
    petition = registered(cast)
    with pytest.raises(NotThere):
        actions.petition_accept(petition=petition, by=cast.outside_clerk, at=MONDAY)


def test_a_petition_that_nobody_ever_accepts_is_overdue_all_the_same(cast: Cast) -> None:
    petition = registered(cast)
    clock = petition.clocks.get(clock=Clock.HANDLE)
    assert (clock.starts_on, clock.due_on) == (date(2026, 1, 20), date(2026, 3, 21))
    late = [seen.row.clock for seen in selectors.clocks_of(petition, today=date(2026, 3, 22)) if seen.late]
    assert Clock.HANDLE in late


def test_accepting_in_time_dates_the_sixty_days_from_acceptance_and_keeps_one_clock(cast: Cast) -> None:
    petition = accepted(cast)
    clock = petition.clocks.get(clock=Clock.HANDLE)
    assert (clock.starts_on, clock.due_on, clock.notice_overdue) == (
        date(2026, 1, 5),
        date(2026, 3, 6),
        False,
    )


@pytest.mark.parametrize(("part", "length"), [("title", 121), ("text", 20_001), ("claim_1", 2_001)])
def test_a_shielded_copy_that_is_too_long_is_refused_and_not_cut(cast: Cast, part: str, length: int) -> None:
    petition = registered(cast, confidential())
    parts = {"title": "水渠", "text": "某村水渠", "claim_1": "疏通", part: "水" * length}
    with pytest.raises(Incomplete) as refused:
        actions.petition_shield(
            petition=petition,
            title=parts["title"],
            text=parts["text"],
            claims={1: parts["claim_1"], 2: "说明"},
            by=cast.clerk,
            at=MONDAY,
        )
    assert set(refused.value.fields) == {part}
