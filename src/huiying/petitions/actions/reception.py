"""The petition office's first steps: register what arrived, and write the copy that shields a person."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huiying.petitions.actions.filing import index
from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition
from huiying.petitions.words import CLAIM_MAX, LINE_MAX, TEXT_MAX, clean, too_long
from huiying.records import ledger
from huiying.records.moves import change_state
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle import petition as lifecycle
from huiying.rules.lifecycle.petition import Confidentiality, PetitionState
from huiying.rules.matters import Matter
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_


@transaction.atomic
def petition_register(
    *, petition: Petition, matter: Matter | None = None, danger: bool = False, by: Officer, at: datetime
) -> Petition:
    """Register (登记) what arrived: read it, name its field, say whether somebody is in danger. art. 22."""
    check_may(by, Action.PETITION_REGISTER, petition)
    move = lifecycle.LIFECYCLE.check(
        PetitionState(petition.state), PetitionState.REGISTERED, action="petition_register"
    )

    fields = {"registered_at": at, "danger": danger, "matter": matter or petition.matter}
    change_state(petition, move, **fields)
    facts = {"matter": petition.matter, "danger": danger}
    ledger.append(
        EventKind.PETITION_REGISTERED, petition, by=by, at=at, body_id=petition.body_id, facts=facts
    )
    return petition


@transaction.atomic
def petition_shield(
    *, petition: Petition, title: str, text: str, claims: Mapping[int, str], by: Officer, at: datetime
) -> Petition:
    """Write the copy of a confidential petition that the handling unit may see: no name, number, address.

    `claims` maps claim numbers to shielded words. Only this copy is indexed. Raises Incomplete for a missing part.
    """
    check_may(by, Action.PETITION_SHIELD, petition)
    _check_confidential(petition)
    title, text = clean(title), clean(text)
    numbers = list(petition.claims.values_list("number", flat=True))
    shielded = {number: clean(claims.get(number, "")) for number in numbers}
    _check_parts(title, text, shielded)

    Petition.objects.filter(pk=petition.pk).update(shielded_title=title, shielded_at=at)
    petition.shielded_title, petition.shielded_at = title, at
    first = petition.submissions.earliest("id")
    petition.submissions.filter(pk=first.pk).update(shielded_text=text)
    for number, words in shielded.items():
        petition.claims.filter(number=number).update(shielded_text=words)
    index(petition, text + "\n" + "\n".join(shielded.values()))
    ledger.append(EventKind.PETITION_SHIELDED, petition, by=by, at=at, body_id=petition.body_id)
    return petition


def _check_confidential(petition: Petition) -> None:
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        raise Refusal(N_("只有要求保密的信访事项需要脱敏副本。"), rule="petition.shield")
    if not Petition.objects.filter(Q(pk=petition.pk), replied_at=None).exists():
        raise Refusal(N_("答复已经发出，脱敏副本不能再改。"), rule="petition.shield")


def _check_parts(title: str, text: str, claims: Mapping[int, str]) -> None:
    fields = {
        f"claim_{number}": N_("请写这项诉求的脱敏文本。") for number, words in claims.items() if not words
    }
    if not title:
        fields["title"] = N_("请写不含姓名、电话、地址的标题。")
    if not text:
        fields["text"] = N_("请写不含姓名、电话、地址的经过。")
    longest = {"title": (title, LINE_MAX), "text": (text, TEXT_MAX)}
    longest |= {f"claim_{number}": (words, CLAIM_MAX) for number, words in claims.items()}
    fields |= too_long(longest)
    if fields:
        raise Incomplete(
            N_("脱敏副本还不完整。"), fields=fields, rule="petition.shield", article="信访工作条例 art. 30"
        )
