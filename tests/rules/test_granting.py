"""How long a grant may run, how references look, what the category tree begins with."""

from datetime import date, timedelta

import pytest

from huiying.rules.categories import DEFAULT
from huiying.rules.granting import LONGEST, check_last_day, latest_day
from huiying.rules.matters import Matter
from huiying.rules.numbering import Numbering, example, head
from huiying.rules.permissions import Role
from huiying.rules.refusals import Incomplete

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("role", "days", "allowed"),
    [
        (Role.AUDITOR, None, False),
        (Role.AUDITOR, 90, True),
        (Role.AUDITOR, 91, False),
        (Role.AUDITOR, 0, True),
        (Role.AUDITOR, -1, False),
        (Role.CLERK, None, True),
        (Role.CLERK, 4000, True),
        (Role.CLERK, -1, False),
    ],
)
def test_an_auditor_reads_to_a_day_and_others_until_they_are_ended(
    role: Role, days: int | None, allowed: bool
) -> None:
    last = None if days is None else TODAY + timedelta(days=days)
    if allowed:
        check_last_day(role, last, today=TODAY)
    else:
        with pytest.raises(Incomplete) as wrong:
            check_last_day(role, last, today=TODAY)
        assert set(wrong.value.fields) == {"expires_on"}


def test_the_furthest_day_is_said_only_where_there_is_one() -> None:
    assert latest_day(Role.AUDITOR, today=TODAY) == date(2026, 5, 31)
    assert {role for role in Role if latest_day(role, today=TODAY)} == set(LONGEST) == {Role.AUDITOR}


@pytest.mark.parametrize(
    ("form", "shown"),
    [
        (Numbering.SHORT_YEAR, "QX26"),
        (Numbering.LONG_YEAR, "QX2026"),
        (Numbering.MONTH, "QX2603"),
        (Numbering.PLAIN, "QX"),
    ],
)
def test_a_reference_begins_as_the_body_chose(form: Numbering, shown: str) -> None:
    assert head(form, "QX", TODAY) == shown
    assert example(form, "QX", TODAY).startswith(f"{shown}-")


def test_every_form_keeps_its_random_part_and_fits_its_column() -> None:
    assert all(len(example(form, "短" * 8, TODAY)) <= 24 for form in Numbering)
    assert all(
        head(form, "QX", TODAY).isalnum() for form in Numbering
    )  # a dash there would not be found again


def test_the_default_tree_has_about_sixty_categories_under_every_field() -> None:
    assert 55 <= len(DEFAULT) <= 70
    assert {row.matter for row in DEFAULT} == set(Matter)
    assert len({row.code for row in DEFAULT}) == len({(r.matter, r.label) for r in DEFAULT}) == len(DEFAULT)
    assert all(len(row.code) <= 40 and len(row.label) <= 40 for row in DEFAULT)


def test_no_category_names_a_group_of_people_or_a_way_of_petitioning() -> None:
    for word in ("上访", "群体", "缠", "闹", "重点人", "越级", "非访"):
        assert not [row.label for row in DEFAULT if word in row.label]
