"""The demo town as a visitor finds it: built once through actions, it shows everything the product does."""

import argparse
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import transaction
from django.db.models import Model
from django.test import Client, override_settings

from huiying.config.demo import load_demo, run_demo
from huiying.config.town import accounts_by_role, demo_is_loaded
from huiying.emergency.models import Activation, Incident, Order, SituationReport
from huiying.issues.models import EarlyWarning, Issue
from huiying.learning.models import ClauseChange, CorrectiveAction, Evaluation
from huiying.petitions.actions.after import resume_due
from huiying.petitions.actions.papers import papers_of
from huiying.petitions.duties import ratings_of_unit
from huiying.petitions.models import (
    Assistance,
    Evidence,
    Execution,
    Extension,
    FactFinding,
    FollowUp,
    Message,
    Objection,
    Petition,
    PetitionClock,
    PetitionLink,
    Rating,
    Recusal,
    RetaliationReport,
    SavedView,
    SpamMark,
)
from huiying.petitions.similar import similar_to
from huiying.publishing.models import Correction, Notice, ReleasedTable
from huiying.publishing.open_figures import figures_page
from huiying.records import clock, ledger
from huiying.records.models import LedgerEvent
from huiying.registry import duty
from huiying.registry.models import Body, Staff
from huiying.registry.officers import officer_for
from huiying.registry.passphrases import DEMO_PASSPHRASE
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.petition import LIFECYCLE, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import Matter, MessageKind
from huiying.rules.permissions import Role
from huiying.web.shared import throttle

pytestmark = pytest.mark.django_db  # each test is rolled back to the town by itself


@pytest.fixture(scope="module")
def town(django_db_setup: None, django_db_blocker: Any) -> Iterator[list[str]]:
    """The town, built once for this file and rolled back after it; gives what was printed."""
    said: list[str] = []
    with (
        django_db_blocker.unblock(),
        override_settings(PASSWORD_HASHERS=["tests.cast.QuickArgon2"]),
        transaction.atomic(),
    ):
        load_demo(say=said.append)
        yield said
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _in_town(town: list[str]) -> None:
    """Each test stands in the town, and nobody has tried a code yet."""
    throttle.clear()


def test_there_is_a_petition_in_every_state_that_can_be_reached() -> None:
    states = Counter(Petition.objects.values_list("state", flat=True))
    assert states == {
        PetitionState.RECEIVED: 3,
        PetitionState.REGISTERED: 5,
        PetitionState.ACCEPTED: 2,
        PetitionState.HANDLING: 20,
        PetitionState.REPLIED: 2,
        PetitionState.SETTLED: 12,
        PetitionState.DECLINED: 1,
        PetitionState.REFERRED: 1,
        PetitionState.WITHDRAWN: 2,
    }
    assert set(states) == set(PetitionState) - LIFECYCLE.reserved


def test_every_kind_and_every_way_to_give_a_name_is_there() -> None:
    assert set(Petition.objects.values_list("kind", flat=True)) == set(PetitionKind)
    assert set(Petition.objects.values_list("confidentiality", flat=True)) == set(Confidentiality)
    assert Petition.objects.exclude(shielded_at=None).count() == 2
    assert Petition.objects.filter(danger=True).count() == 1
    assert Rating.objects.values("petition").distinct().count() == 9


def test_every_field_has_its_categories_and_units_and_what_was_read_has_one() -> None:
    body = Body.objects.get(code="demo-qingxi")
    assert set(body.categories.values_list("matter", flat=True)) == set(Matter)
    assert body.categories.exclude(unit=None).exists()
    assert set(body.units.filter(phone="").values_list("code", flat=True)) == {"leaders"}
    unread = Petition.objects.filter(category=None).exclude(state=PetitionState.RECEIVED)
    assert set(unread.values_list("kind", flat=True)) == {PetitionKind.ACCUSATION}


def test_beside_an_answer_everything_is_there_once_done_and_once_waiting() -> None:
    assert counted(Extension) == {"approved": 1, "asked": 1}
    assert counted(Objection) == {"agreed": 1, "raised": 1}
    assert counted(Assistance) == {"answered": 1, "asked": 1}
    assert counted(RetaliationReport) == {"answered": 1, "received": 1}
    assert counted(FollowUp) == {"closed": 1, "open": 1}
    assert counted(SpamMark) == {"proposed": 1}
    assert counted(Execution) == {"verified": 5, "open": 4, "reported": 2}
    assert Execution.objects.filter(state="open", due_on__lt=clock.today()).count() == 2
    drafts = Petition.objects.filter(state="handling").exclude(draft_state="writing")
    assert sorted(drafts.values_list("draft_state", flat=True)) == ["approved", "returned", "submitted"]
    assert FactFinding.objects.exclude(claim=None).count() == Evidence.objects.count() - 1 == 3
    assert Recusal.objects.get().petition.handler != Recusal.objects.get().staff


def counted(model: type[Model]) -> dict[str, int]:
    """How many there are in each state."""
    return dict(Counter(model._default_manager.values_list("state", flat=True)))


def test_questions_were_asked_and_answered_and_one_was_passed_on_without_a_name() -> None:
    assert Message.objects.filter(kind=MessageKind.QUESTION).count() == 2
    passed = Message.objects.exclude(passed_at=None).exclude(petition__confidentiality="named").get()
    assert "沙晚舟" in passed.text
    assert "沙晚舟" not in passed.shielded_text
    shielded = passed.petition.submissions.get().shielded_text
    assert "沙晚舟" not in shielded
    assert "〔电话〕" in shielded


def test_near_copies_are_found_one_is_linked_and_a_picture_lies_there() -> None:
    clerk = officer_for(Staff.objects.get(account="clerk"), at=clock.now())
    first, second = PetitionLink.objects.values_list("first", "petition").get()
    alike = similar_to(clerk, Petition.objects.get(pk=first))
    assert len(alike) == 2
    assert second in {found.petition.pk for found in alike}
    assert [kept.kind for kept in papers_of(Petition.objects.get(pk=second))] == ["png"]
    assert SavedView.objects.filter(staff__account="officer_works").count() == 3


def test_one_matter_was_opened_again_and_has_two_answers_and_one_can_be_taken_up_again() -> None:
    again = Petition.objects.get(round=2)
    assert [reply.number for reply in again.replies.order_by("number")] == [1, 2]
    due = [resume_due(petition) for petition in Petition.objects.filter(state="withdrawn")]
    assert any(window and not window.is_past(clock.now()) for window in due)


def test_enquiries_and_suggestions_are_answered_as_their_kind_asks() -> None:
    settled = Petition.objects.filter(state="settled")
    in_time = PetitionClock.objects.filter(petition__in=settled, clock=Clock.ENQUIRY)
    assert any(not _was_late(row) for row in in_time)
    assert Petition.objects.filter(kind="enquiry", state="handling").count() == 1
    reasons = settled.get(kind="suggestion").claims.get()
    assert reasons.facts
    assert not reasons.outcome


def test_the_sum_of_one_unit_can_be_read_and_tells_of_nobody() -> None:
    head = officer_for(Staff.objects.get(account="head_works"), at=clock.now())
    works = Body.objects.get(code="demo-qingxi").units.get(code="works")
    last = ratings_of_unit(head, works.pk, today=clock.today())[0]
    assert last.total == 5
    assert set(last.by_score.values()) == {None}


def test_what_is_overdue_is_overdue_today() -> None:
    running = PetitionClock.objects.filter(met_at=None, stopped_at=None, due_on__lt=clock.today())
    assert running.filter(clock=Clock.HANDLE).count() == 3
    assert running.filter(clock=Clock.NOTICE).count() == 1
    answered_late = [row for row in PetitionClock.objects.exclude(met_at=None) if _was_late(row)]
    assert [row.petition.title for row in answered_late if row.clock == Clock.HANDLE] == [
        "修水库占用林地的补偿没有算够"
    ]


def _was_late(row: PetitionClock) -> bool:
    return row.met_at is not None and clock.official_date(row.met_at) > row.due_on


def test_one_cause_leads_to_one_confirmed_warning_and_that_to_the_running_response() -> None:
    issue, warning = Issue.objects.get(), EarlyWarning.objects.get()
    assert issue.ties.count() == 6
    assert (warning.state, warning.level) == ("confirmed", "orange")
    running = Incident.objects.get(state="active")
    assert running.warning_id == warning.pk
    orders = Order.objects.filter(activation__incident=running)
    assert {"sent", "acknowledged", "done"} == set(orders.values_list("state", flat=True))
    assert any(order.is_open and order.is_late(clock.now()) for order in orders)
    assert SituationReport.objects.filter(incident=running, kind="first", state="sent").exists()


def test_the_past_response_ended_and_was_learned_from() -> None:
    past = Incident.objects.get(state="ended")
    first = SituationReport.objects.get(incident=past, kind="first")
    assert first.is_late(clock.now())
    assert SituationReport.objects.filter(incident=past, kind="final", state="sent").exists()
    evaluation = Evaluation.objects.get(incident=past)
    assert evaluation.state == "adopted"
    assert evaluation.findings.count() == 3
    assert all(finding.evidence.exists() for finding in evaluation.findings.all())
    assert sorted(CorrectiveAction.objects.values_list("state", flat=True)) == ["open", "verified"]
    assert ClauseChange.objects.get().state == "proposed"


def test_two_notices_are_out_one_of_them_corrected_and_three_months_released() -> None:
    assert sorted(Notice.objects.values_list("state", flat=True)) == ["corrected", "published"]
    assert Correction.objects.get().state == "published"
    assert ReleasedTable.objects.values("period").distinct().count() in (2, 3)


def test_the_last_month_has_figures_that_pass_the_gate() -> None:
    figures = figures_page(Body.objects.get(code="demo-qingxi"))
    assert figures is not None
    kinds, channels, matters = figures.asked
    assert [bar.label for bar in channels.bars if bar.count] == ["网上", "来访"]
    assert next(bar.count for bar in matters.bars if bar.label == "城乡建设与物业") in range(5, 15)
    assert kinds.total == channels.total == matters.total == sum(bar.count or 0 for bar in channels.bars)
    told = {single.definition.name: single.value for single in figures.speed}
    assert told["routed_in_time"] == told["notice_in_time"] == told["answered_on_every_point"] == 100
    assert told["days_to_reply_median"] in range(5, 30)
    outcomes = figures.answered[0]
    assert outcomes.total is None and not any(bar.count for bar in outcomes.bars)


def test_every_event_holds_and_none_lies_in_the_future_or_out_of_order() -> None:
    assert ledger.verify() == []
    now = clock.now()
    told = [event.at for event in LedgerEvent.objects.order_by("id")]
    assert len(told) > 400
    assert max(told) <= now
    lived = told[-300:]  # what happened after the founding and the roster
    assert sorted(lived) == lived


def test_every_person_signs_in_with_the_printed_passphrase() -> None:
    people = list(Staff.objects.all())
    assert len(people) == 23 + 10 + 10
    for person in people:
        answer = Client().post(
            "/console/sign-in/", {"account": person.account, "passphrase": DEMO_PASSPHRASE}
        )
        assert answer.status_code == 303, person.account


def test_there_is_a_login_for_each_role_and_somebody_on_duty_day_and_night() -> None:
    assert [role for role, _ in accounts_by_role()] == [role.label for role in Role]
    body = Body.objects.get(code="demo-qingxi")
    hours = [clock.now() + timedelta(hours=step) for step in range(0, 14 * 24, 6)]
    watches = [duty.shifts_at(body.pk, hour).filter(post__code="duty_officer").count() for hour in hours]
    assert set(watches) == {0, 1}  # one watch was called off and is to be filled
    assert watches.count(0) == 2


def test_a_second_run_finds_the_town_and_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    events = LedgerEvent.objects.count()
    assert demo_is_loaded()
    assert run_demo(argparse.Namespace()) == 0
    assert LedgerEvent.objects.count() == events
    assert Activation.objects.count() == 2
    assert "is here already" in capsys.readouterr().out


def test_what_was_printed_opens_petitions_and_says_how_far_it_is(town: list[str]) -> None:
    from huiying.petitions.gate import petition_for_code

    assert any("acts, up to" in line for line in town)
    lines = [line.split() for line in town if line.strip().startswith("QX")]
    assert len(lines) == 11
    for reference, code, *_ in lines:
        assert petition_for_code(Body.objects.get(code="demo-qingxi"), reference, code).reference == reference
