"""Papers of a petition: who may add, who may see, what a unit of a confidential matter is kept from."""

import uuid

import pytest

from huiying.petitions import actions, gate
from huiying.petitions.actions import papers
from huiying.petitions.models import Petition
from huiying.records import files
from huiying.records.files import Cleaned, FileKind
from huiying.records.ledger import events_about
from huiying.records.models import OutboxMessage, StoredFile
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import PetitionState
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.races import at_once
from tests.rooms.petitions.matters import (
    IN_STATE,
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

pytestmark = pytest.mark.django_db


def note(text: str = "水渠照片", *, cleaned: bool = True) -> Cleaned:
    return Cleaned(FileKind.TEXT, text.encode(), cleaned=cleaned)


def added(petition: Petition, paper: Cleaned | None = None, by: object = None) -> StoredFile:
    return actions.paper_add(petition=petition, paper=paper or note(), by=by, at=MONDAY)  # type: ignore[arg-type]


def names(viewer: object, petition: Petition) -> list[str]:
    return [paper.name for paper in gate.papers_for(viewer, petition)]  # type: ignore[arg-type]


# ---------- the outsider first ----------


@pytest.mark.parametrize("who", ["officer_works", "officer_civil", "head_works", "supervisor", "auditor"])
def test_only_the_petition_office_takes_papers_in(cast: Cast, who: str) -> None:
    petition = handling(cast)
    with pytest.raises(NotPermitted):
        added(petition, by=getattr(cast, who))


def test_another_bodys_clerk_finds_no_petition_to_add_to(cast: Cast) -> None:
    with pytest.raises(NotThere):
        added(handling(cast), by=cast.outside_clerk)


@pytest.mark.parametrize("who", ["officer_civil", "outside_clerk"])
def test_whoever_cannot_read_the_petition_gets_no_paper_of_it(cast: Cast, who: str) -> None:
    petition = handling(cast)
    paper = added(petition)
    with pytest.raises(NotThere):
        gate.paper_for(getattr(cast, who), petition.reference, paper.pk)


def test_a_paper_of_another_petition_is_not_there(cast: Cast) -> None:
    mine, other = handling(cast), handling(cast, filing(text="另一件事"))
    paper = added(other)
    with pytest.raises(NotThere):
        gate.paper_for(cast.clerk, mine.reference, paper.pk)
    with pytest.raises(NotThere):
        gate.paper_held(mine, paper.pk)
    with pytest.raises(NotThere):
        gate.paper_held(mine, uuid.uuid4())


def test_papers_of_an_accusation_are_for_supervision_alone(cast: Cast) -> None:
    petition = filed(cast, accusation()).petition
    paper = added(petition)
    assert gate.paper_for(cast.supervisor, petition.reference, paper.pk)[1] == paper
    for other in (cast.clerk, cast.officer_works, cast.head_works, cast.auditor, cast.leader):
        with pytest.raises((NotThere, NotPermitted)):
            gate.paper_for(other, petition.reference, paper.pk)


# ---------- who sees what ----------


def test_the_unit_sees_the_papers_of_a_named_petition(cast: Cast) -> None:
    petition = handling(cast, named())
    added(petition)
    assert names(cast.officer_works, petition) == names(cast.clerk, petition) == ["附件1.txt"]


def test_the_unit_of_a_confidential_petition_sees_only_what_was_passed_on(cast: Cast) -> None:
    petition = handling(cast, confidential())
    kept, passed = added(petition), added(petition)
    actions.paper_pass(petition=petition, paper=passed, by=cast.clerk, at=MONDAY)
    assert names(cast.clerk, petition) == [kept.name, passed.name]
    for viewer in (cast.officer_works, cast.head_works, cast.supervisor):
        assert names(viewer, petition) == [passed.name]
        with pytest.raises(NotThere):
            gate.paper_for(viewer, petition.reference, kept.pk)


def test_a_paper_that_could_not_be_cleaned_is_not_passed_on(cast: Cast) -> None:
    petition = handling(cast, confidential())
    paper = added(petition, note(cleaned=False))
    with pytest.raises(IllegalMove, match="看不见的姓名"):
        actions.paper_pass(petition=petition, paper=paper, by=cast.clerk, at=MONDAY)
    assert names(cast.officer_works, petition) == []


@pytest.mark.parametrize("who", ["officer_works", "head_works", "supervisor"])
def test_no_unit_passes_a_paper_to_itself(cast: Cast, who: str) -> None:
    petition = handling(cast, confidential())
    paper = added(petition)
    with pytest.raises(NotPermitted):
        actions.paper_pass(petition=petition, paper=paper, by=getattr(cast, who), at=MONDAY)


def test_nothing_is_passed_on_where_nothing_was_kept_back(cast: Cast) -> None:
    petition = handling(cast, named())
    with pytest.raises(IllegalMove):
        actions.paper_pass(petition=petition, paper=added(petition), by=cast.clerk, at=MONDAY)


# ---------- adding ----------


@pytest.mark.parametrize("state", list(IN_STATE))
def test_papers_are_taken_until_the_petition_is_answered(cast: Cast, state: PetitionState) -> None:
    petition = IN_STATE[state](cast)  # type: ignore[no-untyped-call]
    if state in papers.TAKING:
        assert added(petition).name == "附件1.txt"
    else:
        with pytest.raises(IllegalMove, match="不能再加材料"):
            added(petition)


def test_the_eleventh_paper_is_refused_and_none_of_its_lot_is_kept(cast: Cast) -> None:
    petition = registered(cast)
    for _ in range(8):
        added(petition)
    with pytest.raises(Incomplete, match="10 个"):
        actions.papers_add(petition=petition, papers=[note()] * 3, by=None, at=MONDAY)
    assert len(papers.papers_of(petition)) == 8
    actions.papers_add(petition=petition, papers=[note()] * 2, by=None, at=MONDAY)


def test_all_papers_together_stay_below_three_times_one(cast: Cast, settings: object) -> None:
    petition = registered(cast)
    large = Cleaned(FileKind.TEXT, bytes(files.most_bytes()), cleaned=True)
    actions.papers_add(petition=petition, papers=[large] * 3, by=None, at=MONDAY)
    with pytest.raises(Incomplete, match="30 MB"):
        added(petition)


def test_the_event_says_who_added_and_names_no_person_and_no_letter_leaves(cast: Cast) -> None:
    petition = registered(cast, named())
    letters = OutboxMessage.objects.count()
    added(petition)
    added(petition, by=cast.clerk)
    told = [event for event in events_about("petition", petition.pk) if event.kind == EventKind.FILE_STORED]
    assert [event.actor_kind for event in told] == ["staff", "petitioner"]
    assert OutboxMessage.objects.count() == letters


# ---------- taking back ----------


def test_the_holder_takes_a_paper_back_until_the_petition_is_decided_on(cast: Cast) -> None:
    petition = registered(cast)
    paper = added(petition)
    actions.paper_erase(petition=petition, paper=paper, at=MONDAY)
    assert papers.papers_of(petition) == []
    with pytest.raises(NotThere):
        files.open_file(StoredFile.objects.get(pk=paper.pk))


def test_what_is_being_handled_keeps_its_papers(cast: Cast) -> None:
    petition = handling(cast)
    paper = added(petition)
    with pytest.raises(IllegalMove, match="不能再删除"):
        actions.paper_erase(petition=petition, paper=paper, at=MONDAY)
    assert papers.papers_of(petition) == [paper]


def test_the_shielded_copy_says_nothing_of_papers(cast: Cast) -> None:
    petition = registered(cast, confidential())
    added(petition)
    shield(cast, petition)
    assert names(cast.officer_works, petition) == []


@pytest.mark.django_db(transaction=True)
def test_of_two_who_hand_in_the_tenth_paper_at_once_one_is_told_that_ten_are_there(cast: Cast) -> None:
    petition = registered(cast)
    actions.papers_add(petition=petition, papers=[note()] * 9, by=None, at=MONDAY)
    lost = at_once(lambda: added(petition), lambda: added(petition, by=cast.clerk))
    assert [type(refusal) for refusal in lost] == [Incomplete]
    assert len(papers.papers_of(petition)) == 10
