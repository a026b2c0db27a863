"""The Merkle roots of the published vectors, and that the quick way is the way RFC 9162 words it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from huiying.rules import merkle

INPUTS = [
    bytes.fromhex(text)
    for text in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]


@pytest.mark.parametrize(("size", "expected"), list(enumerate(ROOTS)))
def test_the_root_over_the_first_entries_is_the_published_one(size: int, expected: str) -> None:
    assert merkle.root(map(merkle.leaf_hash, INPUTS[:size])).hex() == expected


def as_worded(leaves: list[bytes]) -> bytes:
    """RFC 9162 §2.1.1 word for word: split at the largest power of two smaller than n."""
    if not leaves:
        return merkle.EMPTY_ROOT
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << ((len(leaves) - 1).bit_length() - 1)
    return merkle.node_hash(as_worded(leaves[:split]), as_worded(leaves[split:]))


@given(st.lists(st.binary(max_size=4), max_size=200))
def test_one_pass_gives_the_root_that_the_definition_gives(entries: list[bytes]) -> None:
    leaves = [merkle.leaf_hash(entry) for entry in entries]
    assert merkle.root(leaves) == as_worded(leaves)


@given(st.lists(st.binary(max_size=4), min_size=1, max_size=40), st.data())
def test_changing_any_entry_changes_the_root(entries: list[bytes], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(entries) - 1))
    changed = [*entries[:at], entries[at] + b"!", *entries[at + 1 :]]
    assert merkle.root(map(merkle.leaf_hash, entries)) != merkle.root(map(merkle.leaf_hash, changed))
