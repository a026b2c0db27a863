"""Everything one petition's page shows to its holder, gathered for the template."""

import uuid
from datetime import date, datetime
from itertools import groupby
from typing import Any

from huiying.petitions import selectors
from huiying.petitions.actions.after import resume_due
from huiying.petitions.actions.voice import CORRECTABLE, MESSAGE_MAX
from huiying.petitions.models import Petition, Rating, SpamMark
from huiying.petitions.selectors import ClockSeen
from huiying.records import vault
from huiying.records.clock import official_date
from huiying.rules.clocks import Clock
from huiying.rules.lifecycle.extension import ExtensionState
from huiying.rules.lifecycle.petition import LIFECYCLE, PetitionKind, PetitionState
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.matters import RatedSide, RatingScore
from huiying.web.portal.following import talk, words
from huiying.web.portal.following.answers import answers_of, open_duties
from huiying.web.portal.following.journey import journey_of
from huiying.web.portal.following.papers_shown import papers_part
from huiying.web.portal.following.promises import chips_of, longest_of, overdue_of, rule_of, steps_of
from huiying.web.portal.following.standing import contact_of, stand_of
from huiying.web.shared.articles import article_words

ENDED_UNDER = "信访工作条例 art. 23"  # a decline or referral says why, and who is competent
LATEST_REPORTS = 5


def seen_by_holder(
    petition: Petition, *, at: datetime, before: int | None = None, saying: str = "", fault: str = ""
) -> dict[str, Any]:
    """The page's context at this moment. It holds this petition and nothing of any other.

    `before` pages back through the messages; `saying` is a message that was refused, with its `fault`.
    """
    today = official_date(at)
    clocks = selectors.clocks_of(petition, today=today)
    return {
        "petition": petition,
        "body": petition.body,
        "state": PetitionState(petition.state),
        "kind": PetitionKind(petition.kind),
        "today": today,
        **_standing(petition, clocks, at),
        **_answered(petition, clocks, today),
        **_said(petition, before),
        **_looked_at(petition),
        **papers_part(petition),
        "saying": saying,
        "fault": fault,
        "say_key": uuid.uuid4(),
        "most": MESSAGE_MAX,
        "reports": list(petition.retaliation_reports.order_by("-id")[:LATEST_REPORTS]),
    }


def _standing(petition: Petition, clocks: tuple[ClockSeen, ...], at: datetime) -> dict[str, Any]:
    """Where it stands, what comes next and by when, and what the person can do about its course."""
    state = PetitionState(petition.state)
    window = resume_due(petition)
    extensions = petition.extensions.filter(state=ExtensionState.APPROVED).order_by("-round")
    return {
        "stand": stand_of(petition),
        "contact": contact_of(petition),
        "ended_under": article_words(ENDED_UNDER),
        "journey": journey_of(petition, clocks),
        "chips": chips_of(petition, clocks),
        "overdue": overdue_of(petition, clocks),
        "longest": longest_of(petition) if petition.accepted_at is None else None,
        "extensions": list(extensions),
        "doubt": _doubt(petition),
        "may_withdraw": LIFECYCLE.can(state, PetitionState.WITHDRAWN),
        "resume": window if window and petition.withdrawn_from and not window.is_past(at) else None,
    }


def _answered(petition: Petition, clocks: tuple[ClockSeen, ...], today: date) -> dict[str, Any]:
    """The answers, what they promised, and what the person thinks of them."""
    state = PetitionState(petition.state)
    answers = answers_of(petition, today=today)
    ratings = list(petition.ratings.order_by("-round", "side"))
    rated_now = any(rating.round == petition.round for rating in ratings)
    return {
        "answers": answers,
        "duties": open_duties(answers),
        "window": _window(petition, clocks, today),
        "waiting_to_be_read": state == PetitionState.REPLIED,
        "may_rate": state == PetitionState.SETTLED and not rated_now,
        "ratings": [_rated(number, list(rows)) for number, rows in groupby(ratings, key=lambda r: r.round)],
    }


def _rated(number: int, rows: list[Rating]) -> dict[str, Any]:
    """What the person thinks of one round's answer; both sides carry the same words and the same consent."""
    return {
        "round": number,
        "scores": [(RatedSide(row.side), RatingScore(row.score)) for row in rows],
        "words": rows[0].words,
        "shown": any(row.shown_to_unit for row in rows),
    }


def _said(petition: Petition, before: int | None) -> dict[str, Any]:
    """What the person told, and what was said since on both sides."""
    messages, older = talk.messages_of(petition, before=before)
    told = list(petition.submissions.order_by("id"))
    return {
        "told": told[0].text if told else "",
        "corrections": told[1:],
        "claims": list(petition.claims.all()),
        "may_correct": petition.state in CORRECTABLE,
        "messages_shown": talk.told(petition, messages),
        "older": older,
        "asked": talk.asked(messages) if before is None else None,
    }


def _looked_at(petition: Petition) -> dict[str, Any]:
    """What happened, and who opened the identity."""
    openings = vault.openings_about(petition.vault_token) if petition.vault_token else []
    return {
        "history": words.told(selectors.history_of(petition)),
        "has_identity": petition.vault_token is not None,
        "looks": words.looked(openings),
        "letters": words.delivered(openings),
    }


def _doubt(petition: Petition) -> dict[str, Any] | None:
    """That it was taken for no petition, why, and whether an objection waits."""
    mark = SpamMark.objects.filter(petition=petition).first()
    if mark is None or mark.state not in (SpamState.CONFIRMED, SpamState.APPEALED):
        return None
    return {"reason": mark.reason, "appealed": mark.state == SpamState.APPEALED, "on": mark.confirmed_at}


def _window(petition: Petition, clocks: tuple[ClockSeen, ...], today: date) -> dict[str, Any] | None:
    """The person's own 30 days for asking for a review of a request, with how they were counted. 信访工作条例 art. 35."""
    own = [clock for clock in clocks if clock.row.clock == Clock.REQUEST_REVIEW]
    if not own or petition.kind != PetitionKind.REQUEST or petition.state != PetitionState.SETTLED:
        return None
    found = max(own, key=lambda clock: clock.row.round)
    return {
        "due": found.row.due_on,
        "open": found.row.due_on >= today,
        "provisional": found.row.provisional,
        "rule": rule_of(found.due),
        "steps": steps_of(found.due),
    }
