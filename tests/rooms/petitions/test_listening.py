"""Told that something went badly: a low rating is followed up, retaliation is answered from above, the unit learns neither."""

from datetime import date, timedelta

import pytest

from huiying.petitions import actions, duties, selectors, waiting
from huiying.petitions.models import FollowUp, Petition, Rating, RetaliationReport
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.rules.events import EventKind
from huiying.rules.matters import RatedSide, RatingScore
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, handling, named, settled

LOW = {RatedSide.OFFICE: RatingScore.SATISFIED, RatedSide.UNIT: RatingScore.DISSATISFIED}


def rated(cast: Cast, **changes: object) -> Petition:
    petition = settled(cast)
    actions.petition_rate(petition=petition, scores=LOW, words="没有解决。", at=MONDAY, **changes)  # type: ignore[arg-type]
    return petition


def afraid(cast: Cast) -> RetaliationReport:
    petition = handling(cast, named())
    return actions.retaliation_report(petition=petition, text="有人上门威胁。", at=MONDAY)


def test_an_outsider_and_the_unit_see_no_follow_up_and_close_none(cast: Cast) -> None:
    petition = rated(cast)
    follow_up = FollowUp.objects.get()
    for who in (cast.officer_works, cast.head_works):
        assert duties.follow_ups_of(who, petition) == ()
        assert list(waiting.follow_ups_open(who)) == []
        with pytest.raises(NotPermitted):
            actions.follow_up_close(follow_up=follow_up, words="x", by=who, at=MONDAY)
    with pytest.raises(NotThere):
        actions.follow_up_close(follow_up=follow_up, words="x", by=cast.outside_clerk, at=MONDAY)


def test_the_petition_office_closes_it_with_words_once(cast: Cast) -> None:
    petition = rated(cast)
    follow_up = waiting.follow_ups_open(cast.clerk)[0]
    with pytest.raises(Incomplete):
        actions.follow_up_close(follow_up=follow_up, words="", by=cast.clerk, at=MONDAY)
    actions.follow_up_close(follow_up=follow_up, words="已督促本周清淤。", by=cast.clerk, at=MONDAY + DAY)
    assert list(waiting.follow_ups_open(cast.clerk)) == []
    assert Rating.objects.get(petition=petition, side="unit").score == "dissatisfied", (
        "a rating stands as given"
    )
    with pytest.raises(IllegalMove):
        actions.follow_up_close(follow_up=follow_up, words="再次", by=cast.clerk, at=MONDAY)


def test_the_units_history_does_not_tell_how_it_was_rated(cast: Cast) -> None:
    petition = rated(cast)
    told = {step.kind for step in selectors.history_of(petition)}
    assert not any(kind.startswith("follow_up") for kind in told)


def test_a_second_rating_that_is_kept_from_the_unit_does_not_show_by_what_is_missing(cast: Cast) -> None:
    petition = rated(cast, shown_to_unit=True)

    def told() -> list[str]:
        steps = selectors.history_of(petition, inside=True, viewer=cast.head_works)
        return [step.kind for step in steps if step.kind == EventKind.PETITION_RATED]

    before = told()
    Petition.objects.filter(pk=petition.pk).update(round=2)
    petition.refresh_from_db()
    actions.petition_rate(petition=petition, scores=LOW, shown_to_unit=False, at=MONDAY + DAY)
    assert told() == before


def test_the_unit_reads_a_rating_only_where_the_person_agreed(cast: Cast) -> None:
    kept, shown = rated(cast), rated(cast, shown_to_unit=True)
    assert duties.ratings_of(cast.head_works, kept) == ()
    assert [rating.side for rating in duties.ratings_of(cast.head_works, shown)] == ["unit"]
    assert duties.ratings_of(cast.head_civil, shown) == ()
    assert len(duties.ratings_of(cast.clerk, kept)) == 2


def _ratings(cast: Cast, scores: dict[RatingScore, int]) -> None:
    petition = settled(cast)
    for score, count in scores.items():
        for _ in range(count):
            fresh = Petition.objects.get(pk=petition.pk)
            fresh.pk, fresh.reference = None, f"QX26-{Petition.objects.count():04}-TEST"
            fresh.vault_token = None
            fresh.save(force_insert=True)
            about = {"petition": fresh, "unit": cast.units["works"], "side": RatedSide.UNIT}
            Rating.objects.create(**about, score=score, rated_at=MONDAY)


@pytest.mark.parametrize(
    ("scores", "total", "shown"),
    [
        ((4, 0, 0), None, {"acceptable": 0}),
        ((6, 0, 0), 6, {"satisfied": 6, "acceptable": 0, "dissatisfied": 0}),
        ((8, 0, 1), None, {"satisfied": 8}),
        ((9, 5, 7), 21, {"satisfied": 9, "acceptable": 5, "dissatisfied": 7}),
    ],
)
def test_the_unit_sees_sums_of_five_or_more_and_none_smaller_by_subtraction(
    cast: Cast, scores: tuple[int, int, int], total: int | None, shown: dict[str, int]
) -> None:
    _ratings(cast, dict(zip(RatingScore, scores, strict=True)))
    sums = duties.ratings_of_unit(cast.head_works, cast.units["works"].pk, today=date(2026, 4, 1))[0]
    small = {count for count in (sums.total, *sums.by_score.values()) if count is not None and 0 < count < 5}
    assert small == set()
    if total is None:
        assert None in (sums.total, *sums.by_score.values())
    else:
        assert sums.total == total
    for score, count in shown.items():
        assert sums.by_score[RatingScore(score)] in {count, None}


def test_ratings_that_the_unit_reads_by_themselves_leave_no_small_rest(cast: Cast) -> None:
    _ratings(cast, {RatingScore.SATISFIED: 8, RatingScore.DISSATISFIED: 6})
    agreed = Rating.objects.filter(score=RatingScore.DISSATISFIED).order_by("id")[:5]
    Rating.objects.filter(pk__in=[rating.pk for rating in agreed]).update(shown_to_unit=True)
    sums = duties.ratings_of_unit(cast.head_works, cast.units["works"].pk, today=date(2026, 4, 1))[0]
    assert sums.by_score[RatingScore.DISSATISFIED] is None, "five are read by themselves: one would be left"
    assert None in (sums.total, sums.by_score[RatingScore.SATISFIED]), "nor by subtraction from the total"


def test_a_matter_that_was_rated_after_each_of_two_answers_counts_once(cast: Cast) -> None:
    _ratings(cast, {RatingScore.SATISFIED: 6})
    for rating in Rating.objects.all():
        about = {"petition": rating.petition, "unit": rating.unit, "side": rating.side, "round": 2}
        Rating.objects.create(**about, score=RatingScore.ACCEPTABLE, rated_at=MONDAY + DAY)
    sums = duties.ratings_of_unit(cast.head_works, cast.units["works"].pk, today=date(2026, 4, 1))[0]
    assert (sums.total, sums.by_score[RatingScore.SATISFIED]) == (6, 0), "the last word is the person's"
    assert sums.by_score[RatingScore.ACCEPTABLE] == 6


def test_a_quarter_that_still_runs_is_not_shown(cast: Cast) -> None:
    _ratings(cast, {RatingScore.SATISFIED: 9})
    sums = duties.ratings_of_unit(cast.head_works, cast.units["works"].pk, today=date(2026, 3, 31))
    assert [each.since for each in sums] == [
        date(2025, 10, 1),
        date(2025, 7, 1),
        date(2025, 4, 1),
        date(2025, 1, 1),
    ]
    assert {each.total for each in sums} == {0}
    with pytest.raises(NotPermitted):
        duties.ratings_of_unit(cast.head_works, cast.units["civil"].pk, today=date(2026, 4, 1))


def test_retaliation_is_there_for_supervision_and_for_nobody_below(cast: Cast) -> None:
    report = afraid(cast)
    for who in (cast.clerk, cast.officer_works, cast.head_works, cast.leader, cast.auditor):
        assert list(waiting.retaliations_waiting(who)) == []
        with pytest.raises((NotPermitted, NotThere)):
            actions.retaliation_answer(report=report, answer="x", by=who, at=MONDAY)
    with pytest.raises(NotThere):
        actions.retaliation_answer(report=report, answer="x", by=cast.outside_clerk, at=MONDAY)
    assert list(waiting.retaliations_waiting(cast.supervisor)) == [report]


def test_answered_the_person_is_told_in_neutral_words_and_the_unit_reads_nothing_of_it(cast: Cast) -> None:
    report = afraid(cast)
    before = [step.kind for step in selectors.history_of(report.petition)]
    with pytest.raises(Incomplete):
        actions.retaliation_answer(report=report, answer="", by=cast.supervisor, at=MONDAY)
    actions.retaliation_answer(
        report=report, answer="已与派出所联系。", by=cast.supervisor, at=MONDAY + timedelta(hours=1)
    )
    assert list(waiting.retaliations_waiting(cast.supervisor)) == []
    assert [step.kind for step in selectors.history_of(report.petition)] == before
    event = LedgerEvent.objects.get(kind="retaliation.answered")
    assert (event.subject_kind, event.facts) == ("retaliationreport", {})
    assert OutboxMessage.objects.latest("id").letter == "message_said"


def test_a_supervisor_who_is_also_of_the_unit_does_not_learn_of_it(cast: Cast) -> None:
    from huiying.registry.actions import grant_give
    from huiying.registry.officers import officer_for
    from huiying.rules.actors import SYSTEM
    from huiying.rules.permissions import Role

    report, staff = afraid(cast), cast.staff["head_works"]
    grant_give(staff=staff, unit=cast.units["petitions"], role=Role.SUPERVISOR, by=SYSTEM, at=MONDAY)
    both = officer_for(staff, at=MONDAY)
    assert list(waiting.retaliations_waiting(both)) == []
    with pytest.raises(NotThere):
        actions.retaliation_answer(report=report, answer="x", by=both, at=MONDAY)


def test_a_supervisor_of_the_unit_that_the_matter_is_about_does_not_learn_of_it(cast: Cast) -> None:
    from huiying.petitions.actions.classifying import Classing
    from huiying.registry.actions import grant_give
    from huiying.registry.officers import officer_for
    from huiying.rules.actors import SYSTEM
    from huiying.rules.permissions import Role

    report, staff = afraid(cast), cast.staff["head_civil"]
    grant_give(staff=staff, unit=cast.units["petitions"], role=Role.SUPERVISOR, by=SYSTEM, at=MONDAY)
    both = officer_for(staff, at=MONDAY)
    assert list(waiting.retaliations_waiting(both)) == [report]
    about = Classing(respondent_unit=cast.units["civil"])
    actions.petition_classify(petition=report.petition, classing=about, by=cast.clerk, at=MONDAY)
    assert list(waiting.retaliations_waiting(both)) == []
    assert waiting.retaliation_for(both, report.pk) is None
    with pytest.raises(NotThere):
        actions.retaliation_answer(report=report, answer="x", by=both, at=MONDAY)
    assert list(waiting.retaliations_waiting(cast.supervisor)) == [report]
