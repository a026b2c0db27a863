"""A proof of ledger events: it holds as it was made, and one changed character is found."""

import copy
import json
from collections.abc import Iterator
from typing import Any

import pytest

from huiying.rules.proof import FORMAT, NotAProof, Verdict, check, commitment, content_hash, read

CONTENT: dict[str, Any] = {
    "id": "0193-a",
    "body": 1,
    "kind": "petition.accepted",
    "subject": ["petition", "17"],
    "actor": ["staff", "4"],
    "at": "2026-01-05T02:00:00.000000+00:00",
    "facts": {"due": "2026-03-06", "days": 60, "名": "值"},
}
SALT = bytes(range(32))


def event() -> dict[str, Any]:
    made = commitment(SALT, content_hash(CONTENT)).hex()
    return {"what": "受理", "content": copy.deepcopy(CONTENT), "salt": SALT.hex(), "commitment": made}


def proof(*events: dict[str, Any]) -> bytes:
    return json.dumps({"format": FORMAT, "events": list(events)}, ensure_ascii=False).encode()


def other(value: Any) -> Any:
    if isinstance(value, int):
        return value + 1
    return ("1" if value[0] == "0" else "0") + value[1:]


def with_one_change(whole: Any) -> Iterator[Any]:
    """The same thing with one value or name in it changed by one character, in every way there is."""
    if isinstance(whole, dict):
        for key, value in whole.items():
            for changed in with_one_change(value):
                yield {**whole, key: changed}
            yield {**{k: v for k, v in whole.items() if k != key}, key + "x": value}
    elif isinstance(whole, list):
        for place, value in enumerate(whole):
            for changed in with_one_change(value):
                yield [*whole[:place], changed, *whole[place + 1 :]]
    else:
        yield other(whole)


def test_a_proof_holds_as_it_was_made() -> None:
    (found,) = read(proof(event()))
    checked = check(found)
    assert (checked.verdict, checked.event_id, checked.kind) == (Verdict.HOLDS, "0193-a", "petition.accepted")


def test_the_order_and_the_blanks_of_the_file_do_not_matter() -> None:
    turned = {key: event()[key] for key in reversed(event())}
    turned["content"] = {key: CONTENT[key] for key in reversed(CONTENT)}
    text = json.dumps({"format": FORMAT, "events": [turned]}, indent=7).encode()
    assert check(read(text)[0]).verdict is Verdict.HOLDS


def test_one_changed_character_anywhere_in_what_is_proved_is_found() -> None:
    whole = event()
    proved = {key: whole[key] for key in ("content", "salt", "commitment")}
    changes = list(with_one_change(proved))
    assert len(changes) > 20
    assert {check(changed).verdict for changed in changes} <= {
        Verdict.CHANGED,
        Verdict.UNREADABLE,
        Verdict.UNPROVABLE,
    }


@pytest.mark.parametrize("place", range(64))
def test_one_changed_digit_of_salt_or_commitment_is_found(place: int) -> None:
    for name in ("salt", "commitment"):
        changed = event()
        text = changed[name]
        changed[name] = text[:place] + ("1" if text[place] != "1" else "2") + text[place + 1 :]
        assert check(changed).verdict is Verdict.CHANGED


def test_an_event_whose_salt_was_erased_cannot_be_proved() -> None:
    assert check({**event(), "salt": None}).verdict is Verdict.UNPROVABLE


@pytest.mark.parametrize("broken", [None, 7, "x", [], {}, {"content": []}, {"content": {}, "salt": "00"}])
def test_what_is_no_event_is_said_to_be_none(broken: Any) -> None:
    assert check(broken).verdict is Verdict.UNREADABLE


@pytest.mark.parametrize("salt", ["", "zz", "00", SALT.hex() + "00", 7, ["a"]])
def test_a_salt_of_another_form_proves_nothing(salt: Any) -> None:
    assert check({**event(), "salt": salt}).verdict is not Verdict.HOLDS


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"{}",
        b'{"format": "other", "events": [{}]}',
        b'{"format": "huiying-proof/1"}',
        b'{"format": "huiying-proof/1", "events": []}',
        b'{"format": "huiying-proof/1", "events": {}}',
        b"[" * 200_000,
    ],
)
def test_what_is_no_proof_is_told_in_a_sentence(text: bytes) -> None:
    with pytest.raises(NotAProof, match="凭证"):
        read(text)
