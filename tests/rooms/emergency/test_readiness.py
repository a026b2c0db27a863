"""What a plan in force still misses: each thing with who mends it; the alarm for posts that nobody holds."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiying.emergency.crew import standing_of
from huiying.emergency.lacking import first_gap
from huiying.emergency.lacks import Lack, LackKind
from huiying.emergency.models import (
    Contact,
    Fund,
    Plan,
    PlanAcknowledgement,
    PlanFiling,
    PlanVersion,
    StorePlace,
    SupplyItem,
    SupplyLot,
)
from huiying.emergency.selectors.readiness import plans_ready_for, readiness_mine, readiness_of_body
from huiying.emergency.vacancies import tell_of_vacant_posts
from huiying.records.clock import SHANGHAI
from huiying.records.models import OutboxMessage
from huiying.registry.models import Deputy, Grant, Leave, Qualification
from huiying.registry.officers import Officer
from huiying.rules.permissions import Role
from tests.cast import FOUNDED, Cast, watch
from tests.rooms.emergency.response import NIGHT, PLAN, plan_in_force

pytestmark = pytest.mark.django_db
MORNING = datetime(2025, 3, 5, 10, 0, tzinfo=SHANGHAI)
DAY = MORNING.date()


def lacks(cast: Cast, who: Officer | None = None, **which: Any) -> list[Lack]:
    return readiness_of_body(who or cast.planner, at=MORNING, **which)


def of(cast: Cast, kind: LackKind) -> list[Lack]:
    return [lack for lack in lacks(cast) if lack.kind is kind]


def told(rows: list[Lack]) -> str:
    return "".join(lack.what for lack in rows)


def test_an_outsider_and_whoever_has_no_part_in_it_see_nothing(cast: Cast) -> None:
    plan_in_force(cast)
    for who in (cast.outside_leader, cast.clerk, cast.auditor):
        assert lacks(cast, who) == [] and plans_ready_for(who) == []
    assert lacks(cast)


def test_without_a_plan_in_force_nothing_is_missing(cast: Cast) -> None:
    assert lacks(cast) == []


def test_a_post_that_nobody_holds_is_the_heads_of_its_unit_and_the_planners(cast: Cast) -> None:
    plan_in_force(cast)
    Grant.objects.filter(post=cast.posts["logistics"]).update(ended_at=NIGHT)
    row = next(lack for lack in of(cast, LackKind.POST_VACANT) if "后勤保障岗" in lack.what)
    assert (row.since, row.unit) == (date(2025, 3, 4), "民政办")
    assert row in lacks(cast, cast.head_civil, mine=True) and row in lacks(cast, mine=True)
    assert row not in lacks(cast, cast.head_works, mine=True)


def test_a_role_without_a_post_names_the_code_that_is_missing(cast: Cast) -> None:
    plan_in_force(cast)
    rows = of(cast, LackKind.POST_MISSING)
    assert "supervisor" in told(rows) and {Role.SYSTEM_ADMIN in row.roles for row in rows} == {True}


def test_a_post_whose_people_are_all_away_today_is_named_today_alone(cast: Cast) -> None:
    plan_in_force(cast)
    assert of(cast, LackKind.NOBODY_THERE) == []
    Leave.objects.create(staff=cast.staff["press_officer"], starts_on=DAY, ends_on=DAY, recorded_at=FOUNDED)
    assert "信息发布员" in told(of(cast, LackKind.NOBODY_THERE))


def test_a_deputy_named_is_no_longer_missing(cast: Cast) -> None:
    plan_in_force(cast)
    assert "信息发布员" in told(of(cast, LackKind.DEPUTY))
    Deputy.objects.create(post=cast.posts["press_officer"], staff=cast.staff["planner"], named_at=FOUNDED)
    assert "信息发布员" not in told(of(cast, LackKind.DEPUTY))


def test_a_post_kept_day_and_night_without_any_watch_is_named(cast: Cast) -> None:
    plan_in_force(cast)
    assert "“值班员”今后 14 天没有排班" in told(of(cast, LackKind.WATCH))


def test_the_first_hour_that_is_too_thin_is_named_from_now_on(cast: Cast) -> None:
    for hours in (0, 12):
        watch(cast, "duty_officer", starts_at=MORNING + timedelta(hours=hours))
    standing = standing_of(cast.qingxi.pk, on=DAY)
    post = cast.posts["duty_officer"].pk
    assert first_gap(standing, post, 1, MORNING) == MORNING + timedelta(hours=24)
    assert first_gap(standing, post, 2, MORNING) == MORNING


def test_a_qualification_that_a_role_names_must_be_held_and_running(cast: Cast) -> None:
    plan_in_force(cast, PLAN.replace("接报、上报，按班交接。", "接报、上报，会急救。"))
    assert "“急救”" in told(of(cast, LackKind.QUALIFICATION))
    held = Qualification.objects.create(
        staff=cast.staff["duty_officer"], what="急救证", obtained_on=FOUNDED.date()
    )
    assert "“急救”" not in told(of(cast, LackKind.QUALIFICATION))
    Qualification.objects.filter(pk=held.pk).update(expires_on=DAY - timedelta(days=1))
    assert "“急救”" in told(of(cast, LackKind.QUALIFICATION))


def stocked(cast: Cast, quantity: int, expires_on: date | None) -> None:
    """First-aid boxes, of which the plan wants four."""
    common = {"name": "急救箱", "measure": "个", "resource": "res-first-aid", "added_at": FOUNDED}
    item = SupplyItem.objects.create(body=cast.qingxi, kind="medical", **common)
    store = StorePlace.objects.create(body=cast.qingxi, name="仓库", address="1", opened_at=FOUNDED)
    SupplyLot.objects.create(item=item, store=store, quantity=quantity, expires_on=expires_on)


@pytest.mark.parametrize(
    ("quantity", "expires_on", "words"),
    [
        (3, None, "急救箱（3/4）"),
        (9, DAY - timedelta(days=1), "急救箱（0/4）"),
        (4, DAY + timedelta(days=10), "“急救箱”三十天内将因过期而不足"),
        (4, None, ""),
    ],
)
def test_only_what_is_good_today_counts_as_stock(
    cast: Cast, quantity: int, expires_on: date | None, words: str
) -> None:
    plan_in_force(cast)
    stocked(cast, quantity, expires_on)
    found = [row.what for row in of(cast, LackKind.SUPPLY) if "急救箱" in row.what]
    assert bool(words) == bool(found) and words in "".join(found)


@pytest.mark.parametrize(
    ("verified_on", "wrong_since", "words"),
    [
        (None, None, "还没有人核对过"),
        (DAY - timedelta(days=91), None, "超过 90 天没有核对"),
        (DAY - timedelta(days=90), None, ""),
        (DAY, DAY, "号码打不通"),
    ],
)
def test_a_contact_is_tried_every_ninety_days_and_mended_when_it_is_wrong(
    cast: Cast, verified_on: date | None, wrong_since: date | None, words: str
) -> None:
    plan_in_force(cast)
    Contact.objects.create(
        body=cast.qingxi, kind="hospital", organisation="急救中心", phone="120", plan_contact="contact-ambulance",
        added_at=FOUNDED, verified_on=verified_on, wrong_since=wrong_since,
    )  # fmt: skip
    found = [row.what for row in of(cast, LackKind.CONTACT) if row.key == "contact-ambulance"]
    assert bool(words) == bool(found) and words in "".join(found)


def test_money_of_this_year_is_missing_until_it_is_set(cast: Cast) -> None:
    plan_in_force(cast)
    assert "2025 年还没有安排应急经费" in told(of(cast, LackKind.FUND))
    Fund.objects.create(body=cast.qingxi, year=2025, source="budget", name="应急", amount=1, set_at=FOUNDED)
    assert of(cast, LackKind.FUND) == []


def test_papers_are_missing_from_the_day_after_their_last(cast: Cast) -> None:
    version = plan_in_force(cast)
    PlanFiling.objects.filter(version=version).delete()
    PlanAcknowledgement.objects.filter(version=version).delete()
    PlanFiling.objects.create(version=version, receiver="县应急管理局", due_on=DAY)
    row = PlanAcknowledgement.objects.create(
        version=version, unit=cast.units["civil"], asked_at=MORNING - timedelta(days=7)
    )
    assert of(cast, LackKind.PAPER) == []
    PlanFiling.objects.update(due_on=DAY - timedelta(days=1))
    PlanAcknowledgement.objects.filter(pk=row.pk).update(asked_at=MORNING - timedelta(days=28))
    assert "县应急管理局" in told(of(cast, LackKind.PAPER)) and "民政办" in told(of(cast, LackKind.PAPER))
    assert "民政办" in told(lacks(cast, cast.head_civil, mine=True))


def test_an_evaluation_is_overdue_three_years_after_the_last(cast: Cast) -> None:
    version = plan_in_force(cast)
    assert of(cast, LackKind.CARE) == []
    Plan.objects.filter(pk=version.plan_id).update(evaluated_on=date(2022, 3, 4), practised_on=DAY)
    assert [row.since for row in of(cast, LackKind.CARE)] == [date(2025, 3, 4)]


def test_what_two_plans_miss_is_one_row_with_both(cast: Cast) -> None:
    plan_in_force(cast)
    plan_in_force(cast, PLAN.replace("id: city-petition-incidents", "id: second-plan", 1))
    row = next(lack for lack in lacks(cast) if lack.kind is LackKind.FUND)
    assert [plan.code for plan in row.plans] == ["city-petition-incidents", "second-plan"]
    assert {p.code for lack in lacks(cast, plan="second-plan") for p in lack.plans} == {"second-plan"}


def test_one_plan_or_six_are_read_in_as_many_statements(cast: Cast, django_assert_num_queries: Any) -> None:
    version = plan_in_force(cast)
    with django_assert_num_queries(16):
        lacks(cast)
    for number in range(5):
        plan = Plan.objects.create(body=cast.qingxi, code=f"p{number}", title="另一份", opened_at=NIGHT)
        PlanVersion.objects.create(
            plan=plan, number=1, text=version.text, state="promulgated", saved_at=NIGHT, promulgated_at=NIGHT
        )
    with django_assert_num_queries(16):
        lacks(cast)


def test_ones_day_counts_only_what_one_can_mend(cast: Cast) -> None:
    plan_in_force(cast)
    rows = readiness_mine(cast.head_civil, at=MORNING)
    assert rows and {row.unit for row in rows} == {"民政办"}


def vacant_letters() -> list[tuple[str, str]]:
    rows = OutboxMessage.objects.filter(letter="post_vacant").order_by("pk")
    return list(rows.values_list("subject_id", "recipient_ref"))


def test_a_vacant_post_is_told_once_a_week_to_the_head_of_its_unit(cast: Cast) -> None:
    plan_in_force(cast)
    assert tell_of_vacant_posts(MORNING) == tell_of_vacant_posts(MORNING + timedelta(days=1))
    post, head = str(cast.posts["logistics"].pk), str(cast.staff["head_civil"].pk)
    assert post not in dict(vacant_letters())
    Grant.objects.filter(post=cast.posts["logistics"]).update(ended_at=NIGHT)
    for day in (0, 1, 2):
        tell_of_vacant_posts(MORNING + timedelta(days=day))
    assert vacant_letters().count((post, head)) == 1
    tell_of_vacant_posts(MORNING + timedelta(days=7))
    assert vacant_letters().count((post, head)) == 2


def test_without_a_head_the_planner_is_told_and_the_letter_names_nothing(cast: Cast) -> None:
    plan_in_force(cast)
    Grant.objects.filter(post=cast.posts["logistics"]).update(ended_at=NIGHT)
    Grant.objects.filter(role=Role.UNIT_HEAD).update(ended_at=NIGHT)
    tell_of_vacant_posts(MORNING)
    assert {ref for _post, ref in vacant_letters()} == {str(cast.staff["planner"].pk)}
    letter = OutboxMessage.objects.filter(letter="post_vacant")[0]
    assert letter.context == {"path": "/console/readiness/?mine=1"}
