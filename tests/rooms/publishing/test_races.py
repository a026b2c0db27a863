"""Two people at once: one wins, one ledger entry."""

from threading import Barrier, Thread

import pytest
from django.db import connection

from huiying.publishing import actions
from huiying.publishing.models import Correction, CorrectionState, Notice
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.refusals import IllegalMove, Overtaken, Refusal
from tests.cast import Cast, gather
from tests.rooms.publishing import scenes
from tests.rooms.publishing.scenes import later


@pytest.fixture
def town(transactional_db: None, quick_passphrases: None) -> Cast:
    """The cast, committed, so that a second connection sees it."""
    return gather()


def both(act: object, *officers: Officer) -> list[Refusal | None]:
    """Let everyone act at the same moment, each on a connection and a reading of their own."""
    gate, outcomes = Barrier(len(officers)), list[Refusal | None]()

    def run(by: Officer) -> None:
        try:
            gate.wait(timeout=10)
            act(by)  # type: ignore[operator]
            outcomes.append(None)
        except Refusal as refusal:
            outcomes.append(refusal)
        finally:
            connection.close()

    threads = [Thread(target=run, args=[officer]) for officer in officers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcomes


def one_won(outcomes: list[Refusal | None], kind: EventKind) -> None:
    """Exactly one act took place and is written once."""
    lost = [outcome for outcome in outcomes if outcome is not None]
    assert len(outcomes) == 2 and len(lost) == 1
    assert isinstance(lost[0], Overtaken | IllegalMove)
    assert LedgerEvent.objects.filter(kind=kind).count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_approve_at_once_sign_once(town: Cast) -> None:
    notice = scenes.submitted(town)
    readings = {by.staff_id: Notice.objects.get(pk=notice.pk) for by in (town.leader, town.deputy_leader)}
    outcomes = both(
        lambda by: actions.notice_approve(notice=readings[by.staff_id], by=by, at=later(hours=2)),
        town.leader,
        town.deputy_leader,
    )
    one_won(outcomes, EventKind.NOTICE_APPROVED)


@pytest.mark.django_db(transaction=True)
def test_a_correction_is_signed_by_one_or_returned_by_the_other_never_both(town: Cast) -> None:
    notice = scenes.published(town)
    correction = actions.correction_propose(
        notice=notice,
        text=scenes.a_text(*notice.current.facts.all(), text="17 厘米。"),
        reason="读错了。",
        by=town.press_officer,
        at=later(hours=4),
    )
    readings = {
        by.staff_id: Correction.objects.get(pk=correction.pk) for by in (town.leader, town.head_works)
    }
    outcomes = both(
        lambda by: actions.correction_approve(correction=readings[by.staff_id], by=by, at=later(hours=5)),
        town.leader,
        town.head_works,
    )
    one_won(outcomes, EventKind.NOTICE_CORRECTED)
    correction.refresh_from_db()
    assert correction.state == CorrectionState.PUBLISHED
