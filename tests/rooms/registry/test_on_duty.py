"""Who is on duty: one answer for everyone, from watches, posts held and deputies, in this order."""

import re
from datetime import datetime, timedelta
from pathlib import Path

from huiying.emergency.posts import people_on, posts_of
from huiying.records.clock import SHANGHAI
from huiying.registry.addresses import post_address
from huiying.registry.duty import (
    Standing,
    deputies_of,
    lead_of,
    leads_at,
    on_duty,
    on_duty_rows,
    shifts_at,
    watches_of,
)
from huiying.registry.models import Deputy, DutyShift
from tests.cast import FOUNDED, Cast, watch

EVENING = datetime(2025, 3, 7, 20, 0, tzinfo=SHANGHAI)
SOURCE = Path(__file__).parents[3] / "src" / "huiying"


def _shift(cast: Cast, account: str, *, post: str = "duty_officer", **more: object) -> DutyShift:
    span = {"starts_at": EVENING, "ends_at": EVENING + timedelta(hours=12), "entered_at": FOUNDED}
    return DutyShift.objects.create(post=cast.posts[post], staff=cast.staff[account], **{**span, **more})


def _deputy(cast: Cast, account: str, post: str, order: int = 1) -> Deputy:
    return Deputy.objects.create(
        post=cast.posts[post], staff=cast.staff[account], order=order, named_at=FOUNDED
    )


def test_of_overlapping_watches_the_one_entered_last_counts_even_where_it_began_first(cast: Cast) -> None:
    _shift(cast, "second_duty_officer", entered_at=FOUNDED + timedelta(days=1))
    _shift(cast, "duty_officer", starts_at=EVENING + timedelta(hours=1))
    at = EVENING + timedelta(hours=2)
    assert on_duty(cast.body.pk, "duty_officer", at) == cast.staff["second_duty_officer"]
    _shift(cast, "clerk", entered_at=None)  # from before there was such a time
    assert on_duty(cast.body.pk, "duty_officer", at) == cast.staff["second_duty_officer"]


def test_a_cancelled_watch_counts_for_nobody_anywhere(cast: Cast) -> None:
    _shift(cast, "clerk", cancelled_at=EVENING)
    assert on_duty(cast.body.pk, "duty_officer", EVENING) == cast.staff["duty_officer"]
    assert not shifts_at(cast.body.pk, EVENING)
    assert not watches_of(cast.clerk.staff_id, EVENING, EVENING + timedelta(days=1))
    assert watches_of(cast.clerk.staff_id, EVENING, EVENING + timedelta(days=1), cancelled=True)
    assert cast.posts["duty_officer"].pk not in posts_of(cast.clerk, EVENING)
    post = cast.posts["duty_officer"].pk
    assert people_on([post], EVENING)[post] == ("青溪值班甲", "青溪值班乙")


def test_a_lead_watch_is_not_the_watch_but_names_the_leader_in_charge(cast: Cast) -> None:
    _shift(cast, "leader", is_lead=True, post="leading_group")
    _shift(cast, "second_duty_officer")
    assert on_duty(cast.body.pk, "duty_officer", EVENING) == cast.staff["second_duty_officer"]
    leads = leads_at(cast.body.pk, EVENING)
    assert lead_of(leads, cast.posts["duty_officer"].pk) == cast.staff["leader"]
    _shift(cast, "deputy_leader", is_lead=True)
    leads = leads_at(cast.body.pk, EVENING)
    assert lead_of(leads, cast.posts["duty_officer"].pk) == cast.staff["deputy_leader"]
    assert cast.posts["duty_officer"].pk not in posts_of(cast.deputy_leader, EVENING)


def test_a_deputy_answers_where_nobody_is_on_watch_or_holds_the_post(cast: Cast) -> None:
    _deputy(cast, "officer_civil", "interpreter", order=2)
    first = _deputy(cast, "clerk", "interpreter", order=1)
    post = cast.posts["interpreter"]
    assert on_duty(cast.body.pk, "interpreter", EVENING) == cast.staff["clerk"]
    assert people_on([post.pk], EVENING)[post.pk] == ("青溪接待甲", "青溪承办乙")
    assert deputies_of(post, EVENING) == [cast.staff["clerk"], cast.staff["officer_civil"]]
    assert post.pk in posts_of(cast.clerk, EVENING)
    assert post_address(str(post.pk), EVENING) == cast.staff["clerk"].email
    Deputy.objects.filter(pk=first.pk).update(ended_at=EVENING)
    assert on_duty(cast.body.pk, "interpreter", EVENING) == cast.staff["officer_civil"]
    assert post.pk not in posts_of(cast.clerk, EVENING)


def test_a_letter_to_one_of_two_posts_with_one_code_reaches_the_right_one(cast: Cast) -> None:
    post = cast.posts["unit_head_civil"]
    assert post_address(str(post.pk), EVENING) == cast.staff["head_civil"].email


def test_the_list_of_a_body_says_why_until_when_and_under_whom(cast: Cast, django_assert_num_queries) -> None:
    _shift(cast, "second_duty_officer")
    _shift(cast, "leader", is_lead=True)
    _deputy(cast, "clerk", "interpreter")
    with django_assert_num_queries(4):
        rows = on_duty_rows(cast.body.pk, EVENING)
    by_code = {row.post.code: row for row in rows}
    assert rows[0] is by_code["duty_officer"]
    assert rows[0].staff == cast.staff["second_duty_officer"] and rows[0].until is not None
    assert rows[0].lead == cast.staff["leader"]
    assert by_code["reception"].standing is Standing.HOLDER
    assert by_code["reception"].beside == (cast.staff["second_clerk"],)
    assert by_code["interpreter"].standing is Standing.DEPUTY
    assert all(row.post.unit.body_id == cast.body.pk for row in rows)


def test_every_row_of_the_list_gives_the_answer_that_is_given_for_the_post_alone(cast: Cast) -> None:
    watch(cast, "second_clerk", starts_at=EVENING, post="reception")
    for row in on_duty_rows(cast.body.pk, EVENING):
        if row.post.code != "unit_head":
            assert row.staff == on_duty(cast.body.pk, row.post.code, EVENING)


def test_posts_are_told_by_one_statement(cast: Cast, django_assert_num_queries) -> None:
    posts_of(cast.clerk, EVENING)
    with django_assert_num_queries(1):
        posts_of(cast.clerk, EVENING)


def test_watches_are_asked_for_in_the_registry_alone() -> None:
    asked = re.compile(r"\bDutyShift\.objects\b|\b_?shifts__")
    rooms = [path for path in SOURCE.rglob("*.py") if "registry" not in path.relative_to(SOURCE).parts]
    found = [str(path) for path in rooms if asked.search(path.read_text("utf-8"))]
    assert found == []
