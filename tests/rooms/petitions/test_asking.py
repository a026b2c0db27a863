"""Asking the person and asking another unit: who may, who reads what, and that no clock stands still for it."""

import uuid
from datetime import timedelta

import pytest

from huiying.petitions import actions
from huiying.petitions.models import Assistance, Message, Petition
from huiying.petitions.voices import (
    assistance_for,
    assistances_for_unit,
    message_for,
    messages_for,
    messages_new,
)
from huiying.records.models import LedgerEvent, OutboxMessage
from huiying.registry.officers import Officer
from huiying.rules.clocks import Clock
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    confidential,
    filed,
    handling,
    named,
    replied,
    settled,
    withdrawn,
)

QUESTION = "请告诉我们水渠堵在哪一段。"
TODAY = MONDAY.date()


def ask(petition: Petition, by: Officer, **changes: object) -> Message:
    return actions.person_ask(petition=petition, text=QUESTION, by=by, at=MONDAY, **changes)  # type: ignore[arg-type]


def say(petition: Petition, text: str) -> Message:
    return actions.message_say(petition=petition, text=text, at=MONDAY)


def help_asked(cast: Cast, petition: Petition, **changes: object) -> Assistance:
    given = {"unit": cast.units["civil"], "question": "这一段水渠归谁管护？", "due_on": TODAY + 5 * DAY}
    return actions.assistance_ask(
        petition=petition,
        by=cast.officer_works,
        at=MONDAY,
        **{**given, **changes},  # type: ignore[arg-type]
    )


@pytest.mark.parametrize("who", ["officer_civil", "head_civil", "supervisor", "leader", "auditor"])
def test_only_the_petition_office_and_the_own_unit_speak_to_the_person(cast: Cast, who: str) -> None:
    petition = handling(cast)
    for act in (actions.person_ask, actions.message_write):
        with pytest.raises(NotPermitted):
            act(petition=petition, text=QUESTION, by=getattr(cast, who), at=MONDAY)
        with pytest.raises(NotThere):
            act(petition=petition, text=QUESTION, by=cast.outside_clerk, at=MONDAY)
    assert ask(petition, cast.officer_works).speaker == "unit"
    assert ask(petition, cast.clerk).speaker == "office"


def test_a_question_stops_no_clock_and_its_letter_says_nothing(cast: Cast) -> None:
    petition = handling(cast, named())
    before = petition.clocks.get(clock=Clock.HANDLE)
    ask(petition, cast.officer_works)
    after = petition.clocks.get(clock=Clock.HANDLE)
    assert (after.due_on, after.stopped_at) == (before.due_on, None)
    letter = OutboxMessage.objects.get(letter="message_said")
    assert letter.context == {}
    event = LedgerEvent.objects.get(kind="message.said")
    assert QUESTION not in str(event.facts)


def test_nobody_is_asked_any_more_once_it_is_answered_but_a_message_still_goes(cast: Cast) -> None:
    petition = replied(cast)
    with pytest.raises(IllegalMove):
        ask(petition, cast.officer_works)
    actions.message_write(petition=petition, text="答复已寄出。", by=cast.officer_works, at=MONDAY)
    with pytest.raises(IllegalMove):
        actions.message_write(petition=withdrawn(cast), text="您好", by=cast.clerk, at=MONDAY)


def test_the_same_press_asks_once(cast: Cast) -> None:
    petition, key = handling(cast), uuid.uuid4()
    assert ask(petition, cast.clerk, said_key=key).pk == ask(petition, cast.clerk, said_key=key).pk
    assert Message.objects.count() == 1


@pytest.mark.parametrize("text", ["", " \n", "长" * 2_001])
def test_an_empty_or_endless_question_is_refused_at_its_field(cast: Cast, text: str) -> None:
    with pytest.raises(Incomplete) as refused:
        actions.person_ask(petition=handling(cast), text=text, by=cast.clerk, at=MONDAY)
    assert set(refused.value.fields) == {"text"}


def test_of_a_confidential_matter_the_unit_reads_only_what_was_passed_on(cast: Cast) -> None:
    petition = handling(cast, confidential())
    told = say(petition, "我是柳巷七号的，堵在我家后院。")
    actions.message_write(petition=petition, text="柳巷的同志，收到了。", by=cast.clerk, at=MONDAY)
    ask(petition, cast.officer_works)
    assert [seen.text for seen in messages_for(cast.officer_works, petition)] == [QUESTION]
    assert len(messages_for(cast.clerk, petition)) == 3
    with pytest.raises(NotThere):
        message_for(cast.officer_works, petition, told.pk)

    actions.message_pass(message=told, shielded_text="堵在下游一段。", by=cast.clerk, at=MONDAY)
    seen = messages_for(cast.officer_works, petition)
    assert [message.text for message in seen] == ["堵在下游一段。", QUESTION]
    assert "柳巷" not in str(seen)


def test_a_message_is_passed_on_once_with_words_and_by_the_petition_office(cast: Cast) -> None:
    petition = handling(cast, confidential())
    told = say(petition, "我是柳巷七号的。")
    for nobody in (cast.officer_works, cast.head_works, cast.supervisor):
        with pytest.raises(NotPermitted):
            actions.message_pass(message=told, shielded_text="一段", by=nobody, at=MONDAY)
    with pytest.raises(Incomplete):
        actions.message_pass(message=told, shielded_text=" ", by=cast.clerk, at=MONDAY)
    actions.message_pass(message=told, shielded_text="一段", by=cast.clerk, at=MONDAY)
    with pytest.raises(Overtaken):
        actions.message_pass(message=told, shielded_text="二段", by=cast.second_clerk, at=MONDAY)


def test_under_a_name_nothing_needs_passing(cast: Cast) -> None:
    petition = handling(cast, named())
    told = say(petition, "堵在下游。")
    assert [seen.text for seen in messages_for(cast.officer_works, petition)] == ["堵在下游。"]
    with pytest.raises(Refusal):
        actions.message_pass(message=told, shielded_text="下游", by=cast.clerk, at=MONDAY)


def test_whoever_answers_or_says_so_has_read(cast: Cast) -> None:
    petition = handling(cast)
    told = say(petition, "还有一处也堵了。")
    assert actions.messages_noted(petition=petition, by=cast.officer_works, at=MONDAY + DAY) == 1
    assert actions.messages_noted(petition=petition, by=cast.clerk, at=MONDAY + 2 * DAY) == 0
    told.refresh_from_db()
    assert told.read_at == MONDAY + DAY
    again = say(petition, "第三处。")
    ask(petition, cast.clerk)
    again.refresh_from_db()
    assert again.read_at is not None


def test_a_unit_cannot_mark_as_read_what_it_may_not_read(cast: Cast) -> None:
    petition = handling(cast, confidential())
    say(petition, "我是柳巷七号的。")
    assert actions.messages_noted(petition=petition, by=cast.officer_works, at=MONDAY) == 0


def test_a_new_message_waits_for_the_side_that_has_to_read_it(cast: Cast) -> None:
    plain, kept = handling(cast), handling(cast, confidential())
    told, secret = say(plain, "还有一处。"), say(kept, "我是柳巷七号的。")
    assert [m.pk for m in messages_new(cast.officer_works)] == [told.pk]
    assert [m.pk for m in messages_new(cast.clerk)] == [secret.pk]
    assert messages_new(cast.officer_civil) == ()
    assert messages_new(cast.outside_clerk) == ()
    actions.message_pass(message=secret, shielded_text="下游一段。", by=cast.clerk, at=MONDAY)
    assert [m.pk for m in messages_new(cast.officer_works)] == [told.pk, secret.pk]
    assert messages_new(cast.clerk) == ()
    actions.messages_noted(petition=kept, by=cast.officer_works, at=MONDAY)
    assert [m.pk for m in messages_new(cast.officer_works)] == [told.pk]


def test_another_unit_sees_the_question_and_the_day_and_not_the_petition(cast: Cast) -> None:
    petition = handling(cast)
    asked = help_asked(cast, petition)
    (seen,) = assistances_for_unit(cast.officer_civil)
    assert (seen.assistance.question, seen.assistance.due_on) == (asked.question, TODAY + 5 * DAY)
    from huiying.petitions import gate

    with pytest.raises(NotThere):
        gate.petition_for(cast.officer_civil, petition.reference)
    assert assistances_for_unit(cast.officer_works) == ()
    assert assistances_for_unit(cast.clerk) == ()
    for outsider in (cast.officer_works, cast.clerk, cast.outside_officer):
        with pytest.raises(NotThere):
            assistance_for(outsider, asked.pk)


@pytest.mark.parametrize(("days", "taken"), [(-1, False), (0, True), (60, True), (61, False)])
def test_the_other_unit_answers_by_a_day_within_the_matters_own_period(
    cast: Cast, days: int, taken: bool
) -> None:
    petition = handling(cast)
    assert petition.clocks.get(clock=Clock.HANDLE).due_on == TODAY + timedelta(days=60)
    if taken:
        assert help_asked(cast, petition, due_on=TODAY + days * DAY).due_on == TODAY + days * DAY
        return
    with pytest.raises(Incomplete) as refused:
        help_asked(cast, petition, due_on=TODAY + days * DAY)
    assert set(refused.value.fields) == {"due_on"}


@pytest.mark.parametrize(
    ("field", "value"), [("unit", None), ("unit", "works"), ("question", " "), ("due_on", None)]
)
def test_a_request_that_lacks_a_part_is_refused_at_its_field(
    cast: Cast, field: str, value: str | None
) -> None:
    with pytest.raises(Incomplete) as refused:
        help_asked(cast, handling(cast), **{field: cast.units["works"] if value == "works" else value})
    assert set(refused.value.fields) == {field}


@pytest.mark.parametrize("who", ["officer_civil", "head_civil", "clerk", "supervisor"])
def test_only_the_handling_unit_asks_another(cast: Cast, who: str) -> None:
    with pytest.raises(NotPermitted):
        actions.assistance_ask(
            petition=handling(cast),
            unit=cast.units["civil"],
            question="归谁管？",
            due_on=TODAY,
            by=getattr(cast, who),
            at=MONDAY,
        )


def test_the_unit_that_was_asked_answers_once(cast: Cast) -> None:
    petition = handling(cast)
    asked = help_asked(cast, petition)
    stale = Assistance.objects.select_related("petition").get(pk=asked.pk)
    for nobody in (cast.officer_works, cast.clerk):
        with pytest.raises(NotPermitted):
            actions.assistance_answer(assistance=asked, answer="归村委会", by=nobody, at=MONDAY)
    with pytest.raises(NotThere):
        actions.assistance_answer(assistance=asked, answer="归村委会", by=cast.outside_officer, at=MONDAY)
    actions.assistance_answer(assistance=asked, answer="归村委会管护。", by=cast.officer_civil, at=MONDAY)
    with pytest.raises(Overtaken):
        actions.assistance_answer(assistance=stale, answer="不归我们", by=cast.head_civil, at=MONDAY)
    (seen,) = assistances_for_unit(cast.head_civil)
    assert (seen.waiting, seen.assistance.answer) == (False, "归村委会管护。")
    event = LedgerEvent.objects.get(kind="assistance.answered")
    assert event.facts == {"unit": cast.units["civil"].pk, "in_time": True}


def test_whoever_is_recused_reads_and_answers_no_question_about_the_matter(cast: Cast) -> None:
    from huiying.rules.matters import RecusalGround

    petition = handling(cast)
    asked = help_asked(cast, petition)
    actions.petition_recuse(
        petition=petition,
        staff=cast.staff["officer_civil"],
        ground=RecusalGround.COMPLAINED_OF,
        by=cast.clerk,
        at=MONDAY,
    )
    assert assistances_for_unit(cast.officer_civil) == ()
    with pytest.raises(NotThere):
        assistance_for(cast.officer_civil, asked.pk)
    with pytest.raises(NotThere):
        actions.assistance_answer(assistance=asked, answer="归村委会管护。", by=cast.officer_civil, at=MONDAY)
    assert [seen.assistance.pk for seen in assistances_for_unit(cast.head_civil)] == [asked.pk]


def test_nothing_is_asked_of_others_outside_handling(cast: Cast) -> None:
    for petition in (filed(cast).petition, settled(cast)):
        with pytest.raises((IllegalMove, NotPermitted)):
            help_asked(cast, petition)


def test_what_is_asked_between_units_is_not_in_the_persons_history(cast: Cast) -> None:
    from huiying.petitions import selectors

    petition = handling(cast)
    help_asked(cast, petition)
    assert "assistance.asked" not in [str(step.kind) for step in selectors.history_of(petition)]
    assert "assistance.asked" in [str(step.kind) for step in selectors.history_of(petition, inside=True)]
