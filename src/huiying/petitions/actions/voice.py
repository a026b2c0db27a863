"""What the person says and does on their own page, by the code alone: nobody else can do it in their place."""

import uuid
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from huiying.petitions import codes
from huiying.petitions.findable import reindex
from huiying.petitions.holders import holder_actor
from huiying.petitions.models import Message, Petition, RetaliationReport, Submission
from huiying.petitions.renewal import mark_of, renewed_code
from huiying.petitions.words import clean
from huiying.records import ledger
from huiying.records.clock import official_date
from huiying.records.moves import overtaken
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.calendar import ONE_DAY, end_of_day
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionState
from huiying.rules.matters import MessageKind, Speaker
from huiying.rules.refusals import IllegalMove, Incomplete
from huiying.rules.words import N_, said

MESSAGE_MAX = 2_000  # characters
MESSAGES_A_DAY = 50  # of one petition, from the person
CORRECTION_MAX = 5_000
RETALIATION_MAX = 5_000
RETALIATION_A_DAY = 10
# What left this body, or was taken back, has nothing here that a correction could still change.
CORRECTABLE = frozenset(
    {
        PetitionState.RECEIVED,
        PetitionState.REGISTERED,
        PetitionState.ACCEPTED,
        PetitionState.HANDLING,
        PetitionState.REPLIED,
        PetitionState.SETTLED,
    }
)
ANSWERED = frozenset({PetitionState.REPLIED, PetitionState.SETTLED})


@transaction.atomic
def message_say(*, petition: Petition, text: str, said_key: uuid.UUID | None = None, at: datetime) -> Message:
    """Say something to those who handle the matter, or answer their question; by its holder. 信访工作条例 art. 21.

    The same `said_key` says it once. Raises Incomplete for nothing, too much, or the fifty-first of a day.
    """
    held = _held(petition)
    known = _said_before(held, said_key)
    if known is not None:
        return known
    if held.state == PetitionState.WITHDRAWN:
        raise IllegalMove(
            N_("您已经撤回这件事，留言没有人处理。"),
            rule="message.say",
            remedy=N_("想继续的话，请先恢复办理；过了 30 天的，请重新提出。"),
        )
    text = _checked(text, MESSAGE_MAX, empty=N_("请写下要说的话。"))
    _check_today(held.messages.filter(speaker=Speaker.PERSON), MESSAGES_A_DAY, at)

    message = _message(held, MessageKind.MESSAGE, text, said_key, at)
    ledger.append(
        EventKind.MESSAGE_SAID, held, by=holder_actor(held), at=at, body_id=held.body_id, facts=_told(message)
    )
    return message


def messages_read(*, petition: Petition, at: datetime) -> int:
    """Note that the person has seen what was said to them; how many were new."""
    unread = petition.messages.filter(read_at=None).exclude(speaker=Speaker.PERSON)
    return int(unread.update(read_at=at))


@transaction.atomic
def petition_correct(
    *, petition: Petition, text: str, said_key: uuid.UUID | None = None, at: datetime
) -> Submission:
    """Put a correction beside what was said; nothing is overwritten. By its holder. 个人信息保护法 art. 46.

    Of a confidential petition the shielded copy has then to be looked at again before it goes any further; until
    then the unit keeps the copy it has. After the answer it is news, on which the petition office may open the
    matter again (art. 36).
    """
    held = _held(petition)
    if _said_before(held, said_key) is not None:
        return held.submissions.latest("id")
    if held.state not in CORRECTABLE:
        raise IllegalMove(
            N_("这件事已经不在这里办理，不能再更正。"),
            rule="petition.correct",
            remedy=N_("请留言说明，或者重新提出。"),
        )
    text = _checked(text, CORRECTION_MAX, empty=N_("请写明哪里不对，应当是怎样的。"))
    _check_today(held.messages.filter(speaker=Speaker.PERSON), MESSAGES_A_DAY, at)

    added = held.submissions.create(channel=Channel.ONLINE, text=text, said_at=at)
    _message(held, MessageKind.CORRECTION, text, said_key, at)
    _shield_anew(held)
    facts = {"answered": held.state in ANSWERED}
    ledger.append(
        EventKind.PETITION_CORRECTED, held, by=holder_actor(held), at=at, body_id=held.body_id, facts=facts
    )
    return added


@transaction.atomic
def code_renew(*, petition: Petition, mark: str, renew_key: uuid.UUID, at: datetime) -> str:
    """A new secret code, returned this once; the old one is dead at once, in every browser that used it.

    `mark` is of the code with which this browser opened the page. The same press, arriving twice, gives the same code.
    Raises Overtaken where another code was made meanwhile.
    """
    held = _held(petition)
    code = renewed_code(held.pk, mark, renew_key)
    if codes.matches(code, bytes(held.code_hash)):
        return code
    if mark_of(bytes(held.code_hash)) != mark:
        raise overtaken()
    petition.code_hash = codes.code_hash(code)
    Petition.objects.filter(pk=held.pk).update(code_hash=petition.code_hash)
    ledger.append(EventKind.CODE_RENEWED, held, by=holder_actor(held), at=at, body_id=held.body_id)
    return code


@transaction.atomic
def retaliation_report(*, petition: Petition, text: str, at: datetime) -> RetaliationReport:
    """Tell supervision of retaliation, feared or suffered; unit and clerks never learn of it. 信访工作条例 art. 18, 46.

    Its ledger event is about the report, so that it stands in no history of the petition, and names no petition.
    """
    held = _held(petition)
    text = _checked(text, RETALIATION_MAX, empty=N_("请写明发生了什么，或者担心什么。"))
    known = held.retaliation_reports.filter(text=text, answered_at=None).first()
    if known is not None:  # a second click
        return known
    _check_today(held.retaliation_reports.all(), RETALIATION_A_DAY, at)

    report = RetaliationReport.objects.create(petition=held, body_id=held.body_id, text=text, said_at=at)
    by = ActorRef(ActorKind.PETITIONER)
    ledger.append(EventKind.RETALIATION_REPORTED, report, by=by, at=at, body_id=held.body_id)
    return report


def _held(petition: Petition) -> Petition:
    """The petition's own row, held: two clicks at once come one after the other."""
    return Petition.objects.select_for_update().get(pk=petition.pk)


def _said_before(petition: Petition, said_key: uuid.UUID | None) -> Message | None:
    if said_key is None:
        return None
    known = Message.objects.filter(said_key=said_key).first()
    if known is not None and known.petition_id != petition.pk:
        raise overtaken()
    return known


def _checked(text: str, most: int, *, empty: str) -> str:
    text = clean(text)
    sentence = ""
    if not text:
        sentence = empty
    elif len(text) > most:
        sentence = said(N_("不超过 {most} 字，现在有 {count} 字。可以分几次写。"), most=most, count=len(text))
    if sentence:
        raise Incomplete(N_("还没有送出。"), fields={"text": sentence})
    return text


def _check_today(rows: QuerySet[Any], most: int, at: datetime) -> None:
    since = end_of_day(official_date(at) - ONE_DAY)
    if rows.filter(said_at__gte=since).count() >= most:
        sentence = said(N_("今天已经写了 {most} 条。请明天再写；急事请打电话或到窗口。"), most=most)
        raise Incomplete(N_("还没有送出。"), fields={"text": sentence})


def _message(
    petition: Petition, kind: MessageKind, text: str, said_key: uuid.UUID | None, at: datetime
) -> Message:
    return Message.objects.create(
        petition=petition, speaker=Speaker.PERSON, kind=kind, text=text, said_key=said_key, said_at=at
    )


def _told(message: Message) -> dict[str, object]:
    return {"speaker": Speaker.PERSON, "message": message.pk}


def _shield_anew(petition: Petition) -> None:
    """A confidential correction is not in the copy yet; every other one can be found by its words."""
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        reindex(petition)
    elif petition.state not in ANSWERED:
        Petition.objects.filter(pk=petition.pk).update(shielded_at=None)
