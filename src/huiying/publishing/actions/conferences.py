"""A press conference: held first, recorded then; it meets the one duty that no notice can meet."""

from datetime import datetime

from django.db import transaction

from huiying.emergency.actions import information_due_satisfy
from huiying.emergency.models import InformationDue
from huiying.emergency.texts import check_short_enough, cleaned
from huiying.publishing.models import Notice, PressConference
from huiying.records import ledger
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Action
from huiying.rules.publication import DutyKind, kind_of
from huiying.rules.refusals import Incomplete, NotThere, Refusal
from huiying.rules.words import N_

ARTICLE = "国办发〔2016〕61号"
PLACE_LENGTH = 200


@transaction.atomic
def press_conference_record(
    *,
    due: InformationDue,
    held_at: datetime,
    place: str,
    speaker: Post,
    notice: Notice | None = None,
    by: Officer,
    at: datetime,
) -> PressConference:
    """Record a press conference that was held, and meet its duty at `at`: the server's time decides on lateness.

    `held_at` is the stated time and stands beside it. `notice` is what was published with it, if anything.
    Raises Incomplete, Overtaken when it is recorded already, NotThere for what is another body's. 国办发〔2016〕61号.
    """
    by.check(Action.NOTICE_PUBLISH)
    _check_own(due, speaker, notice, by)
    _check_is_conference(due)
    place = cleaned(place)
    check_short_enough({"place": place}, {"place": PLACE_LENGTH}, rule="publishing.conference")
    _check_filled(due, place, held_at, at)
    publication = notice.reference if notice else ""
    information_due_satisfy(
        due=due, publication_ref=publication, by=by, at=at
    )  # raises where it is met already
    conference = PressConference.objects.create(
        body_id=by.body_id,
        due=due,
        held_at=held_at,
        place=place,
        speaker=speaker,
        notice=notice,
        recorded_by_id=by.staff_id,
        recorded_at=at,
    )
    facts = {"due": due.pk, "held": held_at.isoformat(), "speaker": speaker.pk, "notice": publication}
    ledger.append(EventKind.CONFERENCE_RECORDED, conference, by=by, at=at, body_id=by.body_id, facts=facts)
    return conference


def _check_own(due: InformationDue, speaker: Post, notice: Notice | None, by: Officer) -> None:
    """Another body's duty, post or notice is not there; nor is a notice that nobody can read yet."""
    bodies = {due.incident.body_id, speaker.unit.body_id, notice.body_id if notice else by.body_id}
    is_out = notice is None or notice.state in {NoticeState.PUBLISHED, NoticeState.CORRECTED}
    if bodies != {by.body_id} or not is_out:
        raise NotThere(N_("没有找到要记录的内容。"), remedy=N_("请从列表中选择。"))


def _check_is_conference(due: InformationDue) -> None:
    if kind_of(due.code) is not DutyKind.PRESS_CONFERENCE:
        raise Refusal(
            N_("这项义务由发布信息来履行，不是新闻发布会。"),
            rule="publishing.conference",
            article=ARTICLE,
            remedy=N_("请起草并发布一条信息。"),
        )


def _check_filled(due: InformationDue, place: str, held_at: datetime, at: datetime) -> None:
    wrong = {}
    if not place:
        wrong["place"] = N_("请填写举行的地点。")
    if held_at > at:
        wrong["held_at"] = N_("举行以后才能记录，请填写已经过去的时间。")
    elif held_at < due.incident.happened_at:
        wrong["held_at"] = N_("早于事件发生的时间，请核对。")
    if wrong:
        raise Incomplete(
            N_("还不能记录新闻发布会。"), fields=wrong, rule="publishing.conference", article=ARTICLE
        )
