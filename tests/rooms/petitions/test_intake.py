"""The hot path's own statements write exactly what saving the objects would have written."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from huiying.petitions import actions, codes, intake
from huiying.petitions.actions import filing as way_in
from huiying.petitions.models import Claim, Petition, PetitionClock
from huiying.records import ledger
from huiying.records.models import LedgerEvent, LedgerSalt, OutboxMessage, VaultEntry
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, accusation, confidential, filed, filing, named

EVERYTHING = (VaultEntry, Petition, Claim, PetitionClock, LedgerEvent, LedgerSalt, OutboxMessage)


def stored(row: models.Model) -> dict[str, Any]:
    """A row's columns as the database gives them back."""
    return type(row)._default_manager.values().get(pk=row.pk)


def told(row: models.Model) -> dict[str, Any]:
    """A row's columns as the object has them."""
    return {
        field.attname: getattr(row, field.attname)
        for field in row._meta.concrete_fields
        if not field.has_db_default() and not (field.primary_key and row.pk is None)
    }


def same(value: object) -> object:
    """The engines give binary columns back differently."""
    return bytes(value) if isinstance(value, memoryview) else value


@pytest.mark.parametrize("what", [filing, named, confidential, accusation])
def test_every_column_is_stored_as_the_object_had_it(cast: Cast, what: Any, monkeypatch: Any) -> None:
    kept: list[models.Model] = []
    real = intake.write

    def watched(petition: Petition, rows: intake.Rows) -> bool:
        def seen() -> Iterator[models.Model]:
            for row in rows():
                kept.append(row)
                yield row

        return real(petition, seen)

    monkeypatch.setattr(way_in.intake, "write", watched)  # looks on; what is written is the real thing's
    petition = filed(cast, what()).petition
    for row in (petition, *kept):
        if row.pk is None:
            found = list(type(row)._default_manager.filter(**_mark(row)).values())
            assert len(found) == 1
            row.pk = found[0]["id"]
        there = {name: same(value) for name, value in stored(row).items()}
        assert told(row).items() <= there.items()


def _mark(row: models.Model) -> dict[str, Any]:
    """What names a row whose number the database gave."""
    return {name: value for name, value in told(row).items() if name not in ("context", "facts")}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has one statement, told by the next test"
)
def test_a_filing_writes_each_table_once_after_taking_its_number(cast: Cast) -> None:
    with CaptureQueriesContext(connection) as asked:
        filed(cast, named())
    texts = [query["sql"] for query in asked.captured_queries]
    assert texts[0].startswith("SELECT") and len(texts) == 1 + 9
    assert all(text.startswith("INSERT") for text in texts[1:])


@pytest.mark.postgres
def test_a_filing_is_one_statement_and_so_needs_no_transaction(cast: Cast) -> None:
    petition = filed(cast, named()).petition
    tables = ("petitions_submission", "petitions_claim", "petitions_petitionclock")
    rows = " UNION ALL ".join(
        f"SELECT xmin, cmin FROM {table} WHERE petition_id = {petition.pk}" for table in tables
    )
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*), count(DISTINCT (xmin::text, cmin::text)) FROM ({rows}) AS written")
        assert cursor.fetchone() == (1 + petition.claims.count() + petition.clocks.count(), 1)


def test_a_second_click_writes_no_row_of_any_kind(cast: Cast) -> None:
    key = uuid.uuid4()
    filed(cast, named(filing_key=key))
    before = [model._default_manager.count() for model in EVERYTHING]
    filed(cast, named(filing_key=key))
    assert [model._default_manager.count() for model in EVERYTHING] == before


def test_what_was_filed_stands_in_the_ledger_as_it_was_hashed(cast: Cast) -> None:
    for what in (filing(), named(), confidential(), accusation()):
        filed(cast, what)
    assert LedgerEvent.objects.filter(kind="petition.filed").count() == 4
    assert ledger.verify() == []


def test_the_petition_handed_back_can_be_acted_on_at_once(cast: Cast) -> None:
    petition = filed(cast).petition
    actions.petition_register(petition=petition, by=cast.clerk, at=MONDAY)
    assert Petition.objects.get(pk=petition.pk).state == "registered"


def test_numbers_go_on_after_rows_that_were_saved_otherwise(cast: Cast) -> None:
    first = filed(cast).petition
    other = Petition.objects.create(
        body=cast.body,
        reference=codes.new_reference("QX", MONDAY),
        code_hash=bytes(32),
        kind="request",
        confidentiality="anonymous",
        channel="online",
        title="另存",
        received_at=MONDAY,
    )
    last = filed(cast).petition
    assert first.pk < other.pk < last.pk
