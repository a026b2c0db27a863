"""Ready matters for these tests, made through actions: each stands in one state of a petition's life."""

from datetime import datetime, timedelta
from typing import Any

from huiying.petitions import actions
from huiying.petitions.actions.filing import Filing, Receipt
from huiying.petitions.models import Petition
from huiying.records.clock import SHANGHAI
from huiying.rules.lifecycle.claim import ClaimOutcome
from huiying.rules.lifecycle.petition import Channel, Confidentiality, PetitionKind, PetitionState
from huiying.rules.matters import ServedHow
from tests.cast import Cast

MONDAY = datetime(2026, 1, 5, 10, 0, tzinfo=SHANGHAI)
DAY = timedelta(days=1)
WORDS = "村口的水渠堵了两个月，路面积水，老人出门不便。"
CLAIMS = ("请疏通水渠", "请说明什么时候修路")


def filing(**changes: Any) -> Filing:
    """A plain anonymous request; change what the test is about."""
    return Filing(**{"text": WORDS, "claims": CLAIMS, **changes})


def named(**changes: Any) -> Filing:
    """The same under a name, with a telephone."""
    identity = {"name": "试提事人", "phone": "00000000001"}
    return filing(confidentiality=Confidentiality.NAMED, identity=identity, **changes)


def confidential(**changes: Any) -> Filing:
    """The same, asking that the name be kept."""
    return filing(
        confidentiality=Confidentiality.CONFIDENTIAL,
        identity={"name": "试提事人", "phone": "00000000001"},
        **changes,
    )


def accusation(**changes: Any) -> Filing:
    """An accusation against somebody."""
    return filing(kind=PetitionKind.ACCUSATION, **changes)


def filed(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Receipt:
    """Filed by the person, alone."""
    return actions.petition_file(filing=what or filing(), body=cast.body, by=None, at=at)


def registered(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Registered the same day."""
    return actions.petition_register(petition=filed(cast, what, at).petition, by=cast.clerk, at=at)


def accepted(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Accepted the same day."""
    return actions.petition_accept(petition=registered(cast, what, at), by=cast.clerk, at=at)


def handling(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Assigned to works and its officer the same day."""
    petition = accepted(cast, what, at)
    if petition.confidentiality == Confidentiality.CONFIDENTIAL:
        shield(cast, petition, at)
    return actions.petition_assign(
        petition=petition,
        unit=cast.units["works"],
        handler=cast.staff["officer_works"],
        by=cast.clerk,
        at=at,
    )


def shield(cast: Cast, petition: Petition, at: datetime = MONDAY) -> Petition:
    """Its shielded copy, as the petition office writes it."""
    return actions.petition_shield(
        petition=petition,
        title="水渠堵塞",
        text="某村水渠堵塞，路面积水。",
        claims={1: "疏通水渠", 2: "说明修路时间"},
        by=cast.clerk,
        at=at,
    )


def answer_all(cast: Cast, petition: Petition, at: datetime = MONDAY, **changes: str) -> None:
    """Every claim answered on every part."""
    parts = {
        "facts": "现场核实水渠淤塞 40 米。",
        "opinion": "予以支持，本月内清淤。",
        "basis": "《防洪法》第二十二条",
        "remedy": "可在 30 日内申请复查。",
    }
    for claim in petition.claims.all():
        actions.claim_answer(
            claim=claim,
            outcome=ClaimOutcome.SUPPORTED,
            by=cast.officer_works,
            at=at,
            **{**parts, **changes},
        )


def submit(cast: Cast, petition: Petition, at: datetime = MONDAY) -> Petition:
    """Answered, and the draft laid before the head."""
    answer_all(cast, petition, at)
    return actions.draft_submit(petition=petition, by=cast.officer_works, at=at)


def approve(cast: Cast, petition: Petition, at: datetime = MONDAY) -> Petition:
    """Submitted, and approved by the head."""
    submit(cast, petition, at)
    return actions.draft_approve(petition=petition, by=cast.head_works, at=at)


def replied(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Answered by the officer, sent by the head."""
    petition = handling(cast, what, at)
    answer_all(cast, petition, at)
    actions.reply_send(petition=petition, by=cast.head_works, at=at)
    return petition


def settled(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Read by the person on the page."""
    from huiying.petitions.holders import holder_actor

    petition = replied(cast, what, at)
    actions.reply_serve(petition=petition, how=ServedHow.PAGE, by=holder_actor(petition), at=at)
    return petition


def declined(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Declined with where to go."""
    return actions.petition_decline(
        petition=registered(cast, what, at),
        reason="属法院管辖",
        whereto="云岭县人民法院",
        by=cast.clerk,
        at=at,
    )


def referred(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Referred to the body that is competent."""
    return actions.petition_refer(
        petition=registered(cast, what, at),
        reason="属县水利局职责",
        whereto="云岭县水利局",
        by=cast.clerk,
        at=at,
    )


def withdrawn(cast: Cast, what: Filing | None = None, at: datetime = MONDAY) -> Petition:
    """Taken back by its holder."""
    return actions.petition_withdraw(petition=registered(cast, what, at), at=at)


IN_STATE = {
    PetitionState.RECEIVED: lambda cast: filed(cast).petition,
    PetitionState.REGISTERED: registered,
    PetitionState.ACCEPTED: accepted,
    PetitionState.HANDLING: handling,
    PetitionState.REPLIED: replied,
    PetitionState.SETTLED: settled,
    PetitionState.DECLINED: declined,
    PetitionState.REFERRED: referred,
    PetitionState.WITHDRAWN: withdrawn,
}

VISIT = {"channel": Channel.VISIT}
