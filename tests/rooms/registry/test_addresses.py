"""Letters to staff go to whoever answers for the post, and to nobody who has left."""

from datetime import timedelta

import pytest

from huiying.records.outbox import RecipientKind
from huiying.registry import addresses
from huiying.registry.models import Staff
from tests.cast import FOUNDED, Cast

AT = FOUNDED + timedelta(days=30)


@pytest.mark.django_db
def test_a_letter_to_a_person_goes_to_their_address_until_they_leave(cast: Cast) -> None:
    person = next(iter(cast.staff.values()))
    assert addresses.staff_address(str(person.pk), AT) == person.email
    Staff.objects.filter(pk=person.pk).update(is_active=False)
    assert addresses.staff_address(str(person.pk), AT) == ""
    assert addresses.staff_address("999999", AT) == ""


@pytest.mark.django_db
def test_a_letter_to_a_post_goes_to_whoever_holds_it(cast: Cast) -> None:
    held, empty = cast.posts["duty_officer"], cast.posts["interpreter"]
    assert addresses.post_address(str(held.pk), AT).endswith(".invalid")
    assert addresses.post_address(str(empty.pk), AT) == ""
    assert addresses.post_address("999999", AT) == ""


def test_the_outbox_knows_both_books() -> None:
    from huiying.records import delivery

    assert {RecipientKind.STAFF, RecipientKind.POST} <= delivery._address_books.keys()
