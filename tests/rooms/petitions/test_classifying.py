"""What a matter is about is understood by the petition office; the category names who is competent, a person decides."""

import pytest

from huiying.petitions import actions, duties
from huiying.petitions.actions.classifying import Classing
from huiying.petitions.models import Petition
from huiying.records.models import LedgerEvent
from huiying.registry.actions import category_add
from huiying.registry.models import Category
from huiying.rules.actors import SYSTEM
from huiying.rules.matters import Matter
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, accepted, accusation, confidential, filed, registered


def drains(cast: Cast) -> Category:
    return category_add(
        body=cast.body,
        matter=Matter.WORKS,
        label="沟渠疏通",
        unit=cast.units["works"],
        by=SYSTEM,
        at=MONDAY,
    )


def classify(cast: Cast, petition: Petition, **changes: object) -> Petition:
    return actions.petition_classify(
        petition=petition,
        classing=Classing(**changes),  # type: ignore[arg-type]
        by=cast.clerk,
        at=MONDAY,
    )


def test_an_outsider_and_a_unit_classify_nothing(cast: Cast) -> None:
    petition = registered(cast)
    with pytest.raises(NotThere):
        actions.petition_classify(petition=petition, classing=Classing(), by=cast.outside_clerk, at=MONDAY)
    for who in (cast.officer_works, cast.head_works, cast.leader):
        with pytest.raises(NotPermitted):
            actions.petition_classify(petition=petition, classing=Classing(), by=who, at=MONDAY)


def test_the_category_names_the_field_and_proposes_the_unit_with_its_reason(cast: Cast) -> None:
    petition = accepted(cast)
    assert duties.unit_proposed(petition) is None
    category = drains(cast)
    classify(cast, petition, category=category, urgent_need=True, joint_count=6)
    petition.refresh_from_db()
    assert (petition.matter, petition.urgent_need, petition.joint, petition.joint_count) == (
        "works",
        True,
        True,
        6,
    )
    proposed = duties.unit_proposed(petition)
    assert proposed is not None
    assert (proposed.unit, proposed.category, proposed.about_itself) == (cast.units["works"], category, False)


def test_a_unit_may_handle_a_request_about_its_own_decision_and_the_clerk_is_told_so(cast: Cast) -> None:
    petition = accepted(cast)
    classify(cast, petition, category=drains(cast), respondent_unit=cast.units["works"])
    proposed = duties.unit_proposed(petition)
    assert proposed is not None
    assert proposed.about_itself
    actions.petition_assign(petition=petition, unit=cast.units["works"], by=cast.clerk, at=MONDAY)


def test_another_bodys_category_or_unit_and_a_lone_crowd_are_refused_at_their_fields(cast: Cast) -> None:
    foreign = category_add(body=cast.baishi, matter=Matter.WORKS, label="路灯", by=SYSTEM, at=MONDAY)
    with pytest.raises(Incomplete) as refused:
        classify(
            cast,
            registered(cast),
            category=foreign,
            respondent_unit=cast.outside_units["works"],
            joint_count=1,
        )
    assert set(refused.value.fields) == {"category", "respondent_unit", "joint_count"}


def test_only_a_confidential_matter_has_a_shielded_respondent(cast: Cast) -> None:
    plain, kept = registered(cast), registered(cast, confidential())
    classify(cast, plain, shielded_respondent="某村干部")
    classify(cast, kept, shielded_respondent="某村干部")
    assert (plain.shielded_respondent, kept.shielded_respondent) == ("", "某村干部")


def test_the_ledger_says_nothing_about_what_an_accusation_is_about(cast: Cast) -> None:
    petition = filed(cast, accusation()).petition
    with pytest.raises(NotThere):
        classify(cast, petition, respondent_unit=cast.units["works"])
    actions.petition_classify(
        petition=petition,
        classing=Classing(respondent_unit=cast.units["works"]),
        by=cast.supervisor,
        at=MONDAY,
    )
    assert LedgerEvent.objects.get(kind="petition.classified").facts == {}
