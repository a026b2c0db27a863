"""The way in: what is kept, what is refused, what is kept nowhere."""

import uuid
from typing import Any

import pytest
from django.db import connection

from huiying.petitions import actions, codes, gate
from huiying.petitions.models import Petition
from huiying.records import search
from huiying.records.models import LedgerEvent, OutboxMessage, SearchEntry, VaultEntry
from huiying.rules.clocks import Clock
from huiying.rules.refusals import Incomplete, NotThere
from tests.cast import Cast
from tests.rooms.petitions.matters import (
    CLAIMS,
    MONDAY,
    WORDS,
    accusation,
    confidential,
    filed,
    filing,
    named,
)


def test_a_filed_petition_has_a_reference_a_code_claims_clocks_and_one_event(cast: Cast) -> None:
    receipt = filed(cast)

    petition = receipt.petition
    assert petition.reference.startswith("QX26-")
    assert [c.text for c in petition.claims.all()] == list(CLAIMS)
    clocks = {row.clock: row.due_on.isoformat() for row in petition.clocks.all()}
    assert clocks == {Clock.ROUTE: "2026-01-20", Clock.NOTICE: "2026-01-20", Clock.HANDLE: "2026-03-21"}
    events = LedgerEvent.objects.filter(subject_kind="petition", subject_id=petition.pk)
    assert [event.kind for event in events] == ["petition.filed"]


def test_reference_and_code_together_open_the_petition(cast: Cast) -> None:
    receipt = filed(cast)

    typed = (receipt.code or "").lower().replace("-", " ")
    assert gate.petition_for_code(cast.body, receipt.petition.reference.lower(), typed) == receipt.petition


@pytest.mark.parametrize("wrong", ["", "0000-0000-0000-0000"])
def test_a_wrong_code_and_a_wrong_reference_are_refused_alike(cast: Cast, wrong: str) -> None:
    receipt = filed(cast)
    with pytest.raises(NotThere) as wrong_code:
        gate.petition_for_code(cast.body, receipt.petition.reference, wrong)
    with pytest.raises(NotThere) as wrong_reference:
        gate.petition_for_code(cast.body, "QX26-0000-0000", receipt.code or "")

    assert wrong_code.value.message == wrong_reference.value.message


def test_a_code_of_one_body_opens_nothing_at_another(cast: Cast) -> None:
    receipt = filed(cast)
    with pytest.raises(NotThere):
        gate.petition_for_code(cast.baishi, receipt.petition.reference, receipt.code or "")


def test_the_code_is_stored_only_as_a_hash(cast: Cast) -> None:
    receipt = filed(cast)
    stored = Petition.objects.values().get(pk=receipt.petition.pk)
    assert codes.plain(receipt.code or "") not in str(stored)


def test_an_anonymous_petition_seals_no_identity_and_gets_no_letter(cast: Cast) -> None:
    filed(cast)
    assert VaultEntry.objects.count() == 0
    assert OutboxMessage.objects.count() == 0


def test_an_anonymous_petition_that_brings_a_name_is_refused_not_stored(cast: Cast) -> None:
    with pytest.raises(Incomplete):
        filed(cast, filing(identity={"name": "试提事人"}))
    assert Petition.objects.count() == 0


def test_two_petitions_of_one_person_share_nothing_in_the_database(cast: Cast) -> None:
    one, two = filed(cast, named()).petition, filed(cast, named(text="另一件事。")).petition
    shared = {
        (table, column)
        for table, column, value in _stored_values(one)
        if (table, column, value) in set(_stored_values(two)) and column not in SAME_FOR_ALL
    }
    assert one.vault_token != two.vault_token
    assert not shared


SAME_FOR_ALL = {
    "kind", "state", "confidentiality", "channel", "matter", "body_id", "received_at", "danger", "said_at",
    "number", "starts_on", "due_on", "clock", "provisional", "notice_overdue", "has_contact", "sealed_at", "text",
    "round", "draft_state", "extended_days", "spoken",
}  # fmt: skip


def _stored_values(petition: Petition) -> list[tuple[str, str, Any]]:
    rows: list[tuple[str, Any]] = [("petition", petition), *(("clock", c) for c in petition.clocks.all())]
    rows += [("submission", s) for s in petition.submissions.all()]
    rows += [("vault", VaultEntry.objects.get(pk=petition.vault_token))]
    return [
        (table, f.attname, str(getattr(row, f.attname)))
        for table, row in rows
        for f in row._meta.concrete_fields
        if getattr(row, f.attname) not in (None, "", False)
    ]


def test_a_name_lies_in_the_vault_and_in_no_other_table(cast: Cast) -> None:
    filed(cast, named())
    with connection.cursor() as cursor:
        tables = [table for table in connection.introspection.table_names(cursor) if "fts" not in table]
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            assert "试提事人" not in str(cursor.fetchall()), table
    tokens = " ".join(SearchEntry.objects.values_list("tokens", flat=True))
    assert "提事" not in tokens


def test_the_same_filing_key_files_once_and_shows_no_second_code(cast: Cast) -> None:
    key = uuid.uuid4()
    first, second = filed(cast, filing(filing_key=key)), filed(cast, filing(filing_key=key))

    assert second.petition == first.petition
    assert first.code
    assert second.code is None
    assert Petition.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": " \n\t "}, "text"),
        ({"text": "\x00\x07"}, "text"),
        ({"text": "水" * 20_001}, "text"),
        ({"claims": ()}, "claims"),
        ({"claims": ("   ",)}, "claims"),
        ({"claims": ("水" * 2_001,)}, "claims"),
        ({"claims": tuple("水渠" for _ in range(21))}, "claims"),
        ({"title": "题" * 121}, "title"),
        ({"happened_where": "村" * 201}, "happened_where"),
        ({"happened_when": "日" * 101}, "happened_when"),
    ],
)
def test_what_is_missing_or_too_long_is_named_and_nothing_is_stored(
    cast: Cast, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(Incomplete) as refused:
        filed(cast, filing(**changes))
    assert set(refused.value.fields) == {field}
    assert Petition.objects.count() == 0


@pytest.mark.parametrize("words", ["𠮷村𡈽地", "水渠堵了😀", "第一行\n第二行", "مرحبا بكم", "水" * 20_000])
def test_rare_characters_emoji_and_long_texts_are_kept_as_typed(cast: Cast, words: str) -> None:
    petition = filed(cast, filing(text=words)).petition
    assert petition.submissions.get().text == words


def test_control_and_override_characters_are_dropped_and_the_words_stay(cast: Cast) -> None:
    petition = filed(cast, filing(text="水渠\x00堵\u202e了\r\n两个月")).petition
    assert petition.submissions.get().text == "水渠堵了\n两个月"


def test_a_named_petition_is_found_by_its_words_within_its_body_only(cast: Cast) -> None:
    petition = filed(cast, named()).petition
    assert search.find("水渠", kind="petition", body_id=cast.body.pk, unit_ids=None) == [petition.pk]
    assert search.find("水渠", kind="petition", body_id=cast.baishi.pk, unit_ids=None) == []


@pytest.mark.parametrize("what", [confidential, accusation])
def test_a_confidential_text_and_an_accusation_are_not_indexed(cast: Cast, what: Any) -> None:
    filed(cast, what())
    assert search.find("水渠", kind="petition", body_id=cast.body.pk, unit_ids=None) == []


def test_a_named_petitioner_gets_a_letter_that_holds_no_word_of_the_matter(cast: Cast) -> None:
    petition = filed(cast, named()).petition
    letter = OutboxMessage.objects.get()
    assert letter.letter == "petition_received"
    assert letter.recipient_ref == str(petition.vault_token)
    assert WORDS[:4] not in str(letter.context)


def test_a_clerk_who_takes_it_down_is_kept_with_the_words(cast: Cast) -> None:
    receipt = actions.petition_file(filing=filing(), body=cast.body, by=cast.clerk, at=MONDAY)
    assert receipt.petition.submissions.get().taken_by_id == cast.clerk.staff_id


def test_the_ledger_holds_no_word_of_what_was_said(cast: Cast) -> None:
    filed(cast, named())
    facts = " ".join(str(event.facts) for event in LedgerEvent.objects.all())
    assert "水" not in facts
    assert "试提事人" not in facts
