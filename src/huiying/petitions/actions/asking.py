"""Asking: the person, by message; another unit, by a question that stands alone. Neither stops a clock."""

import uuid
from datetime import date, datetime

from django.db import transaction

from huiying.petitions.gate import check_may, not_there
from huiying.petitions.holders import letter_to
from huiying.petitions.models import Assistance, Message, Petition
from huiying.petitions.voices import new_to
from huiying.petitions.words import clean
from huiying.records import ledger, outbox
from huiying.records.clock import official_date
from huiying.records.moves import change_state, overtaken
from huiying.registry.models import Unit
from huiying.registry.officers import Officer
from huiying.rules import deadlines
from huiying.rules.clocks import Clock
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import assistance as lifecycle
from huiying.rules.lifecycle.assistance import AssistanceState
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import MessageKind, Speaker
from huiying.rules.permissions import Action, Role
from huiying.rules.refusals import IllegalMove, Incomplete, Refusal
from huiying.rules.reply import MET_BY_REPLY
from huiying.rules.words import N_, said

MESSAGE_MAX = 2_000  # characters
# What left this body, or was taken back, is asked about no more.
ASKABLE = frozenset(
    {PetitionState.RECEIVED, PetitionState.REGISTERED, PetitionState.ACCEPTED, PetitionState.HANDLING}
)
TALKABLE = frozenset(PetitionState) - {PetitionState.WITHDRAWN}


@transaction.atomic
def person_ask(
    *, petition: Petition, text: str, said_key: uuid.UUID | None = None, by: Officer, at: datetime
) -> Message:
    """Ask the person for what is still needed (请您补充). The period in which the matter is answered runs on. POLICY."""
    return _say(petition, MessageKind.QUESTION, text, ASKABLE, said_key=said_key, by=by, at=at)


@transaction.atomic
def message_write(
    *, petition: Petition, text: str, said_key: uuid.UUID | None = None, by: Officer, at: datetime
) -> Message:
    """Write to the person, from the petition office or the handling unit. The same `said_key` says it once."""
    return _say(petition, MessageKind.MESSAGE, text, TALKABLE, said_key=said_key, by=by, at=at)


@transaction.atomic
def message_pass(*, message: Message, shielded_text: str, by: Officer, at: datetime) -> Message:
    """Pass a message of a confidential petition on to the unit, in words that tell nobody who it is. art. 30.

    By the petition office, once. Raises Incomplete without words, Overtaken where it was passed on already.
    """
    petition = message.petition
    check_may(by, Action.MESSAGE_PASS, petition)
    if petition.confidentiality != Confidentiality.CONFIDENTIAL or message.speaker == Speaker.UNIT:
        raise Refusal(N_("这条留言承办单位本来就看得到，不用转。"), rule="message.pass")
    text = _checked(shielded_text, "shielded_text", empty=N_("请写一份认不出是谁的文本，再转给承办单位。"))

    waiting = Message.objects.filter(pk=message.pk, passed_at=None)
    if not waiting.update(shielded_text=text, passed_at=at):  # not read yet: that is now the unit's to do
        raise overtaken()
    message.refresh_from_db()
    facts = {"message": message.pk}
    ledger.append(EventKind.MESSAGE_PASSED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return message


def messages_noted(*, petition: Petition, by: Officer, at: datetime) -> int:
    """Note that what the person said was read, where no answer is needed; how many were new to this side."""
    check_may(by, Action.MESSAGE_WRITE, petition)
    return int(petition.messages.filter(new_to(by, petition)).update(read_at=at))


@transaction.atomic
def assistance_ask(
    *, petition: Petition, unit: Unit | None, question: str, due_on: date | None, by: Officer, at: datetime
) -> Assistance:
    """Ask another unit (协办). It sees this question and the day, never the petition. Nothing is put off by it.

    Raises Incomplete at `unit`, `question` or `due_on`, which is today at the earliest and at the latest the day on
    which the answer to the person is due.
    """
    check_may(by, Action.ASSISTANCE_ASK, petition)
    _check_handled(petition)
    question = clean(question)
    fields = _wrong_unit(petition, unit) | _wrong_question(question) | _wrong_due(petition, due_on, at)
    if fields or unit is None or due_on is None:
        raise Incomplete(N_("协办请求还不完整。"), fields=fields, rule="assistance.ask")
    due = deadlines.named_due(Clock.ASSISTANCE, start=official_date(at), named_on=due_on)

    asked = Assistance.objects.create(
        petition=petition,
        unit=unit,
        question=question,
        due_on=due.due_on,
        asked_at=at,
        asked_by_id=by.staff_id,
    )
    facts = {"unit": unit.pk, "due_on": due.due_on.isoformat()}
    ledger.append(EventKind.ASSISTANCE_ASKED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return asked


@transaction.atomic
def assistance_answer(*, assistance: Assistance, answer: str, by: Officer, at: datetime) -> Assistance:
    """Answer another unit's question, by the unit that was asked; not by whoever is recused. Raises Incomplete at `answer`."""
    petition = assistance.petition
    if by.body_id != petition.body_id or petition.recusals.filter(staff=by.staff_id).exists():
        raise not_there()
    by.check(Action.ASSISTANCE_ANSWER, unit_id=assistance.unit_id)
    move = lifecycle.LIFECYCLE.check(AssistanceState(assistance.state), AssistanceState.ANSWERED)
    answer = _checked(answer, "answer", empty=N_("请写明答复。"))

    change_state(assistance, move, answer=answer, answered_at=at, answered_by_id=by.staff_id)
    facts = {"unit": assistance.unit_id, "in_time": official_date(at) <= assistance.due_on}
    ledger.append(
        EventKind.ASSISTANCE_ANSWERED, petition, by=by, at=at, body_id=petition.body_id, facts=facts
    )
    return assistance


def speaker_of(by: Officer, petition: Petition) -> Speaker:
    """For whom a member of staff speaks: a clerk for the petition office, the unit's people for the unit."""
    return Speaker.OFFICE if Role.CLERK in by.roles else Speaker.UNIT


def _say(
    petition: Petition,
    kind: MessageKind,
    text: str,
    states: frozenset[PetitionState],
    *,
    said_key: uuid.UUID | None,
    by: Officer,
    at: datetime,
) -> Message:
    check_may(by, Action.MESSAGE_WRITE, petition)
    held = Petition.objects.select_for_update().get(pk=petition.pk)  # two clicks come one after the other
    known = Message.objects.filter(petition=held, said_key=said_key).first() if said_key else None
    if known is not None:
        return known
    if held.state not in states:
        raise IllegalMove(
            N_("这件事现在不能再向信访人提问或者留言。"),
            rule="message.state",
            remedy=N_("请查看该事项现在的状态。"),
        )
    text = _checked(text, "text", empty=N_("请写下要对信访人说的话。"))
    message = held.messages.create(
        speaker=speaker_of(by, held),
        kind=kind,
        text=text,
        said_at=at,
        said_by_id=by.staff_id,
        said_key=said_key,
    )
    messages_noted(petition=held, by=by, at=at)  # whoever answers has read
    facts = {"speaker": message.speaker, "message": message.pk, "question": kind is MessageKind.QUESTION}
    ledger.append(EventKind.MESSAGE_SAID, held, by=by, at=at, body_id=held.body_id, facts=facts)
    outbox.put("message_said", held, to=letter_to(held), at=at, body_id=held.body_id)
    return message


def _checked(text: str, name: str, *, empty: str) -> str:
    text = clean(text)
    sentence = empty if not text else ""
    if len(text) > MESSAGE_MAX:
        sentence = N_("不超过 2000 字。")
    if sentence:
        raise Incomplete(N_("还没有送出。"), fields={name: sentence})
    return text


def _check_handled(petition: Petition) -> None:
    if petition.state != PetitionState.HANDLING:
        raise IllegalMove(
            N_("只有办理中的信访事项可以请其他单位协办。"),
            rule="petition.handling",
            remedy=N_("请查看该事项现在的状态。"),
        )


def _wrong_unit(petition: Petition, unit: Unit | None) -> dict[str, str]:
    if unit is None or unit.body_id != petition.body_id:
        return {"unit": N_("请选择本机构的单位。")}
    return {"unit": N_("这件事就由这个单位办理。")} if unit.pk == petition.handling_unit_id else {}


def _wrong_question(question: str) -> dict[str, str]:
    if not question:
        return {"question": N_("请写明要对方单位答复什么。")}
    return {"question": N_("不超过 2000 字。")} if len(question) > MESSAGE_MAX else {}


def _wrong_due(petition: Petition, due_on: date | None, at: datetime) -> dict[str, str]:
    if due_on is None:
        return {"due_on": N_("请填写希望答复的日期。")}
    if due_on < official_date(at):
        return {"due_on": N_("日期不能早于今天。")}
    latest = answer_due_on(petition)
    if latest is None or due_on <= max(latest, official_date(at)):
        return {}
    if latest < official_date(at):
        return {"due_on": N_("这件事的答复期限已经过了，请填今天。")}
    return {"due_on": said(N_("不能晚于这件事自己的答复期限：{day}。"), day=latest.isoformat())}


def answer_due_on(petition: Petition) -> date | None:
    """The day on which the person is owed the answer."""
    rows = petition.clocks.filter(
        clock=MET_BY_REPLY[PetitionKind(petition.kind)], round=petition.round, met_at=None, stopped_at=None
    )
    return rows.values_list("due_on", flat=True).first()
