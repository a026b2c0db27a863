"""Rehearsing at the desk: who is there comes from the body's own tables; what comes out is kept and changes nothing."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest

from huiying.emergency import actions
from huiying.emergency.crew import Filling, crew_for, roles_filled, standing_of
from huiying.emergency.models import PlanRehearsal, PlanVersion
from huiying.emergency.running import document_read
from huiying.emergency.selectors import rehearsals
from huiying.emergency.tabletop import Asked, Crew, changes_read, result_read
from huiying.playbook.checker import check
from huiying.playbook.findings import Severity
from huiying.playbook.rehearsal.changes import ChangeKind
from huiying.records.clock import SHANGHAI
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.models import Deputy, DutyShift, Grant, Leave
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere
from tests.cast import FOUNDED, Cast, watch
from tests.rooms.emergency.response import NIGHT, plan_in_force

pytestmark = pytest.mark.django_db
MORNING = datetime(2025, 3, 5, 10, 0, tzinfo=SHANGHAI)  # a Wednesday
DAY = MORNING.date()


def asked(**changes: Any) -> Asked:
    return Asked(**{"level": "IV", "facets": (), "starts_at": MORNING, "runs": 20, **changes})


def rehearsed(cast: Cast, version: PlanVersion, **changes: Any) -> PlanRehearsal:
    return actions.plan_rehearse(version=version, asked=asked(**changes), by=cast.planner, at=NIGHT)


def away(cast: Cast, account: str, on: date = DAY) -> None:
    Leave.objects.create(staff=cast.staff[account], starts_on=on, ends_on=on, recorded_at=FOUNDED)


def filled(cast: Cast, version: PlanVersion, role: str) -> Any:
    standing = standing_of(cast.qingxi.pk, on=DAY)
    rows = roles_filled(document_read(version.text), standing, DAY)
    return next(row for row in rows if row.role.id == role)


def test_an_outsider_and_whoever_does_not_plan_rehearse_nothing(cast: Cast) -> None:
    version = plan_in_force(cast)
    row = rehearsed(cast, version)
    with pytest.raises(NotThere):
        actions.plan_rehearse(version=version, asked=asked(), by=cast.outside_leader, at=NIGHT)
    with pytest.raises(NotPermitted):
        actions.plan_rehearse(version=version, asked=asked(), by=cast.clerk, at=NIGHT)
    for who in (cast.outside_leader, cast.clerk):
        with pytest.raises(NotThere):
            rehearsals.rehearsal_for(who, version.plan.code, version.number, row.pk)


def test_a_rehearsal_is_kept_with_one_event_and_no_letter(cast: Cast) -> None:
    version = plan_in_force(cast)
    letters, events = OutboxMessage.objects.count(), LedgerEvent.objects.count()
    row = rehearsed(cast, version, runs=30)
    assert OutboxMessage.objects.count() == letters
    event = LedgerEvent.objects.order_by("pk").last()
    assert event is not None and LedgerEvent.objects.count() == events + 1
    assert (event.kind, event.facts["runs"], event.facts["crew"]) == ("plan.rehearsed", 30, "own")
    page = rehearsals.rehearsal_page(cast.planner, row)
    assert (page.result.runs, page.is_current, page.asked) == (30, True, asked(runs=30))


def test_people_stand_under_numbers_and_names_are_looked_up_for_the_page(cast: Cast) -> None:
    row = rehearsed(cast, plan_in_force(cast))
    kept = str(PlanRehearsal.objects.get(pk=row.pk).result)
    assert "青溪值班甲" not in kept and "青溪组长" not in kept
    names = {name for member in rehearsals.rehearsal_page(cast.planner, row).crew for name in member.names}
    assert {"青溪值班甲", "青溪组长"} <= names


def test_what_single_people_would_be_late_in_is_not_kept(cast: Cast) -> None:
    result = rehearsed(cast, plan_in_force(cast)).result
    assert {person["late"] for person in result["people"]} == {0.0}


def test_whoever_is_on_leave_is_not_asked(cast: Cast) -> None:
    version = plan_in_force(cast)
    both = {cast.staff["duty_officer"].pk, cast.staff["second_duty_officer"].pk}
    assert set(filled(cast, version, "duty-officer").people) == both
    away(cast, "duty_officer")
    assert filled(cast, version, "duty-officer").people == (cast.staff["second_duty_officer"].pk,)


def test_a_deputy_stands_in_when_nobody_on_the_post_is_there(cast: Cast) -> None:
    version = plan_in_force(cast)
    away(cast, "press_officer")
    role = next(r.id for r in document_read(version.text).roles if r.post_kind == "press_officer")
    Deputy.objects.create(post=cast.posts["press_officer"], staff=cast.staff["planner"], named_at=FOUNDED)
    row = filled(cast, version, role)
    assert (row.people, row.by) == ((cast.staff["planner"].pk,), Filling.DEPUTIES)


def test_whoever_keeps_watches_is_there_in_their_hours_and_others_in_office_hours(cast: Cast) -> None:
    version = plan_in_force(cast)
    watch(cast, "duty_officer", starts_at=MORNING - timedelta(hours=2))
    standing = standing_of(cast.qingxi.pk, on=DAY)
    crew = {person.id: person for person in crew_for(document_read(version.text), standing, MORNING)}
    assert crew[f"p{cast.staff['duty_officer'].pk}"].on == ((-7200, 36_000),)
    assert crew[f"p{cast.staff['leader'].pk}"].on[0] == (-3600, 27_000)


def test_a_watch_called_off_counts_for_nobody(cast: Cast) -> None:
    watch(cast, "clerk", starts_at=MORNING)
    DutyShift.objects.update(cancelled_at=NIGHT)
    assert standing_of(cast.qingxi.pk, on=DAY).turns == ()


def test_who_stands_where_is_read_in_as_many_statements_for_many_as_for_few(
    cast: Cast, django_assert_num_queries: Any
) -> None:
    for day in range(14):
        watch(cast, "duty_officer", starts_at=MORNING + timedelta(days=day))
        away(cast, "leader", DAY + timedelta(days=day))
    with django_assert_num_queries(7):
        standing_of(cast.qingxi.pk, on=DAY)


def test_without_people_the_page_says_which_roles_and_what_to_do(cast: Cast) -> None:
    version = plan_in_force(cast)
    Grant.objects.exclude(post=None).update(ended_at=FOUNDED)
    with pytest.raises(Incomplete) as refused:
        rehearsed(cast, version)
    assert "组长" in refused.value.fields["crew"]
    assert rehearsed(cast, version, crew=Crew.FULL).pk


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("level", "V"),
        ("facets", ("no-such",)),
        ("runs", 1001),
        ("silent", 96),
        ("decision", (9, 5, 30)),
        ("each", 0),
    ],
)
def test_an_assumption_that_cannot_be_is_named_at_its_field(cast: Cast, field: str, value: Any) -> None:
    version = plan_in_force(cast)
    with pytest.raises(Incomplete) as refused:
        rehearsed(cast, version, **{field: value})
    assert set(refused.value.fields) == {field} and refused.value.remedy
    assert not PlanRehearsal.objects.exists()


def test_the_same_question_has_the_same_answer(cast: Cast) -> None:
    version = plan_in_force(cast)
    assert rehearsed(cast, version).result == rehearsed(cast, version).result


def test_two_rehearsals_differ_in_what_was_assumed_and_what_came_out(cast: Cast) -> None:
    version = plan_in_force(cast)
    one, other = rehearsed(cast, version), rehearsed(cast, version, silent=60)
    found = rehearsals.rehearsals_compared(cast.planner, version, one.pk, other.pk)
    assert found.assumed == (("silent", 6, 60),)
    assert found.steps and found.one.result.late_each < found.other.result.late_each


def place_of(row: PlanRehearsal, kind: ChangeKind) -> int:
    return next(place for place, change in enumerate(changes_read(row.result)) if change.kind is kind)


@pytest.mark.parametrize("kind", list(ChangeKind))
def test_a_suggested_change_goes_into_the_next_draft_and_the_text_in_force_stays(
    cast: Cast, kind: ChangeKind
) -> None:
    version = plan_in_force(cast)
    row = rehearsed(cast, version, level="I", crew=Crew.FULL)
    draft = actions.rehearsal_change_draft(
        rehearsal=row, place=place_of(row, kind), by=cast.planner, at=NIGHT
    )
    assert (draft.number, draft.state) == (2, "draft")
    assert PlanVersion.objects.get(pk=version.pk).text == version.text != draft.text
    errors = [found for found in check(document_read(draft.text)) if found.severity is Severity.ERROR]
    assert errors == []


def test_a_split_role_hands_every_second_step_to_another_role_of_the_same_kind_of_post(cast: Cast) -> None:
    version = plan_in_force(cast)
    row = rehearsed(cast, version, level="I", crew=Crew.FULL)
    place = place_of(row, ChangeKind.SPLIT_ROLE)
    role = changes_read(row.result)[place].role
    before = [step.id for step in document_read(version.text).steps if step.who == role]
    doc = document_read(
        actions.rehearsal_change_draft(rehearsal=row, place=place, by=cast.planner, at=NIGHT).text
    )
    second = next(found for found in doc.roles if found.id == f"{role}-second")
    first = next(found for found in doc.roles if found.id == role)
    handed = [step.id for step in doc.steps if step.who == second.id]
    assert second.post_kind == first.post_kind and second.alternates == (role,)
    assert handed and set(handed) < set(before)
    assert sorted(handed + [step.id for step in doc.steps if step.who == role]) == sorted(before)


def test_only_whoever_writes_plans_takes_a_change_over(cast: Cast) -> None:
    row = rehearsed(cast, plan_in_force(cast), crew=Crew.FULL)
    for who, refusal in ((cast.duty_officer, NotPermitted), (cast.outside_leader, NotThere)):
        with pytest.raises(refusal):
            actions.rehearsal_change_draft(rehearsal=row, place=0, by=who, at=NIGHT)


def test_a_result_read_again_is_the_one_that_was_kept(cast: Cast) -> None:
    row = rehearsed(cast, plan_in_force(cast))
    again = result_read(PlanRehearsal.objects.get(pk=row.pk).result)
    assert again == result_read(row.result) and again.steps and again.load.roles
