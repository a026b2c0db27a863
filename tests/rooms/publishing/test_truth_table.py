"""Role × state × action of the publishing room, as one table a reader can audit."""

from collections.abc import Callable
from datetime import datetime

import pytest

from huiying.publishing import actions
from huiying.publishing.figures import Month
from huiying.publishing.models import CorrectionState, Notice
from huiying.publishing.reasons import ReturnReason, WithdrawReason
from huiying.registry.models import Post
from huiying.registry.officers import Officer
from huiying.rules.lifecycle import NoticeState
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, NotPermitted, NotThere, Refusal
from tests.cast import QINGXI_PEOPLE, Cast
from tests.rooms.publishing import scenes
from tests.rooms.publishing.scenes import later

S = NoticeState
# action → (states from which it works, who may). Everyone and every state left out is refused.
TABLE: dict[str, tuple[set[NoticeState], set[str]]] = {
    "notice_save": ({S.DRAFT}, {"press_officer"}),
    "notice_submit": ({S.DRAFT}, {"press_officer"}),
    "notice_approve": ({S.SUBMITTED}, {"leader", "deputy_leader", "head_works"}),
    "notice_return": ({S.SUBMITTED, S.APPROVED}, {"leader", "deputy_leader", "head_works"}),
    "notice_recall": ({S.APPROVED}, {"press_officer"}),
    "notice_publish": ({S.APPROVED}, {"press_officer"}),
    "notice_withdraw": ({S.PUBLISHED, S.CORRECTED}, {"press_officer"}),
    "correction_propose": ({S.PUBLISHED, S.CORRECTED}, {"press_officer"}),
}
# What depends on no notice's state, or on a correction's own.
APART = {
    "fact_record": {
        "duty_officer",
        "second_duty_officer",
        "press_officer",
        "head_works",
        "head_civil",
        "leader",
        "deputy_leader",
    },
    "notice_draft": {"press_officer"},
    "correction_approve": {"leader", "deputy_leader", "head_works"},
    "correction_return": {"leader", "deputy_leader", "head_works"},
    "figures_release": {"press_officer"},
    "press_conference_record": {"press_officer"},
}
PEOPLE = [*QINGXI_PEOPLE, "outside_leader", "outside_clerk", "outside_officer"]
SCENES: dict[NoticeState, Callable[[Cast], Notice]] = {
    S.DRAFT: scenes.drafted,
    S.SUBMITTED: scenes.submitted,
    S.APPROVED: scenes.approved,
    S.PUBLISHED: scenes.published,
    S.CORRECTED: scenes.corrected,
    S.WITHDRAWN: scenes.withdrawn,
}
AT: datetime = later(days=3)


def act(name: str, cast: Cast, notice: Notice, by: Officer) -> None:
    """One action on a notice, complete in everything but the right to do it."""
    text = scenes.a_text(*notice.current.facts.all()) if notice.current else scenes.a_text()
    extra: dict[str, dict[str, object]] = {
        "notice_save": {"text": text},
        "notice_return": {"reason": ReturnReason.UNCLEAR},
        "notice_withdraw": {"reason": WithdrawReason.OVER, "remark": "结束。"},
        "correction_propose": {"text": text, "reason": "读错了。"},
    }
    getattr(actions, name)(notice=notice, by=by, at=AT, **extra.get(name, {}))


def test_every_action_and_every_state_stands_in_the_table() -> None:
    assert {*TABLE, *APART} == set(actions.__all__)
    assert set(SCENES) == set(NoticeState)
    assert {part.role for part in QINGXI_PEOPLE.values()} == set(Role)


@pytest.mark.parametrize("state", list(NoticeState))
def test_only_the_named_people_act_and_only_from_the_named_states(cast: Cast, state: NoticeState) -> None:
    from django.db import transaction

    notice = SCENES[state](cast)
    for name, (states, people) in TABLE.items():
        for person in PEOPLE:
            lawful = state in states and person in people
            with transaction.atomic():
                mine = Notice.objects.get(pk=notice.pk)
                if lawful:
                    act(name, cast, mine, cast.officers[person])
                else:
                    with pytest.raises((NotPermitted, NotThere, IllegalMove)):
                        act(name, cast, mine, cast.officers[person])
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", sorted(APART))
def test_what_hangs_on_no_state_is_open_to_the_named_people_only(cast: Cast, name: str) -> None:
    from django.db import transaction

    notice = scenes.published(cast)
    conference = scenes.duty(scenes.running_incident(cast), 24)
    correction = actions.correction_propose(
        notice=notice,
        text=scenes.a_text(*notice.current.facts.all()),
        reason="错。",
        by=cast.press_officer,
        at=AT,
    )
    given: dict[str, dict[str, object]] = {
        "fact_record": {"text": "墙已拆。", "source": "现场", "established_at": later()},
        "notice_draft": {"text": scenes.a_text(), "issuer": cast.units["works"]},
        "correction_approve": {"correction": correction},
        "correction_return": {"correction": correction, "reason": ReturnReason.UNCLEAR},
        "figures_release": {"body": cast.qingxi, "month": Month(2025, 5)},
        "press_conference_record": {
            "due": conference,
            "held_at": later(hours=20),
            "place": "文化站",
            "speaker": Post.objects.filter(unit=cast.units["works"])[0],
        },
    }
    for person in PEOPLE:
        if name == "fact_record" and person.startswith("outside"):
            continue  # writes in the own body only: there is nothing of Qingxi to name
        with transaction.atomic():
            correction.refresh_from_db()
            assert correction.state == CorrectionState.PROPOSED
            if person in APART[name]:
                getattr(actions, name)(**given[name], by=cast.officers[person], at=AT)
            else:
                with pytest.raises(Refusal):
                    getattr(actions, name)(**given[name], by=cast.officers[person], at=AT)
            transaction.set_rollback(True)
