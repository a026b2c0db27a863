"""Where handing a watch on could leave a hole or break a rest: two agreements at once, watches called off, ending posts."""

from datetime import timedelta

import pytest

from huiying.registry import actions, calling_out
from huiying.registry.models import Deputy, DutyShift, Grant, ShiftSwap
from huiying.rules.lifecycle.swap import SwapState
from huiying.rules.refusals import Incomplete
from tests.cast import FOUNDED, Cast, gather
from tests.races import at_once
from tests.rooms.registry.test_watches import DAY, EVENING, MORNING, NOON, _ask, _shift


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def test_of_two_offers_that_leave_no_rest_between_them_one_is_agreed_to(town: Cast) -> None:
    near = _shift(town, "duty_officer"), _shift(town, "duty_officer", MORNING + timedelta(hours=2))
    swaps = [_ask(town, shift) for shift in near]
    lost = at_once(
        *(
            lambda swap=swap: actions.swap_agree(swap=swap, by=town.second_duty_officer, at=NOON)  # type: ignore[misc]
            for swap in swaps
        )
    )
    assert [type(refusal) for refusal in lost] == [Incomplete]
    kept = DutyShift.objects.filter(cancelled_at=None, staff=town.staff["second_duty_officer"])
    assert kept.count() == 1
    assert DutyShift.objects.filter(cancelled_at=None).count() == 2


def test_an_offer_of_a_watch_that_is_called_off_lapses(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer")
    swap = _ask(cast, shift)
    actions.shift_cancel(shift=shift, by=cast.leader, at=NOON)
    assert ShiftSwap.objects.get(pk=swap.pk).state == SwapState.WITHDRAWN


def test_nobody_is_offered_a_watch_after_their_last_day_on_the_post(cast: Cast) -> None:
    shift = _shift(cast, "duty_officer", EVENING + 3 * DAY)
    held = Grant.objects.filter(staff=cast.staff["second_duty_officer"], post=shift.post)
    held.update(expires_on=(EVENING + DAY).date())
    with pytest.raises(Incomplete) as refused:
        _ask(cast, shift)
    assert "offered_to" in refused.value.fields
    held.update(expires_on=None)
    assert _ask(cast, shift).state == SwapState.ASKED


def test_a_post_that_only_a_deputy_keeps_is_reached_by_its_deputy(cast: Cast) -> None:
    post = cast.posts["interpreter"]
    Grant.objects.filter(post=post).update(ended_at=FOUNDED)
    Deputy.objects.create(post=post, staff=cast.staff["clerk"], named_at=FOUNDED)
    assert calling_out.at_post(post, NOON) == [cast.staff["clerk"]]
