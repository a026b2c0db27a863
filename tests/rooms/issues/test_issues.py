"""Causes and warnings: counts of matters only, two persons, the leading group, and grounds."""

from datetime import timedelta

import pytest

from huiying.issues import actions, gate, jobs, selectors
from huiying.issues.models import EarlyWarning, Issue
from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.levels import Level
from huiying.rules.lifecycle.warning import WarningState
from huiying.rules.matters import Matter
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    accusation,
    confidential,
    filed,
    filing,
    named,
    registered,
    replied,
)


def cause(cast: Cast, by: Officer | None = None) -> Issue:
    """One cause, opened by the clerk."""
    return actions.issue_open(
        body=cast.body,
        title="水渠淤塞",
        matter=Matter.WORKS,
        unit=cast.units["works"],
        by=by or cast.clerk,
        at=MONDAY,
    )


def matters(cast: Cast, count: int, **changes: object) -> list[Petition]:
    """So many different matters."""
    return [filed(cast, filing(text=f"第 {n} 组的水渠堵了。", **changes)).petition for n in range(count)]


def warned(cast: Cast, count: int = 5) -> EarlyWarning:
    """A proposed warning on a cause with so many unanswered matters."""
    issue = cause(cast)
    actions.issue_tie(issue=issue, petitions=matters(cast, count), by=cast.clerk, at=MONDAY)
    return actions.warning_propose(issue=issue, by=cast.clerk, at=MONDAY)


def test_petitions_are_tied_once_and_keep_their_own_state(cast: Cast) -> None:
    issue, found = cause(cast), matters(cast, 2)
    assert actions.issue_tie(issue=issue, petitions=found, by=cast.clerk, at=MONDAY) == 2
    assert actions.issue_tie(issue=issue, petitions=found, by=cast.clerk, at=MONDAY) == 0
    assert LedgerEvent.objects.filter(kind="issue.tied").count() == 1
    assert {p.state for p in found} == {"received"}


def test_an_accusation_and_another_bodys_matter_cannot_be_tied(cast: Cast) -> None:
    issue = cause(cast)
    accused = filed(cast, accusation()).petition
    with pytest.raises(Refusal):
        actions.issue_tie(issue=issue, petitions=[accused], by=cast.clerk, at=MONDAY)
    issue.body = cast.baishi
    with pytest.raises(NotThere):
        actions.issue_tie(issue=issue, petitions=matters(cast, 1), by=cast.clerk, at=MONDAY)


def test_another_body_finds_neither_cause_nor_warning(cast: Cast) -> None:
    warning = warned(cast)
    for outsider in (cast.outside_clerk, cast.outside_leader):
        with pytest.raises(NotThere):
            gate.issue_for(outsider, warning.issue.reference)
        with pytest.raises(NotThere):
            gate.warning_for(outsider, warning.reference)


def test_near_copies_count_once(cast: Cast) -> None:
    issue = cause(cast)
    copies = [filed(cast, filing(text=text)).petition for text in ("水渠堵了！", "水渠，堵了", "水渠 堵了。")]
    actions.issue_tie(issue=issue, petitions=copies, by=cast.clerk, at=MONDAY)
    assert selectors.issue_numbers(issue, today=MONDAY.date())[0].matters == 1


def test_the_proposal_is_the_same_when_every_identity_is_removed(cast: Cast) -> None:
    with_names, without = cause(cast), cause(cast)
    actions.issue_tie(
        issue=with_names,
        petitions=[filed(cast, named(text=f"甲{n}")).petition for n in range(5)],
        by=cast.clerk,
        at=MONDAY,
    )
    actions.issue_tie(
        issue=without,
        petitions=[filed(cast, filing(text=f"乙{n}")).petition for n in range(5)],
        by=cast.clerk,
        at=MONDAY,
    )
    one, other = (selectors.issue_numbers(issue, today=MONDAY.date()) for issue in (with_names, without))
    assert one == other


def test_a_clerks_word_of_danger_proposes_red(cast: Cast) -> None:
    issue = cause(cast)
    petition = registered(cast)
    from huiying.petitions.actions import petition_facet

    petition_facet(petition=petition, danger=True, by=cast.clerk, at=MONDAY)
    actions.issue_tie(issue=issue, petitions=[petition], by=cast.clerk, at=MONDAY)
    warning = actions.warning_propose(issue=issue, by=cast.clerk, at=MONDAY)
    assert warning.level == Level.RED
    assert warning.counts == {"matters": 1, "past_due": 0, "unanswered": 1, "danger": 1}


def test_answered_matters_propose_nothing(cast: Cast) -> None:
    issue = cause(cast)
    done = [replied(cast, filing(text=f"第 {n} 组")) for n in range(5)]
    actions.issue_tie(issue=issue, petitions=done, by=cast.clerk, at=MONDAY)
    with pytest.raises(Refusal) as refused:
        actions.warning_propose(issue=issue, by=cast.clerk, at=MONDAY)
    assert refused.value.rule == "warning.criteria"


def test_matters_past_their_sixty_days_raise_the_level(cast: Cast) -> None:
    from tests.rooms.petitions.matters import handling

    issue = cause(cast)
    late = [handling(cast, filing(text=f"第 {n} 组")) for n in range(5)]
    actions.issue_tie(issue=issue, petitions=late, by=cast.clerk, at=MONDAY)
    warning = actions.warning_propose(issue=issue, by=cast.clerk, at=MONDAY + 61 * DAY)
    assert (warning.level, warning.counts["past_due"]) == (Level.ORANGE, 5)


def test_a_warning_needs_two_persons_and_the_leading_group(cast: Cast) -> None:
    warning = warned(cast)
    with pytest.raises(NotPermitted):
        actions.warning_verify(warning=warning, words="核实", by=cast.clerk, at=MONDAY)
    actions.warning_verify(warning=warning, words="已到现场核实", by=cast.duty_officer, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.warning_confirm(warning=warning, by=cast.duty_officer, at=MONDAY)
    actions.warning_confirm(warning=warning, by=cast.leader, at=MONDAY)
    actions.warning_lift(warning=warning, words="水渠已疏通", by=cast.leader, at=MONDAY + DAY)
    assert (warning.state, warning.ended_words) == (WarningState.LIFTED, "水渠已疏通")


def test_who_proposed_a_warning_cannot_verify_it(cast: Cast) -> None:
    issue = cause(cast)
    actions.issue_tie(issue=issue, petitions=matters(cast, 5), by=cast.clerk, at=MONDAY)
    warning = actions.warning_propose(issue=issue, by=cast.supervisor, at=MONDAY)
    with pytest.raises(NotPermitted) as refused:
        actions.warning_verify(warning=warning, words="核实", by=cast.supervisor, at=MONDAY)
    assert refused.value.rule == "warning.second_person"


def test_an_unverified_warning_cannot_be_confirmed(cast: Cast) -> None:
    with pytest.raises(IllegalMove):
        actions.warning_confirm(warning=warned(cast), by=cast.leader, at=MONDAY)


@pytest.mark.parametrize("act", [actions.warning_verify, actions.warning_dismiss])
def test_verifying_and_dismissing_need_words(cast: Cast, act: object) -> None:
    with pytest.raises(Incomplete):
        act(warning=warned(cast), words=" ", by=cast.duty_officer, at=MONDAY)  # type: ignore[operator]


def test_a_cause_has_one_open_warning(cast: Cast) -> None:
    warning = warned(cast)
    with pytest.raises(Overtaken):
        actions.warning_propose(issue=warning.issue, by=cast.clerk, at=MONDAY)
    actions.warning_dismiss(warning=warning, words="已安排疏通", by=cast.duty_officer, at=MONDAY)
    assert (
        actions.warning_propose(issue=warning.issue, by=cast.clerk, at=MONDAY).state == WarningState.PROPOSED
    )


def test_the_job_proposes_once_and_can_run_again(cast: Cast) -> None:
    issue = cause(cast)
    actions.issue_tie(issue=issue, petitions=matters(cast, 5), by=cast.clerk, at=MONDAY)
    assert jobs.warnings_look(at=MONDAY) == 1
    assert jobs.warnings_look(at=MONDAY + timedelta(hours=1)) == 0
    assert EarlyWarning.objects.get().proposed_by_id is None


def test_a_summary_holds_counts_and_no_way_to_petitions(cast: Cast) -> None:
    warning = warned(cast)
    summary = selectors.warning_summary_for(cast.leader, warning.reference)
    assert summary.counts["unanswered"] == 5
    text = str(summary)
    assert not any(p.reference in text for p in Petition.objects.all())


def test_the_leading_group_sees_the_number_of_matters_but_reads_none(cast: Cast) -> None:
    warning = warned(cast)
    assert gate.issue_for(cast.leader, warning.issue.reference)
    assert not selectors.petitions_tied(cast.leader, warning.issue).exists()
    assert selectors.petitions_tied(cast.clerk, warning.issue).count() == 5


def test_a_confidential_matter_counts_like_any_other(cast: Cast) -> None:
    issue = cause(cast)
    actions.issue_tie(issue=issue, petitions=[filed(cast, confidential()).petition], by=cast.clerk, at=MONDAY)
    assert selectors.issue_numbers(issue, today=MONDAY.date())[0].unanswered == 1
