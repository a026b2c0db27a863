"""Danger to life in a filing: the duty post is called at once, learns a reference, and nothing of what was written."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiying.petitions import actions, calling
from huiying.petitions.actions.filing import Filing
from huiying.records.letters import written
from huiying.records.models import CallOut, LedgerEvent, OutboxMessage
from huiying.records.outbox import RecipientKind
from huiying.registry.models import Staff
from huiying.rules.events import EventKind
from huiying.rules.refusals import Incomplete
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, WORDS, accusation, filed, filing

DESPAIR = "房子没有了，我真的不想活了。"


def shown() -> int:
    return LedgerEvent.objects.filter(kind=EventKind.CRISIS_SHOWN).count()


def test_whoever_has_nothing_to_do_with_petitions_learns_a_reference_alone(cast: Cast) -> None:
    petition = filed(cast, filing(text=DESPAIR)).petition
    assert calling.called_for_duty(cast.body.pk, at=MONDAY) == [(petition.reference, MONDAY)]
    assert calling.called_for_reading(cast.duty_officer, at=MONDAY) == []
    assert calling.called_for_reading(cast.outside_clerk, at=MONDAY) == []
    assert calling.called_for_duty(cast.baishi.pk, at=MONDAY) == []


def test_the_clerk_finds_it_on_top_until_it_is_registered(cast: Cast) -> None:
    petition = filed(cast, filing(text=DESPAIR)).petition
    assert calling.called_for_reading(cast.clerk, at=MONDAY) == [petition]
    assert calling.danger_proposed(petition)
    actions.petition_register(petition=petition, danger=True, by=cast.clerk, at=MONDAY)
    assert calling.called_for_reading(cast.clerk, at=MONDAY) == []
    assert calling.called_for_duty(cast.body.pk, at=MONDAY) == []


def test_an_accusation_that_presses_is_read_by_supervision_alone(cast: Cast) -> None:
    petition = filed(cast, accusation(text=DESPAIR)).petition
    assert calling.called_for_reading(cast.clerk, at=MONDAY) == []
    assert calling.called_for_reading(cast.supervisor, at=MONDAY) == [petition]


def test_of_an_accusation_those_are_called_who_can_open_it_and_nobody_else_learns_of_it(cast: Cast) -> None:
    filed(cast, accusation(text=DESPAIR))
    letter = OutboxMessage.objects.get(letter="duty_called")
    assert letter.recipient_ref == str(cast.staff["supervisor"].pk)
    assert letter.context == {}
    assert calling.called_for_duty(cast.body.pk, at=MONDAY) == []


def test_where_nobody_supervises_the_duty_post_is_called_even_for_an_accusation(cast: Cast) -> None:
    Staff.objects.filter(pk=cast.staff["supervisor"].pk).update(is_active=False)
    petition = filed(cast, accusation(text=DESPAIR)).petition
    letter = OutboxMessage.objects.get(letter="duty_called")
    assert letter.recipient_ref == str(cast.staff["duty_officer"].pk)
    assert calling.called_for_duty(cast.body.pk, at=MONDAY) == [(petition.reference, MONDAY)]


@pytest.mark.parametrize(
    "what",
    [
        filing(text=DESPAIR),
        filing(claims=("请救救我，我想自杀",)),
        filing(danger=True),
    ],
)
def test_the_person_on_duty_gets_a_neutral_letter_and_the_ledger_one_event_without_facts(
    cast: Cast, what: Filing
) -> None:
    filed(cast, what)
    letter = OutboxMessage.objects.get(letter="duty_called")
    assert letter.recipient_ref == str(cast.staff["duty_officer"].pk)
    assert letter.context == {}
    subject, text = written(letter.letter, RecipientKind.STAFF, letter.context)
    assert not any(word in subject + text for word in ("自杀", "危险", "信访", "轻生"))
    event = LedgerEvent.objects.get(kind=EventKind.CRISIS_SHOWN)
    assert event.facts == {}


def test_where_nobody_has_duty_the_reception_is_called(cast: Cast) -> None:
    actions.petition_file(filing=filing(danger=True), body=cast.baishi, by=None, at=MONDAY)
    letter = OutboxMessage.objects.get(letter="duty_called")
    assert letter.recipient_ref == str(cast.staff["outside_clerk"].pk)


def test_a_manner_of_speaking_calls_nobody_and_costs_no_query(cast: Cast) -> None:
    filed(cast)
    with CaptureQueriesContext(
        connection,
    ) as plain:
        filed(cast, filing(text=WORDS))
    with CaptureQueriesContext(connection) as idiom:
        filed(cast, filing(text="累死了，商场天天跳楼价。"))
    assert len(idiom) == len(plain)
    assert shown() == 0


def test_the_same_filing_sent_twice_calls_once(cast: Cast) -> None:
    import uuid

    twice = filing(text=DESPAIR, filing_key=uuid.uuid4())
    filed(cast, twice)
    filed(cast, twice)
    assert shown() == 1
    assert OutboxMessage.objects.filter(letter="duty_called").count() == 1


def test_after_a_week_it_no_longer_stands_on_the_desk(cast: Cast) -> None:
    filed(cast, filing(text=DESPAIR))
    assert calling.called_for_duty(cast.body.pk, at=MONDAY + timedelta(days=8)) == []


def test_nothing_was_said_tomorrow(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refused:
        filed(cast, filing(said_at=MONDAY + timedelta(minutes=1)))
    assert "said_at" in refused.value.fields
    assert filed(cast, filing(said_at=MONDAY)).code


def test_that_it_was_read_back_stands_in_the_ledger_and_only_where_somebody_took_it_down(cast: Cast) -> None:
    for told in (None, True, False):
        petition = filed(cast, filing(read_back=told)).petition
        facts = LedgerEvent.objects.get(kind=EventKind.PETITION_FILED, subject_id=str(petition.pk)).facts
        assert facts.get("read_back") is told


def test_a_job_calls_somebody_out_for_each_filing_that_spoke_of_danger_once(cast: Cast) -> None:
    filed(cast, filing(text=DESPAIR))
    assert [calling.call_for_danger(MONDAY) for _ in range(2)] == [1, 0]
    call = CallOut.objects.get()
    assert (call.title, call.reserved, call.letter) == ("值班员", False, "danger")
    assert str(cast.staff["supervisor"].pk) not in str(call.ladder)


def test_an_accusation_calls_supervision_and_nobody_else_sees_that_it_does(cast: Cast) -> None:
    filed(cast, accusation(text=DESPAIR))
    assert calling.call_for_danger(MONDAY) == 1
    call = CallOut.objects.get()
    people = {person["ref"] for rung in call.ladder for person in rung["people"]}
    assert people == set(call.tell) == {str(cast.staff["supervisor"].pk)}
    assert call.reserved


def test_what_was_opened_meanwhile_or_is_old_calls_nobody(cast: Cast) -> None:
    petition = filed(cast, filing(text=DESPAIR)).petition
    assert calling.call_for_danger(MONDAY + timedelta(days=1)) == 0
    actions.petition_register(petition=petition, danger=True, by=cast.clerk, at=MONDAY)
    assert calling.call_for_danger(MONDAY) == 0


def test_where_nobody_supervises_an_accusation_calls_who_had_its_letter_and_never_the_leading_group(
    cast: Cast,
) -> None:
    Staff.objects.filter(pk=cast.staff["supervisor"].pk).update(is_active=False)
    filed(cast, accusation(text=DESPAIR))
    assert calling.call_for_danger(MONDAY) == 1
    call = CallOut.objects.get()
    people = {person["ref"] for rung in call.ladder for person in rung["people"]}
    assert people == set(call.tell) == {str(cast.staff["duty_officer"].pk)}
    assert call.reserved


def test_whoever_registers_what_spoke_of_danger_ends_its_call(cast: Cast) -> None:
    petition = filed(cast, filing(text=DESPAIR)).petition
    calling.call_for_danger(MONDAY)
    actions.petition_register(petition=petition, danger=True, by=cast.clerk, at=MONDAY)
    call = CallOut.objects.get()
    assert (call.state, call.acknowledged_by_ref) == ("acknowledged", str(cast.staff["clerk"].pk))
