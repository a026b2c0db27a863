"""Which other petitions say nearly the same: copies and near-copies of the words, with how alike they are.

It looks at words alone and gives the same with every identity removed. Of a confidential petition the shielded copy is
compared, of an accusation nothing. Who petitions is never compared: there is no "other petitions of this person".
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from django.db.models import BigIntegerField, Q, QuerySet
from rapidfuzz import fuzz
from rensa import RMinHash  # type: ignore[attr-defined]  # Rust, without stubs

from huiying.petitions import gate
from huiying.petitions.models import Petition, PetitionLink, SketchBand, Submission
from huiying.petitions.selectors import submissions_of, title_for
from huiying.records.statements import kept, one_of
from huiying.records.words import normal
from huiying.registry.officers import Officer
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind
from huiying.rules.permissions import GrantRef

SEED = 20_220_501  # fixed: sketches of different days must meet
BANDS, ROWS = 8, 3
SHINGLE = 4  # characters
NEAR = 80  # percent alike from which two texts are called near-copies
CANDIDATES = 60
SHORTEST = 12  # letters; a shorter text is like too many
LINKS_MAX = 20
COMPARED = 4_000  # letters of each text that are compared
NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Similar:
    """A petition that says nearly the same; `alike` in percent, 100 for the same words."""

    petition: Petition
    title: str
    alike: int

    @property
    def exact(self) -> bool:
        """Whether only layout, script or punctuation differ."""
        return self.alike == 100


def bands(text: str) -> tuple[int, ...]:
    """The keys of a text's sketch; none for a text that is too short to tell."""
    letters = _letters(text)
    if len(letters) < SHORTEST:
        return ()
    sketch = RMinHash(num_perm=BANDS * ROWS, seed=SEED)
    sketch.update(list({letters[at : at + SHINGLE] for at in range(len(letters) - SHINGLE + 1)}))
    digest = sketch.digest()
    return tuple(_key(band, digest[band * ROWS : (band + 1) * ROWS]) for band in range(BANDS))


def similar_to(viewer: Officer, petition: Petition, *, limit: int = 5) -> tuple[Similar, ...]:
    """The petitions most like this one that the viewer may know of, most alike first."""
    return _similar(viewer, comparable(petition), without=petition.pk, limit=limit)


def similar_to_words(viewer: Officer, text: str, *, limit: int = 5) -> tuple[Similar, ...]:
    """The same for words that are being written down and are not filed yet."""
    return _similar(viewer, text, without=None, limit=limit)


@dataclass(frozen=True, slots=True)
class Linked:
    """Another petition about the same matter, as somebody who compared them said; `title` as the viewer may read it."""

    link: PetitionLink
    petition: Petition
    title: str


def links_of(viewer: Officer, petition: Petition) -> tuple[Linked, ...]:
    """The petitions linked with this one that the viewer may know of, newest link first."""
    rows = _links(petition=petition.pk)
    if not rows:
        return ()
    others = {
        link.pk: link.first_id if link.petition_id == petition.pk else link.petition_id for link in rows
    }
    seen = gate.petitions_for(viewer).filter(pk__in=others.values()).in_bulk()
    return tuple(
        Linked(link, seen[others[link.pk]], title_for(viewer, seen[others[link.pk]]))
        for link in rows
        if others[link.pk] in seen
    )


@kept(petition=BigIntegerField())
def _links(*, petition: Any) -> QuerySet[PetitionLink]:
    ends = Q(petition_id=petition) | Q(first_id=petition)
    return PetitionLink.objects.filter(ends, ended_at=None).order_by("-id")[:LINKS_MAX]


def running_links(petition: Petition) -> QuerySet[PetitionLink]:
    """The links of a petition that stand, to either side."""
    ends = Q(petition=petition) | Q(first=petition)
    return PetitionLink.objects.filter(ends, ended_at=None).order_by("-id")


def comparable(petition: Petition) -> str:
    """The words of a petition that may be compared with others; empty where none may."""
    if petition.kind == PetitionKind.ACCUSATION:
        return ""
    shielded = petition.confidentiality == Confidentiality.CONFIDENTIAL
    told = _written(petition)
    return "\n".join(each.shielded_text if shielded else each.text for each in told)


def _written(petition: Petition) -> list[Submission]:
    """Its submissions, the first first; those that a list has read with it are not asked for again."""
    if "submissions" in getattr(petition, "_prefetched_objects_cache", {}):
        return sorted(petition.submissions.all(), key=lambda each: each.pk)
    return submissions_of(petition=petition.pk)


def _similar(viewer: Officer, text: str, *, without: int | None, limit: int) -> tuple[Similar, ...]:
    keys = bands(text)
    if not keys:
        return ()
    found = _near(body=viewer.body_id, bands=keys, without=without or 0)
    ids = list(dict.fromkeys(petition for (petition,) in found))[:CANDIDATES]
    if not ids:
        return ()
    who = (viewer.body_id, viewer.grants)
    # Sixty texts are compared, five matters are shown: only those are read whole.
    scores = _most_alike(_letters(text), _told(*who, staff=viewer.staff_id, petitions=ids))[:limit]
    if not scores:
        return ()
    rows = {
        row.pk: row for row in _shown(*who, staff=viewer.staff_id, petitions=[number for number, _ in scores])
    }
    return tuple(Similar(rows[n], title_for(viewer, rows[n]), alike) for n, alike in scores if n in rows)


_NUMBER = BigIntegerField()


@kept(body=_NUMBER, bands=(_NUMBER, BANDS), without=_NUMBER)
def _near(*, body: Any, bands: Any, without: Any) -> QuerySet[SketchBand, tuple[int]]:
    found = SketchBand.objects.filter(one_of("band", bands), body_id=body).exclude(petition=without)
    return found.order_by("-petition").values_list("petition")[: CANDIDATES * 2]


@kept(staff=_NUMBER, petitions=(_NUMBER, CANDIDATES))
def _told(
    body_id: int, grants: frozenset[GrantRef], *, staff: Any, petitions: Any
) -> QuerySet[Submission, tuple[int, str, str, str]]:
    """What was told in those of the petitions that these grants open, the first first."""
    viewer = Officer(staff, body_id, grants)
    rows = Submission.objects.filter(one_of("petition_id", petitions), petition__body_id=body_id)
    rows = rows.filter(gate.readable(viewer, via="petition__")).exclude(
        petition__kind=PetitionKind.ACCUSATION
    )
    return rows.order_by("id").values_list(
        "petition_id", "petition__confidentiality", "text", "shielded_text"
    )


@kept(staff=_NUMBER, petitions=(_NUMBER, CANDIDATES))
def _shown(body_id: int, grants: frozenset[GrantRef], *, staff: Any, petitions: Any) -> QuerySet[Petition]:
    rows = gate.petitions_for(Officer(staff, body_id, grants)).filter(one_of("id", petitions))
    return rows.exclude(kind=PetitionKind.ACCUSATION).select_related("handling_unit")


def _most_alike(letters: str, rows: Iterable[tuple[int, str, str, str]]) -> list[tuple[int, int]]:
    """Number and likeness in percent of what is alike enough, the most alike first."""
    told: dict[int, list[str]] = {}
    for number, confidentiality, text, shielded in rows:
        told.setdefault(number, []).append(
            shielded if confidentiality == Confidentiality.CONFIDENTIAL else text
        )
    alike = []
    for number, texts in told.items():
        other = _letters("\n".join(texts))[:COMPARED]
        score = fuzz.ratio(letters[:COMPARED], other, score_cutoff=NEAR)
        if score >= NEAR:
            alike.append((number, min(int(score), 99) if score < 100 else 100))
    return sorted(alike, key=lambda each: (-each[1], -each[0]))


def _letters(text: str) -> str:
    return NO_LETTERS.sub("", normal(text))


def _key(band: int, rows: Sequence[int]) -> int:
    digest = blake2b(repr((band, *rows)).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
