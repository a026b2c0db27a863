"""The only way to a petition for a viewer. "Not yours" and "not there" look the same."""

from django.db.models import Q, QuerySet

from huiying.petitions import codes
from huiying.petitions.models import Petition
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.permissions import Action, can_somewhere, units_for
from huiying.rules.refusals import NotThere
from huiying.rules.words import N_

NOBODYS_HASH = bytes(32)
# What the petition office does with whatever arrives, an accusation it took down itself included; the deciding acts
# then refuse it in words of their own.
ARRIVAL = frozenset(
    {
        Action.PETITION_REGISTER,
        Action.PETITION_ACCEPT,
        Action.PETITION_DECLINE,
        Action.PETITION_REFER,
        Action.PETITION_ASSIGN,
    }
)


def not_there() -> NotThere:
    """The one answer for a petition that does not exist and for one that is not the viewer's."""
    return NotThere(
        N_("没有找到这件信访事项。"), rule="petition.gate", remedy=N_("请核对编号；编号写在回执上。")
    )


def petitions_for(viewer: Officer) -> QuerySet[Petition]:
    """The petitions that a member of staff may know of: own body, own units, accusations only for supervision."""
    return Petition.objects.filter(body_id=viewer.body_id).filter(readable(viewer))


def readable(viewer: Officer, *, via: str = "") -> Q:
    """What makes a petition of the own body readable, as a condition; `via` leads to it, such as "petition__".

    A list of other things joins their petitions with it: a subquery would first gather every petition there is.
    """
    accusation = Q(**{f"{via}kind": PetitionKind.ACCUSATION})
    reach = Q(**{f"{via}pk__in": ()})
    if can_somewhere(viewer.grants, Action.PETITION_READ):
        units = units_for(viewer.grants, Action.PETITION_READ)
        own = Q() if units is None else Q(**{f"{via}handling_unit_id__in": sorted(units)})
        reach = ~accusation & own
    if can_somewhere(viewer.grants, Action.PETITION_READ_ACCUSATION):
        reach |= accusation
    return reach


def petition_for(viewer: Officer, reference: str) -> Petition:
    """The petition with this reference, if the viewer may know of it. Raises NotThere."""
    petition = (
        petitions_for(viewer).filter(reference=reference).select_related("handling_unit", "handler").first()
    )
    if petition is None:
        raise not_there()
    return petition


def petition_for_code(body: Body, reference: str, code: str) -> Petition:
    """The petition that reference and secret code open together. Takes as long for a wrong reference. Raises NotThere."""
    petition = Petition.objects.filter(body=body, reference=reference.strip().upper()).first()
    stored = bytes(petition.code_hash) if petition else NOBODYS_HASH
    if not codes.matches(code, stored) or petition is None:
        raise NotThere(
            N_("编号或查询码不对。"),
            rule="petition.code",
            remedy=N_("请照回执重新输入；大小写、空格和横线都不影响。"),
        )
    return petition


def petition_held(body: Body, petition_id: int, reference: str) -> Petition:
    """The petition whose code this browser has shown before. Raises NotThere."""
    rows = Petition.objects.filter(body=body, pk=petition_id, reference=reference)
    petition = rows.select_related("handling_unit", "handler").first()
    if petition is None:
        raise not_there()
    return petition


def may_see_original(viewer: Officer, petition: Petition) -> bool:
    """Whether the viewer reads the words as told: always unless confidential; then only the petition office.

    An accusation has no other reader than supervision, and no copy for a unit, so supervision reads it as told.
    """
    if petition.kind == PetitionKind.ACCUSATION:
        return can_somewhere(viewer.grants, Action.PETITION_READ_ACCUSATION)
    return petition.confidentiality != "confidential" or viewer.can(Action.PETITION_READ_ORIGINAL)


def check_may(by: Officer, action: Action, petition: Petition) -> None:
    """Raise NotThere for another body's petition, NotPermitted where the officer's own grants do not reach it."""
    hidden = petition.kind == PetitionKind.ACCUSATION and action not in ARRIVAL
    if by.body_id != petition.body_id or (
        hidden and not can_somewhere(by.grants, Action.PETITION_READ_ACCUSATION)
    ):
        raise not_there()
    by.check(action, unit_id=petition.handling_unit_id)
