"""Full-text search behind one interface: rooms give texts with their scope, and get references back, newest first.

The scope (body, unit) is part of the question put to the index, so what a viewer may not see is never fetched. The
rooms give only text that the whole scope may read: for a confidential matter the shielded text.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from enum import StrEnum
from typing import NamedTuple

from django.db import connection

from huiying.records import words
from huiying.records.models import SearchEntry
from huiying.records.words import Phrase

REF_BITS = 48
MOST = 500
Param = int | str | list[int]
# PostgreSQL: so many of the newest rows are looked through before the inverted index is asked (see _find_postgres).
NEWEST_FIRST_LOOK = 1000
# A hit found by the inverted index costs so many rows looked through: it lies anywhere, and every term's list is read.
DEARER = 4


class SearchKind(StrEnum):
    """What can be searched. Append only: the position is stored in every entry's number."""

    PETITION = "petition"
    ISSUE = "issue"
    NOTICE = "notice"
    PLAN = "plan"
    INCIDENT = "incident"
    EVALUATION = "evaluation"


_CODES = {kind: code for code, kind in enumerate(SearchKind, start=1)}


class Indexed(NamedTuple):
    """An entry's values before they are written."""

    id: int
    body_id: int
    unit_id: int | None
    scope: str
    tokens: str


def index(kind: str, ref: int, *, body_id: int, unit_id: int | None, text: str) -> None:
    """Make a thing findable by this text, in the caller's transaction; replaces what was indexed for it before."""
    SearchEntry.objects.bulk_create(
        [entry(kind, ref, body_id=body_id, unit_id=unit_id, text=text)],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["body_id", "unit_id", "scope", "tokens"],
    )


def entry(kind: str, ref: int, *, body_id: int, unit_id: int | None, text: str) -> SearchEntry:
    """The entry for a thing, not yet saved (for batches, which insert many at once)."""
    return SearchEntry(**entry_values(kind, ref, body_id=body_id, unit_id=unit_id, text=text)._asdict())


def entry_values(kind: str, ref: int, *, body_id: int, unit_id: int | None, text: str) -> Indexed:
    """The same as values."""
    scope = f"b{body_id}" if unit_id is None else f"b{body_id} u{unit_id}"
    # A blank on either side of every token lets PostgreSQL check a phrase as a substring.
    spaced = f" {' '.join(words.tokens(text))} "
    return Indexed(_number(kind, ref), body_id, unit_id, scope, spaced)


def move(kind: str, ref: int, *, body_id: int, unit_id: int | None) -> None:
    """Give an indexed thing to another unit, keeping its text."""
    scope = f"b{body_id}" if unit_id is None else f"b{body_id} u{unit_id}"
    SearchEntry.objects.filter(id=_number(kind, ref)).update(body_id=body_id, unit_id=unit_id, scope=scope)


def remove(kind: str, ref: int) -> None:
    """Make a thing unfindable; safe to repeat."""
    SearchEntry.objects.filter(id=_number(kind, ref)).delete()


def find(
    query: str,
    *,
    kind: str,
    body_id: int,
    unit_ids: AbstractSet[int] | None,
    limit: int = 50,
    before: int | None = None,
) -> list[int]:
    """References of the things in this scope that contain every term, newest (highest reference) first.

    Terms are parted by blanks; each must appear as it is written, in Simplified or Traditional, in any case. The
    query is data, never syntax. `unit_ids` None means the whole body; an empty set finds nothing, and so does a query
    without letters, digits or characters. `before` is the last reference of the page before.
    """
    asked = words.phrases(query)
    if not asked or (unit_ids is not None and not unit_ids):
        return []
    low = _number(kind, 0)
    high = _number(kind, before if before is not None else (1 << REF_BITS) - 1)
    seek = _find_sqlite if connection.vendor == "sqlite" else _find_postgres
    found = seek(asked, low=low, high=high, body_id=body_id, unit_ids=unit_ids, limit=min(limit, MOST))
    return [number - low for number in found]


def _number(kind: str, ref: int) -> int:
    """One number for kind and reference, so that a kind's entries lie together in the order of their references."""
    return (_CODES[SearchKind(kind)] << REF_BITS) | ref


def _rows(sql: str, params: Sequence[Param]) -> list[int]:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute(sql, params)
        else:
            # Never prepared: a plan that fits any words reads the rows one by one, a plan for these words the index.
            with connection.wrap_database_errors:
                cursor.cursor.execute(sql, params, prepare=False)
        return [int(row[0]) for row in cursor.fetchall()]


def _find_sqlite(
    asked: list[Phrase], *, low: int, high: int, body_id: int, unit_ids: AbstractSet[int] | None, limit: int
) -> list[int]:
    """FTS5 walks its lists backwards and stops at the limit, so a common word is as quick as a rare one."""
    terms = " AND ".join(f'"{" ".join(phrase.tokens)}"{" *" if phrase.prefix else ""}' for phrase in asked)
    match = f'scope : "b{body_id:d}" AND tokens : ({terms})'
    if unit_ids is not None:
        match += " AND scope : (" + " OR ".join(f'"u{unit:d}"' for unit in sorted(unit_ids)) + ")"
    return _rows(
        "SELECT rowid FROM records_search WHERE records_search MATCH %s AND rowid >= %s AND rowid < %s"
        " ORDER BY rowid DESC LIMIT %s",
        [match, low, high, limit],
    )


def _find_postgres(
    asked: list[Phrase], *, low: int, high: int, body_id: int, unit_ids: AbstractSet[int] | None, limit: int
) -> list[int]:
    """Look through the newest rows first; only where they do not fill the page ask the inverted index.

    Left to itself the planner takes the inverted index for common words too, and then sorts a hundred thousand hits:
    seconds at a million. How common the words are, the first look tells; a second one is as long as they need.
    """
    test, params = _postgres_test(asked)
    within: list[Param] = [low, high, body_id]
    scope = "body_id = %s"
    if unit_ids is not None:
        scope, within = scope + " AND unit_id = ANY(%s)", [*within, sorted(unit_ids)]
    span = f"id >= %s AND id < %s AND {scope}"

    def newest(look: int) -> list[int]:
        return _rows(
            f"SELECT id FROM (SELECT id, words, tokens FROM records_searchentry WHERE {span}"  # noqa: S608  (no value is in the text)
            f" ORDER BY id DESC LIMIT {look}) AS newest WHERE {test} ORDER BY id DESC LIMIT %s",
            [*within, *params, limit],
        )

    found = newest(NEWEST_FIRST_LOOK)
    if found and len(found) < limit and (look := _second_look(len(found), limit, below=found[0] - low)):
        found = newest(look)
    if len(found) == limit:
        return found
    return _rows(
        f"WITH hit AS MATERIALIZED (SELECT id FROM records_searchentry WHERE {test} AND {span})"  # noqa: S608
        " SELECT id FROM hit ORDER BY id DESC LIMIT %s",
        [*params, *within, limit],
    )


def _second_look(hits: int, limit: int, *, below: int) -> int:
    """How many rows to look through for `limit` hits, from the hits of the first look; 0 where the index reads less.

    `below`: how many references there are. The index reads every hit there is, so it is for rare words.
    """
    look = 2 * NEWEST_FIRST_LOOK * limit // hits
    in_the_index = below * hits // NEWEST_FIRST_LOOK
    return look if look < DEARER * in_the_index else 0


def _postgres_test(asked: list[Phrase]) -> tuple[str, list[Param]]:
    """The condition on one row: every token by the inverted index, then every phrase letter by letter."""
    # Only where it stands alone is the beginning of a token asked of the index: every token that begins with a common
    # character is a million rows to read, and of a longer phrase the letters are compared anyway.
    marks = [(phrase.tokens[0], ":*") for phrase in asked if phrase.prefix and len(phrase.tokens) == 1]
    marks += [(token, "") for phrase in asked for token in phrase.tokens[: -1 if phrase.prefix else None]]
    query = " & ".join(f"'{token}'{mark}" for token, mark in marks)
    long = [phrase for phrase in asked if len(phrase.tokens) > 1]
    beside = [f" {' '.join(phrase.tokens)}{'' if phrase.prefix else ' '}" for phrase in long]
    return " AND ".join(["words @@ %s::tsquery", *["strpos(tokens, %s) > 0"] * len(beside)]), [query, *beside]
