"""Everything one petition's page shows to its holder, gathered for the template."""

from datetime import datetime
from typing import Any

from huiying.petitions import selectors
from huiying.petitions.models import Petition, Reply
from huiying.records import vault
from huiying.records.clock import official_date
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import LIFECYCLE, PetitionKind, PetitionState
from huiying.rules.matters import RatedSide, RatingScore, ServedHow
from huiying.web.portal.following import words
from huiying.web.portal.following.journey import journey_of
from huiying.web.portal.following.papers_shown import papers_part
from huiying.web.portal.following.promises import chips_of, longest_of, overdue_of, rule_of, steps_of
from huiying.web.shared.articles import article_words

ENDED_UNDER = "信访工作条例 art. 23"  # a decline or referral says why, and who is competent


def seen_by_holder(petition: Petition, *, at: datetime) -> dict[str, Any]:
    """The page's context at this moment. It holds this petition and nothing of any other."""
    today = official_date(at)
    clocks = selectors.clocks_of(petition, today=today)
    state = PetitionState(petition.state)
    openings = vault.openings_about(petition.vault_token) if petition.vault_token else []
    ratings = list(petition.ratings.order_by("side"))
    return {
        "petition": petition,
        "body": petition.body,
        "state": state,
        "kind": PetitionKind(petition.kind),
        "ended_under": article_words(ENDED_UNDER),
        "today": today,
        "journey": journey_of(petition, clocks),
        "chips": chips_of(petition, clocks),
        "overdue": overdue_of(petition, clocks),
        "longest": longest_of(petition) if petition.accepted_at is None else None,
        "told": list(petition.submissions.order_by("id").values_list("text", flat=True)),
        "claims": list(petition.claims.all()),
        "answer": answer_of(petition) if state == PetitionState.SETTLED else None,
        "window": _window(clocks, today),
        "waiting_to_be_read": state == PetitionState.REPLIED,
        "may_rate": state == PetitionState.SETTLED and not ratings,
        "ratings": [(RatedSide(r.side), RatingScore(r.score), r.words) for r in ratings],
        "may_withdraw": LIFECYCLE.can(state, PetitionState.WITHDRAWN),
        "history": words.told(selectors.history_of(petition)),
        "has_identity": petition.vault_token is not None,
        "looks": words.looked(openings),
        "letters": words.delivered(openings),
        **papers_part(petition),
    }


def answer_of(petition: Petition) -> dict[str, Any]:
    """The written opinion claim by claim, and how it reached the person."""
    reply = Reply.objects.select_related("unit").filter(petition=petition).latest("number")
    claims = [
        {"claim": claim, "outcome": ClaimOutcome(claim.outcome)}
        for claim in petition.claims.exclude(outcome="")
    ]
    served = ServedHow(reply.served_how) if reply.served_how else ""
    return {"reply": reply, "claims": claims, "served": served}


def _window(clocks: tuple[selectors.ClockSeen, ...], today: Any) -> dict[str, Any] | None:
    """The person's own 30 days for asking for a review, with how they were counted. 信访工作条例 art. 35."""
    found = next((clock for clock in clocks if clock.row.clock == Clock.REQUEST_REVIEW), None)
    if found is None:
        return None
    return {
        "due": found.row.due_on,
        "open": found.row.due_on >= today,
        "provisional": found.row.provisional,
        "rule": rule_of(found.due),
        "steps": steps_of(found.due),
    }
