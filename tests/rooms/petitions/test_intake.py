"""The hot path's own statements write exactly what saving the objects would have written."""

import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection, models, transaction

from huiying.petitions import actions, codes, intake
from huiying.petitions.actions import filing as way_in
from huiying.petitions.actions.filing import Filing
from huiying.petitions.models import Claim, Petition, PetitionClock
from huiying.records import ledger
from huiying.records.models import LedgerEvent, LedgerSalt, OutboxMessage, VaultEntry
from tests.cast import Cast
from tests.rooms.petitions.matters import MONDAY, accusation, confidential, filed, filing, named

EVERYTHING = (VaultEntry, Petition, Claim, PetitionClock, LedgerEvent, LedgerSalt, OutboxMessage)


def pressing() -> Filing:
    """Somebody may be in danger: the duty post is called."""
    return named(danger=True)


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


@pytest.mark.parametrize("what", [filing, named, confidential, accusation, pressing])
def test_every_column_is_stored_as_it_was_told(cast: Cast, what: Any, monkeypatch: Any) -> None:
    kept: list[intake.Row] = []
    real = intake.write

    def watched(told: Any, rows: intake.Rows, **more: Any) -> Petition | None:
        def seen(number: int) -> Iterator[intake.Row]:
            for row in rows(number):
                kept.append(row)
                yield row

        return real(told, seen, **more)

    monkeypatch.setattr(way_in.intake, "write", watched)  # looks on; what is written is the real thing's
    petition = filed(cast, what()).petition
    there = {name: same(value) for name, value in stored(petition).items()}
    assert {name: same(value) for name, value in told(petition).items()} == there
    for table, values in kept:
        columns = dict(zip(table.told, values, strict=True))
        found = table.model._default_manager.filter(**_mark(columns)).values()
        assert len(found) == 1
        assert columns.items() <= {name: same(value) for name, value in found[0].items()}.items()


@pytest.mark.parametrize("what", [filing, named, confidential, accusation, pressing])
def test_the_rest_of_each_row_starts_as_a_saved_object_would(cast: Cast, what: Any) -> None:
    filed(cast, what())
    for table in (intake.WORDS, intake.CLAIMS, intake.CLOCKS, intake.LETTERS, intake.IDENTITIES):
        fresh = table.model()
        for row in table.model._default_manager.all():
            assert {f.attname: getattr(row, f.attname) for f in table.others} == {
                f.attname: getattr(fresh, f.attname) for f in table.others
            }


def _mark(columns: dict[str, Any]) -> dict[str, Any]:
    """What names a row: all but what is no plain value."""
    return {name: value for name, value in columns.items() if name not in ("context", "facts")}


@pytest.mark.skipif(
    connection.vendor != "sqlite", reason="PostgreSQL has one statement, told by the next test"
)
def test_a_filing_writes_each_table_once(cast: Cast) -> None:
    texts: list[str] = []
    connection.connection.set_trace_callback(texts.append)
    filed(cast, named())
    connection.connection.set_trace_callback(None)
    own = [text.split("(")[0].strip() for text in texts if not text.startswith("--")]
    assert len(set(own)) == 9  # a statement whose plan is made anew is told twice
    assert all(text.startswith("INSERT INTO") for text in own)


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


def _named_anew(cast: Cast, which: int) -> intake.Beside:
    return intake.Beside("UPDATE registry_body SET address = %s WHERE id = %s", ["新址", which])


def test_what_is_written_beside_is_written_with_the_petition(cast: Cast) -> None:
    def beside(receipt: way_in.Receipt) -> intake.Beside:
        assert receipt.petition.pk and receipt.code
        return _named_anew(cast, cast.body.pk)

    receipt = actions.petition_file(filing=named(), body=cast.body, by=None, at=MONDAY, beside=beside)
    cast.body.refresh_from_db()
    assert cast.body.address == "新址"
    assert Petition.objects.get() == receipt.petition


def test_where_the_row_beside_is_gone_nothing_is_written(cast: Cast) -> None:
    before = [model._default_manager.count() for model in EVERYTHING]
    with pytest.raises(intake.NotBeside), transaction.atomic():
        actions.petition_file(
            filing=named(), body=cast.body, by=None, at=MONDAY, beside=lambda _: _named_anew(cast, 0)
        )
    assert [model._default_manager.count() for model in EVERYTHING] == before


def test_a_second_click_writes_nothing_beside(cast: Cast) -> None:
    key = uuid.uuid4()
    filed(cast, named(filing_key=key))
    again = actions.petition_file(
        filing=named(filing_key=key),
        body=cast.body,
        by=None,
        at=MONDAY,
        beside=lambda _: _named_anew(cast, cast.body.pk),
    )
    cast.body.refresh_from_db()
    assert (again.code, cast.body.address == "新址") == (None, False)
