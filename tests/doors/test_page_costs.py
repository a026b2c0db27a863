"""What a page asks of the database: few questions, and as many for fifty rows as for one."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from huiying.emergency.models import Plan, PlanVersion
from huiying.records import clock
from huiying.registry.actions import grant_end
from huiying.registry.models import Grant
from tests.cast import Cast, signed_in
from tests.rooms.emergency.response import activated, plan_in_force
from tests.rooms.petitions import matters

pytestmark = pytest.mark.django_db


def browser_of(cast: Cast, who: str) -> Client:
    browser = Client()
    signed_in(browser, cast.staff[who])
    browser.get(reverse("console:account"))  # the session is written once a minute, not by what is counted
    return browser


@pytest.mark.parametrize(
    ("name", "most"),
    [("console:home", 21), ("console:petitions", 8)],
)
def test_a_clerks_pages_ask_a_bounded_number_of_questions(
    cast: Cast, django_assert_max_num_queries: Any, name: str, most: int
) -> None:
    for _ in range(4):
        matters.filed(cast)
    browser = browser_of(cast, "clerk")
    with django_assert_max_num_queries(most):
        assert browser.get(reverse(name)).status_code == 200


def test_a_petitions_page_asks_a_bounded_number_of_questions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    petition = matters.handling(cast)
    browser = browser_of(cast, "clerk")
    with django_assert_max_num_queries(21):
        assert browser.get(reverse("console:petition_page", args=[petition.reference])).status_code == 200


def test_a_folded_form_is_drawn_once_it_is_opened(cast: Cast) -> None:
    """Without scripts the fold holds a link to the page with the form open."""
    page = reverse("console:petition_page", args=[matters.handling(cast).reference])
    browser = browser_of(cast, "clerk")
    closed = browser.get(page).content.decode()
    assert 'id="fold-recuse"' in closed
    assert f'href="{page}?open=recuse#fold-recuse"' in closed
    assert "recuse_staff" not in closed
    opened = browser.get(page, {"open": "recuse"}).content.decode()
    assert '<details class="more" id="fold-recuse" open>' in opened
    assert 'name="recuse_staff"' in opened


def test_whoever_may_not_do_it_opens_nothing(cast: Cast) -> None:
    page = reverse("console:petition_page", args=[matters.handling(cast).reference])
    shown = browser_of(cast, "officer_works").get(page, {"open": "recuse"}).content.decode()
    assert "fold-recuse" not in shown
    assert "recuse_staff" not in shown


def test_a_refused_form_stands_open_with_what_was_typed(cast: Cast) -> None:
    reference = matters.handling(cast).reference
    browser = browser_of(cast, "clerk")
    answer = browser.post(reverse("console:petition_recuse", args=[reference]), {"recuse_ground": "interest"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert '<details class="more" id="fold-recuse" open>' in page
    assert 'name="recuse_staff"' in page


def test_the_forms_of_one_page_share_one_token(cast: Cast) -> None:
    page = reverse("console:petition_page", args=[matters.handling(cast).reference])
    tokens = re.findall(
        r'name="csrfmiddlewaretoken" value="(\w+)"', browser_of(cast, "clerk").get(page).content.decode()
    )
    assert len(tokens) > 3
    assert len(set(tokens)) == 1


def test_what_is_missing_for_six_plans_costs_as_many_questions_as_for_one(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    version = plan_in_force(cast)
    browser = browser_of(cast, "planner")
    for number in range(6):
        with django_assert_max_num_queries(22):
            assert browser.get(reverse("console:readiness")).status_code == 200
        more = Plan.objects.create(
            body=cast.body, code=f"p{number}", title="另一份", opened_at=version.saved_at
        )
        same = {"saved_at": version.saved_at, "promulgated_at": version.promulgated_at}
        PlanVersion.objects.create(plan=more, number=1, text=version.text, state="promulgated", **same)


def test_a_board_where_nothing_happened_costs_five_questions(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    incident = activated(cast).incident
    board = reverse("console:incident_board_part", args=[incident.reference])
    browser = browser_of(cast, "leader")
    seen = browser.get(board)
    with django_assert_max_num_queries(5):
        answer = browser.get(board, headers={"If-None-Match": seen["ETag"]})
    assert answer.status_code in {200, 304}  # a minute may have passed


def test_the_same_page_of_two_people_shows_each_their_own(cast: Cast) -> None:
    """Both hold the same grants, so one statement serves both; only the reader's number differs."""
    petition = matters.registered(cast)
    for who in ("clerk", "second_clerk"):
        assert petition.reference in browser_of(cast, who).get(reverse("console:petitions")).content.decode()
    assert (
        petition.reference
        not in browser_of(cast, "outside_clerk").get(reverse("console:petitions")).content.decode()
    )


def test_whoever_lost_the_grant_is_refused_at_the_next_page(cast: Cast) -> None:
    browser = browser_of(cast, "officer_works")
    assert browser.get(reverse("console:petitions")).status_code == 200
    grant = Grant.objects.get(staff=cast.staff["officer_works"], ended_at=None)
    grant_end(grant=grant, by=cast.security_admin, at=clock.now() - timedelta(seconds=1))
    assert browser.get(reverse("console:petitions")).status_code == 403
