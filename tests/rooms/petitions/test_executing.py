"""What was promised is carried out: opened with the reply, reported, verified by somebody else, late in plain sight."""

from datetime import date, timedelta

import pytest

from huiying.petitions import actions, duties
from huiying.petitions.models import Execution, Petition
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.officers import officer_for
from huiying.rules.actors import SYSTEM
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, answer_all, confidential, handling, named, replied


def first(petition: Petition) -> Execution:
    return petition.executions.order_by("claim__number").first()  # type: ignore[return-value]


def reported(cast: Cast, petition: Petition) -> Execution:
    return actions.execution_report(
        execution=first(petition), report="已清淤 40 米，附照片。", by=cast.officer_works, at=MONDAY + DAY
    )


def test_another_unit_and_another_body_cannot_report(cast: Cast) -> None:
    execution = first(replied(cast))
    with pytest.raises(NotThere):
        actions.execution_report(execution=execution, report="x", by=cast.outside_officer, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.execution_report(execution=execution, report="x", by=cast.officer_civil, at=MONDAY)


def test_each_supported_claim_and_no_other_opens_a_duty_with_the_named_day(cast: Cast) -> None:
    petition = handling(cast)
    answer_all(cast, petition)
    actions.claim_answer(
        claim=petition.claims.get(number=2),
        outcome=ClaimOutcome.EXPLAINED,
        facts="修路在县里的计划中。",
        opinion="已作解释。",
        basis="《公路法》第十四条",
        remedy="可在 30 日内申请复查。",
        by=cast.officer_works,
        at=MONDAY,
    )
    named_day = MONDAY.date() + timedelta(days=45)
    actions.reply_send(petition=petition, execute_by=named_day, by=cast.head_works, at=MONDAY)
    opened = [(each.claim.number, each.due_on) for each in petition.executions.all()]
    assert opened == [(1, named_day)]
    assert LedgerEvent.objects.get(kind="execution.opened").facts["due_on"] == named_day.isoformat()


def test_where_no_day_is_named_it_is_thirty_days_after_the_reply(cast: Cast) -> None:
    assert {each.due_on for each in replied(cast).executions.all()} == {date(2026, 2, 4)}


@pytest.mark.parametrize("off", [-1, 4 * 365])
def test_a_day_that_is_over_or_far_off_keeps_the_reply_back(cast: Cast, off: int) -> None:
    petition = handling(cast)
    answer_all(cast, petition)
    with pytest.raises(Incomplete) as refused:
        actions.reply_send(
            petition=petition, execute_by=MONDAY.date() + timedelta(days=off), by=cast.head_works, at=MONDAY
        )
    assert set(refused.value.fields) == {"execute_by"}
    petition.refresh_from_db()
    assert petition.state == "handling"
    assert not Execution.objects.exists()


def test_who_reported_cannot_verify(cast: Cast) -> None:
    from huiying.registry.actions import grant_give

    petition = replied(cast)
    staff = cast.staff["officer_works"]
    grant_give(staff=staff, unit=cast.units["petitions"], role=Role.CLERK, by=SYSTEM, at=MONDAY)
    execution = reported(cast, petition)
    both = officer_for(staff, at=MONDAY + DAY)
    with pytest.raises(NotPermitted, match="自己核验"):
        actions.execution_verify(execution=execution, by=both, at=MONDAY + DAY)


def test_verified_by_the_petition_office_the_person_is_told(cast: Cast) -> None:
    petition = replied(cast, named())
    actions.execution_verify(
        execution=reported(cast, petition), verdict="现场看过。", by=cast.clerk, at=MONDAY + 2 * DAY
    )
    assert OutboxMessage.objects.filter(letter="execution_verified").count() == 1
    seen = duties.executions_of(petition, today=MONDAY.date())[0]
    assert (seen.execution.state, seen.execution.verdict) == ("verified", "现场看过。")


def test_returned_it_is_open_again_and_its_last_day_stays(cast: Cast) -> None:
    petition = replied(cast)
    execution = reported(cast, petition)
    with pytest.raises(Incomplete):
        actions.execution_return(execution=execution, verdict="", by=cast.supervisor, at=MONDAY + DAY)
    actions.execution_return(execution=execution, verdict="北段没有清。", by=cast.supervisor, at=MONDAY + DAY)
    execution.refresh_from_db()
    assert (execution.state, execution.due_on) == ("open", date(2026, 2, 4))
    with pytest.raises(IllegalMove):
        actions.execution_verify(execution=execution, by=cast.clerk, at=MONDAY + DAY)


def test_what_is_not_done_by_its_day_is_late(cast: Cast) -> None:
    petition = replied(cast)
    on_the_day = duties.executions_of(petition, today=date(2026, 2, 4))
    after = duties.executions_of(petition, today=date(2026, 2, 5))
    assert [seen.late for seen in on_the_day] == [False, False]
    assert [seen.late for seen in after] == [True, True]


def test_the_unit_reads_the_shielded_claim_the_person_their_own(cast: Cast) -> None:
    petition = replied(cast, confidential())
    unit = duties.executions_of(petition, today=MONDAY.date(), viewer=cast.officer_works)
    person = duties.executions_of(petition, today=MONDAY.date())
    assert unit[0].text == "疏通水渠"
    assert person[0].text == "请疏通水渠"
