"""Search finds what was written, in the scope that was asked, newest first, and takes nothing as syntax."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from huiying.records import search, words
from huiying.records.search import SearchKind

pytestmark = pytest.mark.django_db

BODY, OTHER_BODY = 1, 2
ROADS, SCHOOLS = 11, 12


def put(ref: int, text: str, *, body_id: int = BODY, unit_id: int | None = ROADS) -> None:
    search.index(SearchKind.PETITION, ref, body_id=body_id, unit_id=unit_id, text=text)


def found(query: str, *, body_id: int = BODY, unit_ids: set[int] | None = None, **page: int) -> list[int]:
    return search.find(query, kind=SearchKind.PETITION, body_id=body_id, unit_ids=unit_ids, **page)


def test_another_body_finds_nothing_of_ours() -> None:
    put(1, "柳河街路灯不亮")
    assert found("路灯", body_id=OTHER_BODY) == []
    assert found("路灯") == [1]


def test_a_unit_finds_only_its_own_and_never_what_no_unit_holds() -> None:
    put(1, "路灯不亮", unit_id=ROADS)
    put(2, "路灯太亮", unit_id=SCHOOLS)
    put(3, "路灯坏了", unit_id=None)
    assert found("路灯", unit_ids={ROADS}) == [1]
    assert found("路灯", unit_ids={ROADS, SCHOOLS}) == [2, 1]
    assert found("路灯", unit_ids=set()) == []
    assert found("路灯", unit_ids=None) == [3, 2, 1]


def test_a_matter_given_to_another_unit_is_found_there_only() -> None:
    put(1, "路灯不亮", unit_id=ROADS)
    search.move(SearchKind.PETITION, 1, body_id=BODY, unit_id=SCHOOLS)
    assert found("路灯", unit_ids={ROADS}) == []
    assert found("路灯", unit_ids={SCHOOLS}) == [1]


def test_kinds_do_not_mix() -> None:
    put(1, "路灯不亮")
    search.index(SearchKind.ISSUE, 2, body_id=BODY, unit_id=None, text="路灯不亮")
    assert found("路灯") == [1]
    assert search.find("路灯", kind=SearchKind.ISSUE, body_id=BODY, unit_ids=None) == [2]


@pytest.mark.parametrize(
    "query",
    [
        "补偿",  # two characters
        "补偿款",
        "補償款",  # Traditional
        "款",  # one character, inside
        "欠",
        "a3区",  # letters and characters side by side
        "Ａ３區",  # full-width and Traditional
        "A3",
        "WIFI",
        "2026",
        "补偿款 A3区",  # two terms
        "\U00020bb7",  # extension B
        "\U00020bb7野",
        "，。补偿、！",  # punctuation around a term
    ],
)
def test_every_way_of_asking_finds_the_text(query: str) -> None:
    put(7, "A3区2026年的補償款至今拖欠。\U00020bb7野家门口没有WiFi")
    assert found(query) == [7]


@pytest.mark.parametrize(
    "query", ["偿款年", "款补偿", "补款", "路灯", "补偿款 路灯", "3区", "202", "", "  ", "，。！", "\0"]
)
def test_what_was_not_written_is_not_found(query: str) -> None:
    put(7, "A3区2026年的补偿款至今拖欠")
    assert found(query) == []


@pytest.mark.parametrize(
    "query",
    [
        '"',
        "'",
        "路灯'",
        '路灯"',
        "路灯 OR 学校",
        "路灯*",
        "tokens:路灯",
        "NOT 路灯",
        "scope : b2",
        "路灯\\",
        "%",
        "a:* | b",
        "!路灯",
        "(",
        "路灯)",
        "NEAR(路 灯)",
        "\ud800路灯",
        "路\x00灯",
    ],
)
def test_nothing_in_a_query_is_syntax(query: str) -> None:
    put(1, "路灯不亮")
    put(2, "学校太远")
    assert found(query) in ([], [1])


def test_a_new_text_replaces_the_old_one() -> None:
    put(1, "路灯不亮")
    put(1, "学校太远", unit_id=SCHOOLS)
    assert found("路灯") == []
    assert found("学校", unit_ids={SCHOOLS}) == [1]


def test_what_was_removed_is_not_found_and_may_be_removed_again() -> None:
    put(1, "路灯不亮")
    search.remove(SearchKind.PETITION, 1)
    search.remove(SearchKind.PETITION, 1)
    assert found("路灯") == []


def test_pages_go_from_the_newest_back_without_gap_or_repeat() -> None:
    for ref in (3, 1, 5, 2, 4):
        put(ref, "路灯不亮")
    first = found("路灯", limit=2)
    second = found("路灯", limit=2, before=first[-1])
    assert (first, second, found("路灯", limit=9, before=second[-1])) == ([5, 4], [3, 2], [1])


def test_a_hundred_thousand_characters_can_be_indexed_and_found_at_the_end() -> None:
    put(1, "".join(chr(0x4E00 + at % 20000) for at in range(99_996)) + "补偿款项")
    put(2, "x" * 100_000)
    assert found("补偿款项") == [1]
    assert found("x" * 100_000) == [2]


def test_a_common_word_in_old_matters_is_found_behind_many_newer_ones() -> None:
    put(1, "路灯不亮")
    newer = [
        search.entry(SearchKind.PETITION, ref, body_id=BODY, unit_id=None, text="学校太远")
        for ref in range(2, search.NEWEST_FIRST_LOOK + 100)
    ]
    type(newer[0]).objects.bulk_create(newer)
    assert found("路灯") == [1]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="补偿款路灯 a3，\U00020bb7", min_size=1, max_size=30), st.data())
def test_any_piece_of_a_text_finds_it(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))]
    # Half of a Latin word is not a word; everything else that was written is found.
    cut = any(
        text[at - 1 : at + 1].isascii() and text[at - 1 : at + 1].isalnum()
        for at in (start, start + len(piece))
        if 0 < at < len(text)
    )
    put(1, text)
    expected = bool(words.phrases(piece)) and not cut
    assert (found(piece) == [1]) or not expected
