"""Whether something is no petition at all: proposed by one, looked at by another, told to the person, open to appeal."""

from datetime import timedelta

import pytest

from huiying.petitions import actions, duties, gate, listing
from huiying.petitions.figures import figures_for
from huiying.petitions.listing import ListFilter
from huiying.petitions.models import Petition, SpamMark
from huiying.records.models import OutboxMessage
from huiying.registry.officers import officer_for
from huiying.rules.actors import SYSTEM
from huiying.rules.permissions import Role
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere, Overtaken
from tests.cast import Cast
from tests.rooms.petitions.matters import DAY, MONDAY, accepted, filed, filing, named, registered

ADVERT = "低息贷款秒到账，限时优惠，加微信 xyz000 私聊，推广返利"


def proposed(cast: Cast, petition: Petition) -> SpamMark:
    return actions.spam_propose(petition=petition, reason="推销贷款", by=cast.clerk, at=MONDAY)


def confirmed(cast: Cast, petition: Petition) -> SpamMark:
    return actions.spam_confirm(mark=proposed(cast, petition), by=cast.supervisor, at=MONDAY + DAY)


def references(cast: Cast) -> set[str]:
    rows = listing.petitions_listed(cast.clerk, ListFilter(), today=MONDAY.date()).rows
    return {row.petition.reference for row in rows}


def test_an_outsider_and_a_unit_propose_nothing(cast: Cast) -> None:
    petition = filed(cast).petition
    with pytest.raises(NotThere):
        actions.spam_propose(petition=petition, reason="x", by=cast.outside_clerk, at=MONDAY)
    for who in (cast.officer_works, cast.head_works, cast.supervisor):
        with pytest.raises(NotPermitted):
            actions.spam_propose(petition=petition, reason="x", by=who, at=MONDAY)


def test_a_rule_only_suggests_and_shows_why(cast: Cast) -> None:
    petition = filed(cast, filing(text=ADVERT, claims=("了解一下",))).petition
    doubts = duties.spam_suggested(cast.clerk, petition)
    assert [doubt.kind.value for doubt in doubts] == ["advertising"]
    assert "贷款" in doubts[0].found
    assert not SpamMark.objects.exists()
    assert petition.reference in references(cast)
    assert duties.spam_suggested(cast.officer_works, petition) == ()


def test_proposed_it_stays_in_the_lists_and_runs_on(cast: Cast) -> None:
    petition = filed(cast).petition
    with pytest.raises(Incomplete):
        actions.spam_propose(petition=petition, reason="", by=cast.clerk, at=MONDAY)
    proposed(cast, petition)
    assert petition.reference in references(cast)
    assert petition.clocks.filter(stopped_at=None).count() == petition.clocks.count()


def test_who_proposed_cannot_confirm(cast: Cast) -> None:
    from huiying.registry.actions import grant_give

    mark = proposed(cast, filed(cast).petition)
    with pytest.raises(NotPermitted):
        actions.spam_confirm(mark=mark, by=cast.clerk, at=MONDAY)
    grant_give(
        staff=cast.staff["clerk"], unit=cast.units["petitions"], role=Role.SUPERVISOR, by=SYSTEM, at=MONDAY
    )
    with pytest.raises(NotPermitted, match="不能自己认定"):
        actions.spam_confirm(mark=mark, by=officer_for(cast.staff["clerk"], at=MONDAY), at=MONDAY)


def test_confirmed_it_leaves_the_lists_stays_readable_stops_and_is_told(cast: Cast) -> None:
    petition = filed(cast, named()).petition
    mark = confirmed(cast, petition)
    assert petition.reference not in references(cast)
    assert gate.petition_for(cast.clerk, petition.reference) == petition
    assert not petition.clocks.filter(stopped_at=None).exists()
    assert OutboxMessage.objects.filter(letter="spam_confirmed").count() == 1
    assert mark.state == "confirmed"
    with pytest.raises(IllegalMove, match="垃圾信息"):
        actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY)


def test_held_as_spam_it_counts_in_no_figure_until_it_is_lifted(cast: Cast) -> None:
    month = {"since": MONDAY.date().replace(day=1), "until": (MONDAY + 40 * DAY).date().replace(day=1)}
    petition = registered(cast)

    def received() -> int:
        figures = figures_for(cast.body.pk, **month, at=MONDAY + 50 * DAY)
        return sum(figures.received_by_kind.values())

    assert received() == 1
    mark = confirmed(cast, petition)
    assert received() == 0
    actions.spam_lift(mark=mark, by=cast.supervisor, at=MONDAY + DAY)
    assert received() == 1


def test_the_person_objects_and_lifting_buys_no_time(cast: Cast) -> None:
    petition = filed(cast, named()).petition
    before = dict(petition.clocks.values_list("clock", "due_on"))
    mark = confirmed(cast, petition)
    with pytest.raises(Incomplete):
        actions.spam_appeal(mark=mark, words=" ", at=MONDAY + 2 * DAY)
    actions.spam_appeal(mark=mark, words="我是要举报网贷骗人。", at=MONDAY + 2 * DAY)
    assert petition.reference not in references(cast)
    actions.spam_lift(mark=mark, by=cast.supervisor, at=MONDAY + 9 * DAY)
    assert petition.reference in references(cast)
    assert dict(petition.clocks.values_list("clock", "due_on")) == before
    assert petition.clocks.filter(stopped_at=None, met_at=None).count() == len(before)
    actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY + 9 * DAY)


def test_a_withdrawn_message_does_not_start_again_by_lifting(cast: Cast) -> None:
    petition = filed(cast).petition
    mark = confirmed(cast, petition)
    actions.petition_withdraw(petition=petition, at=MONDAY + timedelta(hours=30))
    mark.petition.refresh_from_db()
    actions.spam_lift(mark=mark, by=cast.supervisor, at=MONDAY + 3 * DAY)
    assert not petition.clocks.filter(stopped_at=None).exists()


def test_it_is_proposed_once_and_not_after_acceptance(cast: Cast) -> None:
    petition = filed(cast).petition
    actions.spam_lift(mark=proposed(cast, petition), by=cast.supervisor, at=MONDAY)
    with pytest.raises(Overtaken):
        proposed(cast, petition)
    with pytest.raises(IllegalMove):
        proposed(cast, accepted(cast))
