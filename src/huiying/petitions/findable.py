"""What finds a petition: every word that its handling side may read, laid into the search index anew."""

from collections.abc import Iterator

from huiying.petitions.models import Petition, ReplyAnswer
from huiying.records import search
from huiying.rules.lifecycle.petition import Confidentiality, PetitionKind


def reindex(petition: Petition) -> None:
    """Index title, place, account, claims and the answers that left; of a confidential petition its copy alone.

    An accusation is never indexed, nor is a confidential petition before its copy. In the caller's transaction.
    """
    if petition.kind == PetitionKind.ACCUSATION or not any(_words(petition)):
        return
    text = "\n".join(word for word in (*_words(petition), *_answers(petition)) if word)
    search.index(
        "petition", petition.pk, body_id=petition.body_id, unit_id=petition.handling_unit_id, text=text
    )


def _words(petition: Petition) -> Iterator[str]:
    if petition.confidentiality == Confidentiality.CONFIDENTIAL:
        yield petition.shielded_title
        yield from petition.submissions.order_by("id").values_list("shielded_text", flat=True)
        yield from petition.claims.values_list("shielded_text", flat=True)
        return
    yield petition.title
    yield petition.happened_where
    yield from petition.submissions.order_by("id").values_list("text", flat=True)
    yield from petition.claims.values_list("text", flat=True)


def _answers(petition: Petition) -> Iterator[str]:
    rows = ReplyAnswer.objects.filter(reply__petition=petition).order_by("id")
    for facts, opinion, basis in rows.values_list("facts", "opinion", "basis"):
        yield from (facts, opinion, basis)
