"""The shielded copy: proposed with reasons, compared with the person's own record, confirmed by the petition office."""

import pytest

from huiying.petitions import actions, shielding
from huiying.records.models import VaultOpening
from huiying.rules.refusals import Incomplete, NotPermitted, NotThere
from huiying.rules.shielding import Trace
from tests.cast import Cast
from tests.rooms.petitions.matters import CLAIMS, MONDAY, confidential, named, registered, shield

TELLING = "试提事人家住清河路12号，电话00000000001，李主任知道水渠的事。"


def test_the_outsider_and_the_unit_are_proposed_nothing(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    with pytest.raises(NotThere):
        shielding.proposal_for(cast.outside_clerk, petition)
    with pytest.raises(NotPermitted):
        shielding.proposal_for(cast.officer_works, petition)
    with pytest.raises(NotPermitted):
        shielding.own_terms(petition, by=cast.officer_works, at=MONDAY)
    assert not VaultOpening.objects.exists()


def test_the_copy_is_proposed_with_a_reason_for_each_place(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    parts = {part.name: part for part in shielding.proposal_for(cast.clerk, petition)}
    assert set(parts) == {"title", "text", *(f"claim_{n}" for n in range(1, len(CLAIMS) + 1))}
    assert [hit.trace for hit in parts["text"].hits] == [Trace.ADDRESS, Trace.PHONE, Trace.NAME]
    assert "".join(words for words, _ in parts["text"].pieces()) == TELLING
    assert parts["text"].copy == "试提事人家住清河路〔地址〕，〔电话〕，〔某人〕主任知道水渠的事。"


def test_the_persons_own_record_finds_what_no_pattern_knows_and_the_person_sees_the_look(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    own = shielding.own_terms(petition, by=cast.clerk, at=MONDAY)
    text = next(p for p in shielding.proposal_for(cast.clerk, petition, own=own) if p.name == "text")
    assert "试提事人" not in text.copy and "00000000001" not in text.copy
    looked = VaultOpening.objects.get()
    assert looked.purpose == "shield" and looked.actor_role == "clerk"


def test_what_a_person_wants_kept_is_kept(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    text = next(p for p in shielding.proposal_for(cast.clerk, petition) if p.name == "text")
    keys = [text.key(hit) for hit in text.hits if hit.trace is Trace.ADDRESS]
    again = next(p for p in shielding.proposal_for(cast.clerk, petition, kept=keys) if p.name == "text")
    assert "12号" in again.copy and "李" not in again.copy


def test_a_copy_that_still_names_the_person_is_refused_and_the_look_stays_recorded(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    claims = dict.fromkeys(range(1, len(CLAIMS) + 1), "疏通水渠")
    with pytest.raises(Incomplete) as refused:
        actions.petition_shield(
            petition=petition,
            title="水渠",
            text="试提事人反映水渠。",
            claims=claims,
            by=cast.clerk,
            at=MONDAY,
        )
    assert set(refused.value.fields) == {"text"}
    assert petition.shielded_at is None
    assert VaultOpening.objects.count() == 1


def test_a_person_may_say_that_the_words_mean_something_else(cast: Cast) -> None:
    petition = registered(cast, confidential(text=TELLING))
    claims = dict.fromkeys(range(1, len(CLAIMS) + 1), "疏通水渠")
    actions.petition_shield(
        petition=petition,
        title="水渠",
        text="试提事人村的水渠。",
        claims=claims,
        despite=True,
        by=cast.clerk,
        at=MONDAY,
    )
    assert petition.shielded_at == MONDAY
    assert not VaultOpening.objects.exists()


def test_a_named_petition_needs_no_copy(cast: Cast) -> None:
    from huiying.rules.refusals import Refusal

    with pytest.raises(Refusal):
        shield(cast, registered(cast, named()))
