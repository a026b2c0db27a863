"""Petitions that say nearly the same: found by words alone, linked by a person, each with its own page and answer."""

import pytest

from huiying.petitions import actions, similar
from huiying.petitions.actions.linking import sketch_new
from huiying.petitions.models import PetitionLink, SketchBand
from huiying.records.models import LedgerEvent
from huiying.rules.refusals import NotPermitted, NotThere, Overtaken, Refusal
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    MONDAY,
    accusation,
    confidential,
    filed,
    filing,
    handling,
    named,
    registered,
    shield,
)

ROAD = "清河路中段的路灯从三月起全部不亮，晚上看不见路，老人和放学的孩子摔倒过好几次，请尽快派人来修。"
NEAR = "清河路中段的路灯从三月起就全部不亮，夜里看不见路，老人和放学的孩子摔倒过几次，请尽快派人来修。"
OTHER = "小区电梯经常停在半空，物业说没有维修基金，已经三个月没有人来检查，请督促物业修好。"


def test_a_copy_and_a_near_copy_are_found_and_another_matter_is_not(cast: Cast) -> None:
    first = registered(cast, filing(text=ROAD))
    copy = registered(cast, filing(text=ROAD.replace("，", ", ")))
    near, other = registered(cast, filing(text=NEAR)), registered(cast, filing(text=OTHER))
    assert sketch_new() == 4
    found = {row.petition.pk: row for row in similar.similar_to(cast.clerk, first)}
    assert set(found) == {copy.pk, near.pk}
    assert found[copy.pk].exact and not found[near.pk].exact
    assert similar.similar_to(cast.clerk, other) == ()


def test_words_that_are_being_written_down_are_compared_too(cast: Cast) -> None:
    first = registered(cast, filing(text=ROAD))
    sketch_new()
    assert [row.petition for row in similar.similar_to_words(cast.clerk, NEAR)] == [first]
    assert similar.similar_to_words(cast.clerk, "路灯不亮") == ()  # too short to tell


def test_traditional_writing_meets_simplified(cast: Cast) -> None:
    first = registered(cast, filing(text=ROAD))
    sketch_new()
    written = ROAD.replace("灯", "燈").replace("尽", "盡").replace("来", "來").replace("请", "請")
    assert [row.petition for row in similar.similar_to_words(cast.clerk, written)] == [first]


def test_the_outsider_and_the_other_unit_find_nothing(cast: Cast) -> None:
    registered(cast, filing(text=ROAD))
    mine = handling(cast, filing(text=NEAR))
    sketch_new()
    assert similar.similar_to_words(cast.outside_clerk, ROAD) == ()
    assert similar.similar_to_words(cast.officer_civil, ROAD) == ()
    assert [row.petition for row in similar.similar_to_words(cast.officer_works, ROAD)] == [mine]


def test_an_accusation_is_never_compared_and_a_confidential_one_only_as_its_copy(cast: Cast) -> None:
    accused = filed(cast, accusation(text=ROAD)).petition
    secret = registered(cast, confidential(text=ROAD))
    sketch_new()
    assert not SketchBand.objects.exists()
    shield(cast, secret)  # its copy speaks of a drain, its words of lamps
    assert set(SketchBand.objects.values_list("petition", flat=True)) <= {secret.pk}
    assert similar.similar_to_words(cast.clerk, ROAD) == ()
    assert similar.comparable(accused) == ""


def test_what_was_filed_just_before_a_shielded_one_is_still_sketched(cast: Cast) -> None:
    plain, secret = registered(cast, filing(text=ROAD)), registered(cast, confidential())
    shield(cast, secret)
    assert sketch_new() == 1
    assert plain.sketch_bands.count() == similar.BANDS
    assert sketch_new() == 0


def test_a_link_moves_nothing_and_is_in_both_histories(cast: Cast) -> None:
    first, later = registered(cast, named(text=ROAD)), registered(cast, filing(text=NEAR))
    actions.petition_link(petition=later, first=first, by=cast.clerk, at=MONDAY)
    assert [each.petition for each in similar.links_of(cast.clerk, later)] == [first]
    assert [each.petition for each in similar.links_of(cast.clerk, first)] == [later]
    told = LedgerEvent.objects.filter(kind="petition.linked").values_list("subject_id", flat=True)
    assert set(told) == {str(first.pk), str(later.pk)}
    with pytest.raises(Overtaken):
        actions.petition_link(petition=first, first=later, by=cast.clerk, at=MONDAY)
    assert PetitionLink.objects.count() == 1


def test_a_link_taken_back_stays_with_its_end(cast: Cast) -> None:
    first, later = registered(cast, filing(text=ROAD)), registered(cast, filing(text=NEAR))
    link = actions.petition_link(petition=later, first=first, by=cast.clerk, at=MONDAY)
    actions.petition_unlink(link=link, by=cast.clerk, at=MONDAY)
    assert similar.links_of(cast.clerk, later) == ()
    with pytest.raises(Overtaken):
        actions.petition_unlink(link=link, by=cast.clerk, at=MONDAY)
    actions.petition_link(petition=later, first=first, by=cast.clerk, at=MONDAY)


def test_who_may_not_link(cast: Cast) -> None:
    first, later = handling(cast, filing(text=ROAD)), handling(cast, filing(text=NEAR))
    with pytest.raises(NotThere):
        actions.petition_link(petition=later, first=first, by=cast.outside_clerk, at=MONDAY)
    with pytest.raises(NotPermitted):
        actions.petition_link(petition=later, first=first, by=cast.officer_works, at=MONDAY)
    with pytest.raises(Refusal):
        actions.petition_link(petition=later, first=later, by=cast.clerk, at=MONDAY)


def test_the_other_unit_sees_no_link_to_what_it_may_not_know_of(cast: Cast) -> None:
    first, later = registered(cast, filing(text=ROAD)), handling(cast, filing(text=NEAR))
    actions.petition_link(petition=later, first=first, by=cast.clerk, at=MONDAY)
    assert similar.links_of(cast.officer_works, later) == ()
