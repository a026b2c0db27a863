"""The copy of a confidential petition that its unit may see: written or confirmed by the petition office, never sent unseen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from huiying.petitions.actions.linking import sketch
from huiying.petitions.findable import reindex
from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition
from huiying.petitions.shielding import left_behind, own_terms
from huiying.petitions.words import CLAIM_MAX, LINE_MAX, TEXT_MAX, WHERE_MAX, clean, too_long
from huiying.records import ledger
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Confidentiality
from huiying.rules.permissions import Action
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_, said

ART_30 = "信访工作条例 art. 30"


@dataclass(frozen=True, slots=True)
class Copy:
    """The words of a copy: title, account, each claim by its number, whom it is about."""

    title: str
    text: str
    claims: Mapping[int, str]
    respondent: str

    @property
    def parts(self) -> dict[str, str]:
        """Each text under the name that a form gives it."""
        claims = {f"claim_{number}": words for number, words in self.claims.items()}
        return {"title": self.title, "text": self.text, "respondent": self.respondent, **claims}


def petition_shield(
    *,
    petition: Petition,
    title: str,
    text: str,
    claims: Mapping[int, str],
    respondent: str = "",
    despite: bool = False,
    by: Officer,
    at: datetime,
) -> Petition:
    """Confirm the copy of a confidential petition that the handling unit may see: no name, number, address.

    `claims` maps claim numbers to shielded words. Only this copy is indexed. It is compared with what the person left
    of themselves, which is one recorded look; what is left is refused unless a person says that it is somebody or
    something else (`despite`). Raises Incomplete for a missing, too long or telling part.
    """
    check_may(by, Action.PETITION_SHIELD, petition)
    _check_confidential(petition)
    numbers = list(petition.claims.values_list("number", flat=True))
    shielded = {number: clean(claims.get(number, "")) for number in numbers}
    copy = Copy(clean(title), clean(text), shielded, clean(respondent))
    _check_parts(copy)
    if not despite:
        # Before the transaction of the writing: the look stays recorded even where the copy is refused.
        _check_nothing_left(petition, copy, by, at)
    return _write(petition, copy, despite=despite, by=by, at=at)


@transaction.atomic
def _write(petition: Petition, copy: Copy, *, despite: bool, by: Officer, at: datetime) -> Petition:
    kept = {"shielded_title": copy.title, "shielded_respondent": copy.respondent, "shielded_at": at}
    Petition.objects.filter(pk=petition.pk).update(**kept)
    for name, value in kept.items():
        setattr(petition, name, value)
    first = petition.submissions.earliest("id")
    petition.submissions.filter(pk=first.pk).update(shielded_text=copy.text)
    for number, words in copy.claims.items():
        petition.claims.filter(number=number).update(shielded_text=words)
    reindex(petition)
    sketch([petition])
    facts: dict[str, object] = {"despite": True} if despite else {}
    ledger.append(EventKind.PETITION_SHIELDED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return petition


def _check_confidential(petition: Petition) -> None:
    if petition.confidentiality != Confidentiality.CONFIDENTIAL:
        raise Refusal(N_("只有要求保密的信访事项需要脱敏副本。"), rule="petition.shield")
    if not Petition.objects.filter(Q(pk=petition.pk), replied_at=None).exists():
        raise Refusal(N_("答复已经发出，脱敏副本不能再改。"), rule="petition.shield")


def _check_parts(copy: Copy) -> None:
    fields = {
        f"claim_{number}": N_("请写这项诉求的脱敏文本。")
        for number, words in copy.claims.items()
        if not words
    }
    if not copy.title:
        fields["title"] = N_("请写不含姓名、电话、地址的标题。")
    if not copy.text:
        fields["text"] = N_("请写不含姓名、电话、地址的经过。")
    most = {"title": LINE_MAX, "text": TEXT_MAX, "respondent": WHERE_MAX}
    fields |= too_long({name: (text, most.get(name, CLAIM_MAX)) for name, text in copy.parts.items()})
    if fields:
        raise Incomplete(N_("脱敏副本还不完整。"), fields=fields, rule="petition.shield", article=ART_30)


def _check_nothing_left(petition: Petition, copy: Copy, by: Officer, at: datetime) -> None:
    left = left_behind(copy.parts, own_terms(petition, by=by, at=at))
    if left:
        raise Incomplete(
            N_("副本里还有与本人登记的信息相同的字，承办单位会认出是谁。"),
            fields={name: said(N_("还有：{words}"), words=words) for name, words in left.items()},
            rule="petition.shield_left",
            article=ART_30,
        )
