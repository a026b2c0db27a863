"""Two at once on two connections, beside the answer: one wins, the other is told, the ledger says it once."""

from functools import partial

import pytest

from huiying.petitions import actions
from huiying.petitions.models import Execution, Extension, Objection, Petition, Recusal
from huiying.rules.clocks import Clock
from huiying.rules.matters import RecusalGround
from huiying.rules.refusals import IllegalMove, Overtaken, Refusal
from tests.cast import Cast
from tests.races import at_once
from tests.rooms.petitions.matters import MONDAY, answer_all, handling, replied
from tests.rooms.petitions.test_races import events, town

__all__ = ["town"]
pytestmark = pytest.mark.django_db(transaction=True)


def again(petition: Petition) -> Petition:
    return Petition.objects.get(pk=petition.pk)


def test_two_who_ask_for_more_time_at_once_ask_once(town: Cast) -> None:
    petition = handling(town)
    lost = at_once(
        *(
            partial(actions.extension_ask, petition=again(petition), days=5, reason="复杂", by=by, at=MONDAY)
            for by in (town.officer_works, town.head_works)
        )
    )
    assert len(lost) == 1
    assert Extension.objects.count() == events("extension.asked") == 1


def test_approving_and_refusing_at_once_only_one_counts(town: Cast) -> None:
    petition = handling(town)
    extension = actions.extension_ask(
        petition=petition, days=5, reason="复杂", by=town.officer_works, at=MONDAY
    )
    one, other = Extension.objects.get(pk=extension.pk), Extension.objects.get(pk=extension.pk)
    lost = at_once(
        partial(actions.extension_approve, extension=one, by=town.head_works, at=MONDAY),
        partial(actions.extension_refuse, extension=other, words="不必", by=town.head_works, at=MONDAY),
    )
    assert [type(refusal) for refusal in lost] == [Overtaken]
    row = petition.clocks.get(clock=Clock.HANDLE)
    extension.refresh_from_db()
    assert (row.extended_days == 5) == (extension.state == "approved")
    assert events("extension.approved") + events("extension.refused") == 1


def test_an_objection_and_the_answer_at_once_do_not_both_leave(town: Cast) -> None:
    petition = handling(town)
    answer_all(town, petition)
    lost = at_once(
        partial(
            actions.objection_raise,
            petition=again(petition),
            reason="不属",
            by=town.officer_works,
            at=MONDAY,
        ),
        partial(actions.reply_send, petition=again(petition), by=town.head_works, at=MONDAY),
    )
    assert len(lost) == 1
    assert isinstance(lost[0], Refusal)
    assert events("objection.raised") + events("reply.sent") == 1
    assert Objection.objects.count() == events("objection.raised")


def test_two_who_decide_an_objection_at_once_decide_once(town: Cast) -> None:
    petition = handling(town)
    objection = actions.objection_raise(petition=petition, reason="不属", by=town.officer_works, at=MONDAY)
    readings = [Objection.objects.get(pk=objection.pk) for _ in range(2)]
    lost = at_once(
        partial(actions.objection_agree, objection=readings[0], by=town.clerk, at=MONDAY),
        partial(actions.objection_refuse, objection=readings[1], words="属", by=town.second_clerk, at=MONDAY),
    )
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert events("objection.agreed") + events("objection.refused") == 1


def test_verifying_and_returning_at_once_only_one_counts(town: Cast) -> None:
    execution = replied(town).executions.first()
    assert execution is not None
    actions.execution_report(execution=execution, report="已做", by=town.officer_works, at=MONDAY)
    readings = [Execution.objects.get(pk=execution.pk) for _ in range(2)]
    lost = at_once(
        partial(actions.execution_verify, execution=readings[0], by=town.clerk, at=MONDAY),
        partial(
            actions.execution_return, execution=readings[1], verdict="没做", by=town.supervisor, at=MONDAY
        ),
    )
    assert [type(refusal) for refusal in lost] == [Overtaken]
    assert events("execution.verified") + events("execution.returned") == 1


def test_two_who_recuse_the_same_person_at_once_do_it_once(town: Cast) -> None:
    petition = handling(town)
    lost = at_once(
        *(
            partial(
                actions.petition_recuse,
                petition=again(petition),
                staff=town.staff["officer_works"],
                ground=RecusalGround.INTEREST,
                by=by,
                at=MONDAY,
            )
            for by in (town.clerk, town.second_clerk)
        )
    )
    assert len(lost) == 1
    assert isinstance(lost[0], Overtaken | IllegalMove)
    assert Recusal.objects.count() == events("petition.recused") == 1
