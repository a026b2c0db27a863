"""What lies beside a petition: asked once for all tables, so that its page reads only those that hold something."""

from django.db import connection, models

from huiying.petitions.models import (
    Assistance,
    DraftStep,
    Evidence,
    Execution,
    Extension,
    FactFinding,
    Message,
    Objection,
    Petition,
    Rating,
    Recusal,
    RecusalEnded,
    Reply,
    SpamMark,
)

TABLES: tuple[type[models.Model], ...] = (
    Assistance,
    DraftStep,
    Evidence,
    Execution,
    Extension,
    FactFinding,
    Message,
    Objection,
    Rating,
    Recusal,
    RecusalEnded,
    Reply,
    SpamMark,
)
# One statement by hand: thirteen questions through the models cost more than the rest of the page.
_ASKED = ", ".join(f"EXISTS(SELECT 1 FROM {m._meta.db_table} WHERE petition_id = %s)" for m in TABLES)  # noqa: S608


def lies_beside(petition: Petition) -> frozenset[type[models.Model]]:
    """The kinds of things of which this petition has at least one. Says nothing of who may read them."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {_ASKED}", [petition.pk] * len(TABLES))
        found = cursor.fetchone()
    return frozenset(table for table, there in zip(TABLES, found, strict=True) if there)
