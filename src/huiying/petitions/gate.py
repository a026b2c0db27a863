"""The only way to a petition for a viewer. "Not yours" and "not there" look the same."""

import uuid
from typing import Any

from django.db.models import BigIntegerField, CharField, Exists, OuterRef, Q, QuerySet

from huiying.petitions import codes
from huiying.petitions.models import Petition, Recusal, SpamMark
from huiying.records import files
from huiying.records.models import StoredFile
from huiying.records.statements import kept
from huiying.registry.models import Body
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import PetitionKind
from huiying.rules.lifecycle.spam import SpamState
from huiying.rules.permissions import Action, GrantRef, can_somewhere, units_for
from huiying.rules.refusals import IllegalMove, NotThere
from huiying.rules.words import N_

NOBODYS_HASH = bytes(32)
# What the petition office does with whatever arrives, an accusation it took down itself included; the deciding acts
# then refuse it in words of their own.
ARRIVAL = frozenset(
    {
        Action.PETITION_REGISTER,
        Action.ENQUIRY_ANSWER,
        Action.PETITION_ACCEPT,
        Action.PETITION_DECLINE,
        Action.PETITION_REFER,
        Action.PETITION_ASSIGN,
    }
)
HELD_AS_SPAM = (SpamState.CONFIRMED, SpamState.APPEALED)


def not_there() -> NotThere:
    """The one answer for a petition that does not exist and for one that is not the viewer's."""
    return NotThere(
        N_("没有找到这件信访事项。"), rule="petition.gate", remedy=N_("请核对编号；编号写在回执上。")
    )


def petitions_for(viewer: Officer) -> QuerySet[Petition]:
    """The petitions that a member of staff may know of: own body, own units, accusations only for supervision.

    None from which they are recused, and no accusation of a unit of their own.
    """
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
        own_units = sorted({grant.unit_id for grant in viewer.grants if grant.unit_id is not None})
        reach |= accusation & ~Q(**{f"{via}respondent_unit_id__in": own_units})
    return reach & ~Q(recused(viewer, via=via))


def recused(viewer: Officer, *, via: str = "") -> Exists:
    """Whether the viewer has nothing to do with the petition (art. 28); one look at a unique index."""
    return Exists(Recusal.objects.filter(petition_id=OuterRef(f"{via}pk"), staff_id=viewer.staff_id))


def not_spam() -> Q:
    """What keeps out of the lists those messages that two people held to be no petition; they stay readable."""
    held = SpamMark.objects.filter(petition_id=OuterRef("pk"), state__in=HELD_AS_SPAM)
    return ~Q(Exists(held))


def petition_for(viewer: Officer, reference: str) -> Petition:
    """The petition with this reference, if the viewer may know of it. Raises NotThere."""
    for petition in _referred_to(viewer.body_id, viewer.grants, staff=viewer.staff_id, reference=reference):
        return petition
    raise not_there()


@kept(staff=BigIntegerField(), reference=CharField())
def _referred_to(
    body_id: int, grants: frozenset[GrantRef], *, staff: Any, reference: Any
) -> QuerySet[Petition]:
    rows = petitions_for(Officer(staff, body_id, grants)).filter(reference=reference)
    return rows.select_related("handling_unit", "handler")[:1]


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
    if by.body_id != petition.body_id or _kept_from(by, action, petition):
        raise not_there()
    by.check(action, unit_id=petition.handling_unit_id)
    if (
        action in ARRIVAL
        and petition.pk
        and SpamMark.objects.filter(petition=petition, state__in=HELD_AS_SPAM).exists()
    ):
        raise IllegalMove(
            N_("这件已认定为垃圾信息，不再办理。"),
            rule="spam",
            remedy=N_("要办理，请督办员先恢复；原来的期限照常计算。"),
        )


def _kept_from(by: Officer, action: Action, petition: Petition) -> bool:
    """Whether the petition is not there for this officer: an accusation, of their own unit above all, or they are recused."""
    if petition.kind == PetitionKind.ACCUSATION and action not in ARRIVAL:
        if not can_somewhere(by.grants, Action.PETITION_READ_ACCUSATION):
            return True
        if petition.respondent_unit_id in {grant.unit_id for grant in by.grants} - {None}:
            return True
    return Recusal.objects.filter(petition=petition, staff_id=by.staff_id).exists()


def papers_for(viewer: Officer, petition: Petition) -> list[StoredFile]:
    """The papers of a petition that the viewer may see: of a confidential one the unit sees only those passed on.

    The petition itself comes from `petition_for`, which keeps accusations to supervision.
    """
    papers = files.of_subject(str(petition._meta.model_name), petition.pk)
    whole = may_see_original(viewer, petition)
    return [paper for paper in papers if whole or paper.shown_to_unit]


def paper_for(viewer: Officer, reference: str, file_id: uuid.UUID) -> tuple[Petition, StoredFile]:
    """One paper and its petition, if the viewer may see both. Raises NotThere."""
    petition = petition_for(viewer, reference)
    return petition, _one_paper(papers_for(viewer, petition), file_id)


def evidence_file_for(viewer: Officer, reference: str, number: int) -> StoredFile:
    """The file of one piece of the evidence list: its own, or a paper that the viewer may see. Raises NotThere."""
    petition = petition_for(viewer, reference)
    piece = petition.evidence.filter(number=number).exclude(file_id=None).first()
    if piece is None or piece.file_id is None:
        raise NotThere(N_("没有找到这份材料。"), rule="petition.paper")
    own = files.of_subject(str(piece._meta.model_name), piece.pk)
    return _one_paper([*own, *papers_for(viewer, petition)], piece.file_id)


def paper_held(petition: Petition, file_id: uuid.UUID) -> StoredFile:
    """One paper of the petition that this browser holds. Raises NotThere."""
    return _one_paper(files.of_subject(str(petition._meta.model_name), petition.pk), file_id)


def _one_paper(papers: list[StoredFile], file_id: uuid.UUID) -> StoredFile:
    found = next((paper for paper in papers if paper.pk == file_id), None)
    if found is None:
        raise NotThere(N_("没有找到这份材料。"), rule="petition.paper")
    return found
