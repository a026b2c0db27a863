"""Who has nothing to do with a matter (回避): the one complained of, and whoever has an interest in it. art. 28."""

from datetime import datetime

from django.db import IntegrityError, transaction

from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition, Recusal, RecusalEnded
from huiying.petitions.words import needed
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.registry.granting import running_at
from huiying.registry.models import Staff
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.matters import RecusalGround
from huiying.rules.permissions import Action, GrantRef, Role, units_for
from huiying.rules.refusals import Incomplete, Refusal
from huiying.rules.words import N_

ART_28 = "信访工作条例 art. 28"


@transaction.atomic
def petition_recuse(
    *, petition: Petition, staff: Staff | None, ground: RecusalGround | None, by: Officer, at: datetime
) -> Recusal:
    """Keep a member of staff away from a matter: from now on it is not there for them. art. 28.

    A head names people of the own unit only. Raises Incomplete at `staff` or `ground`.
    """
    check_may(by, Action.PETITION_RECUSE, petition)
    staff, ground = _named(petition, staff, ground)
    _check_reach(petition, staff, by, at)

    try:
        with transaction.atomic():
            recusal = Recusal.objects.create(
                petition=petition, staff=staff, ground=ground, recused_at=at, recused_by_id=by.staff_id
            )
    except IntegrityError:
        raise overtaken() from None
    for duty in ("handler", "liaison"):
        Petition.objects.filter(pk=petition.pk, **{duty: staff}).update(**{duty: None})
    petition.refresh_from_db(fields=["handler", "liaison"])
    facts = {"staff": staff.pk, "ground": ground}
    ledger.append(EventKind.PETITION_RECUSED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return recusal


@transaction.atomic
def recusal_end(*, recusal: Recusal, reason: str, by: Officer, at: datetime) -> RecusalEnded:
    """Take a recusal back (撤销回避), with the reason: from now on the matter is there again for them. art. 28.

    Nothing that was done meanwhile changes, and nobody gets the matter back by it: it is assigned anew or not. Only who
    recorded it may, or the unit's head; of the one complained of the recorder alone. Raises Incomplete at `reason`.
    """
    petition = recusal.petition
    check_may(by, Action.PETITION_RECUSE, petition)
    _check_may_end(recusal, by, at)
    reason = needed(reason, field="reason", missing=N_("请写明为什么不需要回避了。"))

    if not Recusal.objects.filter(pk=recusal.pk).delete()[0]:
        raise overtaken()
    ended = RecusalEnded.objects.create(
        petition=petition,
        staff_id=recusal.staff_id,
        ground=recusal.ground,
        recused_at=recusal.recused_at,
        recused_by_id=recusal.recused_by_id,
        reason=reason,
        ended_at=at,
        ended_by_id=by.staff_id,
    )
    facts = {"staff": recusal.staff_id, "ground": recusal.ground}
    ledger.append(EventKind.RECUSAL_ENDED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    return ended


def may_end(recusal: Recusal, by: Officer, *, at: datetime) -> bool:
    """Whether this officer may take the recusal back."""
    try:
        _check_may_end(recusal, by, at)
    except Refusal:
        return False
    return True


def _check_may_end(recusal: Recusal, by: Officer, at: datetime) -> None:
    if recusal.recused_by_id == by.staff_id:
        return
    unit_id = recusal.petition.handling_unit_id
    heads = unit_id is not None and GrantRef(Role.UNIT_HEAD, unit_id) in by.grants
    if not heads or recusal.ground == RecusalGround.COMPLAINED_OF:
        raise Refusal(
            N_("这一项回避不能由您撤销。"),
            rule="petition.recusal_end",
            article=ART_28,
            remedy=N_("请联系当时办理回避的人；不是被反映人的，本单位负责人也可以撤销。"),
        )
    _check_reach(recusal.petition, recusal.staff, by, at)


def _named(
    petition: Petition, staff: Staff | None, ground: RecusalGround | None
) -> tuple[Staff, RecusalGround]:
    fields = {}
    if staff is None or staff.body_id != petition.body_id:
        fields["staff"] = N_("请选择本机构的一位工作人员。")
    if ground is None:
        fields["ground"] = N_("请选择回避的原因。")
    if fields or staff is None or ground is None:
        raise Incomplete(N_("回避要写明谁、为什么。"), fields=fields, rule="petition.recuse", article=ART_28)
    return staff, ground


def _check_reach(petition: Petition, staff: Staff, by: Officer, at: datetime) -> None:
    if units_for(by.grants, Action.PETITION_RECUSE) is None:
        return
    if not staff.grants.filter(running_at(at), unit=petition.handling_unit).exists():
        raise Refusal(
            N_("负责人只能为本单位的人员办理回避。"),
            rule="petition.recuse",
            article=ART_28,
            remedy=N_("其他人员的回避，请联系信访部门。"),
        )


def check_untainted(petition: Petition, staff: Staff, *, by: Officer, at: datetime) -> None:
    """Raise Refusal for a member of staff who is recused; the attempt is recorded, even though nothing happens.

    Called before the act's own transaction begins, so that the record outlives the refusal.
    """
    if not petition.recusals.filter(staff=staff).exists():
        return
    facts = {"staff": staff.pk}
    ledger.append(EventKind.ASSIGNMENT_REFUSED, petition, by=by, at=at, body_id=petition.body_id, facts=facts)
    raise Refusal(
        N_("这位工作人员在本事项中须回避，不能承办。"),
        rule="petition.recusal",
        article=ART_28,
        remedy=N_("请选择其他承办人；这次尝试已经记录。"),
    )
