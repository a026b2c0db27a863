"""What is established about a claim, and the evidence list: by the unit, while it handles the matter, never ahead of time."""

from datetime import date

import pytest

from huiying.petitions import actions
from huiying.petitions.models import Evidence, FactFinding, Petition
from huiying.records.models import LedgerEvent
from huiying.registry.officers import Officer
from huiying.rules.matters import FactFindingHow
from huiying.rules.refusals import IllegalMove, Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, accepted, handling, replied

TODAY = MONDAY.date()


def noted(petition: Petition, by: Officer, **changes: object) -> FactFinding:
    given = {"how": FactFindingHow.ON_SITE, "found_on": TODAY, "words": "现场量得淤塞 40 米。", **changes}
    return actions.fact_finding_note(petition=petition, by=by, at=MONDAY, **given)  # type: ignore[arg-type]


def added(petition: Petition, by: Officer, **changes: object) -> Evidence:
    given = {"what": "水渠照片 3 张", "source": "现场拍摄", "dated_on": TODAY, **changes}
    return actions.evidence_add(petition=petition, by=by, at=MONDAY, **given)  # type: ignore[arg-type]


@pytest.mark.parametrize("act", [noted, added])
@pytest.mark.parametrize("who", ["officer_civil", "head_civil", "clerk", "supervisor", "leader", "auditor"])
def test_only_the_own_unit_establishes_anything(cast: Cast, act: object, who: str) -> None:
    petition = handling(cast)
    with pytest.raises(NotPermitted):
        act(petition, getattr(cast, who))  # type: ignore[operator]
    with pytest.raises(NotThere):
        act(petition, cast.outside_officer)  # type: ignore[operator]
    act(petition, cast.officer_works)  # type: ignore[operator]
    act(petition, cast.head_works)  # type: ignore[operator]


@pytest.mark.parametrize("act", [noted, added])
def test_nothing_is_established_after_the_reply_left(cast: Cast, act: object) -> None:
    with pytest.raises(IllegalMove):
        act(replied(cast), cast.officer_works)  # type: ignore[operator]


def test_before_a_unit_has_it_nobody_establishes_anything(cast: Cast) -> None:
    with pytest.raises(NotPermitted):
        noted(accepted(cast), cast.officer_works)


def test_a_finding_says_how_when_what_and_of_which_claim(cast: Cast) -> None:
    petition = handling(cast)
    finding = noted(petition, cast.officer_works, claim=petition.claims.get(number=2))
    assert (finding.how, finding.found_on, finding.claim.number) == ("on_site", TODAY, 2)
    event = LedgerEvent.objects.get(kind="fact_finding.noted")
    assert event.facts == {"claim": 2, "how": "on_site", "found_on": TODAY.isoformat()}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"how": None}, "how"),
        ({"found_on": None}, "found_on"),
        ({"found_on": date(2026, 1, 6)}, "found_on"),
        ({"words": " "}, "words"),
        ({"words": "长" * 5_001}, "words"),
    ],
)
def test_a_finding_that_lacks_a_part_or_lies_ahead_is_refused_at_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        noted(handling(cast), cast.officer_works, **changes)
    assert set(refused.value.fields) == {field}
    assert not FactFinding.objects.exists()


def test_a_claim_of_another_matter_is_refused(cast: Cast) -> None:
    foreign = handling(cast).claims.get(number=1)
    for act in (noted, added):
        with pytest.raises(Incomplete):
            act(handling(cast), cast.officer_works, claim=foreign)


def test_evidence_is_numbered_from_one_and_only_numbers_reach_the_ledger(cast: Cast) -> None:
    petition = handling(cast)
    pieces = [added(petition, cast.officer_works), added(petition, cast.head_works, dated_on=None)]
    assert [piece.number for piece in pieces] == [1, 2]
    assert added(handling(cast), cast.officer_works).number == 1
    event = LedgerEvent.objects.filter(kind="evidence.added").earliest("id")
    assert event.facts == {"number": 1, "claim": None, "file": False}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"what": ""}, "what"),
        ({"source": " "}, "source"),
        ({"what": "长" * 201}, "what"),
        ({"dated_on": date(2026, 1, 6)}, "dated_on"),
    ],
)
def test_a_piece_of_evidence_that_lacks_a_part_is_refused_at_its_field(
    cast: Cast, changes: dict[str, object], field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        added(handling(cast), cast.officer_works, **changes)
    assert set(refused.value.fields) == {field}
