"""What the person can do with the result: rate both sides; take the petition back, and take that back within 30 days."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.actions.clocks import stop_all
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import FollowUp, Petition, Rating
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry import calendars
from huiying.rules import deadlines
from huiying.rules.actors import SYSTEM
from huiying.rules.deadlines import Due
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.matters import RatedSide, RatingScore
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

RATING_WORDS_MAX = 1_000


def petition_rate(
    *,
    petition: Petition,
    scores: Mapping[RatedSide, RatingScore],
    words: str = "",
    shown_to_unit: bool = False,
    at: datetime,
) -> list[Rating]:
    """Rate the petition office and the unit, once each in a round, after its answer was read. 信访工作条例 art. 21.

    The unit reads its rating by itself only where the person agrees (`shown_to_unit`) and did not ask to be kept
    confidential; otherwise within sums of five or more. A low one opens a follow-up at the petition office, of which
    the unit sees nothing.
    """
    if petition.state != PetitionState.SETTLED:
        raise IllegalMove(N_("收到答复以后才能评价。"), rule="petition.rate", article="信访工作条例 art. 21")
    words = clean(words)
    _check_rating(scores, words)
    # What a confidential petitioner writes is in no copy: the unit would know the hand. art. 30.
    shown_to_unit = shown_to_unit and petition.confidentiality != Confidentiality.CONFIDENTIAL
    try:
        return _write_ratings(petition, scores, words, shown_to_unit, at)
    except IntegrityError:
        raise overtaken() from None


def _check_rating(scores: Mapping[RatedSide, RatingScore], words: str) -> None:
    fields = {str(side): N_("请选择一项。") for side in RatedSide if side not in scores}
    if len(words) > RATING_WORDS_MAX:
        fields["words"] = N_("意见不超过 1000 字。")
    if fields:
        raise Incomplete(N_("评价还不完整。"), fields=fields)


@transaction.atomic
def _write_ratings(
    petition: Petition, scores: Mapping[RatedSide, RatingScore], words: str, shown: bool, at: datetime
) -> list[Rating]:
    # The row is held: a reopening in between would else leave a rating of an answer that is still to come.
    now = Petition.objects.select_for_update().filter(pk=petition.pk, state=PetitionState.SETTLED)
    if not now.filter(round=petition.round).exists():
        raise overtaken()
    about = {"petition": petition, "round": petition.round, "unit_id": petition.handling_unit_id}
    ratings = [
        Rating.objects.create(**about, side=side, score=score, words=words, shown_to_unit=shown, rated_at=at)
        for side, score in scores.items()
    ]
    by, facts = holder_actor(petition), {"round": petition.round}
    ledger.append(EventKind.PETITION_RATED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    for side, score in scores.items():
        if score is RatingScore.DISSATISFIED:
            _open_follow_up(petition, side, at)
    return ratings


def _open_follow_up(petition: Petition, side: RatedSide, at: datetime) -> None:
    """Its event is about the follow-up: in the petition's history it would tell the unit how it was rated."""
    follow_up = FollowUp.objects.create(
        petition=petition, body_id=petition.body_id, round=petition.round, side=side, opened_at=at
    )
    ledger.append(EventKind.FOLLOW_UP_OPENED, follow_up, by=SYSTEM, at=at, body_id=petition.body_id)


@transaction.atomic
def petition_withdraw(*, petition: Petition, at: datetime) -> Petition:
    """Take the petition back: only its holder can, and its running duties end. Undone within 30 days."""
    move = lifecycle.LIFECYCLE.check(PetitionState(petition.state), PetitionState.WITHDRAWN)
    change_state(petition, move, withdrawn_at=at, withdrawn_from=petition.state)
    stop_all(petition, at=at)
    ledger.append(
        EventKind.PETITION_WITHDRAWN, petition, by=holder_actor(petition), at=at, body_id=petition.body_id
    )
    return petition


def resume_due(petition: Petition) -> Due | None:
    """Until when a withdrawal can be taken back; None where nothing was withdrawn. POLICY: 30 days, lenient."""
    if petition.state != PetitionState.WITHDRAWN or petition.withdrawn_at is None:
        return None
    withdrawn_on = official_date(petition.withdrawn_at)
    years = range(withdrawn_on.year, withdrawn_on.year + 2)
    calendar = calendars.calendar_for(petition.body_id, years=years)
    return deadlines.resume_window(withdrawn_on=withdrawn_on, calendar=calendar)


@transaction.atomic
def petition_resume(*, petition: Petition, at: datetime) -> Petition:
    """Take a withdrawal back: the matter stands again where it stood. By its holder, within 30 days.

    The clocks that the withdrawal stopped run again to the same days: no time is bought by it. What had stopped before
    stays stopped.
    """
    _check_resumable(petition, at)
    stood = PetitionState(petition.withdrawn_from)
    move = lifecycle.LIFECYCLE.check(PetitionState.WITHDRAWN, stood, action="petition_resume")
    stopped_at = petition.withdrawn_at

    change_state(petition, move, withdrawn_at=None, withdrawn_from="")
    petition.clocks.filter(stopped_at=stopped_at, met_at=None).update(stopped_at=None)
    ledger.append(
        EventKind.PETITION_RESUMED, petition, by=holder_actor(petition), at=at, body_id=petition.body_id
    )
    return petition


def _check_resumable(petition: Petition, at: datetime) -> None:
    window = resume_due(petition)
    if window is None or not petition.withdrawn_from:
        raise IllegalMove(
            N_("这件事没有撤回，或者不能恢复。"), rule="petition.resume", remedy=N_("可以重新提出。")
        )
    if window.is_past(at):
        raise IllegalMove(
            N_("撤回已经超过 30 天，不能恢复。"), rule="petition.resume", remedy=N_("可以重新提出。")
        )
