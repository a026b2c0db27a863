"""More time to answer: once, with a reason, approved by another, and told to the person. Vector T3."""

from datetime import date, datetime, timedelta

import pytest

from huiying.petitions import actions, duties, selectors
from huiying.petitions.models import Extension, Petition
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.officers import officer_for
from huiying.rules.actors import SYSTEM
from huiying.rules.clocks import Clock
from huiying.rules.deadlines import StepKind
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.matters import RecusalGround
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, Incomplete, NotThere, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import answer_all, filing, handling, named, settled

ACCEPTED = datetime(2026, 1, 20, 10, 0, tzinfo=SHANGHAI)
LATER = ACCEPTED + timedelta(days=40)
REASON = "涉及三个村组的权属，需要县里一起现场核查。"


def due_of(petition: Petition) -> date:
    return petition.clocks.get(clock=Clock.HANDLE, round=petition.round).due_on


def asked(cast: Cast, petition: Petition, days: int | None = 30, reason: str = REASON) -> Extension:
    return actions.extension_ask(petition=petition, days=days, reason=reason, by=cast.officer_works, at=LATER)


def test_an_outsider_cannot_ask_for_more_time_nor_learn_that_the_matter_exists(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    with pytest.raises(NotThere):
        actions.extension_ask(petition=petition, days=10, reason=REASON, by=cast.outside_officer, at=LATER)
    with pytest.raises(Refusal):
        actions.extension_ask(petition=petition, days=10, reason=REASON, by=cast.officer_civil, at=LATER)
    assert not Extension.objects.exists()


def test_t3_an_approved_extension_of_30_days_moves_the_last_day_and_is_told(cast: Cast) -> None:
    petition = handling(cast, named(), at=ACCEPTED)
    assert due_of(petition) == date(2026, 3, 21)
    extension = asked(cast, petition)
    assert due_of(petition) == date(2026, 3, 21), (
        "asking moves nothing: without an approver there is no extension"
    )
    actions.extension_approve(extension=extension, by=cast.head_works, at=LATER)
    assert due_of(petition) == date(2026, 4, 20)
    assert OutboxMessage.objects.filter(letter="extension_approved").count() == 1
    seen = duties.extension_of(petition)
    assert seen is not None
    assert (seen.reason, seen.days, seen.state) == (REASON, 30, "approved")


def test_the_computation_of_an_extended_period_shows_the_extended_days(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    actions.extension_approve(extension=asked(cast, petition, days=5), by=cast.head_works, at=LATER)
    clocks = selectors.clocks_of(petition, today=LATER.date())
    handle = next(clock for clock in clocks if clock.row.clock == Clock.HANDLE)
    assert handle.due.due_on == handle.row.due_on == date(2026, 3, 26)
    assert sum(step.kind is StepKind.EXTENDED for step in handle.due.steps) == 5


@pytest.mark.parametrize("days", [None, 0, -1, 31, 10_000])
def test_t3_an_extension_is_1_to_30_days(cast: Cast, days: int | None) -> None:
    petition = handling(cast, at=ACCEPTED)
    with pytest.raises(Incomplete) as refused:
        asked(cast, petition, days=days)
    assert "days" in refused.value.fields


def test_t3_an_extension_without_a_reason_is_refused(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    with pytest.raises(Incomplete) as refused:
        asked(cast, petition, reason="  ")
    assert set(refused.value.fields) == {"reason"}


def test_t3_who_handles_or_asks_cannot_approve(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    own = actions.extension_ask(petition=petition, days=10, reason=REASON, by=cast.head_works, at=LATER)
    with pytest.raises(Refusal, match="不能自己批准"):
        actions.extension_approve(extension=own, by=cast.head_works, at=LATER)
    with pytest.raises(Refusal):
        actions.extension_approve(extension=own, by=cast.officer_works, at=LATER)
    assert due_of(petition) == date(2026, 3, 21)
    assert not OutboxMessage.objects.filter(letter="extension_approved").exists()


def test_where_the_only_head_asked_a_supervisor_decides(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    own = actions.extension_ask(petition=petition, days=10, reason=REASON, by=cast.head_works, at=LATER)
    actions.extension_approve(extension=own, by=cast.supervisor, at=LATER)
    assert due_of(petition) == date(2026, 3, 31)


def test_a_supervisor_does_not_decide_while_a_head_can(cast: Cast) -> None:
    extension = asked(cast, handling(cast, at=ACCEPTED))
    with pytest.raises(Refusal, match="单位的负责人批准"):
        actions.extension_approve(extension=extension, by=cast.supervisor, at=LATER)


def test_a_recused_head_is_not_there_and_a_supervisor_decides(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    extension = asked(cast, petition)
    actions.petition_recuse(
        petition=petition,
        staff=cast.staff["head_works"],
        ground=RecusalGround.INTEREST,
        by=cast.clerk,
        at=LATER,
    )
    with pytest.raises(NotThere):
        actions.extension_approve(extension=extension, by=cast.head_works, at=LATER)
    actions.extension_approve(extension=extension, by=cast.supervisor, at=LATER)
    assert due_of(petition) == date(2026, 4, 20)


def test_t3_a_second_extension_of_a_round_is_refused(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    actions.extension_approve(extension=asked(cast, petition, days=5), by=cast.head_works, at=LATER)
    with pytest.raises(Refusal, match="只能延长一次"):
        asked(cast, petition, days=5)


def test_a_refused_extension_says_why_and_another_may_follow(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    first = asked(cast, petition)
    with pytest.raises(Incomplete):
        actions.extension_refuse(extension=first, words="", by=cast.head_works, at=LATER)
    actions.extension_refuse(extension=first, words="可以先答复第一项。", by=cast.head_works, at=LATER)
    assert due_of(petition) == date(2026, 3, 21)
    assert asked(cast, petition, days=7).state == "asked"
    with pytest.raises(IllegalMove):
        actions.extension_approve(extension=first, by=cast.head_works, at=LATER)


def test_a_period_that_has_run_out_is_late_and_cannot_be_extended(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    extension, over = asked(cast, petition), datetime(2026, 3, 22, 9, 0, tzinfo=SHANGHAI)
    with pytest.raises(Refusal, match="期限已过"):
        actions.extension_approve(extension=extension, by=cast.head_works, at=over)
    last_minute = datetime(2026, 3, 21, 23, 59, tzinfo=SHANGHAI)
    actions.extension_approve(extension=extension, by=cast.head_works, at=last_minute)


@pytest.mark.parametrize("kind", [PetitionKind.SUGGESTION, PetitionKind.ENQUIRY])
def test_only_a_request_can_be_extended(cast: Cast, kind: PetitionKind) -> None:
    with pytest.raises(Refusal, match="申诉求决"):
        asked(cast, handling(cast, filing(kind=kind), at=ACCEPTED))


def test_after_the_reply_there_is_nothing_to_extend(cast: Cast) -> None:
    petition = handling(cast, at=ACCEPTED)
    extension = asked(cast, petition)
    answer_all(cast, petition, LATER)
    actions.reply_send(petition=petition, by=cast.head_works, at=LATER)
    extension.refresh_from_db()
    with pytest.raises(Refusal):
        actions.extension_approve(extension=extension, by=cast.head_works, at=LATER)


def test_a_reopened_matter_has_an_extension_of_its_own(cast: Cast) -> None:
    petition = settled(cast, at=ACCEPTED)
    actions.petition_reopen(petition=petition, reason="又发现一处堵点。", by=cast.clerk, at=LATER)
    actions.extension_approve(extension=asked(cast, petition), by=cast.head_works, at=LATER)
    assert due_of(petition) == date(2026, 3, 1) + timedelta(days=90)


def test_the_ledger_holds_days_and_no_reason(cast: Cast) -> None:
    asked(cast, handling(cast, at=ACCEPTED), days=12)
    event = LedgerEvent.objects.get(kind="extension.asked")
    assert event.facts == {"days": 12, "due_on": "2026-03-21"}


def test_a_second_head_of_the_unit_may_approve_what_the_first_asked(cast: Cast) -> None:
    from huiying.registry.actions import grant_give

    petition = handling(cast, at=ACCEPTED)
    own = actions.extension_ask(petition=petition, days=10, reason=REASON, by=cast.head_works, at=LATER)
    staff = cast.staff["officer_civil"]
    grant_give(staff=staff, unit=cast.units["works"], role=Role.UNIT_HEAD, by=SYSTEM, at=ACCEPTED)
    actions.extension_approve(extension=own, by=officer_for(staff, at=LATER), at=LATER)
    assert due_of(petition) == date(2026, 3, 31)
