"""What is typed in late: the law's days run from the day of receipt, and nobody gains by a pile on a desk."""

from datetime import date, timedelta

import pytest

from huiying.petitions import actions
from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import Channel, PetitionKind
from huiying.rules.refusals import Incomplete
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, filing

THAT_MONDAY = date(2026, 1, 5)


def typed_in(cast: Cast, days_later: int, kind: PetitionKind = PetitionKind.REQUEST) -> Petition:
    """A letter of that Monday, typed in by the clerk so many days later."""
    what = filing(channel=Channel.LETTER, kind=kind, received_on=THAT_MONDAY)
    at = MONDAY + timedelta(days=days_later)
    return actions.petition_file(filing=what, body=cast.body, by=cast.clerk, at=at).petition


def dues(petition: Petition) -> dict[str, str]:
    return {row.clock: row.due_on.isoformat() for row in petition.clocks.all()}


@pytest.mark.parametrize("days_later", [0, 3, 15])
def test_a_letter_has_the_days_of_its_receipt_whenever_it_is_typed_in(cast: Cast, days_later: int) -> None:
    petition = typed_in(cast, days_later)

    assert dues(petition) == {
        Clock.ROUTE: "2026-01-20",
        Clock.NOTICE: "2026-01-20",
        Clock.HANDLE: "2026-03-21",
    }
    assert not petition.clocks.filter(notice_overdue=True).exists()


@pytest.mark.parametrize(
    ("kind", "clock", "due_on"),
    [
        (PetitionKind.ENQUIRY, Clock.ENQUIRY, "2026-01-12"),
        (PetitionKind.SUGGESTION, Clock.SUGGESTION, "2026-03-06"),
    ],
)
def test_what_is_answered_by_a_promise_counts_from_receipt_too(
    cast: Cast, kind: PetitionKind, clock: Clock, due_on: str
) -> None:
    assert dues(typed_in(cast, 9, kind))[clock] == due_on


def test_typed_in_after_the_day_of_the_notice_it_is_flagged_from_the_start(cast: Cast) -> None:
    petition = typed_in(cast, 16)

    handling = petition.clocks.get(clock=Clock.HANDLE)
    assert handling.notice_overdue
    assert (handling.starts_on, handling.due_on) == (date(2026, 1, 20), date(2026, 3, 21))


def test_accepting_it_then_gives_no_later_day(cast: Cast) -> None:
    petition, now = typed_in(cast, 16), MONDAY + timedelta(days=16)
    actions.petition_register(petition=petition, by=cast.clerk, at=now)
    actions.petition_accept(petition=petition, by=cast.clerk, at=now)

    handling = petition.clocks.get(clock=Clock.HANDLE)
    assert handling.notice_overdue
    assert handling.due_on == date(2026, 3, 21)


def test_the_petition_and_the_ledger_keep_both_days(cast: Cast) -> None:
    petition = typed_in(cast, 3)

    assert petition.received_at.isoformat() == "2026-01-05T00:00:00+08:00"
    assert petition.submissions.get().said_at == petition.received_at
    event = LedgerEvent.objects.get(subject_kind="petition", subject_id=str(petition.pk))
    assert event.at == MONDAY + timedelta(days=3)
    assert event.facts["received_on"] == "2026-01-05"
    assert event.facts["filed_on"] == "2026-01-08"


def test_what_is_typed_in_on_its_day_keeps_its_hour_and_says_no_second_day(cast: Cast) -> None:
    petition = typed_in(cast, 0)

    assert petition.received_at == MONDAY
    event = LedgerEvent.objects.get(subject_kind="petition", subject_id=str(petition.pk))
    assert "received_on" not in event.facts


def test_a_day_to_come_is_refused_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(Incomplete) as refusal:
        typed_in(cast, -1)

    assert set(refusal.value.fields) == {"received_on"}
    assert not Petition.objects.exists()
