"""The ledger keeps what was written: it cannot be changed through the database, and a change behind it is seen."""

import uuid
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiying.records import gate, guards, ledger, selectors, sequence
from huiying.records.models import LedgerEvent, LedgerLeaf, LedgerSalt
from huiying.rules import merkle
from huiying.rules.actors import ActorKind, ActorRef
from huiying.rules.events import EventKind
from huiying.rules.permissions import GrantRef, Role, check
from huiying.rules.refusals import NotPermitted, NotThere

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 2, 17, 30, 0, 123456, tzinfo=ZoneInfo("Asia/Shanghai"))
CLERK = ActorRef(ActorKind.STAFF, "7")
BODY, OTHER_BODY = 1, 2


def write(
    subject: int = 1, *, body_id: int = BODY, kind: EventKind = EventKind.PETITION_ACCEPTED, **facts: Any
) -> LedgerEvent:
    return ledger.append_about(
        kind, ("petition", str(subject)), by=CLERK, at=AT, body_id=body_id, facts=facts
    )


class Looker:
    """Anyone with a body and grants."""

    def __init__(self, role: Role, body_id: int = BODY) -> None:
        self.body_id = body_id
        self.grants = (GrantRef(role),)

    def check(self, action: Any, *, unit_id: int | None = None) -> None:
        check(self.grants, action, unit_id=unit_id)


@pytest.mark.parametrize("table", guards.GUARDED)
@pytest.mark.parametrize("statement", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_database_itself_refuses_to_change_the_ledger(table: str, statement: str) -> None:
    if statement.startswith("TRUNCATE") and connection.vendor == "sqlite":
        pytest.skip("SQLite has no TRUNCATE; its DELETE is refused above")
    write()
    sequence.sequence_new()
    column = "facts" if table == "records_ledgerevent" else "seq"
    with (
        pytest.raises(DatabaseError, match="append-only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table, column))
    assert LedgerEvent.objects.count() == LedgerLeaf.objects.count() == 1


def test_a_kept_ledger_verifies_on_what_the_database_gives_back() -> None:
    for facts in (
        {},
        {"due": AT.date(), "at": AT, "count": 3, "kind": EventKind.REPLY_SENT, "名": "㐀\U00020bb7"},
    ):
        write(**facts)
    assert ledger.verify() == []
    sequence.sequence_new()
    assert ledger.verify(since=AT - timedelta(days=3650)) == []


FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "body_id": st.integers(2, 10**9),
    "kind": st.sampled_from([kind for kind in EventKind if kind is not EventKind.PETITION_ACCEPTED]),
    "subject_kind": st.text("abc", max_size=40),
    "subject_id": st.text("0123456789", max_size=40).filter(lambda text: text != "1"),
    "actor_kind": st.sampled_from(["system", "public"]),
    "actor_ref": st.text("0123456789", max_size=40).filter(lambda text: text != "7"),
    "at": st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)).filter(
        lambda at: at != AT
    ),
    "recorded_at": st.datetimes(datetime(2020, 1, 1), datetime(2024, 1, 1), timezones=st.just(UTC)),
    "facts": st.dictionaries(
        st.text("abc", min_size=1), st.integers() | st.booleans() | st.none() | st.text("xyz"), min_size=1
    ),
    "content_hash": st.binary(min_size=32, max_size=32),
    "commitment": st.binary(min_size=32, max_size=32),
}


def test_every_column_of_an_event_is_among_the_edited_ones() -> None:
    assert {field.attname for field in LedgerEvent._meta.concrete_fields} == {"id", *FIELDS}


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sampled_from(sorted(FIELDS)).flatmap(lambda name: st.tuples(st.just(name), FIELDS[name])))
def test_any_edit_behind_the_triggers_is_detected(edit: tuple[str, Any]) -> None:
    name, value = edit
    whole, edited = write(), write()
    sequence.sequence_new()
    guards.lift(connection)
    LedgerEvent.objects.filter(pk=edited.pk).update(**{name: value})
    guards.lay(connection)
    assert ledger.verify(LedgerEvent.objects.filter(pk__in=[whole.pk, edited.pk])) == [edited.pk]


def test_an_event_that_was_taken_out_is_named() -> None:
    gone, _kept = write(), write()
    sequence.sequence_new()
    guards.lift(connection)
    LedgerEvent.objects.filter(pk=gone.pk).delete()
    guards.lay(connection)
    assert ledger.verify() == [gone.pk]


def test_an_erased_salt_leaves_the_ledger_whole() -> None:
    event = write()
    sequence.sequence_new()
    LedgerSalt.objects.filter(event_id=event.pk).delete()
    assert ledger.verify() == []


def test_every_event_gets_one_place_and_the_root_grows_with_them() -> None:
    first = [write(n) for n in range(3)]
    assert sequence.sequence_new() == 3
    head = sequence.tree_head()
    second = [write(n) for n in range(4)]
    assert (sequence.sequence_new(), sequence.sequence_new(everywhere=True)) == (4, 0)
    placed = list(LedgerLeaf.objects.order_by("seq").values_list("event_id", "seq"))
    assert placed == [(event.pk, seq) for seq, event in enumerate(first + second)]
    assert sequence.tree_head(size=3) == head
    assert sequence.tree_head() == sequence.TreeHead(7, merkle.root(_leaves()))
    assert sequence.tree_head(size=0).root == merkle.EMPTY_ROOT


def _leaves() -> list[bytes]:
    events = LedgerEvent.objects.in_bulk([*LedgerLeaf.objects.values_list("event_id", flat=True)])
    order = LedgerLeaf.objects.order_by("seq").values_list("event_id", flat=True)
    return [merkle.leaf_hash(ledger.leaf_data(events[pk])) for pk in order]


def test_an_event_committed_very_late_is_found_by_the_nightly_run() -> None:
    write()
    sequence.sequence_new()
    event, _salt = ledger.new_event(EventKind.REPLY_SENT, ("petition", "1"), by=CLERK, at=AT, body_id=BODY)
    event.id = uuid.UUID(int=event.id.int - ((2 * 3_600_000) << 80))
    event.save(force_insert=True)
    assert sequence.sequence_new() == 0
    assert sequence.sequence_new(everywhere=True) == 1


def test_reads_are_bounded_newest_first_and_paged() -> None:
    events = [write(1) for _ in range(5)]
    write(2)
    newest = [event.pk for event in reversed(events)]
    assert [event.pk for event in ledger.events_about("petition", 1, limit=3)] == newest[:3]
    assert [event.pk for event in ledger.events_about("petition", 1, before=newest[2])] == newest[3:]
    assert ledger.newest_id_about("petition", 1) == newest[0]
    assert ledger.newest_id_about("petition", 99) is None


def test_the_auditor_of_another_body_sees_nothing_of_ours() -> None:
    ours = write(body_id=BODY)
    outsider, auditor = Looker(Role.AUDITOR, OTHER_BODY), Looker(Role.AUDITOR)
    assert selectors.ledger_newest(outsider) == []
    assert selectors.ledger_about(outsider, "petition", 1) == []
    with pytest.raises(NotThere):
        gate.ledger_event_for(outsider, ours.pk)
    assert selectors.ledger_newest(auditor) == [ours] == selectors.ledger_about(auditor, "petition", 1)
    assert gate.ledger_event_for(auditor, str(ours.pk)) == ours
    assert selectors.ledger_verified(auditor) == []


@pytest.mark.parametrize("role", [role for role in Role if role not in (Role.AUDITOR, Role.AUDIT_ADMIN)])
def test_nobody_else_reads_the_ledger(role: Role) -> None:
    event = write()
    with pytest.raises(NotPermitted):
        selectors.ledger_newest(Looker(role))
    with pytest.raises(NotPermitted):
        gate.ledger_event_for(Looker(role), event.pk)


@pytest.mark.parametrize("ref", ["", "nonsense", "0" * 32])
def test_a_reference_that_is_none_is_not_there(ref: str) -> None:
    with pytest.raises(NotThere):
        gate.ledger_event_for(Looker(Role.AUDITOR), ref)


def test_the_auditor_narrows_by_kind() -> None:
    write(kind=EventKind.REPLY_SENT)
    accepted = write()
    auditor = Looker(Role.AUDITOR)
    assert selectors.ledger_newest(auditor, kinds=[EventKind.PETITION_ACCEPTED]) == [accepted]
    assert selectors.ledger_newest(auditor, kinds=[]) == []


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is read whole on PostgreSQL")
def test_the_events_of_a_day_are_found_without_reading_the_whole_ledger() -> None:
    of_a_day = LedgerEvent.objects.filter(body_id=BODY, at__gte=AT, at__lt=AT + timedelta(days=1))
    assert "ledger_day" in of_a_day.order_by("-pk")[:50].explain()


def test_looking_for_what_is_not_in_sequence_keeps_no_writer_waiting() -> None:
    write()
    sequence.sequence_new(everywhere=True)
    for everywhere in (False, True):
        with CaptureQueriesContext(connection) as asked:
            assert sequence.sequence_new(everywhere=everywhere) == 0
        # A transaction inside the test's own is a savepoint: the look alone begins none.
        assert asked.captured_queries
        assert not [query for query in asked.captured_queries if "SAVEPOINT" in query["sql"]]
