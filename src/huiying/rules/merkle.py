"""The Merkle tree of RFC 9162 §2.1: leaf and node hashes, and the root of a sequence. Pure."""

import hashlib
from collections.abc import Iterable

LEAF = b"\x00"
NODE = b"\x01"
EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """The hash of one entry: SHA-256(0x00 ‖ data). RFC 9162 §2.1.1."""
    return hashlib.sha256(LEAF + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """The hash over two subtrees: SHA-256(0x01 ‖ left ‖ right). RFC 9162 §2.1.1."""
    return hashlib.sha256(NODE + left + right).digest()


def root(leaves: Iterable[bytes]) -> bytes:
    """The root over leaf hashes in their order, in one pass and with a stack of log n hashes. RFC 9162 §2.1.1.

    Splitting at the largest power of two below n is the same as keeping perfect subtrees of falling size and
    joining them from the right at the end.
    """
    peaks: list[bytes] = []
    for count, leaf in enumerate(leaves):
        peaks.append(leaf)
        for _ in range(_trailing_ones(count)):
            right = peaks.pop()
            peaks.append(node_hash(peaks.pop(), right))
    return _joined(peaks)


def _trailing_ones(count: int) -> int:
    return (count ^ (count + 1)).bit_length() - 1


def _joined(peaks: list[bytes]) -> bytes:
    if not peaks:
        return EMPTY_ROOT
    whole = peaks.pop()
    while peaks:
        whole = node_hash(peaks.pop(), whole)
    return whole
