"""Lists and searches: what narrows them, how a page leads to the next, and what a viewer keeps for themselves."""

from datetime import timedelta

import pytest

from huiying.petitions import actions, listing
from huiying.petitions.findable import reindex
from huiying.petitions.listing import ListFilter, petitions_listed
from huiying.petitions.models import Petition, SavedView
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import Channel, PetitionKind, PetitionState
from huiying.rules.matters import Matter
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    DAY,
    MONDAY,
    accusation,
    answer_all,
    confidential,
    filed,
    filing,
    handling,
    registered,
    replied,
    shield,
)


def listed(viewer: Officer, day: int = 0, **asked: object) -> list[Petition]:
    """The petitions on the first page, newest first."""
    today = (MONDAY + day * DAY).date()
    rows = petitions_listed(viewer, ListFilter(**asked), today=today).rows  # type: ignore[arg-type]
    return [row.petition for row in rows]


def test_the_outsider_and_the_other_unit_find_nothing(cast: Cast) -> None:
    handling(cast)
    assert listed(cast.outside_clerk) == listed(cast.outside_clerk, query="水渠") == []
    assert listed(cast.officer_civil) == listed(cast.officer_civil, query="水渠") == []


@pytest.mark.parametrize(
    ("asked", "made"),
    [
        ({"kind": PetitionKind.ENQUIRY}, {"kind": PetitionKind.ENQUIRY}),
        ({"channel": Channel.LETTER}, {"channel": Channel.LETTER}),
        ({"matter": Matter.TRAFFIC}, {"matter": Matter.TRAFFIC}),
        ({"urgent": True}, {"urgent_need": True}),
        ({"joint": True}, {"joint_count": 12}),
    ],
)
def test_each_filter_keeps_its_own_and_leaves_the_rest_out(
    cast: Cast, asked: dict[str, object], made: dict[str, object]
) -> None:
    wanted = filed(cast, filing(**made)).petition
    other = filed(cast).petition
    assert listed(cast.clerk, **asked) == [wanted]
    assert listed(cast.clerk) == [other, wanted]


def test_state_unit_and_day_narrow_together(cast: Cast) -> None:
    early = handling(cast)
    late = handling(cast, at=MONDAY + 3 * DAY)
    day = MONDAY.date()
    works = cast.units["works"].pk
    asked = {"state": PetitionState.HANDLING, "unit_id": works}
    assert listed(cast.clerk, **asked) == [late, early]
    assert listed(cast.clerk, **asked, received_to=day) == [early]
    assert listed(cast.clerk, **asked, received_from=day + timedelta(days=1)) == [late]
    assert listed(cast.clerk, unit_id=cast.units["civil"].pk) == []


def test_late_means_that_the_body_owes_something_since_yesterday(cast: Cast) -> None:
    petition = handling(cast)
    assert listed(cast.clerk, day=15, late=True) == []
    assert listed(cast.clerk, day=16, late=True) == [petition]


def test_words_in_quotation_marks_stand_side_by_side(cast: Cast) -> None:
    beside = registered(cast, filing(text="清河路 路灯不亮，晚上看不见。"))
    apart = registered(cast, filing(text="路灯修好了，清河路还要铺沥青。"))
    assert listed(cast.clerk, query="清河路 路灯") == [apart, beside]
    assert listed(cast.clerk, query="“清河路 路灯”") == [beside]
    assert listed(cast.clerk, query='"清河路 路灯"') == [beside]
    assert listed(cast.clerk, query='"清河路') == [apart, beside]  # a mark alone is no syntax


def test_the_answer_that_left_can_be_found_and_a_draft_cannot(cast: Cast) -> None:
    drafted = handling(cast)
    answer_all(cast, drafted, facts="查明管涵塌陷")
    assert listed(cast.clerk, query="管涵塌陷") == []
    sent = replied(cast)
    assert listed(cast.clerk, query="水渠淤塞") == [sent]


def test_a_confidential_petition_is_found_by_its_copy_alone(cast: Cast) -> None:
    secret = registered(cast, confidential(text="独有的字眼：石拱桥下的水渠。"))
    assert listed(cast.clerk, query="石拱桥") == []
    shield(cast, secret)
    assert listed(cast.clerk, query="某村水渠") == [secret]
    assert listed(cast.clerk, query="石拱桥") == []
    accused = filed(cast, accusation(text="独有的字眼：石拱桥。")).petition
    reindex(accused)
    assert listed(cast.supervisor, query="石拱桥") == []


def test_pages_lead_on_by_key_and_hold_each_petition_once(cast: Cast) -> None:
    made = [filed(cast, filing(text=f"第{n}件水渠的事")).petition for n in range(5)]
    for asked in (ListFilter(), ListFilter(query="水渠")):
        seen: list[Petition] = []
        key = None
        while True:
            page = petitions_listed(cast.clerk, asked, today=MONDAY.date(), before=key, limit=2)
            seen += [row.petition for row in page.rows]
            key = page.next_key
            if key is None:
                break
        assert seen == made[::-1]


def test_a_search_that_filters_leave_little_of_says_how_far_it_looked(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "CHUNK", 2)
    monkeypatch.setattr(listing, "CHUNKS", 1)
    wanted = filed(cast, filing(text="水渠的信", channel=Channel.LETTER)).petition
    for n in range(3):
        filed(cast, filing(text=f"水渠{n}"))
    asked = ListFilter(query="水渠", channel=Channel.LETTER)
    first = petitions_listed(cast.clerk, asked, today=MONDAY.date())
    assert not first.rows and first.partial and first.next_key
    second = petitions_listed(cast.clerk, asked, today=MONDAY.date(), before=first.next_key)
    assert [row.petition for row in second.rows] == [wanted]


def test_a_view_is_kept_for_oneself_alone(cast: Cast) -> None:
    view = actions.view_save(name=" 我的 急件 ", query="late=1", by=cast.clerk, at=MONDAY)
    again = actions.view_save(name="我的 急件", query="danger=1", by=cast.clerk, at=MONDAY)
    assert view.pk == again.pk
    assert SavedView.objects.get().query == "danger=1"
    with pytest.raises(NotThere):
        actions.view_drop(view_id=view.pk, by=cast.second_clerk, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.view_save(name="x", query="", by=cast.auditor, at=MONDAY)
    actions.view_drop(view_id=view.pk, by=cast.clerk, at=MONDAY)
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_or_one_too_many_is_refused(cast: Cast) -> None:
    with pytest.raises(Incomplete):
        actions.view_save(name="  ", query="late=1", by=cast.clerk, at=MONDAY)
    with pytest.raises(Incomplete):
        actions.view_save(name="名" * 41, query="late=1", by=cast.clerk, at=MONDAY)
    for n in range(actions.VIEWS_MAX):
        actions.view_save(name=str(n), query="late=1", by=cast.clerk, at=MONDAY)
    with pytest.raises(Refusal):
        actions.view_save(name="再一个", query="late=1", by=cast.clerk, at=MONDAY)
