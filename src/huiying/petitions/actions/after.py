"""What the person can do with the result: rate both sides; and take the petition back."""

from collections.abc import Mapping
from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.actions.clocks import stop_all
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Petition, Rating
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.moves import change_state, overtaken
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.matters import RatedSide, RatingScore
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_

RATING_WORDS_MAX = 1_000


def petition_rate(
    *, petition: Petition, scores: Mapping[RatedSide, RatingScore], words: str = "", at: datetime
) -> list[Rating]:
    """Rate the petition office and the unit, once each, after the answer was read. 信访工作条例 art. 21."""
    if petition.state != PetitionState.SETTLED:
        raise IllegalMove(N_("收到答复以后才能评价。"), rule="petition.rate", article="信访工作条例 art. 21")
    words = clean(words)
    _check_rating(scores, words)
    try:
        return _write_ratings(petition, scores, words, at)
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
    petition: Petition, scores: Mapping[RatedSide, RatingScore], words: str, at: datetime
) -> list[Rating]:
    ratings = [
        Rating.objects.create(petition=petition, side=side, score=score, words=words, rated_at=at)
        for side, score in scores.items()
    ]
    ledger.append(
        EventKind.PETITION_RATED, petition, by=holder_actor(petition), at=at, body_id=petition.body_id
    )
    return ratings


@transaction.atomic
def petition_withdraw(*, petition: Petition, at: datetime) -> Petition:
    """Take the petition back: only its holder can, and its running duties end."""
    move = lifecycle.LIFECYCLE.check(PetitionState(petition.state), PetitionState.WITHDRAWN)
    change_state(petition, move, withdrawn_at=at)
    stop_all(petition, at=at)
    ledger.append(
        EventKind.PETITION_WITHDRAWN, petition, by=holder_actor(petition), at=at, body_id=petition.body_id
    )
    return petition
