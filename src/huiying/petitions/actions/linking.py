"""Linking what is about the same matter; each petition keeps its own page, clocks and answer. And the sketches behind it."""

from collections.abc import Iterable
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef

from huiying.petitions.gate import check_may
from huiying.petitions.models import Petition, PetitionLink, SketchBand
from huiying.petitions.similar import bands, comparable
from huiying.records import ledger
from huiying.records.moves import overtaken
from huiying.records.traffic import Patience
from huiying.registry.officers import Officer
from huiying.rules.events import EventKind
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.permissions import Action
from huiying.rules.refusals import Refusal
from huiying.rules.words import N_

AT_ONCE = 1_000  # petitions that one run of the job sketches
IN_A_PIECE = 50  # of these in one transaction
LOOK_BACK = 200  # numbers


def petition_link(*, petition: Petition, first: Petition, by: Officer, at: datetime) -> PetitionLink:
    """Say that a petition is about the same matter as an earlier one. 信访工作条例 art. 19; about the matter alone.

    Nothing of either moves: each has its own page, its own clocks and its own answer. Raises Refusal for itself,
    Overtaken where they are linked already.
    """
    check_may(by, Action.PETITION_LINK, petition)
    check_may(by, Action.PETITION_LINK, first)
    if petition.pk == first.pk:
        raise Refusal(N_("不能与自己关联。"), rule="petition.link", remedy=N_("请选择另一件信访事项。"))
    later, earlier = (petition, first) if petition.pk > first.pk else (first, petition)
    try:
        with transaction.atomic():
            link = PetitionLink.objects.create(
                petition=later, first=earlier, linked_at=at, linked_by_id=by.staff_id
            )
            _tell(EventKind.PETITION_LINKED, later, earlier, by, at)
    except IntegrityError:
        raise overtaken() from None
    return link


@transaction.atomic
def petition_unlink(*, link: PetitionLink, by: Officer, at: datetime) -> PetitionLink:
    """Take a link back; the row stays with its end."""
    check_may(by, Action.PETITION_LINK, link.petition)
    if not PetitionLink.objects.filter(pk=link.pk, ended_at=None).update(ended_at=at):
        raise overtaken()
    link.ended_at = at
    _tell(EventKind.PETITION_UNLINKED, link.petition, link.first, by, at)
    return link


def _tell(kind: EventKind, later: Petition, earlier: Petition, by: Officer, at: datetime) -> None:
    for one, other in ((later, earlier), (earlier, later)):
        ledger.append(kind, one, by=by, at=at, body_id=one.body_id, facts={"with": other.pk})


def sketch(petitions: Iterable[Petition]) -> int:
    """Lay the sketches of these petitions anew; how many have one now. A reading of words, no event of its own."""
    keys = {petition.pk: (petition.body_id, bands(comparable(petition))) for petition in petitions}
    rows = [
        SketchBand(petition_id=pk, body_id=body_id, band=band)
        for pk, (body_id, found) in keys.items()
        for band in found
    ]
    with transaction.atomic():
        SketchBand.objects.filter(petition__in=keys).delete()
        SketchBand.objects.bulk_create(rows)
    return sum(bool(found) for _, found in keys.values())


def sketch_new() -> int:
    """Sketch what came since the last run; a confidential petition gets its sketch with its copy."""
    has_one = Exists(SketchBand.objects.filter(petition=OuterRef("pk")))
    open_ones = Petition.objects.exclude(kind=PetitionKind.ACCUSATION).exclude(
        confidentiality=Confidentiality.CONFIDENTIAL
    )
    last = open_ones.filter(has_one).order_by("-pk").values_list("pk", flat=True).first() or 0
    # A little way back: of two filed at once the one with the lower number may have been written last.
    new = open_ones.filter(~has_one, pk__gt=last - LOOK_BACK).order_by("pk")
    numbers, patience, done = list(new.values_list("pk", flat=True)[:AT_ONCE]), Patience(), 0
    for first in range(0, len(numbers), IN_A_PIECE):
        patience.give_way()
        piece = Petition.objects.filter(pk__in=numbers[first : first + IN_A_PIECE]).order_by("pk")
        done += sketch(piece.prefetch_related("submissions"))
    return done
